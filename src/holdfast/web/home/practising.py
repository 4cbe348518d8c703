"""The homes of those who look after practice: its manager, team managers, auditors and moderators."""

from holdfast.access.permissions import Permission
from holdfast.agreements.selectors import Outstanding
from holdfast.audits.programming import KIND
from holdfast.pages.words import counted, date_words
from holdfast.performance.selectors.worklists import ClockCounts
from holdfast.web.home import auditing
from holdfast.web.home.answer import Home, Thing, five, said, sentences
from holdfast.web.home.asked import Asked
from holdfast.web.home.things import (
    agreement_things,
    clock_things,
    coming_things,
    elsewhere,
    figure_of,
    late_things,
    longest_words,
    worse,
)

RE_OPENED = "I60-12"
ASKS_IN_TIME = {
    "assessments": "See first each child whose time runs out first.",
    "conferences": "Check that each has its day.",
    "reviews": "Check that each has its day.",
}
"""By clock, what to do while there is time."""


def practice_manager(asked: Asked) -> Home:
    """Whether audits are done as agreed and graded too kindly; then whether closed cases stay closed, and who waits."""
    line = next((line for line in asked.scorecard if line.definition.id == RE_OPENED), None)
    closed = f"cases referred again within 12 months of closing: {figure_of(line)}" if line else ""
    n_late = sum(counts.counts["late"] for counts in asked.clocks)
    waiting = ""
    if asked.clocks and asked.release:
        still = counted(n_late, "case was", "cases were")
        waiting = f"{still} past a limit and still waiting on {date_words(asked.release.as_at)}"
    mine = [dated for dated in asked.late if asked.is_mine(dated)]
    return Home(
        sentences(auditing.done_words(asked), auditing.kinder_words(asked)),
        five(
            auditing.critical_things(asked),
            agreement_things(asked, _programme_waited_for(asked)),
            auditing.unmoderated_things(asked),
            auditing.short_things(asked),
            auditing.unplanned_things(asked),
            auditing.again_things(asked),
            late_things(asked, mine),
            clock_things(asked),
            worse(asked),
            late_things(asked, [dated for dated in asked.late if dated not in mine]),
        ),
        "Every audit that was planned is done and graded again where it was drawn, and nothing of yours is late.",
        elsewhere(asked),
        more=said(closed, waiting),
    )


def _programme_waited_for(asked: Asked) -> list[Outstanding]:
    """Who has still to agree the programme of audits, while none is in force."""
    waiting = asked.unanswered if asked.audits_planned[0] is None else ()
    return [one for one in waiting if one.version.subject.kind == KIND]


def team_manager(asked: Asked) -> Home:
    """Whose clock runs out: due by tomorrow, within five days, late already. As at the data's day, over the council or,
    for a role over a team, of that team."""
    is_whole = asked.may(Permission.SEE_CHILD_RECORDS)
    clocks = asked.clocks if is_whole else asked.team_clocks
    if not clocks:
        things = five(auditing.critical_things(asked), worse(asked), late_things(asked, asked.late))
        return Home(sentences(_no_clock_words(asked, is_whole=is_whole)), things, "", elsewhere(asked))
    stock = next((counts for counts in clocks if counts.clock.code == "assessments"), None)
    soon, late, since = ([_choice(asked, counts, choice) for counts in clocks] for choice in ("week", "late", "since"))
    return Home(
        sentences(_assessments_words(stock, is_whole=is_whole)),
        five(
            auditing.critical_things(asked),
            [thing for thing in soon if thing is not None],
            [thing for thing in (*late, *since) if thing is not None],
            _undiscussed(asked),
        ),
        f"No {'clock' if stock else 'other clock'} runs out in the next five working days.",
        elsewhere(asked),
    )


def _no_clock_words(asked: Asked, *, is_whole: bool) -> str:
    """Why there is no list: no release, or what the last one does not say."""
    if asked.release is None:
        return "No release says yet which children wait on a clock. The list appears when one is published"
    if is_whole:
        return "The last release does not say which children wait on a clock"
    return "The last release does not say which team a child is with, so a role over one team has no list"


def _assessments_words(stock: ClockCounts | None, *, is_whole: bool) -> str:
    """How many assessments fall due and are late; that the release does not say, where other clocks alone are held."""
    if stock is None:
        return f"The last release does not say which assessments {'' if is_whole else 'of your team '}are open"
    n = stock.counts
    sentence = "" if is_whole else "Of your team: "
    sentence += f"{n['week']:,} assessments fall due in the next five working days, {n['day']:,} of them by tomorrow; "
    return f"{sentence}{n['late']:,} were late already on {date_words(stock.release.as_at)}, when the data ends"


def _undiscussed(asked: Asked) -> list[Thing]:
    """Cases whose supervision is overdue, of children with a protection plan before others; [] without an extract."""
    if asked.undiscussed is None:
        return []
    found, within = asked.undiscussed
    kind = next((kind for kind, told in found.told.items() if told.n_so), None)
    if kind is None:
        return []
    told, plan = found.told[kind], "on a child protection plan" if kind == "protection" else "without a protection plan"
    return [
        Thing(
            "Supervision overdue",
            asked.url("supervision_overdue", query=f"show={kind}"),
            f"{told.n_so:,} of {told.n_known:,} {plan} were not discussed in the {counted(within[kind], 'day')} to "
            f"{date_words(found.on)}",
            "Discuss the longest overdue first.",
            "Late",
            "red",
        )
    ]


def _choice(asked: Asked, counts: ClockCounts, choice: str) -> Thing | None:
    """One choice of one worklist as a line; None where nobody is in it."""
    n, n_soonest = counts.counts[choice], counts.counts["day"]
    if not n:
        return None
    as_at = date_words(counts.release.as_at)
    soonest = f", {n_soonest:,} of them by tomorrow" if n_soonest else ""
    figures = {
        "week": f"{n:,} due within five working days of {date_words(asked.today)}{soonest}",
        "late": f"{n:,} late on {as_at}{longest_words(counts)}",
        "since": f"{n:,} fallen due between {as_at} and today",
    }
    asks = {
        "week": ASKS_IN_TIME[counts.clock.code],
        "late": "Ask whether each child has been seen.",
        "since": "Late by now, unless it has been done.",
    }
    url = asked.url("worklist", counts.clock.code, query=f"show={choice}")
    status, colour = ("Due", "yellow") if choice == "week" else ("Late", "red")
    return Thing(counts.clock.title, url, figures[choice], asks[choice], status, colour)


def auditor(asked: Asked) -> Home:
    """What is mine, due when: audits to do in order of date, then what one's posts own in the plan."""
    again = auditing.to_grade_words(asked) if asked.audits_to_grade else ""
    return _own(asked, "An audit appears here when it is allocated to you", auditing.to_do_words(asked), again)


def moderator(asked: Asked) -> Home:
    """What is mine, due when: cases to grade again in the order they were drawn, then what one's posts own."""
    to_do = auditing.to_do_words(asked) if asked.audits_to_do else ""
    return _own(
        asked, "A case appears here when it is drawn for your second grade", auditing.to_grade_words(asked), to_do
    )


def _own(asked: Asked, coming_words: str, *audits: str) -> Home:
    """`coming_words`: what is said where nothing is there, which the sentence has said already."""
    late = [dated for dated in asked.late if asked.is_mine(dated)]
    coming = [dated for dated in asked.coming if asked.is_mine(dated)]
    planned = ""
    if late or coming:
        planned = f"{counted(len(late) + len(coming), 'thing')} in the plan to do, {len(late) or 'none'} of them late"
    elif asked.has_plan:
        planned = "Nothing in the plan is yours"
    return Home(
        sentences(*audits, planned),
        five(
            auditing.critical_things(asked),
            auditing.asked_things(asked),
            auditing.to_do_things(asked),
            auditing.to_grade_things(asked),
            late_things(asked, late),
            coming_things(asked, coming),
        ),
        f"{coming_words}, in order of date.",
        elsewhere(asked),
    )
