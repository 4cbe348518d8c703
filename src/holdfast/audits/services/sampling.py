"""Drawing a sample, leaving a case out, saying whose team a case is, and making audits of what was drawn.

Rule: the seed is nobody's choice; drawing from a figure's period again needs a reason and is another numbered draw; a
case left out stays, with why, and the next of the drawn order stands for it.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, account_of, check
from holdfast.access.due import refuse_odd_due
from holdfast.access.permissions import Permission
from holdfast.access.writes import Forbidden, NotDone, record, service
from holdfast.audits import sampling
from holdfast.audits.models import Audit, Finding, Sample, SampledCase
from holdfast.audits.selectors import samples as selectors
from holdfast.audits.services.auditing import DAYS_TO_DO_IT, NobodyMay, add_audit, allocate_audit
from holdfast.organisation.models import Programme, Team
from holdfast.performance.selectors import frames
from holdfast.performance.selectors.frames import Frame, FrameAsked
from holdfast.performance.selectors.whose import plain, teams_meant
from holdfast.questions.models import SetVersion
from holdfast.questions.naming import seems


class DrawnAlready(Forbidden):
    """That figure's period was drawn from before for these questions, and nobody said why again."""

    def __init__(self, before: Sample) -> None:
        super().__init__(
            f"Sample {before.number} was drawn from this already. Say why another is drawn: it is shown with both.",
            programme=before.programme.code,
            field="again_why",
        )


class NotRandom(Forbidden):
    """A frame narrowed by what became of its cases would be called random."""

    def __init__(self, programme: str) -> None:
        super().__init__(
            "This frame is narrowed by what became of its cases, so what is found in it speaks for them alone. "
            "Say that it is chosen because of a risk, or for a theme.",
            programme=programme,
            field="chosen",
        )


class OtherKind(Forbidden):
    """A sample that asks again about a finding would be chosen in another way, or ask other questions."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(
            f"Finding {finding.number} is of audits chosen {finding.get_chosen_display().lower()} with the questions "
            f"of {finding.question_set}. Only such a sample can be set beside it.",
            programme=finding.programme.code,
            field="chosen",
        )


class FrameChanged(NotDone):
    """The frame is not the one the sample was drawn from."""

    def __init__(self, sample: Sample) -> None:
        super().__init__(
            f"The frame of sample {sample.number} has changed since it was drawn, so nothing is drawn now."
        )


class CaseIsAudited(NotDone):
    """The case has an audit, or was left out already."""


@service
def draw_sample(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    version: SetVersion,
    chosen: str,
    purpose: str,
    asked: FrameAsked,
    n: int,
    again_why: str = "",
    finding: Finding | None = None,
    due_on: date | None = None,
    is_invented: bool = False,
) -> Sample:
    """Draw n cases from a frame of the last release, each stratum by its share, and keep them in drawn order.

    Raises Refused, NoFrame, NotRandom, OtherKind, DrawnAlready, NotDone (n), or ValueError (`chosen`).
    """
    code = programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    Programme.objects.select_for_update().get(pk=programme.pk)  # one at a time, so that numbers never collide
    way = Audit.Chosen(chosen)
    _refuse_odd(code, version, way, asked, finding)
    if n < 1 or not purpose.strip():
        raise NotDone("Say how many cases, 1 or more, and what they are drawn for.", field="n")
    refuse_odd_due(at, due_on)
    found = frames.frame(by, code, asked)
    before = selectors.drawn_before(programme, version, asked.indicator, found.asked.period)
    if before and not again_why.strip():
        raise DrawnAlready(before[0])
    sample = _described(programme, version, found, n)
    sample.chosen, sample.purpose = way, purpose.strip()
    sample.draw, sample.again_why = len(before) + 1, again_why.strip() if before else ""
    sample.seed = sampling.seed_of(programme, version, found.asked, sample.draw)
    sample.finding, sample.is_invented = finding, is_invented
    sample.drawn_on, sample.drawn_by = clock.day_of(at), account_of(by)
    sample.due_on = due_on or sample.drawn_on + timedelta(days=DAYS_TO_DO_IT)
    sample.save()
    teams = teams_meant(SYSTEM, code)
    for stratum, place, ref in frames.drawn(found, sample.wanted, sample.seed):
        _keep_case(sample, stratum, place, ref, found.team_names.get(ref, ""), teams)
    _record_draw(sample)
    return sample


def _refuse_odd(code: str, version: SetVersion, way: Audit.Chosen, asked: FrameAsked, finding: Finding | None) -> None:
    """Raises NotRandom or OtherKind for a sample that would be set beside others that it may not be."""
    if way == Audit.Chosen.RANDOM and not asked.is_whole:
        raise NotRandom(code)
    if finding is not None and (finding.chosen, finding.question_set_id) != (way, version.question_set_id):
        raise OtherKind(finding)


def _described(programme: Programme, version: SetVersion, found: Frame, n: int) -> Sample:
    """A sample, not saved yet, with its number, its frame and how many each stratum gives."""
    last = Sample.objects.filter(programme=programme).order_by("-number").first()
    sample = Sample(programme=programme, number=last.number + 1 if last else 1, version=version)
    sample.release, sample.n_frame, sample.frame_hash = found.release, found.n, found.hash
    for name in ("indicator", "period", "outcome", "and_indicator", "and_outcome", "strata"):
        setattr(sample, name, getattr(found.asked, name))
    sample.wanted = frames.in_proportion(found, n)
    return sample


def _record_draw(sample: Sample) -> None:
    detail: dict[str, Any] = {
        "from": f"{sample.indicator} {sample.period}",
        "release": sample.release.reference,
        "seed": sample.seed,
    }
    detail |= {"drawn": sum(sample.wanted.values()), "draw": sample.draw, "chosen": str(sample.chosen)}
    detail |= seems(sample.purpose, sample.again_why) or {"why again": sample.again_why}
    record("sample drawn", programme=sample.programme.code, subject=str(sample), detail=detail)


def _keep_case(sample: Sample, stratum: str, place: int, ref: str, team: str, teams: Mapping[str, Team]) -> SampledCase:
    case = SampledCase(sample=sample, stratum=stratum, place=place, case_ref=ref, team_words=team)
    case.team, case.drawn_on = teams.get(plain(team)), sample.drawn_on
    case.save()
    return case


@service
def leave_out(*, by: Actor, at: datetime, case: SampledCase, reason: str) -> SampledCase | None:
    """Leave a drawn case out, with why; gives the next of its stratum's order, or None where none is left.

    Raises Refused, CaseIsAudited or FrameChanged.
    """
    code = case.sample.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    SampledCase.objects.select_for_update().get(pk=case.pk)
    sample = selectors.one_sample(SYSTEM, code, case.sample.number)
    kept = SampledCase.objects.get(pk=case.pk)
    if kept.audit_id is not None or kept.left_out_on is not None:
        words = "It is being audited: withdraw the audit instead." if kept.audit_id else "It is left out already."
        raise CaseIsAudited(words)
    if not reason.strip():
        raise NotDone("Say why it is left out, in a sentence or two.", field="reason")
    found = sampling.frame_of(by, sample)
    if found.hash != sample.frame_hash:
        raise FrameChanged(sample)
    kept.left_out_on, kept.left_out_why, kept.left_out_by = clock.day_of(at), reason.strip(), account_of(by)
    kept.save()
    place = 1 + max(SampledCase.objects.filter(sample=sample, stratum=kept.stratum).values_list("place", flat=True))
    ref = frames.next_drawn(found, kept.stratum, place, sample.seed)
    replacement = None
    if ref:
        name = found.team_names.get(ref, "")
        replacement = _keep_case(sample, kept.stratum, place, ref, name, teams_meant(SYSTEM, code))
        replacement.replaces, replacement.drawn_on = kept, clock.day_of(at)
        replacement.save()
    detail = {"place": kept.place, "stands for it": f"place {place}" if ref else "no other"}
    detail |= seems(reason) or {"why": kept.left_out_why}
    record("drawn case left out", programme=code, subject=str(sample), detail=detail)
    return replacement


@service
def say_team(*, by: Actor, at: datetime, case: SampledCase, team: Team) -> SampledCase:
    """Say which team holds a drawn case where the release does not, so that independence can be judged."""
    code = case.sample.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    kept = SampledCase.objects.select_for_update().get(pk=case.pk)
    if kept.audit_id is not None or kept.left_out_on is not None:
        raise CaseIsAudited("It is being audited or was left out, so its team stays.")
    kept.team = team
    kept.save()
    record("team of a drawn case said", programme=code, subject=str(case.sample), detail={"team": team.code})
    return kept


@service
def make_audits(*, by: Actor, at: datetime, sample: Sample) -> list[Audit]:
    """An audit of every drawn case whose team is known, each given to whoever is independent and has the fewest.

    One that nobody may audit is added and waits for somebody. Raises Refused, or NotDone where there is none to make.
    """
    code = sample.programme.code
    check(by, Permission.MANAGE_AUDITS, code)
    waiting = SampledCase.objects.filter(sample=sample, audit__isnull=True, left_out_on__isnull=True)
    made = []
    for case in waiting.select_related("team"):
        if case.team is not None:
            audit = _add(by, at, sample, case, case.team)
            with suppress(NobodyMay):
                audit = allocate_audit(by=by, at=at, audit=audit)
            made.append(audit)
    if not made:
        raise NotDone("No drawn case waits whose team is known. Say first which team each case is of.")
    detail = {"audits": len(made), "without an auditor": sum(audit.auditor_id is None for audit in made)}
    record("audits made of a sample", programme=code, subject=str(sample), detail=detail)
    return made


def _add(by: Actor, at: datetime, sample: Sample, case: SampledCase, team: Team) -> Audit:
    return add_audit(
        by=by,
        at=at,
        programme=sample.programme,
        version=sample.version,
        chosen=sample.chosen,
        case_ref=case.case_ref,
        team=team,
        due_on=sample.due_on,
        sampled=case,
        is_invented=sample.is_invented,
    )
