"""The checks that the Board's own records can answer: that it exists, who sits on it, when it met, what it discussed.

Each is `check(asking, requirement, **params)`, registered with the notice room under its own name. Rule: a past day is
answered from what was true on it: seats, meetings and agendas are dated.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.urls import reverse

from holdfast.access.doors import SYSTEM
from holdfast.access.roles import STAFF
from holdfast.governance.cycle import gaps
from holdfast.governance.models import Constitution, Meeting, Membership
from holdfast.governance.selectors import bodies as selectors
from holdfast.governance.selectors import discussing
from holdfast.notice.answers import Asking, CheckAnswer, register_check
from holdfast.notice.checks import holders_on_the_day
from holdfast.notice.figures import WORSE
from holdfast.organisation.models import COUNCIL
from holdfast.pages.words import counted, date_words, listed
from holdfast.plan.selectors import facts as plan_facts

NO_BOARD: Final = "No improvement board has been set out here."
LINK = tuple[str, str]


def _board(asking: Asking) -> Constitution | None:
    found = asking.once("board", lambda: selectors.board(SYSTEM, asking.programme.code))
    return found if found is not None and found.stood_on(asking.on) else None


def _page(asking: Asking, board: Constitution) -> tuple[LINK, ...]:
    return ((str(board.body), reverse("body", args=[asking.programme.code, board.body.code])),)


def _seats(asking: Asking, board: Constitution) -> list[Membership]:
    return asking.once("seats", lambda: list(selectors.seats(SYSTEM, asking.programme.code, board.body, asking.on)))


def _held(asking: Asking, board: Constitution) -> list[Meeting]:
    return asking.once("held", lambda: selectors.held_meetings(SYSTEM, asking.programme.code, board.body, asking.on))


def board_is_set_up(asking: Asking, requirement: Any) -> CheckAnswer:
    """Is there an improvement board on the day, and are its terms of reference in force?"""
    board = _board(asking)
    if board is None:
        return CheckAnswer("no evidence", NO_BOARD)
    since = f"The {board.body} was set up on {date_words(board.from_on)}"
    terms = selectors.terms_of(SYSTEM, asking.programme.code, board, asking.on)
    if terms.endswith(selectors.IN_FORCE):
        return CheckAnswer("met", f"{since}; its terms of reference: {terms}.", _page(asking, board))
    return CheckAnswer("at risk", f"{since}. {terms}.", _page(asking, board))


def chair_is_independent(asking: Asking, requirement: Any) -> CheckAnswer:
    """Does somebody chair the Board on the day for an agency that is not the council, with a declaration of it?

    They hold no role of its staff on that day. Who holds the chair's post is asked of today.
    """
    board = _board(asking)
    if board is None:
        return CheckAnswer("no evidence", NO_BOARD)
    chairs = [seat for seat in _seats(asking, board) if seat.capacity == Membership.Capacity.CHAIR]
    link = _page(asking, board)
    if not chairs:
        return CheckAnswer("not met", f"Nobody had the chair of the {board.body} on {date_words(asking.on)}.", link)
    (chair, *_) = chairs
    if chair.agency.kind == COUNCIL:
        return CheckAnswer("not met", f"The chair sat for {chair.agency}, which is the council.", link)
    own = {held.account_id for held in holders_on_the_day(asking) if held.role in STAFF}
    if (chair.account_id or (chair.post and chair.post.holder_id)) in own:
        return CheckAnswer(
            "not met", f"Whoever chairs held a role of the council's staff on {date_words(asking.on)}.", link
        )
    if not chair.declaration:
        return CheckAnswer("at risk", "The chair sits for an agency outside the council, but declared nothing.", link)
    said = date_words(chair.declared_on or chair.from_on)
    return CheckAnswer("met", f"The chair sits for {chair.agency}, and declared on {said} to be independent.", link)


def meetings_in_cycle(asking: Asking, requirement: Any) -> CheckAnswer:
    """Did no two meetings that follow each other lie further apart than the cycle, to the day asked about?"""
    board = _board(asking)
    if board is None or board.cycle_days is None:
        return CheckAnswer("no evidence", NO_BOARD if board is None else f"The {board.body} keeps no cycle.")
    days, link = [meeting.held_on for meeting in _held(asking, board)], _page(asking, board)
    if not days:
        return CheckAnswer("no evidence", f"No meeting of the {board.body} is recorded as held.", link)
    long = gaps(days, board.cycle_days)
    since = (asking.on - days[-1]).days
    held = f"{counted(len(days), 'meeting')} held from {date_words(days[0])} to {date_words(days[-1])}"
    if since > board.cycle_days:
        return CheckAnswer("not met", f"{held}; the last was {since} days before {date_words(asking.on)}.", link)
    if not long:
        return CheckAnswer("met", f"{held}, never more than {board.cycle_days} days apart.", link)
    words = listed([f"{gap.days} days to {date_words(gap.before)}" for gap in long])
    is_now = long[-1].before == days[-1]
    return CheckAnswer("not met" if is_now else "at risk", f"{held}, but with a gap of {words}.", link)


def partners_attend(asking: Asking, requirement: Any, *, kinds: Sequence[str]) -> CheckAnswer:
    """Has a partner of each kind a voting seat on the day, and did it take part in three of every four meetings?"""
    board = _board(asking)
    if board is None:
        return CheckAnswer("no evidence", NO_BOARD)
    voting = [seat for seat in _seats(asking, board) if seat.votes]
    missing = [kind for kind in kinds if not [seat for seat in voting if seat.agency.kind == kind]]
    link = _page(asking, board)
    if missing:
        return CheckAnswer("not met", f"No member of the {board.body} is of {listed(missing, 'or')}.", link)
    partners = {seat.agency.name for seat in voting if seat.agency.kind in kinds}
    return _attended(asking, board, [row for row in _rows(asking, board) if row.agency in partners], link)


def _rows(asking: Asking, board: Constitution) -> list[selectors.AgencyAttendance]:
    code = asking.programme.code
    return asking.once("attendance", lambda: selectors.attendance_by_agency(SYSTEM, code, board.body, asking.on)[1])


def _attended(
    asking: Asking, board: Constitution, rows: Sequence[selectors.AgencyAttendance], link: tuple[LINK, ...]
) -> CheckAnswer:
    if not _held(asking, board):
        return CheckAnswer("no evidence", f"No meeting of the {board.body} is recorded as held.", link)
    new = [row.agency for row in rows if not row.n_meetings]
    if len(new) == len(rows):
        return CheckAnswer("no evidence", f"No meeting was held while {listed(new) or 'they'} had a seat.", link)
    words = listed([f"{row.agency} at {row.n_there} of {row.n_meetings}" for row in rows if row.n_meetings])
    seldom = [row for row in rows if row.n_there * 4 < row.n_meetings * 3]
    words = f"Took part, themselves or by a deputy: {words} meetings."
    words += f" No meeting was held yet while {listed(new)} had a seat." if new else ""
    return CheckAnswer("at risk" if seldom else "met", words, link)


def observer_attends(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has a department a seat as observer on the day, and was it at the meetings held?"""
    board = _board(asking)
    if board is None:
        return CheckAnswer("no evidence", NO_BOARD)
    link = _page(asking, board)
    observers = [seat for seat in _seats(asking, board) if seat.capacity == Membership.Capacity.OBSERVER]
    agencies = {seat.agency.name for seat in observers if seat.agency.kind == "government"}
    if not agencies:
        return CheckAnswer("not met", f"No department has a seat as observer of the {board.body}.", link)
    return _attended(asking, board, [row for row in _rows(asking, board) if row.agency in agencies], link)


def indicators_discussed(asking: Asking, requirement: Any) -> CheckAnswer:
    """Was every indicator that has a published figure on the agenda of a meeting held, and minuted under it?"""
    board = _board(asking)
    if board is None:
        return CheckAnswer("no evidence", NO_BOARD)
    known = [found.id for found in discussing.figures(asking) if found is not None]
    link = _page(asking, board)
    if not _held(asking, board) or not known:
        return CheckAnswer("no evidence", "No meeting is recorded as held, or no figure is published to discuss.", link)
    found = asking.once("discussed", lambda: discussing.discussed(SYSTEM, asking.programme.code, board.body, asking.on))
    never = [indicator for indicator in known if indicator not in found]
    words = f"{len(known) - len(never)} of {counted(len(known), 'indicator')} were discussed and minuted"
    if len(never) == len(known):
        return CheckAnswer("not met", f"{words}, at {counted(len(_held(asking, board)), 'meeting')}.", link)
    if never:
        return CheckAnswer("at risk", f"{words}; never discussed: {', '.join(never)}.", link)
    return CheckAnswer("met", f"{words}.", link)


def off_track_is_acted_on(asking: Asking, requirement: Any) -> CheckAnswer:
    """Has every indicator that is getting worse an open action, and one that a meeting or a decision raised?"""
    if _board(asking) is None:
        return CheckAnswer("no evidence", NO_BOARD)
    worse = [found for found in discussing.figures(asking) if found is not None and found.claim in WORSE]
    if not worse:
        return CheckAnswer("no evidence", "No indicator is getting worse, so nothing called for correction.")
    actions = asking.once("plan", lambda: plan_facts(asking.programme.code, asking.on)).actions
    named = discussing.named_by_actions(actions, asking.on)
    raised = discussing.named_by_actions(actions, asking.on, discussing.RAISED_BY)
    unnamed = [found.id for found in worse if found.id not in named]
    unraised = [found.id for found in worse if found.id in named - raised]
    words = f"{counted(len(worse), 'indicator is', 'indicators are')} getting worse"
    links = tuple(found.link for found in worse)
    if not unnamed and not unraised:
        return CheckAnswer("met", f"{words}, each with an open action that the Board raised.", links)
    if unnamed:
        words += f"; no open action names {listed(unnamed)}"
    if unraised:
        words += f"; the action for {listed(unraised)} was not raised by the Board"
    return CheckAnswer("not met" if unnamed else "at risk", f"{words}.", links)


def progress_is_reported(asking: Asking, requirement: Any, *, item: str) -> CheckAnswer:
    """Did each meeting that was held take the standing item on progress (its reference), and minute it?"""
    board = _board(asking)
    if board is None:
        return CheckAnswer("no evidence", NO_BOARD)
    held, link = _held(asking, board), _page(asking, board)
    if not held:
        return CheckAnswer("no evidence", f"No meeting of the {board.body} is recorded as held.", link)
    taken = discussing.meetings_that_took(SYSTEM, asking.programme.code, board.body, asking.on, item)
    without = [str(meeting.number) for meeting in held if meeting.pk not in taken]
    words = f"{len(held) - len(without)} of {counted(len(held), 'meeting')} took a report on progress and minuted it"
    if without:
        state = "not met" if len(without) == len(held) else "at risk"
        return CheckAnswer(state, f"{words}; without one: meeting {listed(without)}.", link)
    return CheckAnswer("met", f"{words}.", link)


CHECKS: dict[str, Callable[..., CheckAnswer]] = {
    check.__name__: check
    for check in (
        board_is_set_up,
        chair_is_independent,
        meetings_in_cycle,
        partners_attend,
        observer_attends,
        indicators_discussed,
        off_track_is_acted_on,
        progress_is_reported,
    )
}


def register() -> None:
    """Called once, when the application starts."""
    for name, check in CHECKS.items():
        register_check(name, check)
