"""Audits by several agencies, as their pages say them. Rule: before the panel opens no grade of a return is said."""

from collections.abc import Sequence

from holdfast.access.doors import Actor
from holdfast.audits.grading import label_of
from holdfast.audits.models import JointAudit, JointReturn, Lesson
from holdfast.audits.selectors import joint as selectors
from holdfast.pages.tables import Cell, Column, Table, facts, link, table
from holdfast.pages.words import counted, date_words
from holdfast.questions import selectors as questions


def joint_table(found: Sequence[JointAudit]) -> Table:
    columns = [
        Column[JointAudit]("About", lambda one: link(one.title, "joint_audit", one.programme.code, one.number)),
        Column("Number", lambda one: f"{one.number}", numeric=True),
        Column("Returns in", lambda one: f"{n_in(one)} of {len(one.returns.all())}"),
        Column("Where it stands", state_words),
    ]
    return table("Multi-agency audits, the newest first", columns, found)


def n_in(joint: JointAudit) -> int:
    return sum(each.handed_in_on is not None for each in joint.returns.all())


def state_words(joint: JointAudit) -> str:
    if hasattr(joint, "judgement"):
        return f"Judged {date_words(joint.judgement.judged_on)}"
    if joint.opened_on:
        return f"Panel open since {date_words(joint.opened_on)}"
    return (
        "Every return is in: waits for the panel"
        if n_in(joint) == len(joint.returns.all()) > 0
        else "Waits for returns"
    )


def joint_facts(joint: JointAudit) -> list[dict[str, str]]:
    return facts(
        ("Case", joint.case_ref),
        ("Team that holds it", str(joint.team)),
        ("Questions", str(joint.version)),
        ("Returns due", date_words(joint.due_on)),
        ("Where it stands", state_words(joint)),
        ("Invented", "For the demonstration" if joint.is_invented else ""),
    )


def returns_table(joint: JointAudit, user: Actor) -> Table:
    """Each agency's return; its grade and the way to it only once the panel is open, or for whoever answers it."""
    code = joint.programme.code

    def read(one: JointReturn) -> Cell:
        is_own = one.answerer_id == getattr(user, "pk", None)
        if one.sheet_id is None or not (is_own or joint.opened_on):
            return "Not to be read before the panel"
        return link(
            "Read it", "agency_return", code, joint.number, one.agency.code, hidden=f"the return of {one.agency}"
        )

    columns = [
        Column[JointReturn]("Agency", lambda one: str(one.agency)),
        Column("Handed in", lambda one: date_words(one.handed_in_on) if one.handed_in_on else "Not yet"),
        Column("Its judgement of its own part", lambda one: own_grade(joint, one) if joint.opened_on else "Kept back"),
        Column("Return", read),
    ]
    return table("Each agency’s return", columns, joint.returns.all())


def own_grade(joint: JointAudit, one: JointReturn) -> str:
    """An agency's grade of its own part, in words; for readers who may read its return."""
    question, _ = selectors.asked_of(joint)
    answers = questions.answers(questions.with_answers([one.sheet_id]).get()) if one.sheet_id else {}
    return label_of(question, answers.get(question.code, {}).get("value", "")) or "None"


def judgement_facts(joint: JointAudit) -> list[dict[str, str]]:
    if not hasattr(joint, "judgement"):
        return []
    judgement = joint.judgement
    return facts(
        ("All together", label_of(selectors.asked_of(joint)[0], judgement.whole)),
        ("Why", judgement.reasons),
        ("Who saw it otherwise", judgement.dissent or "Nobody"),
        ("Judged", date_words(judgement.judged_on)),
    )


def lessons_table(joint: JointAudit, *, may_act: bool) -> Table:
    code = joint.programme.code

    def action(lesson: Lesson) -> Cell:
        if lesson.plan_ref:
            return link(lesson.plan_ref, "plan_action", code, lesson.plan_ref)
        words = "Add an action"
        return link(words, "act_on_lesson", code, lesson.pk, hidden=f"for {lesson.agency}") if may_act else "None yet"

    columns = [
        Column[Lesson]("Agency", lambda lesson: str(lesson.agency)),
        Column("What it is to do otherwise", lambda lesson: lesson.words),
        Column("Action of the plan", action),
    ]
    return table("Lessons, by agency", columns, joint.lessons.all())


def waiting_table(lessons: Sequence[Lesson]) -> Table:
    columns = [
        Column[Lesson]("Agency", lambda lesson: str(lesson.agency)),
        Column("What it is to do otherwise", lambda lesson: lesson.words),
        Column(
            "Action of the plan",
            lambda lesson: link(
                "Add an action", "act_on_lesson", lesson.joint.programme.code, lesson.pk, hidden=f"for {lesson.agency}"
            ),
        ),
    ]
    return table("Lessons that no action answers yet", columns, lessons)


def summary(joint: JointAudit) -> tuple[str, str, str]:
    """For a report: what it was about, the judgements apart, and how many of its lessons have an action."""
    question, _ = selectors.asked_of(joint)
    own = "; ".join(f"{one.agency}: {own_grade(joint, one)}" for one in joint.returns.all())
    together = label_of(question, joint.judgement.whole)
    lessons = list(joint.lessons.all())
    n = sum(bool(lesson.plan_ref) for lesson in lessons)
    return (
        f"{joint.number}. {joint.title}",
        f"Together: {together}. Own part: {own}.",
        f"{counted(len(lessons), 'lesson')}, {n} with an action",
    )
