"""Samples as their pages say them: what was drawn from what, case by case, and what a size can show."""

from collections.abc import Mapping, Sequence
from datetime import date

from holdfast.audits.models import Sample, SampledCase
from holdfast.audits.sampling import asked_of
from holdfast.audits.written import audit_link
from holdfast.pages.tables import Cell, Column, Table, facts, link, table, tag
from holdfast.pages.words import counted, date_words, month_words
from holdfast.performance.selectors.frames import Frame, frame_words, stratum_words


def samples_table(found: Sequence[Sample]) -> Table:
    columns = [
        Column[Sample](
            "Sample",
            lambda one: link(f"Sample {one.number}", "audit_sample", one.programme.code, one.number, hint=one.purpose),
        ),
        Column("Questions", lambda one: one.version.question_set.title),
        Column("Chosen", lambda one: str(one.get_chosen_display())),
        Column("Drawn", lambda one: date_words(one.drawn_on)),
        Column("Drawn before", _draw_cell),
        Column("Cases", lambda one: f"{_count(one, 'n_cases'):,} of {one.n_frame:,}", numeric=True),
        Column("Audits handed in", lambda one: f"{_count(one, 'n_handed_in'):,}", numeric=True),
    ]
    return table("Samples, the newest first", columns, found)


def _count(sample: Sample, name: str) -> int:
    return int(getattr(sample, name))


def _draw_cell(sample: Sample) -> Cell:
    if sample.draw == 1:
        return ""
    return tag(f"Draw {sample.draw} from the same", "orange", hint=sample.again_why)


def sample_facts(sample: Sample) -> list[dict[str, str]]:
    by = sample.drawn_by.display_name if sample.drawn_by else "the system"
    again = f"Draw {sample.draw} from this figure and month. Why again: {sample.again_why}" if sample.draw > 1 else ""
    return facts(
        ("Drawn for", sample.purpose),
        ("From", frame_words(asked_of(sample), _period_words(sample), sample.release)),
        ("Drawn again", again),
        ("Asks again about", f"Finding {sample.finding.number}" if sample.finding else ""),
        ("Questions", str(sample.version)),
        ("Chosen", str(sample.get_chosen_display())),
        ("Drawn", f"{date_words(sample.drawn_on)}, by {by}"),
        ("Cases in the frame", f"{sample.n_frame:,}"),
        ("Seed", sample.seed),
        ("Hash of the frame", sample.frame_hash),
        ("To draw it again", f"holdfast audits sample verify {sample.number} --programme {sample.programme.code}"),
    )


def _period_words(sample: Sample) -> str:
    is_month = len(sample.period) == len("2014-01")
    return month_words(date.fromisoformat(f"{sample.period}-01")) if is_month else sample.period


def cases_table(cases: Sequence[SampledCase], *, may_manage: bool) -> Table:
    columns = [
        Column[SampledCase]("Case reference", lambda case: case.case_ref),
        Column("Group", lambda case: stratum_words(case.sample.strata, case.stratum)),
        Column("Place", lambda case: f"{case.place:,}", numeric=True),
        Column("Team", _team_cell),
        Column("Where it stands", _state_cell),
        Column("Next", lambda case: _next_cell(case) if may_manage else ""),
    ]
    if not any(case.stratum for case in cases):
        columns = [column for column in columns if column.head != "Group"]
    return table("Cases, in drawn order", columns, cases)


def _team_cell(case: SampledCase) -> Cell:
    if case.team is not None:
        return case.team.name
    said = f"The release says “{case.team_words}”" if case.team_words else "The release names none"
    return tag("Not known", "yellow", hint=said)


def _state_cell(case: SampledCase) -> Cell:
    if case.left_out_on is not None:
        stands = getattr(case, "replaced_by", None)
        then = f" Place {stands.place} stands for it." if stands else " No other was left."
        return tag("Left out", "grey", hint=f"{date_words(case.left_out_on)}: {case.left_out_why}{then}")
    if case.audit is not None:
        return audit_link(case.audit)
    instead = f"Stands for place {case.replaces.place}" if case.replaces else ""
    return tag("Waits", "blue", hint=instead)


def _next_cell(case: SampledCase) -> Cell:
    if case.audit is not None or case.left_out_on is not None:
        return ""
    arguments = (case.sample.programme.code, case.sample.number, case.pk)
    if case.team is None:
        return link("Say its team", "say_team", *arguments, hidden=f"of case {case.case_ref}")
    return link("Leave it out", "leave_out", *arguments, hidden=f"case {case.case_ref}")


def strata_table(found: Frame, wanted: Mapping[str, int]) -> Table:
    """How many of each group there are, and how many it gives."""
    sizes: dict[str, int] = {}
    for stratum in found.cases.values():
        sizes[stratum] = sizes.get(stratum, 0) + 1
    columns = [
        Column[str]("Group", lambda stratum: stratum_words(found.asked.strata, stratum)),
        Column("In the frame", lambda stratum: f"{sizes[stratum]:,}", numeric=True),
        Column("Drawn", lambda stratum: f"{wanted.get(stratum, 0):,}", numeric=True),
    ]
    return table("What is drawn from each group", columns, sorted(sizes))


def before_words(before: Sequence[Sample]) -> str:
    """That this was drawn from before, and by which samples; "" when it was not."""
    if not before:
        return ""
    times = counted(len(before), "sample was", "samples were")
    named = ", ".join(f"sample {one.number} on {date_words(one.drawn_on)}" for one in before)
    return f"{times} drawn from this already: {named}. Another one is shown as drawn again, with why, for ever."
