"""A release of the same loads, counted once for the whole run and its answers made once, and copied for every test
with the snapshot that it was counted from.

Not for analytics and spec, which test how both are made. A test of making one that fails puts its own in the place of
these. Counting and answering take seconds, whatever is counted; copying what they left takes none.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

_counted: dict[Any, tuple[Any, Path, Path]] = {}
_answered: dict[Any, tuple[str, Path]] = {}


def make_once(patched: pytest.MonkeyPatch, keep_in: Callable[[], Path]) -> None:
    """Patch counting and answering so. `keep_in` gives a new folder that lasts as long as the run."""
    from holdfast import analytics
    from holdfast.performance.keeping import store
    from holdfast.performance.services import calculation

    def snapshot_of(made: Any) -> Path:
        return store().folder("snapshots", made.snapshot_id)

    count, answer = calculation._calculate, analytics.answer

    def counted(loads: Sequence[str], engine: str) -> Any:
        key = (tuple(loads), engine)
        if key not in _counted:
            made = count(loads, engine)
            _counted[key] = made, _kept(made.folder, keep_in()), _kept(snapshot_of(made), keep_in())
        made, release, snapshot = _counted[key]
        _laid(snapshot, store().root / "snapshots")
        return replace(made, folder=_laid(release, store().root / "releases"))

    def answered(into: Any, calculation_id: str, after: str = "", judged_by: Any = None, earlier_ids: Any = ()) -> str:
        key = (calculation_id, after, repr(dict(judged_by or {})), tuple(earlier_ids))
        if key not in _answered:
            name = answer(into, calculation_id, after=after, judged_by=judged_by or {}, earlier_ids=earlier_ids)
            _answered[key] = name, _kept(into.root / "answers" / name, keep_in())
        name, kept = _answered[key]
        _laid(kept, into.root / "answers")
        return name

    patched.setattr(calculation, "_calculate", counted)
    patched.setattr(analytics, "answer", answered)


def _kept(folder: Path, into: Path) -> Path:
    return Path(shutil.copytree(folder, into / folder.name))


def _laid(kept: Path, into: Path) -> Path:
    place = into / kept.name
    return place if place.exists() else Path(shutil.copytree(kept, place))
