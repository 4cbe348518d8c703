"""Commands that say what the pages of practice say: thresholds, exercises, early help, and what waits on a clock.

Each prints the page's own sentences and tables, so that the two cannot differ.
"""

from typing import Annotated, Any

import typer

from holdfast.web.commands.options import (
    AsOption,
    JsonOption,
    ProgrammeOption,
    asking,
    say_page,
)

app = typer.Typer()
practice_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Thresholds, early help and lateness.")
app.add_typer(practice_app, name="practice")
Looks = Annotated[str, typer.Option("--as", metavar="USER", help="The account that looks; each look is trailed")]


def _listed(page: Any) -> str:
    """Which rows of a longer list follow; "" where all of them do."""
    return f"Rows {page.in_words}; --page gives the others." if page.num_pages > 1 else ""


@practice_app.command("thresholds")
def thresholds(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """What is agreed and by when it is to be reviewed, the route below the line, and who was told, by agency."""
    by, code, today = asking(user, programme)
    from holdfast.practice import written
    from holdfast.practice.selectors import exercises
    from holdfast.practice.selectors import thresholds as reading

    versions = reading.version_choices(by, code, today)
    said = [line for route in reading.routes(by, code, today) for line in written.route_words(route)]
    tables = [written.in_force_table(code, reading.in_force(by, code, today), today)]
    tables += [written.told_table(str(one), reading.told_of(by, code, one, today)) for one in versions]
    tables.append(written.briefings_table(code, reading.briefings(by, code), may_manage=False))
    tables.append(written.exercises_table(code, list(exercises.exercises(by, code)), today))
    say_page(as_json, said, tables)


@practice_app.command("exercise")
def exercise(
    number: Annotated[int, typer.Argument(help="The exercise")],
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """An exercise of invented cases: once it is closed, each agency beside what is meant, and where agencies differ."""
    by, code, _ = asking(user, programme)
    from holdfast.practice import written
    from holdfast.practice.selectors import exercises as selectors

    found = selectors.one_exercise(by, code, number)
    outcome = selectors.outcome(by, found)
    if outcome is None:
        taken = selectors.taken_part(by, found)
        said = [found.title, "It is not closed, so nobody reads what was decided."]
        say_page(as_json, said, [written.taken_table(taken, len(found.vignettes.all()))] if taken else [])
        return
    tables = [written.agencies_table(outcome), written.differences_table(found, outcome)] if outcome.agencies else []
    say_page(as_json, [found.title, written.outcome_words(outcome)], tables)


@practice_app.command("early-help")
def early_help(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Early help by the agency that leads it: use, how it ended, what came from and went to social care."""
    by, code, today = asking(user, programme)
    from holdfast.practice import written, written_early_help
    from holdfast.practice.selectors import early_help as selectors
    from holdfast.practice.selectors import thresholds as agreed

    in_force = written.in_force_table(code, agreed.in_force(by, code, today, ["early-help"]), today)
    helps = written_early_help.helps_table(selectors.early_help(by, code, today))
    put_right = written_early_help.put_right_table(selectors.to_put_right(by, code, today), today)
    say_page(as_json, [], [in_force, helps, put_right])


@practice_app.command("late")
def late(
    user: Looks,
    clock: Annotated[str, typer.Argument(help="assessments, conferences or reviews")] = "assessments",
    programme: ProgrammeOption = "",
    as_json: JsonOption = False,
) -> None:
    """What is late on a clock, the longest due first, and how many for each reason."""
    by, code, _ = asking(user, programme)
    from holdfast.practice import written_early_help as written
    from holdfast.practice.selectors import late as lateness

    found = lateness.late(by, code, clock)
    tables = [written.reasons_table(found), written.late_table(code, clock, found.rows)]
    say_page(as_json, [found.seen.whose], tables)


@practice_app.command("not-seen")
def not_seen(
    user: Looks,
    page: Annotated[int, typer.Option(help="The page of the list")] = 1,
    programme: ProgrammeOption = "",
    as_json: JsonOption = False,
) -> None:
    """Open cases whose child no record says was seen; that it is not held where no return says."""
    by, code, _ = asking(user, programme)
    from holdfast.performance.selectors.closings import unseen
    from holdfast.practice import written_closures as written

    seen = unseen(by, code, page)
    said = [seen.whose, written.unseen_words(seen), _listed(seen.page)]
    say_page(as_json, said, [written.unseen_table(seen)])


@practice_app.command("supervision-overdue")
def supervision_overdue(
    user: Looks,
    show: Annotated[str, typer.Option(help="protection or need (default: all)")] = "",
    page: Annotated[int, typer.Option(help="The page of the list")] = 1,
    programme: ProgrammeOption = "",
    as_json: JsonOption = False,
) -> None:
    """Open cases not discussed in supervision as often as the standards ask; that it is not held where nothing says."""
    by, code, _ = asking(user, programme)
    from holdfast.practice import written_waiting as written
    from holdfast.practice.selectors import waiting as selectors

    found = selectors.supervision_overdue(by, code, show, page)
    say_page(as_json, [found.seen.whose, *found.sentences, _listed(found.seen.page)], [written.overdue_table(found)])


@practice_app.command("no-decision")
def no_decision(
    user: Looks,
    show: Annotated[str, typer.Option(help="referral, enquiry or assessment (default: all)")] = "",
    page: Annotated[int, typer.Option(help="The page of the list")] = 1,
    programme: ProgrammeOption = "",
    as_json: JsonOption = False,
) -> None:
    """Referrals, enquiries and finished assessments of open cases on which no manager's decision is on record."""
    by, code, _ = asking(user, programme)
    from holdfast.practice import written_waiting as written
    from holdfast.practice.selectors import waiting as selectors

    found = selectors.no_decision(by, code, show, page)
    say_page(as_json, [found.seen.whose, *found.sentences, _listed(found.seen.page)], [written.undecided_table(found)])


@practice_app.command("worklist")
def worklist(
    user: Looks,
    clock: Annotated[str, typer.Argument(help="assessments, conferences or reviews; none says how many wait")] = "",
    show: Annotated[str, typer.Option(help="late, since, day, week, fortnight or unknown (default: all)")] = "",
    team: Annotated[str, typer.Option(help="Only of this team")] = "",
    programme: ProgrammeOption = "",
    as_json: JsonOption = False,
) -> None:
    """What waits on a clock, correct today: how many are late or due in 1, 5 or 10 working days, or who."""
    by, code, _ = asking(user, programme)
    from holdfast.performance import written_worklists as written
    from holdfast.performance.selectors import worklists as lists
    from holdfast.performance.selectors.fault_rows import left_by_child

    if not clock:
        counts = written.counts_table(code, lists.clock_counts(by, code))
        say_page(as_json, [lists.whose_worklists(by, code)], [counts])
        return
    seen = lists.whole_worklist(by, code, clock, show, team=team)
    left = left_by_child(by, code, [waiting.child for waiting in seen.page.rows])
    say_page(as_json, [seen.clock.title, seen.whose], [written.waiting_table(code, seen, left)])
