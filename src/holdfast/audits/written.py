"""Audits as the pages say them: tables, facts, grades with whose they are, steps with their times."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from holdfast.audits import safety
from holdfast.audits.grading import (
    FINAL,
    NOT_GRADED,
    NOT_MODERATED,
    WAITS,
    WHY_GRADED,
    gradings,
    judged,
    label_of,
    standing_grade,
)
from holdfast.audits.models import Audit, Critical, CriticalStep, Panel, Remedy
from holdfast.audits.selectors import criticals
from holdfast.pages.addresses import address
from holdfast.pages.tables import Cell, Column, Table, facts, link, table, tag
from holdfast.pages.words import counted, date_words, day_or, time_words
from holdfast.questions import selectors as questions
from holdfast.questions.models import Sheet

COLOURS: Final = {FINAL: "green", NOT_MODERATED: "yellow", WAITS: "yellow", NOT_GRADED: "grey"}
BLIND: Final = "Not shown before you grade it"


def audit_link(audit: Audit) -> dict[str, Any]:
    return link(f"Audit {audit.number}", "audit", audit.programme.code, audit.number)


def audits_table(audits: Iterable[Audit], on: date, blind: frozenset[int], caption: str) -> Table:
    """One line an audit. `blind`: the keys of those that the reader is still to grade without having seen the first."""
    columns = [
        Column[Audit]("Audit", lambda audit: f"Audit {audit.number}" if audit.pk in blind else audit_link(audit)),
        Column("Questions", lambda audit: audit.version.question_set.title),
        Column("Team", lambda audit: audit.team.name),
        Column("Chosen", lambda audit: str(audit.get_chosen_display())),
        Column("Auditor", lambda audit: audit.auditor.display_name if audit.auditor else "Nobody yet"),
        Column("Where it stands", lambda audit: state_cell(audit, on)),
        Column("Grade", lambda audit: BLIND if audit.pk in blind else grade_cell(audit)),
    ]
    return table(caption, columns, audits)


def state_cell(audit: Audit, on: date) -> Cell:
    if audit.withdrawn_on:
        return tag("Withdrawn", "grey", hint=date_words(audit.withdrawn_on))
    if audit.handed_in_on:
        return tag("Handed in", "green", hint=date_words(audit.handed_in_on))
    due = f"due {date_words(audit.due_on)}"
    if audit.is_late(on):
        return tag("Late", "red", hint=f"{due}, {counted((on - audit.due_on).days, 'day')} ago")
    words = "Waits for an auditor" if audit.auditor is None else "Begun" if audit.sheet_id else "Not begun"
    return tag(words, "blue" if audit.auditor else "yellow", hint=due)


def grade_cell(audit: Audit) -> Cell:
    graded = standing_grade(audit)
    return {"text": graded.label, "hint": graded.whose} if graded.label else ""


def audit_facts(audit: Audit) -> list[dict[str, str]]:
    again = audit.audits_again
    return facts(
        ("Case reference", audit.case_ref),
        ("Team", audit.team.name),
        ("Questions", str(audit.version)),
        ("Chosen", str(audit.get_chosen_display())),
        ("Audits again", f"Audit {again.number}" if again else ""),
        ("Auditor", audit.auditor.display_name if audit.auditor else "Nobody yet"),
        ("Due", date_words(audit.due_on)),
        ("Handed in", day_or(audit.handed_in_on, "")),
        ("Withdrawn", f"{date_words(audit.withdrawn_on)}: {audit.withdrawn_why}" if audit.withdrawn_on else ""),
        ("Graded again", _moderation_words(audit)),
    )


def _moderation_words(audit: Audit) -> str:
    moderation = getattr(audit, "moderation", None)
    if moderation is None:
        return "No: it was not drawn" if audit.handed_in_on else ""
    by = moderation.moderator.display_name if moderation.moderator else "nobody yet"
    return f"{moderation.get_why_display()}, by {by}"


def grades_table(audit: Audit) -> Table | None:
    """Each judged question with the three grades apart; None before there is one."""
    given = gradings(audit)
    if not given:
        return None
    asked = judged(questions.wording(audit.version))
    columns: list[Column[Any]] = [Column("Question", lambda one: one.ask)]
    for part, words in (("auditor", "Auditor"), ("moderator", "Moderator"), ("final", "Final")):
        if part in given:
            columns.append(Column(words, lambda one, part=part: label_of(one, given[part].grades.get(one.code, ""))))
    return table("Grades", columns, asked)


def reasons(audit: Audit, sheet: Sheet | None) -> list[dict[str, str]]:
    """Why each grade was given, with who gave it and when. The auditor's reason is an answer of the audit's sheet."""
    pairs, answers = [], questions.answers(sheet) if sheet else {}
    for each in audit.gradings.all():
        by = each.given_by.display_name if each.given_by else "the system"
        why = each.why or (answers.get(WHY_GRADED, {}).get("value", "") if each.part == "auditor" else "")
        said = f"{why}\n" if why else ""
        whose = "Final grade" if each.part == "final" else f"{each.get_part_display()}’s grade"
        pairs.append((whose, f"{said}{by}, {date_words(each.given_on)}"))
    return facts(*pairs)


def criticals_table(found: Iterable[Critical], at: datetime) -> Table:
    columns = [
        Column[Critical](
            "Found in",
            lambda one: link(f"Audit {one.audit.number}", "critical", one.audit.programme.code, one.pk, hint=one.asked),
        ),
        Column("Team", lambda one: one.audit.team.name),
        Column("Found", lambda one: f"{date_words(one.raised_at)} at {time_words(one.raised_at)}"),
        Column("Where it stands", lambda one: _critical_state(one, at)),
    ]
    return table("Children who may not be safe", columns, found)


def _critical_state(critical: Critical, at: datetime) -> Cell:
    if not criticals.is_open(critical):
        return tag("Closed", "green")
    if criticals.is_untold(critical):
        return tag("Nobody told yet", "red")
    late = [due for due in safety.steps(critical, at) if due.is_late and due.taken is None]
    n = len(critical.steps.all())
    words = f"{n} of {len(safety.ORDER)} steps taken"
    return tag("Late", "red", hint=words) if late else tag("Under way", "yellow", hint=words)


def steps_table(critical: Critical, at: datetime) -> Table:
    """Every step in its order: by when, when it was taken and by whom, or that it waits."""
    columns = [
        Column[safety.Due]("Step", lambda due: str(due.step.label)),
        Column("By", lambda due: _moment(due.by) if due.by else "No limit"),
        Column("Taken", _taken),
        Column("What was said", lambda due: due.taken.words if due.taken else ""),
    ]
    return table("Steps for the child’s safety", columns, safety.steps(critical, at))


def _taken(due: safety.Due) -> Cell:
    if due.taken is None:
        return tag("Late", "red") if due.is_late else tag("Not yet", "yellow")
    by = due.taken.recorded_by.display_name if due.taken.recorded_by else "the system"
    words = f"{_moment(due.taken.at)}, recorded by {by}"
    return tag("Late", "red", hint=words) if due.is_late else tag("Done", "green", hint=words)


def _moment(at: datetime) -> str:
    return f"{date_words(at)} at {time_words(at)}"


def step_choices(steps: Sequence[CriticalStep.Step]) -> list[tuple[str, str]]:
    return [(step.value, str(step.label)) for step in steps]


def remedies_table(found: Iterable[Remedy], *, may_verify: bool, may_plan: bool) -> Table:
    columns = [
        Column[Remedy]("What is asked for", lambda one: {"text": one.words, "hint": str(one.get_level_display())}),
        Column("Post", lambda one: one.owner.title),
        Column("Due", lambda one: date_words(one.due_on)),
        Column("Where it stands", _remedy_state),
        Column("Next", lambda one: _remedy_next(one, may_verify=may_verify, may_plan=may_plan)),
    ]
    return table("What this audit asks for", columns, found)


def _remedy_state(remedy: Remedy) -> Cell:
    if remedy.plan_ref:
        return {"text": f"In the plan as {remedy.plan_ref}"}
    if remedy.verified_on and remedy.verified_by:
        return tag("Verified", "green", hint=f"{date_words(remedy.verified_on)}, {remedy.verified_by.display_name}")
    if remedy.done_on:
        return tag("Said to be done", "yellow", hint=f"{date_words(remedy.done_on)}: {remedy.done_words}")
    return tag("To do", "blue")


def _remedy_next(remedy: Remedy, *, may_verify: bool, may_plan: bool) -> Cell:
    arguments = (remedy.audit.programme.code, remedy.audit.number, remedy.pk)
    of = f"what audit {remedy.audit.number} asks for"
    if remedy.plan_ref or remedy.verified_on:
        return ""
    if may_plan and remedy.level in (Remedy.Level.TEAM, Remedy.Level.SYSTEM) and not remedy.done_on:
        return link("Put it in the plan", "put_remedy_in_plan", *arguments, hidden=of)
    if remedy.done_on:
        return link("Verify", "verify_remedy", *arguments, hidden=of) if may_verify else ""
    return link("Say it is done", "remedy_done", *arguments, hidden=of)


def next_steps(user: Any, audit: Audit, panel: Panel | None, *, may_manage: bool) -> list[dict[str, str]]:
    """What the reader may do with an audit now, as links: words and address."""
    arguments = [audit.programme.code, audit.number]
    given, moderation = gradings(audit), getattr(audit, "moderation", None)
    is_open = audit.handed_in_on is None and audit.withdrawn_on is None
    steps = []
    if is_open and audit.auditor_id == getattr(user, "pk", None):
        steps.append(("Answer it", "audit_sheet"))
    if is_open and may_manage:
        steps += [("Allocate it" if audit.auditor is None else "Allocate it to somebody else", "allocate_audit")]
        steps += [("Withdraw it", "withdraw_audit")]
    if moderation is not None and may_manage and "moderator" not in given:
        steps.append(("Find somebody to grade it again", "allocate_moderation"))
    if "moderator" in given and "final" not in given:
        steps += _steps_of_two(user, panel, may_manage=may_manage)
    return [{"text": words, "url": address(name, *arguments)} for words, name in steps]


def _steps_of_two(user: Any, panel: Panel | None, *, may_manage: bool) -> list[tuple[str, str]]:
    """What may be done where two grades differ: a panel, or a decision; on a panel, to declare, and its chair's."""
    if panel is None:
        return [("Call a panel", "call_panel"), ("Decide the final grade", "decide_final_grade")] if may_manage else []
    own = next((member for member in panel.members.all() if member.account_id == getattr(user, "pk", None)), None)
    if own is not None and own.declared_on is None:
        return [("Say whether you have a conflict", "declare_on_panel")]
    is_chair = own is not None and panel.chair_id == own.account_id
    return [("Record the panel’s grade", "decide_final_grade")] if is_chair else []
