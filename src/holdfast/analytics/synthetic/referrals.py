"""Referrals month by month, and the assessment that follows: exactly the year's totals, shared out over its months.

A re-referral here is a referral of a child whose last referral was within the twelve months before it, whatever
became of that one.
"""

from datetime import date

from holdfast.analytics.synthetic.calibration import YearTargets, spread
from holdfast.analytics.synthetic.events import Assessment, Child, Episode
from holdfast.analytics.synthetic.world import ADULT, Month, World


def set_quotas(world: World, year: YearTargets, of_year: list[Month]) -> None:
    """Share the year's totals over its months. Re-referrals follow the season: when demand jumps, their share falls."""
    shape = world.shape
    season = [shape.season[month.place] for month in of_year]
    noisy = [
        weight * year.demand[month.place] * max(0.5, 1 + world.rng.gauss(0, shape.month_noise))
        for month, weight in zip(of_year, season, strict=True)
    ]
    closed = [weight * year.nfa[month.place] for month, weight in zip(of_year, season, strict=True)]
    again_nfa = round(year.re_referrals * year.referral_nfa / max(1, year.referrals))
    parts = {
        "again_nfa": spread(again_nfa, closed),
        "new_nfa": spread(year.referral_nfa - again_nfa, closed),
        "again": spread(year.re_referrals - again_nfa, season),
    }
    referrals = spread(year.referrals, noisy)
    parts["new"] = [total - sum(parts[name][place] for name in parts) for place, total in enumerate(referrals)]
    quieter = [1.0 + 0.6 * (weight - 1.0) for weight in noisy]
    parts["plans_repeat"] = spread(year.repeat_plans, season)
    parts["plans_first"] = spread(year.plans_started - year.repeat_plans, quieter)
    conferences = round(year.plans_started / shape.rates["plans_per_conference"])
    parts["conferences"] = spread(conferences - year.plans_started, season)
    parts["enquiries"] = spread(max(0, year.enquiries - conferences), quieter)
    for place, month in enumerate(of_year):
        month.quota = {name: part[place] for name, part in parts.items()}


def refer(world: World, month: Month, following: Month | None) -> None:
    """This month's referrals, family by family, until each quota is met exactly.

    Re-referrals for which no family is at hand move to the following month of the year, and others take their place
    in this one.
    """
    recent, lapsed = world.returning(month)
    for name in ("again_nfa", "again", "new_nfa", "new"):
        left = month.quota[name]
        while left > 0:
            day = month.draw_day(world.rng)
            if name.startswith("again"):
                if not recent:
                    _put_off(world, month, following, name, left)
                    break
                children = recent.pop()[:left]
            elif lapsed and world.rng.random() < world.shape.rates["returning_family"]:
                children = lapsed.pop()[:left]
            else:
                children = world.new_family(min(left, int(world.shape.mixes["family_sizes"].draw(world.rng))), day)
            _open_episodes(world, children, day, nfa=name.endswith("nfa"))
            left -= len(children)


def _put_off(world: World, month: Month, following: Month | None, name: str, n: int) -> None:
    first = name.replace("again", "new")
    month.quota[first] += n
    if following is None:
        world.shortfalls.append(f"{n} re-referrals had no family to come from in the year to {_words(month)}")
        return
    following.quota[name] += n
    following.quota[first] -= n


def _open_episodes(world: World, children: list[Child], day: int, *, nfa: bool) -> None:
    """One episode for each child of a family referred on a day. Siblings share source, path and assessment dates."""
    rng, shape = world.rng, world.shape
    source = shape.mixes["sources"].draw(rng)
    need = shape.mixes["needs"].draw(rng)
    pathway = "nfa" if nfa else shape.mixes["pathways"].draw(rng)
    dates = None if nfa else _assessment_dates(world, day, pathway)
    length = 0 if nfa or pathway == "assessed_only" else shape.bands[f"episode_{pathway}"].draw(rng)
    factors = _factors(world)
    for child in children:
        disabled = need == "N2" or (bool(child.disabilities) and rng.random() < 0.5)
        if disabled and not child.disabilities and day > child.born:
            child.disabilities = ("LD",) if rng.random() < 0.5 else ("AUT",)
        known = "N2" if disabled and child.disabilities else ("N1" if need == "N2" else need)
        episode = Episode(child, day, source, "" if nfa else known, nfa, pathway, planned_close=0, ready=0)
        if dates:
            episode.assessments.append(Assessment(*dates, factors))
        if not nfa:
            _plan_closure(world, episode, length)
            world.open.append(episode)
        child.episodes.append(episode)
        world.episodes.append(episode)


def _plan_closure(world: World, episode: Episode, length: int) -> None:
    """When the case would be closed, if there were time to close it, and the first day on which it could be."""
    authorised = episode.assessments[0].authorised if episode.assessments else episode.referral + 12
    episode.ready = authorised
    if episode.pathway == "assessed_only":
        episode.planned_close = authorised + world.rng.randint(0, 9)
    else:
        adult = max(episode.child.born + ADULT, authorised + 10)
        episode.planned_close = min(max(episode.referral + length + world.rng.randint(-10, 10), authorised + 5), adult)


def _assessment_dates(world: World, day: int, pathway: str) -> tuple[int, int] | None:
    """Start and authorisation, counted in working days from the referral; None when no assessment was started."""
    rng, shape, days = world.rng, world.shape, world.days
    if pathway != "assessed_only" and rng.random() > shape.rates["assessed"]:
        return None
    in_time = rng.random() < shape.share_on("assessments_in_time", day)
    length = shape.bands["assessment_days_in_time" if in_time else "assessment_days_late"].draw(rng)
    lag = min(length, int(rng.expovariate(0.55 if in_time else 0.3)))
    return days.add(day, lag), days.on_or_after(days.add(day, length))


def _factors(world: World) -> tuple[str, ...]:
    """One to four factors found at assessment, in the code list's own order."""
    drawn = {world.shape.mixes["factors"].draw(world.rng) for _ in range(world.rng.choice((1, 1, 2, 2, 3, 4)))}
    return tuple(code for code in world.shape.mixes["factors"].codes if code in drawn)


def _words(month: Month) -> str:
    return date.fromordinal(month.first).strftime("%B %Y")


def second_assessments(world: World) -> None:
    """A few long episodes were assessed again about a year on."""
    for episode in world.episodes:
        until = episode.closed or world.shape.years[-1].ends_on.toordinal()
        if (
            episode.assessments
            and until - episode.referral > 460
            and world.rng.random() < world.shape.rates["second_assessment"]
        ):
            start = world.days.on_or_after(max(episode.referral + 300, episode.assessments[0].authorised + 30))
            end = world.days.add(start, world.rng.randint(15, 44))
            if end <= until:
                episode.assessments.append(Assessment(start, end, _factors(world)))
