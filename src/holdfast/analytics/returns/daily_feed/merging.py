"""Puts what was sent of one child, in order, into one record: a full record, changes to it, and what was purged.

SOURCE: the public notes and scripts of the feed (specification 0.9), which say that a change has the ids and the keys
that changed, and that `purge` on a child or a block deletes it. Unverified: that a key sent as null empties it, and
that a list whose items have no id of their own (factors, disabilities, workers) is sent whole each time.
"""

from collections.abc import Mapping
from typing import Any, Final

IDS: Final[Mapping[str, str]] = {
    "social_care_episodes": "social_care_episode_id",
    "child_and_family_assessments": "child_and_family_assessment_id",
    "child_in_need_plans": "child_in_need_plan_id",
    "section_47_assessments": "section_47_assessment_id",
    "child_protection_plans": "child_protection_plan_id",
    "child_looked_after_placements": "child_looked_after_placement_id",
}
"""The lists whose items have an id, and the key of it."""
NAMES: Final = frozenset({"first_name", "surname", "postcode"})
"""Keys that are dropped wherever they stand, before anything is written down."""
Record = dict[str, Any]


def without_names(value: Any) -> Any:
    """The same without names and postcodes, however deep they stand."""
    if isinstance(value, dict):
        return {key: without_names(inner) for key, inner in value.items() if key.lower() not in NAMES}
    if isinstance(value, list):
        return [without_names(inner) for inner in value]
    return value


def merged(before: Record | None, sent: Record) -> Record | None:
    """What is held after this was sent; None where it purges what was there."""
    if sent.get("purge") is True:
        return None
    held = dict(before or {})
    for key, value in sent.items():
        if key == "purge":
            continue
        if key in IDS and isinstance(value, list):
            held[key] = _items(held.get(key), value, IDS[key])
        elif isinstance(value, dict):
            old = held.get(key)
            inner = merged(old if isinstance(old, dict) else None, value)
            held.pop(key, None)
            if inner is not None:
                held[key] = inner
        else:
            held[key] = value
    return held


def _items(before: Any, sent: list[Any], own: str) -> list[Any]:
    """A list by its items' ids: each changed, added or purged; one without an id is added as it is."""
    by_id: dict[Any, Any] = {}
    for n, item in enumerate(before if isinstance(before, list) else []):
        by_id[_id(item, own, n)] = item
    for n, item in enumerate(sent):
        if not isinstance(item, dict):
            continue
        name = _id(item, own, len(by_id) + n)
        inner = merged(by_id.pop(name, None), item)
        if inner is not None:
            by_id[name] = inner
    return list(by_id.values())


def _id(item: Any, own: str, n: int) -> Any:
    value = item.get(own) if isinstance(item, dict) else None
    return str(value) if value not in (None, "") else ("without", n)
