"""What audits found, as the page says it: grades with intervals, questions with theirs, agreement and drift."""

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.audits.models import Audit, Sample
from holdfast.audits.selectors.findings import Drift, Findings, Grades
from holdfast.audits.themes import title_of
from holdfast.pages.tables import Cell, Column, Table, facts, link, table
from holdfast.pages.words import counted as count_words
from holdfast.pages.words import date_words, listed
from holdfast.performance.selectors.agreeing import TOO_FEW, WHY_TOO_FEW, AgreementWords
from holdfast.performance.selectors.shares import share_of
from holdfast.questions.counting import Counted
from holdfast.questions.wording import Choice

FEW = 12
"""Of no more questions than these every theme is open: they are not two screens of a phone."""


def lede(found: Findings, asked: Mapping[str, Any]) -> str:
    """Which audits they are, and the grade that stands for them all, in one run; how they are chosen where none is."""
    if not asked or not found.n:
        return "One question set, over some days, of audits that were chosen in one way."
    which = f"{asked['question_set'].title}, {Audit.Chosen(asked['chosen']).label.lower()}"
    days = f"{date_words(asked['since'])} to {date_words(asked['until'])}"
    grade = f" {grades_words(found.grades)[0]}" if found.grades else ""
    return f"{which}: {count_words(found.n, 'audit')} handed in, {days}.{grade}"


def grades_table(grades: Grades) -> Table:
    columns = [
        Column[Choice]("Grade", lambda choice: choice.label),
        Column("Audits", lambda choice: f"{grades.counts[choice.stands_for]:,}", numeric=True),
        Column("Share", lambda choice: share_of(grades.counts[choice.stands_for], grades.n).words),
    ]
    return table("Grades that stand", columns, grades.choices)


def grades_words(grades: Grades) -> list[str]:
    """What may be said of the grades, a sentence each."""
    said = [f"Good or better: {grades.good.words}."] if grades.n else ["No grade is counted."]
    not_moderated = grades.n - grades.n_moderated
    said.append(f"{grades.n_moderated:,} of {grades.n:,} were moderated; {not_moderated:,} are the auditor’s alone.")
    if grades.n_left_out:
        said.append(f"{count_words(grades.n_left_out, 'audit')} gave a grade on another scale, and are left out.")
    return said


def theme_tables(found: Findings, code: str, asked: Mapping[str, str], *, may_record: bool) -> list[dict[str, Any]]:
    """Each theme that was asked about: its code, title and questions, what most often falls short first.

    `asked` is what the page was asked for, so that a finding is recorded of the same audits.
    """
    kept = {name: value for name, value in asked.items() if value}

    def record(one: Counted) -> Cell:
        arguments = {**kept, "question": one.question.code}
        return link("Record a finding", "record_finding", code, hidden=f"of {one.question.ask}", **arguments)

    columns = [
        Column[Counted]("Question", lambda one: one.question.ask),
        Column("Short of what is looked for", lambda one: one.short.words if one.short else ""),
        Column("Does not apply", lambda one: f"{one.n_not_applicable:,}", numeric=True),
        Column("Not answered", lambda one: f"{one.n_missing:,}", numeric=True),
    ]
    if may_record:
        columns.append(Column("Next", record))
    return [
        {
            "code": theme,
            "title": title_of(theme),
            "table": table(title_of(theme), columns, own),
            "note": _most_often(own),
            "is_open": len(found.counted) <= FEW,
        }
        for theme, own in found.by_theme.items()
    ]


def _most_often(own: Sequence[Counted]) -> str:
    """What stands on a folded theme: how many questions, and how often the first of them falls short."""
    short = f"; most often short in {own[0].short.of}" if own and own[0].short else ""
    return f"{count_words(len(own), 'question')}{short}"


def frames_words(samples: Sequence[Sample]) -> str:
    """From which frames the audits were drawn, where there are several; "" where it is one, or none was drawn."""
    if len({(one.indicator, one.outcome, one.and_indicator, one.and_outcome) for one in samples}) < 2:
        return ""
    named = listed([f"{one.number}" for one in sorted(samples, key=lambda one: one.number)])
    return f"Samples {named} are counted together here, each drawn from other cases: choose one to speak for its own."


def agreement_facts(words: AgreementWords | None) -> list[dict[str, str]]:
    if words is None:
        return []
    return facts(
        ("Graded twice", count_words(words.n, "audit")),
        ("The same grade", words.same.words),
        ("The same or one apart", words.near.words),
        ("The auditor kinder", words.kinder.words),
        ("The auditor harsher", words.harsher.words),
        ("Weighted kappa", words.kappa),
        ("Gwet’s AC2", words.ac2),
        ("Mean shift, in grades", f"{words.shift}. Above 0, auditors are kinder than moderators"),
        ("Where too few", WHY_TOO_FEW if TOO_FEW in words.kappa else ""),
    )


def matrix_table(words: AgreementWords, choices: Sequence[Choice]) -> Table:
    """The auditor's grade down, the moderator's across."""
    columns = [Column[int]("Auditor’s grade", lambda row: choices[row].label)]
    for place, choice in enumerate(choices):
        head = f"Moderator: {choice.label}"
        columns.append(Column(head, lambda row, place=place: f"{words.matrix[row][place]:,}", numeric=True))  # type: ignore[misc]
    return table("Both grades", columns, range(len(choices)))


def drift_table(found: Sequence[Drift]) -> Table:
    columns = [
        Column[Drift]("Auditor", lambda one: one.auditor),
        Column("Graded twice", lambda one: f"{one.words.n:,}", numeric=True),
        Column("The same grade", lambda one: one.words.same.of),
        Column("Kinder", lambda one: one.words.kinder.of),
        Column("Mean shift, in grades", lambda one: one.words.shift),
    ]
    return table("Each auditor beside the moderators", columns, found)
