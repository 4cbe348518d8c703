"""Closing cases: each month as many as leave the census's stock where it should be, the longest due first."""

from holdfast.analytics.synthetic.events import Episode
from holdfast.analytics.synthetic.world import ADULT, Month, World


def close(world: World, month: Month, target: int) -> None:
    """Close cases so that `target` are open at the end of the month (with no further action they never count)."""
    wanted = len(world.open) - target
    able = [episode for episode in world.open if episode.ready <= month.last and not episode.open_plan]
    able.sort(key=lambda episode: (episode.planned_close, episode.child.number))
    if wanted > len(able):
        world.shortfalls.append(f"{wanted - len(able)} cases could not yet be closed")
    days: dict[int, int] = {}
    for episode in able[: max(0, wanted)]:
        _close(world, episode, month, days)
    world.open = [episode for episode in world.open if not episode.closed]


def _close(world: World, episode: Episode, month: Month, days: dict[int, int]) -> None:
    """Close one case: on its planned day if that falls in the month, else on a working day that siblings share."""
    earliest = max(month.first, episode.ready)
    day = days.get(episode.child.family, 0)
    if day < earliest:
        if earliest <= episode.planned_close <= month.last:
            day = episode.planned_close
        else:
            choices = world.days.between(earliest, month.last)
            day = world.rng.choice(choices) if choices else earliest
        days[episode.child.family] = day
    episode.closed = max(earliest, min(day, month.last))
    episode.reason = _reason(world, episode)
    if episode.reason == "RC2":
        episode.child.died = episode.closed


def _reason(world: World, episode: Episode) -> str:
    if episode.pathway == "assessed_only":
        return "RC8"
    if world.rng.random() < world.shape.rates["deaths"]:
        return "RC2"
    if episode.closed - episode.child.born >= ADULT - 90:
        return "RC6" if world.rng.random() < 0.3 else "RC7"
    reason = world.shape.mixes["closure_reasons"].draw(world.rng)
    if reason == "RC6" or (reason == "RC1" and episode.closed - episode.referral < 300):
        return "RC7"  # too young for adult services; no adoption is that quick
    return reason
