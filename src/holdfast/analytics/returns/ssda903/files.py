"""Which file of an SSDA903 set is which, by its columns and never by its name, and what is read of each.

SOURCE: the SSDA903 schema of 2024. The set of 2026-27 adds the deprivation of liberty orders (DoLO), which are told and
not read. Not here: what a row becomes (reader.py).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from holdfast.analytics.returns.several import files_of
from holdfast.analytics.returns.staged import beginning_of

KIND: Final = "ssda903"
CHILD: Final = "child"
TOLD_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "Header": ("sex", "ethnic"),
    "Episodes": ("decom", "rne"),
    "Reviews": ("review", "review_code"),
    "UASC": ("duc",),
    "OC2": ("sdq_score",),
    "OC3": ("in_touch", "accom"),
    "AD1": ("date_int",),
    "PlacedAdoption": ("date_placed",),
    "PrevPerm": ("prev_perm",),
    "Missing": ("mis_start",),
    "SWEpisodes": ("sw_decom",),
    "DoLO": ("dolo_start",),
}
"""The columns, beside CHILD, that only this file has."""
WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    "Header": ("sex", "dob", "ethnic", "upn"),
    "Episodes": (
        *("decom", "rne", "ls", "cin", "place", "place_provider", "dec", "rec", "reason_place_change"),
        "urn",
    ),
    "Reviews": ("review", "review_code"),
    "UASC": ("duc",),
    "OC2": ("sdq_score", "sdq_reason", "health_check", "teeth_check", "health_assessment"),
    "OC3": ("in_touch", "activ", "accom"),
    "AD1": ("date_int", "date_match", "foster_care"),
    "PlacedAdoption": ("date_placed", "date_placed_ceased", "reason_placed_ceased"),
    "PrevPerm": ("prev_perm", "la_perm", "date_perm"),
    "Missing": ("missing", "mis_start", "mis_end"),
    "SWEpisodes": ("sw_id", "sw_decom", "sw_dec", "sw_reason"),
}
LEFT_BEHIND: Final = frozenset(
    {
        *("dob", "sex", "mother", "mc_dob", "home_post", "pl_post", "convicted", "immunisations"),
        *("substance_misuse", "intervention_received", "intervention_offered"),
        *("nb_adoptr", "sex_adoptr", "ls_adoptr", "la", "year"),
    }
)
"""What the set has and is left behind: postcodes, a mother's child, what a child did or was given, who adopts."""
USUAL: Final = (
    *("sex", "dob", "decom", "dec", "review", "duc", "date_int", "date_match", "date_placed", "date_placed_ceased"),
    *("date_perm", "mis_start", "mis_end", "sw_decom", "sw_dec"),
)
"""The fields that are written in the return's own form: day, month, year; 1 and 2."""
EXPECTED: Final = ("Header", "Episodes")


def file_of(heads: Iterable[str]) -> str | None:
    """Which file of the set has these headings (lower case); None where it is none."""
    has = set(heads)
    if CHILD not in has:
        return None
    found = [name for name, columns in TOLD_BY.items() if has.issuperset(columns)]
    return found[0] if len(found) == 1 else None


def set_of(path: Path) -> tuple[dict[str, list[Path]], list[Path]]:
    """The files of each part of the set, and those that are of none. Never raises."""
    known: dict[str, list[Path]] = {}
    unknown = []
    for file in files_of(path):
        name = file_of(beginning_of(file))
        if name is None:
            unknown.append(file)
        else:
            known.setdefault(name, []).append(file)
    return known, unknown
