"""Question sets as the pages say them: tables, facts and what differs between two versions."""

from collections.abc import Iterable
from typing import Any

from holdfast.pages.tables import Column, Table, facts, link, table
from holdfast.pages.words import counted, date_words, listed
from holdfast.questions import selectors
from holdfast.questions.models import QuestionSet, SetVersion
from holdfast.questions.wording import Question, Scale, Wording, reworded, wording_of

SHORT_HASH = 12


def sets_table(found: Iterable[QuestionSet]) -> Table:
    columns = [
        Column[QuestionSet]("Question set", lambda one: link(one.title, "question_set", one.programme.code, one.code)),
        Column("Newest version", _newest),
        Column("Questions", lambda one: f"{_n_questions(one):,}", numeric=True),
    ]
    return table("Question sets", columns, found)


def _newest(found: QuestionSet) -> Any:
    version = selectors.latest(found)
    return {"text": f"Version {version.number}", "hint": date_words(version.made_on)} if version else "None yet"


def _n_questions(found: QuestionSet) -> int:
    version = selectors.latest(found)
    return len(selectors.wording(version).questions) if version else 0


def versions_table(found: QuestionSet) -> Table:
    columns = [
        Column[SetVersion](
            "Version",
            lambda one: link(
                f"Version {one.number}", "set_version", found.programme.code, found.code, one.number, hidden=found.title
            ),
        ),
        Column("Written", lambda one: date_words(one.made_on)),
        Column("By", lambda one: one.made_by.display_name if one.made_by else "the system"),
        Column("What is new", lambda one: one.change or "The first"),
    ]
    return table("Versions, the newest first", columns, reversed(list(found.versions.all())))


def version_facts(version: SetVersion, wording: Wording) -> list[dict[str, str]]:
    return facts(
        ("Written", f"{date_words(version.made_on)}, by {version.made_by or 'the system'}"),
        ("Written for", wording.law),
        ("Questions", f"{counted(len(wording.questions), 'question')} in {counted(len(wording.sections), 'part')}"),
        ("What is new", version.change),
        ("Hash of the content", version.content_hash[:SHORT_HASH]),
    )


def sections(wording: Wording) -> list[dict[str, Any]]:
    """Each part with its questions as a table: the words, how it is answered, when it is asked, what it serves."""
    return [
        {
            "title": section.title,
            "guidance": section.guidance,
            "table": table(section.title, _columns(wording), section.questions),
        }
        for section in wording.sections
    ]


def _columns(wording: Wording) -> list[Column[Question]]:
    return [
        Column[Question]("Question", lambda one: {"text": one.ask, "hint": one.guidance}),
        Column("Answered with", _how),
        Column("Asked", lambda one: _when(wording, one)),
        Column("Serves", lambda one: _serves(wording, one)),
    ]


def _how(question: Question) -> Any:
    if question.scale is None:
        words = "A date" if question.kind == "date" else "Words"
    else:
        words = listed([choice.label for choice in question.scale.choices], "or")
    stops = [
        choice.label
        for choice in (question.scale.choices if question.scale else ())
        if choice.code in question.stops_on
    ]
    notes = ["may not apply, with a reason"] if question.may_not_apply else []
    notes += ["may be left empty"] if question.is_optional else []
    notes += [f"“{listed(stops, 'or')}” stops the form"] if stops else []
    return {"text": words, "hint": "; ".join(notes)}


def _when(wording: Wording, question: Question) -> str:
    on = question.condition
    before = wording.question(on.question) if on else None
    if on is None or before is None:
        return "Always"
    labels = [choice.label for choice in (before.scale.choices if before.scale else ()) if choice.code in on.values]
    return f"If “{before.ask}” is {listed(labels, 'or') or 'does not apply'}"


def _serves(wording: Wording, question: Question) -> Any:
    return {"text": ", ".join(question.requirements), "hint": wording.principles.get(question.principle, "")}


def scale_tables(wording: Wording) -> list[Table]:
    """Each scale with descriptors, the best choice first."""
    scales: dict[str, Scale] = {one.scale.code: one.scale for one in wording.questions if one.scale}
    columns = [Column[Any]("Choice", lambda one: one.label), Column("What it means", lambda one: one.descriptor)]
    return [
        table(f"Choices: {listed([choice.label for choice in scale.choices], 'or')}", columns, scale.choices)
        for scale in scales.values()
        if any(choice.descriptor for choice in scale.choices)
    ]


def differs(found: QuestionSet | None, content: dict[str, Any]) -> list[dict[str, str]]:
    """What a new wording changes, for somebody to look at before it is kept."""
    after, last = wording_of(content), selectors.latest(found) if found else None
    if last is None:
        return facts(("Questions", f"{counted(len(after.questions), 'question')} in {len(after.sections)} parts"))
    before = wording_of(last.content)
    change = reworded(before, after)
    asks = {one.code: one.ask for one in (*before.questions, *after.questions)}
    return facts(
        ("Added", "\n".join(asks[code] for code in change.added)),
        ("Taken away", "\n".join(asks[code] for code in change.removed)),
        ("Asked otherwise", "\n".join(asks[code] for code in change.changed)),
        ("The same", counted(len(after.questions) - len(change.added) - len(change.changed), "question")),
    )
