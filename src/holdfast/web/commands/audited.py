"""Commands that say what the pages of audits say: audits, the programme, findings, what came of them, safety, others.

Each prints the page's own sentences and tables, so that the two cannot differ.
"""

from datetime import datetime
from typing import Annotated

import typer

from holdfast.access.days import quarter_to
from holdfast.web.commands.audits import audits_app
from holdfast.web.commands.options import (
    DAY,
    AsOption,
    JsonOption,
    ProgrammeOption,
    asking,
    day_of,
    say_page,
)

app = typer.Typer()


@audits_app.command("list")
def audits_listed(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Every audit that the account may see, the newest first, with whose its grade is."""
    by, code, today = asking(user, programme)
    from holdfast.audits import written
    from holdfast.audits.selectors import audits

    found = list(audits.every_audit(by, code).order_by("-number"))
    blind = frozenset(audit.pk for audit in found if audits.is_blind(by, audit))
    say_page(as_json, [], [written.audits_table(found, today, blind, "Audits, the newest first")])


@audits_app.command("show")
def audit_shown(
    number: Annotated[int, typer.Argument(help="The audit")],
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """One audit: its grades with whose each is and why, what it asks for, every answer; not to who grades it blind."""
    by, code, _ = asking(user, programme)
    from holdfast.audits import written
    from holdfast.audits.selectors import audits, remedies
    from holdfast.questions import filling

    found = audits.one_audit(by, code, number)
    sheet, grade = audits.sheet_of(found), written.standing_grade(found)
    said = [f"{grade.label} ({grade.whose})" if grade.label else ""]
    said += [f"{one['key']}: {one['value']}" for one in [*written.audit_facts(found), *written.reasons(found, sheet)]]
    for part in filling.to_check(sheet) if sheet else []:
        said += [part["title"], *(f"  {row['key']} {row['value']}" for row in part["rows"])]
    asked = written.remedies_table(remedies.of_audit(found), may_verify=False, may_plan=False)
    say_page(as_json, said, [written.grades_table(found), asked])


@audits_app.command("programme")
def audit_programme(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """The programme of audits: whether it is in force, planned against done, and who takes part."""
    by, code, today = asking(user, programme)
    from holdfast.access.doors import may
    from holdfast.access.permissions import Permission
    from holdfast.audits import programming
    from holdfast.audits import written_programme as written
    from holdfast.audits.selectors import done

    in_force, periods = done.planned_and_done(by, code, today)
    tables = [written.versions_table(programming.plans(by, code), in_force)]
    tables += [written.done_table(periods)] if in_force else []
    if may(by, Permission.SEE_EVERY_AUDIT, code):
        tables.append(written.participation_table("Auditor", done.participation(code, today)))
        tables.append(written.participation_table("Team", done.teams_read(by, code, today)))
    said = programming.words_of(in_force) if in_force else "No programme of audits is in force."
    say_page(as_json, [said], tables)


@audits_app.command("findings")
def audit_findings(
    question_set: Annotated[str, typer.Argument(help="The question set, like closure-audit")],
    chosen: Annotated[
        list[str] | None, typer.Option("--chosen", help="random, risk, theme or again: one of them (default: random)")
    ] = None,
    since: Annotated[datetime | None, typer.Option(formats=DAY, help="From this day (default: a quarter ago)")] = None,
    until: Annotated[datetime | None, typer.Option(formats=DAY, help="To this day (default: today)")] = None,
    sample: Annotated[int, typer.Option(help="Only of this sample")] = 0,
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """What audits found: grades and moderation, agreement with its intervals, drift, and every question's answers."""
    by, code, today = asking(user, programme)
    from holdfast.audits import written_findings as written
    from holdfast.audits.selectors import findings
    from holdfast.questions import selectors as questions

    days = {"since": day_of(since) or quarter_to(today), "until": day_of(until) or today}
    findings.refuse_several(code, chosen or [])
    findings.refuse_unknown(chosen or [])
    facts = {"question_set": questions.one_set(by, code, question_set), "sample": sample or None, **days}
    whole = findings.what_was_found(by, code, chosen=next(iter(chosen or []), "random"), **facts)
    found, every = whole.findings, whole.every
    said = [f"{found.n:,} audits handed in, {days['since']} to {days['until']}."]
    said += [*(written.grades_words(found.grades) if found.grades else []), written.frames_words(whole.frames)]
    for whose, words in (("Drawn at random", whole.drawn), ("Every audit graded twice", every)):
        said += [f"{whose}: {fact['key']}: {fact['value']}" for fact in written.agreement_facts(words)]
    tables = [written.grades_table(found.grades)] if found.grades else []
    tables += [written.matrix_table(every, found.grades.choices)] if every and found.grades else []
    tables.append(written.drift_table(whole.drift))
    tables += [theme["table"] for theme in written.theme_tables(found, code, {}, may_record=False)]
    say_page(as_json, said, tables)


@audits_app.command("learning")
def learning_loop(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """What came of what audits found: findings without an action first, then each with its actions and the change."""
    by, code, today = asking(user, programme)
    from holdfast.audits import written_learning as written
    from holdfast.audits.selectors import learning

    say_page(as_json, [], written.loop_tables(learning.loops(by, code, today), today))


@audits_app.command("briefings")
def briefings(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Every lessons briefing, the newest first."""
    by, code, _ = asking(user, programme)
    from holdfast.audits import written_learning as written
    from holdfast.audits.selectors import learning

    say_page(as_json, [], [written.briefings_table(list(learning.briefings(by, code)))])


@audits_app.command("safety")
def criticals(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Children who may not be safe: whom to ring, which are open, and each one's steps with their times."""
    by, code, _ = asking(user, programme)
    from holdfast.access import clock
    from holdfast.audits import written
    from holdfast.audits.selectors import criticals as selectors

    found, contact = list(selectors.criticals(by, code)), selectors.out_of_hours(by, code)
    now = clock.now()
    said = f"Out of hours: {contact}" if contact else "Nobody has said whom to ring out of hours."
    steps = [written.steps_table(one, now) for one in found]
    say_page(as_json, [said], [written.criticals_table(found, now), *steps])


@audits_app.command("agencies")
def joint_audits(
    number: Annotated[int, typer.Argument(help="One of them, with its returns, judgement and lessons")] = 0,
    programme: ProgrammeOption = "",
    user: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Multi-agency audits; of one, each agency's return as the account may see it, the judgement and the lessons."""
    by, code, _ = asking(user, programme)
    from holdfast.audits import written_joint as written
    from holdfast.audits.selectors import joint as selectors

    if not number:
        say_page(as_json, [], [written.joint_table(list(selectors.joint_audits(by, code)))])
        return
    joint = selectors.one_joint(by, code, number)
    said = [
        f"{fact['key']}: {fact['value']}" for fact in [*written.joint_facts(joint), *written.judgement_facts(joint)]
    ]
    tables = [written.returns_table(joint, by), written.lessons_table(joint, may_act=False)]
    say_page(as_json, [joint.title, *said], tables)


@audits_app.command("calibration")
def calibrations(programme: ProgrammeOption = "", user: AsOption = "", as_json: JsonOption = False) -> None:
    """Calibration cases, and, for who sees every audit, each auditor beside what was agreed."""
    by, code, _ = asking(user, programme)
    from holdfast.access.doors import may
    from holdfast.access.permissions import Permission
    from holdfast.audits import written_together as written
    from holdfast.audits.selectors import grading_together as selectors

    tables = [written.calibrations_table(list(selectors.calibrations(by, code)), None)]
    if may(by, Permission.SEE_EVERY_AUDIT, code):
        tables.append(written.calibrated_table(selectors.calibrated(by, code)))
    say_page(as_json, [], tables)
