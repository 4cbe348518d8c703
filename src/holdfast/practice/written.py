"""Thresholds and exercises as their pages say them."""

from collections.abc import Mapping, Sequence
from datetime import date

from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import counted, date_words, day_or, listed
from holdfast.practice.models import Briefing, Exercise, Vignette, VignetteDecision
from holdfast.practice.selectors.exercises import AgencyAgrees, CaseDecided, Outcome, Taken, label_of
from holdfast.practice.selectors.thresholds import InForce, Route, Told


def in_force_table(code: str, found: Sequence[InForce], today: date) -> Table:
    """What is agreed of thresholds, which version is in force, and by when it is to be reviewed."""
    columns = [
        Column[InForce]("What is agreed", lambda one: link(one.subject.title, "agreement", code, one.subject.code)),
        Column("In force", lambda one: f"Version {one.version.number}" if one.version else tag("None", "red")),
        Column("Next review", lambda one: _review_cell(one, today)),
    ]
    return table("What is agreed", columns, found)


def _review_cell(one: InForce, today: date) -> Cell:
    if one.version is None:
        return "Once one is in force"
    if one.review_by is None:
        return tag("No day is set", "yellow")
    is_late = one.review_by < today
    return tag("Overdue", "red", hint=date_words(one.review_by)) if is_late else f"By {date_words(one.review_by)}"


def route_words(route: Route) -> list[str]:
    """What a version says of a child below the line, a sentence each, with what no line of it says."""
    waits = "" if route.is_in_force else f"Not in force: {route.version} waits to be agreed by all."
    if not route.is_read:
        return [waits, f"{route.version} is a document whose words cannot be read here."]
    lines = [f"What is done: {line}" for line in route.done] + [f"Who is told: {line}" for line in route.told]
    return [waits, *lines, *(f"No line of {route.version} is marked as saying {words}." for words in route.missing)]


def told_table(caption: str, told: Sequence[Told]) -> Table:
    columns = [
        Column[Told]("Agency", lambda one: one.agency.name),
        Column("Told, people", lambda one: f"{one.n_people:,}" if one.n_people else tag("Nobody yet", "red"), True),
        Column("Last told", lambda one: day_or(one.last_on, "")),
    ]
    return table(caption, columns, told)


def briefings_table(code: str, found: Sequence[Briefing], *, may_manage: bool) -> Table:
    """The log: each record with its day; a withdrawn one stays and says so."""
    columns = [
        Column[Briefing]("Told on", lambda one: date_words(one.told_on)),
        Column("Agency", lambda one: one.agency.name),
        Column("Who", lambda one: one.whom),
        Column("How many", lambda one: f"{one.n_people:,}", numeric=True),
        Column("How", lambda one: one.get_how_display()),
        Column("Of what", lambda one: str(one.version)),
        Column("Record", lambda one: _record_cell(code, one, may_manage=may_manage)),
    ]
    return table("Who was told, the newest first", columns, found)


def _record_cell(code: str, one: Briefing, *, may_manage: bool) -> Cell:
    if hasattr(one, "withdrawal"):
        said = f"{date_words(one.withdrawal.withdrawn_on)}: {one.withdrawal.reason}"
        return tag("Withdrawn", "grey", hint=said)
    if may_manage:
        hidden = f"(the record of {one.agency.name}, {date_words(one.told_on)})"
        return link("Withdraw", "withdraw_briefing", code, one.pk, hidden=hidden)
    return f"Recorded {date_words(one.recorded_on)}"


def exercises_table(code: str, found: Sequence[Exercise], today: date) -> Table:
    columns = [
        Column[Exercise]("Exercise", lambda one: link(one.title, "exercise", code, one.number)),
        Column("Cases", lambda one: f"{len(one.vignettes.all()):,}", numeric=True),
        Column("Where it stands", lambda one: stands(one, today)),
    ]
    return table("Exercises, the newest first", columns, found)


def stands(one: Exercise, today: date) -> Cell:
    if one.closed_on is not None:
        return tag("Closed", "green", hint=date_words(one.closed_on))
    late = "to be done by" if one.due_on >= today else "was to be done by"
    return tag("Open", "blue" if one.due_on >= today else "yellow", hint=f"{late} {date_words(one.due_on)}")


def cases_table(
    exercise: Exercise, own: Mapping[int, VignetteDecision], *, may_decide: bool, knows_meant: bool
) -> Table:
    """The cases, what one decided of each, and, for who manages practice, what is meant."""
    columns = [
        Column[Vignette]("Case", lambda one: f"{one.number}"),
        Column("What it says", lambda one: one.case),
        Column("Your decision", lambda one: _own_cell(exercise, one, own, may_decide=may_decide)),
    ]
    if knows_meant:
        columns.append(Column("What is meant", lambda one: f"{label_of(exercise, one.meant)}. {one.why}"))
    return table("The cases", columns, exercise.vignettes.all())


def _own_cell(exercise: Exercise, one: Vignette, own: Mapping[int, VignetteDecision], *, may_decide: bool) -> Cell:
    if one.number in own:
        return label_of(exercise, own[one.number].level)
    if may_decide:
        hidden = f"(case {one.number})"
        return link("Decide", "decide_vignette", exercise.programme.code, exercise.number, one.number, hidden=hidden)
    return "None"


def taken_table(found: Sequence[Taken], n_cases: int) -> Table:
    columns = [
        Column[Taken]("Agency", lambda one: one.agency.name),
        Column("Have begun, people", lambda one: f"{one.n_begun:,}", numeric=True),
        Column(f"Decided all {n_cases:,}", lambda one: f"{one.n_done:,}", numeric=True),
    ]
    return table("How far each agency has come", columns, found)


def agencies_table(found: Outcome) -> Table:
    """Each agency's share of decisions that were the one meant, with its interval, and which way the others went."""
    columns = [
        Column[AgencyAgrees]("Agency", lambda one: one.name),
        Column("People", lambda one: f"{one.n_people:,}", numeric=True),
        Column("The decision that is meant", lambda one: one.same.words),
        Column("Less help than meant", lambda one: one.less.of),
        Column("More help than meant", lambda one: one.more.of),
    ]
    return table("Each agency beside what is meant", columns, [*found.agencies, found.every])


def differences_table(exercise: Exercise, found: Outcome) -> Table:
    """Each case with what most of each agency's people decided; those in which agencies differ are marked."""
    columns = [
        Column[CaseDecided]("Case", lambda one: f"{one.vignette.number}"),
        Column("What is meant", lambda one: label_of(exercise, one.vignette.meant)),
        *(
            Column[CaseDecided](agency.name, lambda one, name=agency.name: _mostly(exercise, one, name))  # type: ignore[misc]
            for agency in found.agencies
        ),
        Column("Agencies", lambda one: tag("Differ", "yellow") if one.differs else tag("Alike", "green")),
    ]
    return table("What most people of each agency decided", columns, found.cases)


def _mostly(exercise: Exercise, one: CaseDecided, name: str) -> Cell:
    if name not in one.mostly:
        return "None"
    level, n, of = one.mostly[name]
    return {"text": label_of(exercise, level), "hint": f"{n:,} of {of:,}"}


def outcome_words(found: Outcome) -> str:
    """What the exercise found of all agencies together, who is in no number, and in how many cases agencies differ."""
    if not found.every.same.n:
        return "Of no agency did enough people take part for its decisions to be shown."
    n_differ = sum(case.differs for case in found.cases)
    words = f"The decision was the one that is meant in {found.every.same.words}. "
    words += f"Agencies differ in {n_differ:,} of {counted(len(found.cases), 'case')}."
    if found.left_out:
        words += f" Fewer than three people of {listed(found.left_out)} took part: theirs are in no number here."
    if found.absent:
        words += f" Nobody of {listed(found.absent)} took part."
    return words
