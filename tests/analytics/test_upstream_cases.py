"""Cases that other packages keep with their own code, asked of ours: agree, differ by a named convention, ours wrong.

The numbers are in upstream_cases.json, each with the package and the file it comes from. The table in docs/claims.md
is this test's own count. Not obtained: qicharts2's references and PHEindicatormethods' workbooks are binary.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from holdfast.analytics import spc
from holdfast.analytics.intervals import byar, wilson

KEPT: dict[str, Any] = json.loads((Path(__file__).parent / "upstream_cases.json").read_text("utf-8"))
CLAIMS = Path(__file__).parents[2] / "docs" / "claims.md"
ANY_LENGTH = {
    "upstream": replace(spc.RULE_SETS["nhsr-0.2.2"], points_needed=2),
    "unscreened": replace(spc.RULE_SETS["mdc-2023"], points_needed=2),
}
"""Our own rules without the thirteen points: a case of three points says nothing of when limits should be drawn."""


@dataclass(frozen=True)
class Asked:
    """One thing that another package says, and whether ours says the same. `convention`: what it may differ by."""

    kind: str
    source: str
    case: str
    agrees: bool
    convention: str = ""
    not_ours: str = ""

    @property
    def verdict(self) -> str:
        if self.not_ours:
            return "not ours to answer"
        if self.agrees:
            return "agree"
        return f"differ: {self.convention}" if self.convention else "ours wrong"


def marked(signals: list[spc.Signal], ends_from: int = 0) -> list[int]:
    return sorted({place for signal in signals for place in signal.places[ends_from:]})


def side(limits: float | list[float], place: int) -> float:
    return float(limits[place] if isinstance(limits, list) else limits)


def bands(case: dict[str, Any]) -> list[spc._Band | None]:
    """Near and far limits: those of the case are the ones its rule asks about, and the others lie well beyond."""
    low, high = case.get("limits", [-2.0, 2.0])
    far = 1.0 if "limits" not in case else 1000.0
    return [
        spc._Band(side(low, at) - far, side(low, at), side(high, at), side(high, at) + far)
        for at in range(len(case["values"]))
    ]


def of_runs(case: dict[str, Any], kind: str) -> bool:
    values, length = [float(value) for value in case["values"]], case["length"]
    signals = spc._shifts(values, 0.0, length) if kind == "shift" else spc._trends(values, length)
    return marked(signals, length - 1 if case.get("ends") else 0) == case["marked"]


def of_two_of_three(case: dict[str, Any]) -> bool:
    values = [float(value) for value in case["values"]]
    return marked(spc._two_of_three(values, bands(case), case.get("mean", 0.0), "any")) == case["marked"]


def of_limits_passed(case: dict[str, Any]) -> bool:
    low, high = case["limits"]
    drawn = [spc._Band(side(low, at), 0, 0, side(high, at)) for at in range(len(case["values"]))]
    return marked(spc._beyond(case["values"], drawn)) == case["marked"]


def of_a_target(case: dict[str, Any]) -> bool:
    low, high = case["limits"]
    return spc.assurance(spc.Point(None, low, high), case["target"], case["polarity"]) == case["said"]


def of_xmr(case: dict[str, Any]) -> bool:
    by = [spc.Span(0, range(case["by"]))] if "by" in case else None
    chart = spc.xmr(case["values"], "upstream" if case.get("screened", True) else "unscreened", spans=by)
    last = chart.points[-1]
    given = (chart.mean, last.lower, last.upper)
    within = case.get("within", [1e-9] * 3)
    beyond = marked([signal for signal in chart.signals if signal.rule == "beyond limits"])
    return all(
        value is not None and abs(value - expected) <= near
        for value, expected, near in zip(given, case["gives"], within, strict=False)
    ) and beyond == case.get("beyond", beyond)


def asked_of_cases() -> Iterator[Asked]:
    asks = {
        "shift": lambda case: of_runs(case, "shift"),
        "trend": lambda case: of_runs(case, "trend"),
        "two of three": of_two_of_three,
        "beyond limits": of_limits_passed,
        "target": of_a_target,
        "XmR limits": of_xmr,
    }
    for kind, ask in asks.items():
        for group in KEPT[kind]:
            for number, case in enumerate(group["cases"], 1):
                name = f"{group['file']}, {case.get('name', number)}"
                if "not_ours" in case:
                    yield Asked(kind, group["source"], name, agrees=False, not_ours=case["not_ours"])
                else:
                    yield Asked(kind, group["source"], name, ask(case), case.get("convention", ""))


def asked_of_p_charts() -> Iterator[Asked]:
    """One ask a point: both its limits, to as many places as they were given in."""
    for group in KEPT["p limits"]:
        chart = spc.p_chart(list(zip(group["n_in"], group["n"], strict=True)), laney=group["laney"])
        for point, low, high in zip(chart.points, group["lower"], group["upper"], strict=True):
            near = 0.51 * 10 ** -group["places"]
            agrees = abs((point.lower or 0) * 100 - low) <= near and abs((point.upper or 0) * 100 - high) <= near
            yield Asked("p′ limits" if group["laney"] else "p limits", group["source"], group["file"], agrees)


def asked_of_intervals() -> Iterator[Asked]:
    for group in KEPT["count intervals"]:
        for n, level, high, low in group.get("cases", []):
            ours = byar(n, level)
            theirs = (group["baseline"] * n / high, group["baseline"] * n / low)
            agrees = ours == pytest.approx(theirs, rel=1e-4)
            convention = group["from_ten"] if n >= 10 else ""
            yield Asked("interval of a count", group["source"], f"{n} at {level}", agrees, convention)
        for n, level, low, high in group.get("cases_plain", []):
            agrees = byar(n, level) == pytest.approx((low, high), rel=1e-9)
            yield Asked("interval of a count", group["source"], f"{n} at {level}", agrees, group["theirs_wrong"])
    for group in KEPT["share intervals"]:
        for n_in, n, low, high in group["cases"]:
            agrees = wilson(n_in, n) == pytest.approx((low / 100, high / 100), rel=1e-9)
            yield Asked("interval of a share", group["source"], f"{n_in} of {n}", agrees)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    for name, rules in ANY_LENGTH.items():
        monkeypatch.setitem(spc.RULE_SETS, name, rules)
    return [*asked_of_cases(), *asked_of_p_charts(), *asked_of_intervals()]


def table(asked: list[Asked]) -> list[str]:
    """The rows of docs/claims.md: what, how many, agree, differ by a named convention, ours wrong, not asked."""
    rows = []
    for kind, source in dict.fromkeys((one.kind, one.source) for one in asked):
        here = [one.verdict for one in asked if (one.kind, one.source) == (kind, source)]
        rows.append(f"| {kind} | {source} | {counts(here)} |")
    return [*rows, f"| **all** | | {counts([one.verdict for one in asked])} |"]


def counts(verdicts: list[str]) -> str:
    differ = sum(verdict.startswith("differ") for verdict in verdicts)
    each = [len(verdicts), verdicts.count("agree"), differ, verdicts.count("ours wrong")]
    return " | ".join(str(number) for number in [*each, verdicts.count("not ours to answer")])


def test_nothing_of_ours_is_wrong_beside_a_case_of_another_package(asked: list[Asked]) -> None:
    assert [one for one in asked if one.verdict == "ours wrong"] == []


def test_every_named_convention_is_one_that_some_case_differs_by(asked: list[Asked]) -> None:
    named = {one.convention for one in asked if one.convention}
    assert named == {one.verdict.removeprefix("differ: ") for one in asked if one.verdict.startswith("differ")}


def test_the_page_of_claims_shows_this_table(asked: list[Asked]) -> None:
    page = CLAIMS.read_text("utf-8")
    shown = re.findall(r"^\|.*$", page.split("<!-- upstream -->")[1].split("<!-- end")[0], re.MULTILINE)[2:]
    assert shown == table(asked), "\n".join(table(asked))
