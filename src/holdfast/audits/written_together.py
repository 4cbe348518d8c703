"""Panels and calibration cases as their pages say them."""

from collections.abc import Mapping, Sequence
from typing import Any

from holdfast.audits.models import Calibration, Panel, PanelMember
from holdfast.audits.selectors.grading_together import Calibrated, grades_given
from holdfast.pages.tables import Cell, Column, Table, facts, link, table, tag
from holdfast.pages.words import counted, date_words
from holdfast.performance.selectors.shares import share_of
from holdfast.questions.wording import Choice


def panel_said(panel: Panel | None) -> dict[str, Any] | None:
    """What an audit's page says of its panel: facts and members. None where none was called."""
    return {"facts": _panel_facts(panel), "members": _members_table(panel)} if panel else None


def _panel_facts(panel: Panel) -> list[dict[str, str]]:
    by = panel.called_by.display_name if panel.called_by else "the system"
    return facts(
        ("Called", f"{date_words(panel.called_on)}, by {by}"), ("Why", panel.why), ("Chair", panel.chair.display_name)
    )


def _members_table(panel: Panel) -> Table:
    columns = [
        Column[PanelMember]("Member", lambda member: member.account.display_name),
        Column("Conflict", _declared_cell),
    ]
    return table("The panel", columns, panel.members.all())


def _declared_cell(member: PanelMember) -> Cell:
    if member.declared_on is None:
        return tag("Has not said yet", "yellow")
    words = f"said so on {date_words(member.declared_on)}"
    return tag("Has one, takes no part", "red", hint=words) if member.has_conflict else tag("None", "green", hint=words)


def calibrations_table(found: Sequence[Calibration], own: Mapping[int, str] | None) -> Table:
    """`own`: what the reader graded each as, by its key; None for a reader who grades none."""
    columns = [
        Column[Calibration]("Case", lambda one: link(one.title, "calibration", one.programme.code, one.number)),
        Column("Questions", lambda one: one.version.question_set.title),
        Column("Graded by", lambda one: f"{int(one.n_grades):,}", numeric=True),
        Column("Where it stands", _calibration_cell),
    ]
    if own is not None:
        columns.append(Column("Your grade", lambda one: own.get(one.pk) or _to_grade(one)))
    return table("Calibration cases, the newest first", columns, found)


def _to_grade(one: Calibration) -> Cell:
    if one.closed_on is not None:
        return "You gave none"
    return link("Grade it", "grade_calibration", one.programme.code, one.number, hidden=f"({one.title})")


def _calibration_cell(one: Calibration) -> Cell:
    if one.closed_on is not None:
        return tag("Closed", "green", hint=date_words(one.closed_on))
    return tag("Being graded", "blue", hint=f"until {date_words(one.due_on)}")


def calibrated_table(found: Sequence[Calibrated]) -> Table:
    """Each auditor beside what was agreed: how often the same, with its interval, and which way they differ."""
    columns = [
        Column[Calibrated]("Auditor", lambda one: one.name),
        Column("Cases", lambda one: f"{one.words.n:,}", numeric=True),
        Column("The agreed grade", lambda one: one.words.same.words),
        Column("The same or one apart", lambda one: one.words.near.of),
        Column("Kinder", lambda one: one.words.kinder.of),
        Column("Harsher", lambda one: one.words.harsher.of),
    ]
    return table("Each auditor beside what was agreed", columns, found)


def given_table(calibration: Calibration) -> Table:
    given = grades_given(calibration)
    n = sum(number for _, number in given)
    columns = [
        Column[tuple[Choice, int]]("Grade", lambda one: one[0].label),
        Column("Gave it", lambda one: f"{one[1]:,} of {n:,}", numeric=True),
        Column("Agreed", lambda one: tag("Agreed", "green") if one[0].code == calibration.agreed else ""),
    ]
    return table("Grades that were given", columns, given)


def agreed_words(calibration: Calibration) -> str:
    """How many gave the agreed grade, with its interval."""
    given = grades_given(calibration)
    n = sum(number for _, number in given)
    same = sum(number for choice, number in given if choice.code == calibration.agreed)
    return f"Of {counted(n, 'grade')}, the agreed one was given in {share_of(same, n).words}."
