"""When each fact reached the council's record. A file as at a day holds only what had been recorded by then.

Three promises keep files sensible: nothing is recorded before it happened or before its referral; nothing that
happened in a census year is recorded after that year's last day (a council reconciles before it sends); a case's
parts are on record when its closure is.
"""

from datetime import date
from functools import lru_cache
from random import Random

from holdfast.analytics.synthetic.calibration import Shape
from holdfast.analytics.synthetic.events import NEVER, Child, Enquiry, Episode, Plan
from holdfast.analytics.synthetic.workdays import WorkingDays


@lru_cache(maxsize=20_000)
def census_year_end(day: int) -> int:
    """The 31 March that ends the census year of a day."""
    then = date.fromordinal(day)
    return date(then.year + (then.month > 3), 3, 31).toordinal()


def record(children: tuple[Child, ...], shape: Shape, rng: Random) -> None:
    """Fill in every `_recorded` field, in the order of the children."""
    clerk = Clerk(shape, rng)
    for child in children:
        child.ethnicity_recorded = child.born_recorded = 0
        if child.expected:
            child.born_recorded = child.born + rng.randint(1, 12)
        child.died_recorded = child.died or NEVER
        for episode in child.episodes:
            clerk.episode(episode)
        for earlier, later in zip(child.episodes, child.episodes[1:], strict=False):
            # A case found still open when the child is referred again is closed on the record that day.
            if earlier.closed and earlier.closed_recorded > later.recorded:
                earlier.closed_recorded = later.recorded
                clerk.settle(earlier)


class Clerk:
    """Draws how late each fact was recorded."""

    def __init__(self, shape: Shape, rng: Random) -> None:
        self.shape = shape
        self.rng = rng

    def late(self, kind: str, day: int) -> int:
        slow_from, slow_to, factor = self.shape.slow_recording
        lag = self.shape.bands[f"recorded_{kind}"].draw(self.rng)
        if slow_from <= day <= slow_to:
            lag = round(lag * factor)
        return min(day + lag, max(day, census_year_end(day)))

    def episode(self, episode: Episode) -> None:
        episode.recorded = self.late("referral", episode.referral)
        episode.source_recorded = episode.need_recorded = episode.recorded
        for assessment in episode.assessments:
            assessment.start_recorded = self.late("assessment_start", assessment.start)
            assessment.authorised_recorded = self.late("authorisation", assessment.authorised)
        for enquiry in episode.enquiries:
            self.enquiry(enquiry)
        if episode.conference:
            episode.conference_recorded = self.late("conference", episode.conference)
        for plan in episode.plans:
            self.plan(plan)
        if episode.closed:
            episode.closed_recorded = self.late("closure", episode.closed)
        self.settle(episode)

    def enquiry(self, enquiry: Enquiry) -> None:
        enquiry.start_recorded = self.late("enquiry", enquiry.start)
        outcome = enquiry.conference or enquiry.not_required
        enquiry.outcome_recorded = self.late("conference", outcome) if outcome else NEVER

    def plan(self, plan: Plan) -> None:
        plan.end_recorded = self.late("plan_end", plan.end) if plan.end else NEVER
        plan.reviews_recorded = [self.late("review", day) for day in plan.reviews]
        if plan.end and plan.reviews:
            plan.reviews_recorded[-1] = plan.end_recorded
        if len(plan.reviews) > 1 and self.rng.random() < self.shape.rates["category_changes"]:
            plan.latest = self.shape.mixes["categories"].draw(self.rng)
            plan.latest_recorded = plan.reviews_recorded[1]

    def settle(self, episode: Episode) -> None:
        """Hold the parts of an episode between its referral's recording and its closure's."""
        first, last = episode.recorded, max(episode.closed_recorded, episode.recorded)
        if episode.closed:
            episode.closed_recorded = last
        for assessment in episode.assessments:
            assessment.start_recorded = min(max(assessment.start_recorded, first), last)
            assessment.authorised_recorded = min(max(assessment.authorised_recorded, assessment.start_recorded), last)
        for enquiry in episode.enquiries:
            enquiry.start_recorded = min(max(enquiry.start_recorded, first), last)
            if enquiry.outcome_recorded < NEVER:
                enquiry.outcome_recorded = min(max(enquiry.outcome_recorded, enquiry.start_recorded), last)
        if episode.conference:
            episode.conference_recorded = min(max(episode.conference_recorded, first), last)
        for plan in episode.plans:
            plan.start_recorded = plan.previous_recorded = _conference_recorded(episode, plan)
            if plan.end:
                plan.end_recorded = min(max(plan.end_recorded, plan.start_recorded), last)
            plan.reviews_recorded = [min(max(day, plan.start_recorded), last) for day in plan.reviews_recorded]


def _conference_recorded(episode: Episode, plan: Plan) -> int:
    """A plan is on record with the conference that made it; one begun before the simulation always was."""
    held = [enquiry.outcome_recorded for enquiry in episode.enquiries if enquiry.conference == plan.start]
    if episode.conference == plan.start:
        held.append(episode.conference_recorded)
    return held[0] if held else plan.start


def set_in_need_plans(children: tuple[Child, ...], days: WorkingDays) -> None:
    """Child in need plans, for censuses from 2021: assessment to closure, but never beside a protection plan."""
    for child in children:
        for episode in child.episodes:
            if episode.nfa or episode.pathway == "assessed_only" or not episode.assessments:
                continue
            start = days.on_or_after(episode.assessments[0].authorised + 6)
            for plan in episode.plans:
                if plan.start - 1 > start:
                    episode.in_need_plans.append((start, plan.start - 1))
                start = plan.end + 1 if plan.end else NEVER
            if start < (episode.closed or NEVER) - 5:
                episode.in_need_plans.append((start, episode.closed))
