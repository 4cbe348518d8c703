"""How many to read, and which: the size that a change needs, and a stratified draw that anybody can repeat.

Pure. A draw is by hash, not by a generator of random numbers: the seed and a reference give the reference's place, so
the same seed and frame draw the same sample in any language, and no library's version can change it. Rule: a frame is
known by its hash; another frame is another draw.
"""

import hashlib
from collections.abc import Iterable, Mapping
from heapq import nsmallest
from math import ceil, sqrt
from statistics import NormalDist

Frame = Mapping[str, str]
"""Reference to stratum ("" where there are none)."""


def size_for_change(share_before: float, share_after: float, power: float = 0.8, level: float = 0.95) -> int:
    """How many to read before, and as many after, to see a share change. 45% to 65%: 96 each.

    Two-sided, two independent samples of one size. Raises ValueError unless both lie between 0 and 1 and differ.
    Source: Fleiss, Levin and Paik (2003), "Statistical methods for rates and proportions", equation 4.14.
    """
    if not (0 < share_before < 1 and 0 < share_after < 1) or share_before == share_after:
        raise ValueError("two different shares between 0 and 1")
    z, z_power = NormalDist().inv_cdf(0.5 + level / 2), NormalDist().inv_cdf(power)
    middle = (share_before + share_after) / 2
    apart = share_before * (1 - share_before) + share_after * (1 - share_after)
    root = z * sqrt(2 * middle * (1 - middle)) + z_power * sqrt(apart)
    return ceil(round(root**2 / (share_after - share_before) ** 2, 6))


def frame_hash(frame: Frame) -> str:
    """The hash of a frame: of every reference with its stratum, in whatever order they came."""
    whole = "".join([f"{reference}\t{stratum}\n" for reference, stratum in sorted(frame.items())])
    return hashlib.sha256(whole.encode()).hexdigest()


def drawn_order(frame: Frame, seed: str) -> dict[str, list[str]]:
    """Stratum to its references in the order in which the seed draws them. A replacement is the next one.

    The order is of sha256("seed", tab, reference); two with one hash (never seen) go by reference.
    """
    return {stratum: [reference for _, reference in sorted(placed)] for stratum, placed in _places(frame, seed).items()}


def _places(frame: Frame, seed: str) -> dict[str, list[tuple[bytes, str]]]:
    places: dict[str, list[tuple[bytes, str]]] = {}
    start = f"{seed}\t".encode()
    for reference, stratum in frame.items():
        place = (hashlib.sha256(start + reference.encode()).digest(), reference)
        places.setdefault(stratum, []).append(place)
    return dict(sorted(places.items()))


def first_drawn(frame: Frame, wanted: Mapping[str, int], seed: str) -> dict[str, list[str]]:
    """Stratum to the first references of its drawn order, as many as wanted; the others are not put in order."""
    places = _places(frame, seed)
    return {
        stratum: [reference for _, reference in nsmallest(n, places.get(stratum, []))]
        for stratum, n in sorted(wanted.items())
    }


def draw_sample(frame: Frame, wanted: Mapping[str, int], seed: str, without: Iterable[str] = ()) -> list[str]:
    """The sample: from each stratum as many as wanted, in drawn order, without those excluded. Sorted by reference.

    Fewer where a stratum has fewer. Raises KeyError for a stratum that the frame has not.
    """
    excluded, places = frozenset(without), _places(frame, seed)
    unknown = set(wanted) - set(places)
    if unknown:
        raise KeyError(f"the frame has no stratum {min(unknown)!r}")
    drawn = []
    for stratum, n in wanted.items():
        first = nsmallest(n + len(excluded), places[stratum])  # without sorting a whole authority
        drawn += [reference for _, reference in first if reference not in excluded][:n]
    return sorted(drawn)


def in_proportion(frame: Frame, n: int) -> dict[str, int]:
    """How many of n each stratum gives, by its share of the frame; what is left over goes to the largest remainders."""
    sizes: dict[str, int] = {}
    for stratum in frame.values():
        sizes[stratum] = sizes.get(stratum, 0) + 1
    total = sum(sizes.values())
    wanted = min(n, total)
    exact = {stratum: wanted * size for stratum, size in sizes.items()}
    given = {stratum: each // total for stratum, each in exact.items()} if total else {}
    left = wanted - sum(given.values())
    for stratum in sorted(given, key=lambda one: (-(exact[one] % total), one))[:left]:
        given[stratum] += 1
    return dict(sorted(given.items()))
