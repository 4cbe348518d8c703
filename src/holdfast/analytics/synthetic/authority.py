"""An invented authority: years of families, referrals, assessments, enquiries, plans and closures, from one seed.

Here: the order of a simulated month and the opening stock. What each part does is in `referrals`, `protection` and
`closures`; when facts reached the record is in `recording`; the mess is in `mess`. No clock, no hash order, no
randomness but the seed's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from holdfast.analytics.synthetic import closures, mess, protection, recording, referrals
from holdfast.analytics.synthetic.calibration import Shape, YearTargets, county
from holdfast.analytics.synthetic.events import Assessment, Child, Episode, Plan
from holdfast.analytics.synthetic.workdays import working_days
from holdfast.analytics.synthetic.world import World, months

INVENTED_CODE = "999"  # no authority has it


@dataclass(frozen=True)
class Authority:
    """The whole truth about an invented authority, from which files are written as at any day.

    `shortfalls` says in words where the simulation could not meet a target (empty for the shape that ships, at full
    size).
    """

    code: str
    seed: int
    shape: Shape
    children: tuple[Child, ...]
    shortfalls: tuple[str, ...]


def invent(
    seed: int,
    children_scale: float = 1.0,
    *,
    code: str = INVENTED_CODE,
    shape: Shape | None = None,
    with_mess: bool = True,
) -> Authority:
    """Invent an authority. The same arguments give the same authority, on every machine.

    `children_scale` makes it smaller or larger; `code` is the local authority code that its files carry;
    `with_mess=False` leaves out every fault on purpose (late recording stays: it is not a fault of any one file).
    """
    shape = (shape or county()).scaled(children_scale)
    days = working_days(shape.opening_day.year - 12, shape.years[-1].ends_on.year + 2)
    world = World(Random(seed), shape, days)  # noqa: S311 (an invention must be repeatable, not secret)
    _opening_stock(world)
    before = shape.opening
    for year in shape.years:
        _live_a_year(world, year, before)
        before = {name: getattr(year, name) for name in before}
    referrals.second_assessments(world)
    protection.hold_reviews(world)
    children = tuple(child for family in world.families for child in family)
    recording.record(children, shape, Random(f"{seed} recording"))  # noqa: S311
    recording.set_in_need_plans(children, days)
    if with_mess:
        mess.spoil(children, shape, days, Random(f"{seed} mess"))  # noqa: S311
    return Authority(code, seed, shape, children, tuple(world.shortfalls))


def _live_a_year(world: World, year: YearTargets, before: Mapping[str, int]) -> None:
    """One census year, month by month; stocks move in a straight line from the last year's end to this one's."""
    of_year = months(year, world)
    referrals.set_quotas(world, year, of_year)
    start = {name: before[name] for name in ("in_need_at_end", "plans_at_end", "long_plans_at_end")}
    for n, month in enumerate(of_year, start=1):
        part = n / len(of_year)
        following = of_year[n] if n < len(of_year) else None
        target = {name: round(value + (getattr(year, name) - value) * part) for name, value in start.items()}
        referrals.refer(world, month, following)
        protection.protect(world, month, following)
        protection.end_plans(world, month, target["plans_at_end"], target["long_plans_at_end"])
        closures.close(world, month, target["in_need_at_end"])


def _opening_stock(world: World) -> None:
    """Cases and plans already open on the first day, begun at plausible distances before it."""
    opening, first = world.shape.opening, world.shape.opening_day.toordinal()
    while len(world.open) < opening["in_need_at_end"]:
        size = min(int(world.shape.mixes["family_sizes"].draw(world.rng)), opening["in_need_at_end"] - len(world.open))
        age = min(2900, 1 + int(world.rng.expovariate(1 / 380)))
        for child in world.new_family(size, first - age):
            _long_known(world, child, first - age, first)
    n_plans = 0
    for episode in world.open:
        if n_plans == opening["plans_at_end"]:
            break
        if first - episode.referral > 60 and episode.need != "N2" and world.rng.random() < 0.25:
            _plan_before(world, episode, first, long=n_plans < opening["long_plans_at_end"])
            n_plans += 1


def _long_known(world: World, child: Child, referral: int, first: int) -> None:
    need = world.shape.mixes["needs"].draw(world.rng)
    pathway = "plan" if world.rng.random() < 0.7 else "lasting"
    length = first - referral + int(world.rng.expovariate(1 / 330))
    episode = Episode(child, referral, world.shape.mixes["sources"].draw(world.rng), need, nfa=False, pathway=pathway,
                      planned_close=referral + length, ready=first)  # fmt: skip
    assessed = min(referral + 50, first)
    if assessed < first:
        episode.assessments.append(
            Assessment(world.days.on_or_after(referral), world.days.on_or_after(assessed), ("20",))
        )
    child.episodes.append(episode)
    world.episodes.append(episode)
    world.open.append(episode)


def _plan_before(world: World, episode: Episode, first: int, *, long: bool) -> None:
    earliest = episode.referral + 20
    if long:
        episode.referral = min(episode.referral, first - 800)
        episode.assessments.clear()
        earliest = first - 780
    start = world.days.on_or_after(
        min(first - 3, max(earliest, first - 700 + world.rng.randint(0, 690)) if not long else earliest)
    )
    category = world.shape.mixes["categories"].draw(world.rng)
    ends = max(start + world.shape.bands["plan_days"].draw(world.rng), first + world.rng.randint(0, 200))
    episode.plans.append(Plan(start, category, 0, ends, latest=category))
    episode.child.n_plans = 1
