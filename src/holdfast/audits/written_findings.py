"""What audits found, as the page says it: grades with intervals, questions with theirs, agreement and drift."""

from collections.abc import Sequence

from holdfast.audits.selectors.findings import Drift, Findings, Grades
from holdfast.pages.tables import Column, Table, facts, table
from holdfast.pages.words import counted as count_words
from holdfast.performance.selectors.agreeing import AgreementWords
from holdfast.performance.selectors.shares import share_of
from holdfast.questions.counting import Counted
from holdfast.questions.wording import Choice


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


def questions_table(found: Findings) -> Table:
    """Each question with the share that met what is looked for, the lowest first."""
    columns = [
        Column[Counted]("Question", lambda one: one.question.ask),
        Column("Met", lambda one: one.met.words if one.met else ""),
        Column("Does not apply", lambda one: f"{one.n_not_applicable:,}", numeric=True),
        Column("Not answered", lambda one: f"{one.n_missing:,}", numeric=True),
    ]
    return table("Answers, the lowest first", columns, found.counted)


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
