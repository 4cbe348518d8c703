"""Samples that the demonstration draws here, from its last release: by month, one of a risk, and to ask findings again.

Anybody can draw each again from its seed and the hash of its frame. What was read before is on paper, and was drawn
there. The cases are those of the invented returns; what is found in them is invented, from a seed.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from holdfast.access.doors import SYSTEM
from holdfast.access.writes import turn
from holdfast.audits.models import Finding, Sample, SampledCase
from holdfast.audits.services import sampling
from holdfast.organisation.models import Programme, Team
from holdfast.performance.selectors.frames import FrameAsked
from holdfast.questions import selectors as questions
from holdfast.web.demo import audits
from holdfast.web.demo.papers import Auditors, Read, as_of, auditors, deserved, paper, practice_on

LEADS: Final = "practice-manager"
DAYS_TO_READ, DAYS_TO_HAND_IN = 4, 21
"""In how many days of one week a sample that was read is read."""


def add(programme: Programme, facts: Mapping[str, Any]) -> Iterator[str]:
    """Draw each sample that the facts name, and read its cases or give them to whoever may. Says what was drawn."""
    chance, who = random.Random(facts["seed"]), auditors(facts, facts["seed"] + 1)  # noqa: S311 - invented
    for given in facts["samples"]:
        sample = _draw(programme, given)
        for place, why in given.get("left_out", {}).items():
            _leave_out(sample, int(place), why, date.fromisoformat(given["on"]))
        _say_teams(sample, date.fromisoformat(given["on"]))
        if given["is_read"]:
            _read(sample, facts, who, chance)
        else:
            with turn():
                sampling.make_audits(**as_of(LEADS, sample.drawn_on, 15), sample=sample)
        yield f"{str(sample).capitalize()}: {sum(sample.wanted.values())} of {sample.n_frame:,} cases"


def _draw(programme: Programme, given: Mapping[str, Any]) -> Sample:
    version = questions.newest_version(SYSTEM, programme.code, given["questions"])
    finding = Finding.objects.get(programme=programme, number=given["asks_again"]) if "asks_again" in given else None
    on = date.fromisoformat(given["on"])
    described = {name: given[name] for name in ("chosen", "purpose", "n")} | {"asked": FrameAsked(**given["from"])}
    described |= {"again_why": given.get("again_why", ""), "due_on": on + timedelta(days=DAYS_TO_HAND_IN)}
    return sampling.draw_sample(
        **as_of(LEADS, on), programme=programme, version=version, finding=finding, is_invented=True, **described
    )


def _leave_out(sample: Sample, place: int, why: str, on: date) -> None:
    case = SampledCase.objects.filter(sample=sample, place=place).order_by("stratum").first()
    if case is not None:
        sampling.leave_out(**as_of(LEADS, on, 11), case=case, reason=why)


def _say_teams(sample: Sample, on: date) -> None:
    """Whose case it is, where the release does not hold it: said, so that independence can be judged."""
    teams = list(Team.objects.filter(programme=sample.programme).order_by("id"))
    with turn():
        unknown = SampledCase.objects.filter(sample=sample, team__isnull=True, left_out_on__isnull=True)
        for n, case in enumerate(unknown.order_by("stratum", "place")):
            sampling.say_team(**as_of(LEADS, on, 12), case=case, team=teams[n % len(teams)])


def _read(sample: Sample, facts: Mapping[str, Any], who: Auditors, chance: random.Random) -> None:
    """Every case that was not left out, read on paper in the days after the draw."""
    papers = []
    waiting = SampledCase.objects.filter(sample=sample, left_out_on__isnull=True).select_related("team", "sample")
    for n, case in enumerate(waiting.order_by("stratum", "place")):
        assert case.team is not None
        on = sample.drawn_on + timedelta(days=1 + n % DAYS_TO_READ)
        practice, (name, kinder) = practice_on(facts, on), who.of(case.team)
        own = {"chosen": sample.chosen, "sampled": case}
        read = Read(sample.version, case.case_ref, case.team, on, name, kinder, **own)
        papers.append(paper(read, practice, chance, deserved(practice.part, chance)))
    audits.take_in(sample.programme, facts, papers, sample.drawn_on + timedelta(days=DAYS_TO_READ), chance)
