"""A sample's seed, its frame read again, and whether it is still what its seed draws. No writing.

Rule: nobody chooses a seed. It is made of what the sample is for and how often that was drawn from before, so that
drawing again is another seed only when it is said to be another draw, with why, and anybody can make it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from holdfast.access.doors import Actor
from holdfast.audits.models import Sample, SampledCase
from holdfast.organisation.models import Programme
from holdfast.performance.selectors import frames
from holdfast.performance.selectors.frames import Frame, FrameAsked
from holdfast.questions.models import SetVersion


def asked_of(sample: Sample) -> FrameAsked:
    """What a sample's frame was made of."""
    return FrameAsked(
        sample.indicator, sample.period, sample.outcome, sample.and_indicator, sample.and_outcome, sample.strata
    )


def seed_of(programme: Programme, version: SetVersion, asked: FrameAsked, draw: int) -> str:
    """The seed of a draw: from what, for which questions, and the how-manyth it is."""
    parts = (asked.indicator, asked.outcome, asked.and_indicator, asked.and_outcome)
    made_from = ":".join(part for part in parts if part)
    return f"{programme.code}/{version.question_set.code}/{made_from}/{asked.period}/{draw}"


def frame_of(user: Actor, sample: Sample, release: int | None = None) -> Frame:
    """A sample's frame read again, from its own release or another's. Raises as frames.frame."""
    code = sample.programme.code
    return frames.frame(user, code, asked_of(sample), release=release or sample.release.number)


@dataclass(frozen=True)
class Verified:
    """A sample drawn again: its frame now, the cases that the seed draws, and what is not the same, a sentence each."""

    sample: Sample
    release: str
    frame_hash: str
    n_frame: int
    drawn: Sequence[str]
    problems: Sequence[str]

    @property
    def is_same(self) -> bool:
        return not self.problems

    def as_data(self) -> dict[str, Any]:
        """For --json: documented keys."""
        return {
            "sample": self.sample.number,
            "release": self.release,
            "seed": self.sample.seed,
            "frame_hash_recorded": self.sample.frame_hash,
            "frame_hash_now": self.frame_hash,
            "n_frame_recorded": self.sample.n_frame,
            "n_frame_now": self.n_frame,
            "cases": list(self.drawn),
            "same": self.is_same,
            "problems": list(self.problems),
        }


def verify(user: Actor, sample: Sample, cases: Sequence[SampledCase], release: int | None = None) -> Verified:
    """Draw a sample again from its own release, or from another, and say what differs. Raises as frames.frame."""
    found = frame_of(user, sample, release)
    problems = []
    asked = replace(asked_of(sample), period=found.asked.period)
    seed = seed_of(sample.programme, sample.version, asked, sample.draw)
    if seed != sample.seed:
        problems.append("The recorded seed is not the one that this draw has.")
    if found.hash != sample.frame_hash:
        problems.append(
            f"The frame has changed: {sample.n_frame:,} cases when it was drawn, {found.n:,} in {found.release}."
        )
    again = {(stratum, place): ref for stratum, place, ref in frames.drawn(found, _most(sample, cases), seed)}
    kept = {(case.stratum, case.place): case.case_ref for case in cases}
    n_differ = sum(kept.get(at) != ref for at, ref in again.items()) + sum(at not in again for at in kept)
    if n_differ:
        problems.append(f"{n_differ:,} of the {len(kept):,} cases are not those that the seed draws.")
    problems += _broken_chain(cases)
    return Verified(sample, found.release.reference, found.hash, found.n, sorted(again.values()), problems)


def _most(sample: Sample, cases: Sequence[SampledCase]) -> dict[str, int]:
    """How many places of each stratum were used: those wanted, and one more for each case replaced."""
    used = dict(sample.wanted)
    for case in cases:
        if case.replaces_id is not None:
            used[case.stratum] = used.get(case.stratum, 0) + 1
    return used


def _broken_chain(cases: Sequence[SampledCase]) -> list[str]:
    """What is wrong with the replacements: one for a case that was not left out, or of another stratum."""
    by_key = {case.pk: case for case in cases}
    replaced = [(case, by_key.get(case.replaces_id)) for case in cases if case.replaces_id is not None]
    odd = [case for case, old in replaced if old is None or old.left_out_on is None or old.stratum != case.stratum]
    return [f"{len(odd):,} cases stand for one that was not left out."] if odd else []
