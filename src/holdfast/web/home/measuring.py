"""The performance analyst's home: what moved since the last release and why, and whether it is right."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import Any, Final

from holdfast.access.days import last_of_month, months_on
from holdfast.pages.words import counted, date_words, lower_first, upper_first
from holdfast.performance.models import Release, Return
from holdfast.performance.selectors import indicators, releases
from holdfast.performance.selectors.returns import returns
from holdfast.web.home.answer import Home, Thing, five, sentences
from holdfast.web.home.asked import Asked
from holdfast.web.home.things import elsewhere


def performance_analyst(asked: Asked) -> Home:
    """Which indicators moved and why, the largest first; faults behind figures; what waits to be done."""
    moved, faulty = _moved(asked), _faulty(asked)
    release = asked.release
    if release is None:
        said = "Nothing can move before there is a release of figures"
    elif release.compared_with_id is None:
        said = (
            f"Release {release.number} is the first, so nothing has moved yet (data as at {date_words(release.as_at)})"
        )
    else:
        n = counted(len(moved), "indicator")
        said = f"{n} moved in release {release.number}, data as at {date_words(release.as_at)}"
    draft, due = _draft(asked), _return_due(asked)
    faults = [_fault_line(asked, returned) for returned in faulty]
    waits = "a draft release waits" if draft else "no draft waits"
    return Home(
        sentences(said, f"{_faults_words(faulty)}{waits}"),
        five(_refused(asked), draft, due, moved, faults, _past_review(asked)),
        "No figure moved, no fault touches one, and nothing waits.",
        elsewhere(asked),
    )


CAUSED: Final = {
    "late recording": "recorded late",
    "correction": "corrected",
    "deletion": "deleted",
    "definition": "counted by another definition",
    "another source": "answered for by another return",
    "time passed": "not known until now",
}
"""What is said of the records that each cause moved."""


def _moved(asked: Asked) -> list[Thing]:
    """One line for each indicator with figures that had been given before and moved; the most records first."""
    if asked.release is None or not asked.url("release_page", asked.release.number):
        return []
    titles = {card.id: card.title for card in indicators.definition_cards()}
    by_indicator = defaultdict(list)
    for move in releases.moves(asked.user, asked.code, asked.release):
        if move.before is not None and move.after is not None:
            by_indicator[move.indicator].append(move)
    sizes = {name: sum(one.n_new + one.n_gone + one.n_changed for one in found) for name, found in by_indicator.items()}
    order = sorted(by_indicator, key=lambda name: (-sizes[name], name))
    page = asked.url("release_page", asked.release.number)
    return [_moved_line(titles.get(name, name), f"{page}#{name}", by_indicator[name], sizes[name]) for name in order]


def _moved_line(title: str, url: str, moves: Sequence[Any], size: int) -> Thing:
    """One indicator: how many of its figures and records moved, and the figure that moved most with its reason."""
    most = max(moves, key=lambda move: move.n_new + move.n_gone + move.n_changed)
    was, now = (f"{figure.n_in:,} of {figure.denominator:,}" for figure in (most.before, most.after))
    moved = f"{was} became {now}" if most.before.denominator else f"given for the first time, {now}"
    return Thing(
        title,
        url,
        f"{counted(len(moves), 'figure')} moved, by {counted(size, 'record')} in all",
        f"{upper_first(most.period.words)}: {moved}, because {_why(most)}.",
        "Moved",
        "blue",
    )


def _why(move: Any) -> str:
    """What moved most of a figure, as the rest of a sentence that has "because"; the release's page has every cause."""
    if not move.causes:
        return "the period is longer"
    first, *others = sorted(move.causes, key=lambda each: -each.n_records)
    n_others = sum(each.n_records for each in others)
    more = f"; {n_others:,} moved for other reasons" if n_others else ""
    were = "record was" if first.n_records == 1 else "records were"
    return f"{first.n_records:,} {were} {CAUSED[first.cause]}{more}"


def _draft(asked: Asked) -> list[Thing]:
    if not asked.url("releases"):
        return []
    drafts = releases.releases(asked.user, asked.code).filter(state=Release.State.DRAFT)
    return [
        Thing(
            f"Release {draft.number} is a draft",
            asked.url("release_page", draft.number),
            f"data as at {date_words(draft.as_at)}, {draft.moved_words}",
            "Read what moved, then publish it.",
            "Waits for you",
            "purple",
        )
        for draft in drafts[:1]
    ]


def _refused(asked: Asked) -> list[Thing]:
    """Each return refused since the last one that was read, the latest first: it may have arrived with nobody there.

    Older ones are left to their own pages: nothing says of which kind they were, or whether a later one mends them.
    """
    if not asked.url("returns"):
        return []
    since = takewhile(lambda returned: returned.state != Return.State.READ, returns(asked.user, asked.code))
    return [_refused_line(asked, returned) for returned in since if returned.state == Return.State.REFUSED]


def _refused_line(asked: Asked, returned: Return) -> Thing:
    return Thing(
        f"Return {returned.number} was not read",
        asked.url("return_page", returned.number),
        f"submitted on {date_words(returned.submitted_at)} by {returned.submitter}",
        f"{returned.get_refusal_display()}. Its page says why, and what can be done.",
        "Refused",
        "red",
    )


def _faulty(asked: Asked) -> list[Return]:
    """The newest return of each kind that was read, where it has faults: the last figures rest on these. Most first."""
    if not asked.url("returns"):
        return []
    newest: dict[str, Return] = {}
    for returned in returns(asked.user, asked.code).filter(state=Return.State.READ):
        newest.setdefault(returned.kind, returned)
    faulty = [returned for returned in newest.values() if returned.n_faults]
    return sorted(faulty, key=lambda returned: -returned.n_faults_in_all)


def _faults_words(faulty: Sequence[Return]) -> str:
    """How many faults the last figures rest on; "" of none."""
    n = sum(returned.n_faults_in_all for returned in faulty)
    return f"{counted(n, 'fault')} in the newest returns {'is' if n == 1 else 'are'} behind its figures; " if n else ""


def _fault_line(asked: Asked, returned: Return) -> Thing:
    rule, n = max(returned.n_faults.items(), key=lambda pair: pair[1])
    share = f"{counted(returned.n_faults_in_all, 'fault')} in {returned.n_rows_in_all:,} rows"
    as_at = f", as at {date_words(returned.as_at)}" if returned.as_at else ""
    return Thing(
        f"Faults in return {returned.number}",
        asked.url("faults", returned.number),
        f"{share}{as_at}",
        f"{n:,} of them are “{rule.replace('-', ' ')}”. Ask for them to be put right where they were recorded.",
        "Faults",
        "orange",
    )


def _return_due(asked: Asked) -> list[Thing]:
    """The next month's data, once that month is over and nothing describes it."""
    if asked.release is None or not asked.url("submit_return"):
        return []
    end = _next_month_end(asked.release.as_at)
    if end >= asked.today:
        return []
    return [
        Thing(
            "A return is due",
            asked.url("submit_return"),
            f"the last published data ends {date_words(asked.release.as_at)}, and {date_words(end)} has passed",
            "Submit the next month's return.",
            "Due",
            "yellow",
        )
    ]


def _next_month_end(as_at: date) -> date:
    """The end of the month that follows the month the data ends in."""
    return last_of_month(months_on(as_at, 1))


def _past_review(asked: Asked) -> list[Thing]:
    """Definitions that should have been reviewed by now."""
    late = [card for card in indicators.definition_cards() if card.review_by < asked.today]
    return [
        Thing(
            f"{card.id} {card.title}",
            asked.url("indicator", card.id),
            f"its definition was to be reviewed by {date_words(card.review_by)}",
            f"Ask the {lower_first(card.owner)} to review it.",
            "Review due",
            "yellow",
        )
        for card in sorted(late, key=lambda card: card.review_by)
    ]
