"""The definitions, one file each, found by their names. Adding one: docs/recipes, add an indicator.

The file i20.py gives I20; one that gives several (i60.py) names them by what tells them apart. Rule: a file gives
whatever definitions it names at its top level, in that order; files follow their numbers, so that I99 is before I100.
"""

from importlib import import_module
from pathlib import Path

from holdfast.analytics.indicators.definition import Definition


def _in_order(path: Path) -> tuple[int, str]:
    number, _, more = path.stem.removeprefix("i").partition("_")
    return int(number), more


_MODULES = [
    import_module(f"{__name__}.{path.stem}") for path in sorted(Path(__file__).parent.glob("i[0-9]*.py"), key=_in_order)
]

INDICATORS: dict[str, Definition] = {
    named.id: named for module in _MODULES for named in vars(module).values() if isinstance(named, Definition)
}
