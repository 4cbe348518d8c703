"""Lines of a home that audits give: one's own to do and to grade again, children who may not be safe, what is short.

Rule: no case reference and no grade of one case is on a home; a line leads to the page that may show it.
"""

from datetime import date

from holdfast.access import clock
from holdfast.audits import safety
from holdfast.audits.checks import DAYS_TO_MODERATE
from holdfast.audits.models import Audit, Critical
from holdfast.pages.words import counted, date_words, lower_first
from holdfast.web.home.answer import Thing
from holdfast.web.home.asked import Asked


def to_do_words(asked: Asked) -> str:
    """ "3 audits are yours to do, 1 of them late", or that none is, and the day."""
    n, n_late = len(asked.audits_to_do), sum(audit.is_late(asked.today) for audit in asked.audits_to_do)
    if not n:
        return f"no audit is yours to do on {date_words(asked.today)}"
    late = f", {n_late} of them late" if n_late else ", none of them late"
    return f"{counted(n, 'audit is', 'audits are')} yours to do{late}"


def to_grade_words(asked: Asked) -> str:
    """ "2 cases wait for your second grade", or that none does, and the day."""
    n = len(asked.audits_to_grade)
    if not n:
        return f"no case waits for your second grade on {date_words(asked.today)}"
    return counted(n, "case waits for your second grade", "cases wait for your second grade")


def to_do_things(asked: Asked) -> list[Thing]:
    """One's own audits, due first first."""
    return [_to_do(asked, audit) for audit in asked.audits_to_do]


def _to_do(asked: Asked, audit: Audit) -> Thing:
    is_late, begun = audit.is_late(asked.today), audit.sheet_id is not None
    ago = f", {counted((asked.today - audit.due_on).days, 'day')} ago" if is_late else ""
    status, colour = ("Late", "red") if is_late else ("Begun", "blue") if begun else ("Not begun", "yellow")
    return Thing(
        f"Audit {audit.number}, {lower_first(audit.version.question_set.title)}",
        asked.url("audit", audit.number),
        f"due {date_words(audit.due_on)}{ago}",
        "Go on where you stopped." if begun else "Begin it.",
        status,
        colour,
    )


def to_grade_things(asked: Asked) -> list[Thing]:
    """What one is to grade again without having seen the first grade, drawn first first."""
    return [
        Thing(
            f"Second grade of audit {audit.number}",
            asked.url("moderate_audit", audit.number),
            _drawn(audit.moderation.drawn_on, asked.today),
            "Grade the case before you open what the auditor wrote.",
            *_waits(audit.moderation.drawn_on, asked.today),
        )
        for audit in sorted(asked.audits_to_grade, key=lambda audit: (audit.moderation.drawn_on, audit.number))
    ]


def unmoderated_things(asked: Asked) -> list[Thing]:
    """What was drawn and nobody has graded again, drawn first first, with whom to ask."""
    return [
        Thing(
            f"Audit {audit.number} waits for its second grade",
            asked.url("audit", audit.number),
            _drawn(audit.moderation.drawn_on, asked.today),
            f"Ask {audit.moderation.moderator.display_name} for it."
            if audit.moderation.moderator
            else "Nobody has it: find a moderator outside the line.",
            *_waits(audit.moderation.drawn_on, asked.today),
        )
        for audit in asked.ungraded_again
        if audit not in asked.audits_to_grade
    ]


def _drawn(on: date, today: date) -> str:
    return f"drawn {date_words(on)}, {counted((today - on).days, 'day')} ago" if on < today else "drawn today"


def _waits(on: date, today: date) -> tuple[str, str]:
    return ("Late", "red") if (today - on).days > DAYS_TO_MODERATE else ("Waits", "yellow")


def critical_things(asked: Asked) -> list[Thing]:
    """Children who may not be safe, of whom the last step is not taken: what comes next and by when. Oldest first."""
    return [_critical(asked, critical) for critical in reversed(asked.criticals)]


def _critical(asked: Asked, critical: Critical) -> Thing:
    waiting = [step for step in safety.steps(critical, clock.now()) if step.taken is None]
    is_late, following = any(step.is_late for step in waiting), waiting[0].step.label
    return Thing(
        f"Audit {critical.audit.number}: a child who may not be safe",
        asked.url("critical", critical.pk),
        f"found {date_words(clock.day_of(critical.raised_at))}; not recorded yet: {lower_first(following)}",
        "Nothing here tells anybody: see that it is done, and record it.",
        "Late" if is_late else "Open",
        "red" if is_late else "orange",
    )


def asked_things(asked: Asked) -> list[Thing]:
    """What others wait for from this account: its agency's return, and whether it may sit on a panel."""
    returns = [
        Thing(
            f"Answer for {found.agency} in multi-agency audit {found.joint.number}",
            asked.url("own_return", found.joint.number),
            f"due {date_words(found.joint.due_on)}",
            "Nobody else reads it until the panel opens.",
            *(("Late", "red") if found.joint.due_on < asked.today else ("To do", "yellow")),
        )
        for found in asked.returns_to_give
    ]
    panels = [
        Thing(
            f"The panel of audit {member.panel.audit.number}",
            asked.url("declare_on_panel", member.panel.audit.number),
            f"called {date_words(member.panel.called_on)}",
            "Say whether you have a conflict, so that it can decide.",
            "Waits for you",
            "purple",
        )
        for member in asked.to_declare
    ]
    return [*returns, *panels]


def again_things(asked: Asked) -> list[Thing]:
    """What audits found and should have been asked again by today, the one due first first."""
    return [
        Thing(
            f"Finding {loop.finding.number} was to be asked again",
            asked.url("audit_finding", loop.finding.number),
            f"due {date_words(loop.again_on)}",
            "Draw its sample: until then nobody knows whether practice changed.",
            "Late",
            "red",
        )
        for loop in asked.late_to_ask_again
        if loop.again_on is not None
    ]


def done_words(asked: Asked) -> str:
    """How many of the audits planned for periods that have ended were handed in in them, or that none is in force."""
    plan, periods = asked.audits_planned
    if plan is None:
        return "no programme of audits is in force"
    n = sum(period.n_planned for period in periods)
    if not n:
        return f"the programme of audits is in force from {date_words(plan.from_on)}, and no month of it has ended"
    n_done = sum(min(period.n_done, period.n_planned) for period in periods)
    return f"{n_done:,} of {counted(n, 'audit')} planned since {date_words(plan.from_on)} were handed in in their time"


def short_things(asked: Asked) -> list[Thing]:
    """The last ended period of each kind of audit with fewer than were planned, shortest of them first."""
    last = {period.line.kind: period for period in asked.audits_planned[1]}
    short = sorted((period for period in last.values() if period.n_short), key=lambda period: -period.n_short)
    return [
        Thing(
            f"{period.line.title}, {period.words}",
            asked.url("audit_programme"),
            f"{period.n_done:,} of {period.n_planned:,} handed in",
            "Ask whose are still out, and allocate what nobody has.",
            f"{period.n_short:,} short",
            "red",
        )
        for period in short
    ]


def kinder_words(asked: Asked) -> str:
    """How often auditors were kinder than moderators, of the cases drawn at random in the quarter; "" of none."""
    found = asked.graded_twice
    if found is None:
        return ""
    title, words = found
    return f"auditors were kinder than moderators in {words.kinder.words}, drawn at random for {lower_first(title)}"


def unplanned_things(asked: Asked) -> list[Thing]:
    """What audits ask of a team or of the whole system that no action of the plan holds, due first first."""
    return [
        Thing(
            f"Audit {remedy.audit.number} asks for something {lower_first(remedy.get_level_display())}",
            asked.url("audit", remedy.audit.number),
            f"due {date_words(remedy.due_on)}, and no action of the plan holds it",
            f"Ask the {lower_first(str(remedy.owner))} for it, or the programme office to put it into the plan.",
            "Late" if remedy.due_on < asked.today else "Not planned",
            "red" if remedy.due_on < asked.today else "yellow",
        )
        for remedy in asked.unplanned_remedies
    ]
