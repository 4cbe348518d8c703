"""The analytical core: files in; tables, numbers and drawings out. This is the only door (no Django, clock or user).

Each name below is fetched from its module when first asked for, so importing this costs nothing. Not here: anything
that knows a person, a request or today's date. Rule: what is not in DOOR is nobody else's business.
"""

from importlib import import_module
from typing import Any

# name -> the module that has it. One line each; keep in the order of the work: read, keep, count, judge, draw.
DOOR: dict[str, str] = {
    "TABLES": "tables.contracts",
    "Column": "tables.contracts",
    "Table": "tables.contracts",
    "Fault": "faults",
    "UnreadableReturn": "faults",
    "read_return": "returns",
    "Reading": "returns",
    "Store": "store",
    "Load": "store",
    "Snapshot": "history",
    "INDICATORS": "indicators.definitions",
    "Definition": "indicators.definition",
    "engine": "engines",
    "UnknownEngine": "engines",
    "EngineUnavailable": "engines",
    "calculate": "calculation",
    "Calculation": "calculation",
    "NoSuchIndicator": "calculation",
    "figures": "calculated",
    "rows": "calculated",
    "Row": "calculated",
    "BreakdownNotHeld": "calculated",
    "NotInRelease": "calculated",
    "compare": "moves",
    "Move": "moves",
    "Figure": "figure",
    "Period": "figure",
    "period": "figure",
    "per_cent": "figure",
    "count_words": "figure",
    "date_words": "figure",
    "protect": "disclosure",
    "Protected": "disclosure",
    "protect_alike": "alike_counts",
    "alike": "alike_counts",
    "wilson": "intervals",
    "byar": "intervals",
    "newcombe": "intervals",
    "xmr": "spc",
    "p_chart": "spc",
    "RULE_SETS": "spc",
    "assess": "claims",
    "Assessment": "claims",
    "CLAIMS": "claims",
    "draw": "charts",
    "Drawing": "charts",
    "invent": "synthetic.authority",
    "write_cin_census": "synthetic.cin_xml",
    "demo_returns": "synthetic.demo",
    "write_large_census": "synthetic.large",
}

__all__ = ["DOOR"]


def __getattr__(name: str) -> Any:
    """The named thing, fetched from its module and remembered. Raises AttributeError for what is not in DOOR."""
    module = DOOR.get(name)
    if module is None:
        raise AttributeError(f"holdfast.analytics has no {name!r}: add it to DOOR if it belongs there.")
    found = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(DOOR)
