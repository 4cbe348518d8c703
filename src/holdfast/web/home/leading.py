"""The homes of those who lead: the chair, the director and the programme office."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from holdfast.access.permissions import Permission
from holdfast.notice.due import end_of_month
from holdfast.notice.selectors import notices
from holdfast.pages.words import counted, date_words, month_words
from holdfast.plan.models import Action
from holdfast.reports import selectors as reports
from holdfast.reports.lacking import papers_due
from holdfast.web.home.answer import MOST, Home, Thing, brief, five, said, sentences
from holdfast.web.home.asked import WORSENING, Asked, Dated
from holdfast.web.home.auditing import critical_things
from holdfast.web.home.board import board_words, challenge_things, decision_things, risk_things
from holdfast.web.home.things import (
    agreement_things,
    by_luck,
    clock_things,
    elsewhere,
    evidence_returned,
    evidence_waiting,
    getting_worse,
    late_things,
    late_words,
    meets,
    owner_of,
    requirement_things,
    worse,
)


def chair(asked: Asked) -> Home:
    """What to ask about, and what was promised: measures worse, things late or without effect, judgements waiting."""
    waiting = _to_accept(asked)
    measures = f"{getting_worse(asked)}; figures are to {date_words(asked.release.as_at)}" if asked.release else ""
    late = f"{late_words(asked.late)} that we promised {'are' if len(asked.late) > 1 else 'is'} late today"
    judged = f"{counted(len(waiting), 'judgement')} {'waits' if len(waiting) == 1 else 'wait'} for you"
    to_agree = _to_agree(asked)
    return Home(
        sentences(measures, late if asked.has_plan else ""),
        five(
            worse(asked),
            _reports_to_write(asked),
            agreement_things(asked, asked.to_answer),
            late_things(asked, [dated for dated in asked.late if not isinstance(dated, Action)]),
            late_things(asked, [dated for dated in asked.late if isinstance(dated, Action)]),
            [*waiting, *evidence_waiting(asked)],
            decision_things(asked),
            challenge_things(asked),
            risk_things(asked),
            _without_effect(asked),
        ),
        "Nothing is late, no measure is getting worse and no judgement waits for you.",
        elsewhere(asked),
        note=by_luck(asked),
        more=said(judged if waiting else "", to_agree, meets(asked), board_words(asked)),
    )


def _reports_to_write(asked: Asked) -> list[Thing]:
    """Reports to Ministers that are overdue, and the next one that is due, with whether it is begun."""
    unsent = [month for month in asked.chair_months if not month.sent]
    overdue = [month for month in unsent if month.due_on < asked.today]
    following = [month for month in unsent if month.due_on >= asked.today][:1]
    return [_report_to_write(asked, month) for month in (*overdue, *following)]


def _report_to_write(asked: Asked, month: reports.ChairMonth) -> Thing:
    days = (month.due_on - asked.today).days
    by = (
        f"{counted(-days, 'day')} past {date_words(month.due_on)}" if days < 0 else f"due by {date_words(month.due_on)}"
    )
    begun = asked.url("chair_draft", month.due_on) if month.draft else ""
    return Thing(
        f"Your report to Ministers for {month_words(month.due_on)}",
        begun or asked.url("begin_chair_report", month.due_on),
        by,
        "Your draft is begun: go on with it." if begun else "Begin it, beside the figures of the last edition.",
        "Overdue" if days < 0 else "Due",
        "red" if days < 0 else "yellow",
    )


def _to_agree(asked: Asked) -> str:
    """How many agreements wait for this account, and how many for others; "" where none does."""
    own, n = len(asked.to_answer), len(asked.unanswered)
    if not n:
        return ""
    return (
        f"{counted(n, 'answer')} to an agreement {'is' if n == 1 else 'are'} waited for, {own or 'none'} of them yours"
    )


def _to_accept(asked: Asked) -> list[Thing]:
    """Judgements that this account may accept or decline: those of somebody else."""
    if not asked.may(Permission.ACCEPT_JUDGEMENT):
        return []
    return [
        Thing(
            str(line.requirement),
            asked.url("requirement", line.requirement.ref),
            f"judged {line.judgement.says} by {line.judgement.judged_by.display_name} on "
            f"{date_words(line.judgement.judged_on)}",
            "Read the evidence, then accept or decline it.",
            "Waits for you",
            "purple",
        )
        for line in asked.waiting_for_acceptance
        if line.judgement is not None and line.judgement.judged_by_id != getattr(asked.user, "pk", None)
    ]


def _without_effect(asked: Asked) -> list[Thing]:
    """Actions that are done while the measure they were meant to move is getting worse."""
    worsening = {line.definition.id: line.definition.title for line in asked.said(WORSENING)}
    done = [action for action in asked.actions if action.done_on and action.impact_words(asked.today) != "Impact shown"]
    return [
        Thing(
            f"{action.ref} {action.title}",
            asked.url("plan_action", action.ref),
            f"done {date_words(action.done_on)}, and {worsening[action.indicator].lower()} is getting worse",
            f"Ask the {owner_of(action)} what it changed.",
            "No effect yet",
            "orange",
        )
        for action in done
        if action.indicator in worsening and action.done_on is not None
    ]


def director(asked: Asked) -> Home:
    """Where we will miss, and who waits past a limit today."""
    stock = next((counts for counts in asked.clocks if counts.clock.code == "assessments"), None)
    waiting = ""
    if stock is not None:
        waiting = f"{stock.counts['late']:,} of {stock.n_known:,} open assessments were past the limit on "
        waiting += date_words(stock.release.as_at)
    n = asked.standing
    standing = ""
    if n:
        standing = f"of {sum(n.values())} requirements, {n['not met'] or 'none'} are not met and "
        standing += f"{n['at risk'] or 'none'} at risk"
    return Home(
        sentences(waiting, standing),
        five(
            critical_things(asked),
            clock_things(asked),
            late_things(asked, [dated for dated in asked.late if not isinstance(dated, Action)]),
            requirement_things(asked, "not met", "at risk"),
            worse(asked),
            [*_to_accept(asked), *evidence_returned(asked), *evidence_waiting(asked)],
            agreement_things(asked, asked.to_answer),
        ),
        "Nobody was past a limit when the data ends, and no requirement is not met or at risk.",
        elsewhere(asked),
        note=by_luck(asked),
    )


def programme_office(asked: Asked) -> Home:
    """What is missing before the next paper: the days left, who owes what, what has no reason and no answer."""
    gaps, unexplained, owed = _gaps(asked), asked.unexplained, _owed(asked)
    owing = f"{counted(len(owed), 'post')} {'owes' if len(owed) == 1 else 'owe'} something late"
    missing = "every requirement has evidence or an action"
    if gaps:
        have = "has" if len(gaps) == 1 else "have"
        missing = f"{counted(len(gaps), 'requirement')} {have} neither evidence nor action"
    reason = f"{counted(len(unexplained), 'late action')} {'has' if len(unexplained) == 1 else 'have'} no reason"
    to_agree = agreement_things(asked, asked.unanswered)
    pack, report = _next_pack(asked), _next_report(asked)
    return Home(
        sentences(pack or report, f"{owing}, and {missing}" if asked.has_plan else ""),
        five(_pack(asked), owed, _unexplained(unexplained[:MOST], asked), evidence_returned(asked), to_agree, gaps),
        "The next pack lacks nothing, nobody owes anything late, no agreement is waited for, and every requirement has "
        "evidence or an action.",
        elsewhere(asked),
        more=said(report if pack else "", reason if asked.has_plan else "", meets(asked), _to_agree(asked)),
    )


def _next_pack(asked: Asked) -> str:
    """When the next meeting's papers go out, and how much its pack lacks; "" where it lacks nothing."""
    meeting = asked.next_meeting
    if meeting is None or not asked.pack_lacks:
        return ""
    due, lacks = papers_due(meeting), f"lacks {counted(len(asked.pack_lacks), 'thing')}"
    if due is None:
        return f"The next paper is the pack of {date_words(meeting.held_on)}, and it {lacks}"
    goes = f"{'was to go' if due < asked.today else 'goes'} out {_days_left(due, asked.today)}, by {date_words(due)}"
    return f"The next paper is the Board’s pack: it {goes}, and {lacks}"


def _pack(asked: Asked) -> list[Thing]:
    """The next meeting's pack while it lacks something: how much, by when papers go out, and the first of it."""
    meeting = asked.next_meeting
    if meeting is None or not asked.pack_lacks:
        return []
    due, page = papers_due(meeting), asked.url("pack", meeting.body.code, meeting.number)
    by = f"; papers go out by {date_words(due)}, {_days_left(due, asked.today)}" if due else ""
    is_late = due is not None and due < asked.today
    return [
        Thing(
            f"The pack of {date_words(meeting.held_on)}",
            page,
            f"lacks {counted(len(asked.pack_lacks), 'thing')}{by}",
            brief(asked.pack_lacks[0]),
            "Late" if is_late else "To make",
            "red" if is_late else "yellow",
        )
    ]


def _days_left(day: date, today: date) -> str:
    n = (day - today).days
    return f"in {counted(n, 'day')}" if n > 0 else "today" if n == 0 else f"{counted(-n, 'day')} ago"


def _next_report(asked: Asked) -> str:
    """When the next report that the notice asks for is due, and how many days that is."""
    if asked.positions is None:
        return "No notice has been loaded yet, so no paper has a date"
    months = (notices.notice_of(asked.user, asked.code).frame.get("reports") or {}).get("months", [])
    kept = {edition.on for edition in reports.editions(asked.user, asked.code)}
    due = next((end for end in map(end_of_month, months) if end >= asked.today and end not in kept), None)
    if due is None:
        return "No further paper has a date in the notice"
    return f"The next report to Ministers is due in {counted((due - asked.today).days, 'day')}, by {date_words(due)}"


def _owed(asked: Asked) -> list[Thing]:
    """What each post owes, the longest late first, with whom to ask."""
    by_post: dict[str, list[Dated]] = defaultdict(list)
    for dated in asked.late:
        by_post[dated.owner.title].append(dated)
    return [
        Thing(
            title,
            asked.url("plan_action" if isinstance(owed[0], Action) else "plan_milestone", owed[0].ref),
            f"owes {', '.join(dated.ref for dated in owed)}, the oldest due {date_words(owed[0].due_on)}",
            _ask_holder(owed[0]),
            "Late",
            "red",
        )
        for title, owed in by_post.items()
    ]


def _ask_holder(dated: Dated) -> str:
    holder = dated.owner.holder
    return f"Ask {holder.display_name}." if holder else "The post is vacant: ask for somebody to hold it."


def _unexplained(late: Sequence[Action], asked: Asked) -> list[Thing]:
    return [
        Thing(
            f"{action.ref} {action.title}",
            asked.url("plan_action", action.ref),
            f"due {date_words(action.due_on)}",
            f"Late without a reason. Ask the {owner_of(action)} for one.",
            "No reason",
            "orange",
        )
        for action in late
    ]


def _gaps(asked: Asked) -> list[Thing]:
    """Requirements with neither evidence nor an action, those with the earliest date first."""
    if asked.positions is None:
        return []
    unproven = [line for line in asked.positions if line.position == "no evidence" and line.requirement.is_for_the_plan]
    lines = [line for line in unproven if line.requirement.ref not in asked.answered]
    return [
        Thing(
            str(line.requirement),
            asked.url("requirement", line.requirement.ref),
            f"due {date_words(line.due.on)}" if line.due.on else "no date of its own",
            "Link its evidence, or add an action for it.",
            "Gap",
            "grey",
        )
        for line in sorted(lines, key=lambda line: line.due.on or date.max)
    ]
