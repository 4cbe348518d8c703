"""Section 47 enquiries, conferences, child protection plans and reviews: exactly the year's plans, month by month.

A plan starts on the day of its conference, as the census expects (rule 2885); a plan ends at a review.
"""

from collections.abc import Callable

from holdfast.analytics.synthetic.events import NEVER, Child, Enquiry, Episode, Plan
from holdfast.analytics.synthetic.world import ADULT, Month, World, months_after, years_before

SETTLED = 25  # days that must pass between the end of one enquiry and the start of the next


def protect(world: World, month: Month, following: Month | None) -> None:
    """This month's conferences, with and without a plan, and enquiries that found no conference was required.

    Plans that could fall to no family this month move to the following month of the year.
    """
    families = _families_in_play(world)
    _hold(world, month, families, "plans_repeat", lambda child: child.n_plans > 0, first_choice=True)
    _hold(world, month, families, "plans_repeat", lambda child: child.n_plans == 0)
    _hold(world, month, families, "plans_first", lambda child: child.n_plans == 0)
    _hold(world, month, families, "conferences", lambda child: True)
    _hold(world, month, families, "enquiries", lambda child: True)
    for name in ("plans_repeat", "plans_first"):
        if month.quota[name] and following:
            following.quota[name] += month.quota[name]
        elif month.quota[name]:
            world.shortfalls.append(f"{month.quota[name]} plans had no family to fall to at the end of a year")


def _families_in_play(world: World) -> list[list[Episode]]:
    """Open cases that may go to enquiry, family by family: those newly referred come first more often than not."""
    grouped: dict[int, list[Episode]] = {}
    for episode in world.open:
        if episode.pathway != "assessed_only" and not episode.open_plan and episode.need != "N2":
            grouped.setdefault(episode.child.family, []).append(episode)
    latest = world.open[-1].referral if world.open else 0
    ranked = [
        (world.rng.random() * (1.0 if latest - group[0].referral < 75 else 5.0), group[0].child.number, group)
        for group in grouped.values()
    ]
    ranked.sort(key=lambda item: item[:2])
    return [group for _, _, group in ranked]


def _hold(
    world: World,
    month: Month,
    families: list[list[Episode]],
    name: str,
    suits: Callable[[Child], bool],
    *,
    first_choice: bool = False,
) -> None:
    """Take families in turn until the month's quota for `name` is met, leaving the rest for the next kind."""
    taken: list[int] = []
    at_most = month.quota[name] // 2 if first_choice else month.quota[name]
    for place, family in enumerate(families):
        if at_most <= 0:
            break
        group = [episode for episode in family if suits(episode.child)][:at_most]
        if group and _enquire(world, month, group, name):
            taken.append(place)
            at_most -= len(group)
            month.quota[name] -= len(group)
    for place in reversed(taken):
        families.pop(place)


def _enquire(world: World, month: Month, group: list[Episode], name: str) -> bool:
    """One family's enquiry with its outcome this month. False when the family's own dates leave no room for it."""
    days, rng, shape = world.days, world.rng, world.shape
    outcome = rng.choice(days.between(month.first, month.last - 2))
    if name == "enquiries":
        start = days.add(outcome, -shape.bands["enquiry_days"].draw(rng))
    else:
        in_time = rng.random() < shape.share_on("conferences_in_time", outcome)
        start = days.add(
            outcome, -shape.bands["conference_days_in_time" if in_time else "conference_days_late"].draw(rng)
        )
    if any(start < episode.referral or start < _free_from(episode) for episode in group):
        return False
    category = shape.mixes["categories"].draw(rng)
    ends = outcome + shape.bands["plan_days"].draw(rng)
    transfer = name != "enquiries" and rng.random() < shape.rates["conference_without_enquiry"]
    for episode in group:
        _record_outcome(world, episode, start, outcome, name, transfer=transfer)
        if name.startswith("plans"):
            _start_plan(world, episode, outcome, category, ends, repeat=name == "plans_repeat")
    return True


def _free_from(episode: Episode) -> int:
    """The first day on which another enquiry could start in this episode: never after a transfer in (2884)."""
    if episode.conference:
        return NEVER
    ended = [max(enquiry.conference, enquiry.not_required) + SETTLED for enquiry in episode.enquiries]
    ended += [plan.end + SETTLED for plan in episode.plans]
    return max(ended, default=0)


def _record_outcome(world: World, episode: Episode, start: int, outcome: int, name: str, *, transfer: bool) -> None:
    episode.ready = max(episode.ready, outcome + 10)
    episode.planned_close = max(episode.planned_close, outcome + 30)
    if transfer and not episode.enquiries:
        episode.conference = outcome
        return
    enquiry = Enquiry(start, target=world.days.add(start, 15))
    if name == "enquiries":
        enquiry.not_required = outcome
    else:
        enquiry.conference = outcome
    episode.enquiries.append(enquiry)


def _start_plan(world: World, episode: Episode, day: int, category: str, ends: int, *, repeat: bool) -> None:
    """Start a plan. A repeat for a child with no plan of ours follows one before our records, or elsewhere."""
    child = episode.child
    if repeat and not child.n_plans:
        child.n_plans = world.rng.choice((1, 1, 1, 1, 2))
    adult = max(child.born + ADULT, day + 60)
    episode.plans.append(Plan(day, category, child.n_plans, min(ends, adult), latest=category))
    child.n_plans += 1


def end_plans(world: World, month: Month, target: int, long_target: int) -> None:
    """End plans so that `target` are open at the end of the month, `long_target` of them for two years or more."""
    open_plans = [(episode, episode.plans[-1]) for episode in world.open if episode.open_plan]
    two_years = years_before(month.last, 2)
    able = [pair for pair in open_plans if pair[1].start + 45 <= month.last]
    able.sort(key=lambda pair: (pair[1].planned_end, pair[0].child.number))
    long_open = [pair for pair in able if pair[1].start <= two_years]
    surplus = max(0, len(long_open) - long_target)
    due = [pair for pair in long_open if pair[1].planned_end <= month.last]
    ending = (due + [pair for pair in reversed(long_open) if pair not in due])[:surplus]
    wanted = len(open_plans) - target
    others = [pair for pair in able if pair[1].start > two_years]
    ending += others[: max(0, wanted - len(ending))]
    if len(ending) != wanted:
        world.shortfalls.append(f"{len(ending)} plans ended where {wanted} should have")
    days: dict[int, int] = {}
    for episode, plan in ending:
        _end_plan(world, episode, plan, month, days)


def _end_plan(world: World, episode: Episode, plan: Plan, month: Month, days: dict[int, int]) -> None:
    earliest = max(month.first, plan.start + 30)
    day = days.get(episode.child.family, 0)
    if day < earliest:
        if earliest <= plan.planned_end <= month.last:
            day = world.days.on_or_before(plan.planned_end)
        if day < earliest:
            choices = world.days.between(earliest, month.last)
            day = world.rng.choice(choices) if choices else month.last
        days[episode.child.family] = day
    plan.end = day
    episode.ready = max(episode.ready, day + 5)
    episode.planned_close = max(episode.planned_close, day + world.rng.randint(15, 200))


def hold_reviews(world: World) -> None:
    """Reviews for every plan: first within three months, then every six, mostly in time; the last one ends the plan.

    Siblings whose plans share their dates share their reviews.
    """
    horizon = world.shape.years[-1].ends_on.toordinal()
    shared: dict[tuple[int, int, int], list[int]] = {}
    for episode in world.episodes:
        for plan in episode.plans:
            key = (episode.child.family, plan.start, plan.end)
            if key not in shared:
                shared[key] = _reviews(world, plan, plan.end or horizon)
            plan.reviews = list(shared[key])


def _reviews(world: World, plan: Plan, until: int) -> list[int]:
    reviews: list[int] = []
    held, gap = plan.start, 3
    while True:
        limit = world.days.on_or_before(months_after(held, gap))
        if world.rng.random() < world.shape.share_on("reviews_in_time", limit):
            held = world.days.on_or_before(limit - int(world.rng.random() * (18 if gap == 3 else 28)))
        else:
            held = world.days.add(limit, world.rng.randint(2, 25))
        if held >= until or (plan.end and plan.end <= limit):
            break
        reviews.append(held)
        gap = 6
    return [*reviews, plan.end] if plan.end else reviews
