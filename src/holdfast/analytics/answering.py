"""The answers of a release made, once, when it is calculated: protected for each policy, judged, drawn, and kept.

Not here: reading them (answers.py), or what is hidden (disclosure), said (claims) and drawn (charts). Rules: all the
indicators are protected together; a word is decided on whole figures, and what may not be shown is taken out of it
afterwards; what a release published before had hidden, and is as it was then, stays hidden.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from holdfast.analytics.alike_counts import Before, protect_alike
from holdfast.analytics.answers import (
    INSIDE,
    KIND,
    LAYOUT,
    SCORECARD,
    Answer,
    Answers,
    Said,
    as_kept,
    in_short,
    kept_answers,
)
from holdfast.analytics.calculated import figures, release
from holdfast.analytics.calculation import as_facts, chosen
from holdfast.analytics.charts import draw
from holdfast.analytics.claims import Assessment, assess, usual_revision
from holdfast.analytics.disclosure import POLICIES, Protected, Shown, protect
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.part_year import year_so_far
from holdfast.analytics.parts import with_reasons

if TYPE_CHECKING:
    from holdfast.analytics.calculated import Release
    from holdfast.analytics.figure import Figure
    from holdfast.analytics.store import Store


def answer(
    store: "Store",
    calculation_id: str,
    after: str = "",
    judged_by: Mapping[str, Any] = MappingProxyType({}),
    earlier_ids: Sequence[str] = (),
) -> str:
    """Make and keep the answers of a calculation; their name in the store. The same question gives the same name.

    `after`: the answers of the release published before, which a reader still has; "" when there is none.
    `judged_by`: the settings that claims.assess takes by name, `targets` and `rebases` by indicator. `earlier_ids`: the
    calculations published before, which tell how far late records move the latest months. Raises NoSuchFolder.
    """
    found = release(store, calculation_id)
    earlier = _published_before(store, after)
    held = {name: chosen(name) for name in found.versions}
    can = {name: _breakdowns(store, found, card) for name, card in held.items()}

    def build(folder: Path) -> Mapping[str, Any]:
        scorecards: dict[str, list[dict[str, Any]]] = {policy: [] for policy in POLICIES}
        for breakdown in ("", *found.can_break_down):
            whole = {
                name: _whole(store, calculation_id, name, breakdown)
                for name in held
                if not breakdown or breakdown in can[name]
            }
            seen = {name: protect(found, INSIDE) for name, found in whole.items()}
            given = {name: found for name, found in whole.items() if not held[name].part_of}
            before = {name: [_before(release, name, breakdown) for release in earlier] for name in given}
            of_children = {name: found for name, found in given.items() if held[name].is_of_children}
            published: dict[str, Sequence[Protected]] = {name: seen[name] for name in given}
            published |= _as_published(of_children, before, with_why=not breakdown)
            revised = {name: _revised(store, earlier_ids, held[name], breakdown, found) for name, found in seen.items()}
            for name, lines_by_policy in _answered(seen, published, held, judged_by, revised):
                for policy, lines in lines_by_policy.items():
                    _write(folder / policy / name / f"{breakdown or 'all'}.json", _as_file(lines))
                    if not breakdown:
                        short = in_short(lines[0])
                        scorecards[policy].append({"periods": _periods(short.figures), "answer": as_kept(short)})
        for policy, scorecard in scorecards.items():
            _write(folder / policy / f"{SCORECARD}.json", scorecard)
        asked = {"after": after, "judged_by": repr(dict(judged_by)), "earlier": list(earlier_ids)}
        return asked | _facts(found, can)

    return store.write_folder(KIND, build)


def _as_published(
    whole: Mapping[str, Sequence["Figure"]], before: Before, with_why: bool
) -> dict[str, Sequence[Protected]]:
    """What everybody may see."""
    shown = protect_alike(whole, "publish", before)
    return dict(with_reasons(whole, shown, before) if with_why else shown)


def _breakdowns(store: "Store", found: "Release", card: Definition) -> tuple[str, ...]:
    """Those that tell any period apart. Where one tells none, the totals are no group, and are not published twice."""
    can = [by for by in card.breakdowns if by in found.can_break_down]
    return tuple(by for by in can if by not in found.told_apart or figures(store, found.id, card.id, by))


def _facts(found: "Release", can: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the answers are of: the calculation, to which day, by which versions, in which breakdowns."""
    return {
        "layout": LAYOUT,
        "calculation": found.id,
        "last_day": max(period.ends_on for period in found.periods.values()).isoformat(),
        "indicators": dict(found.versions),
        "breakdowns": {name: list(by) for name, by in can.items()},
    }


def _whole(store: "Store", calculation_id: str, indicator: str, breakdown: str) -> list["Figure"]:
    """The totals, and the groups of a breakdown."""
    totals = figures(store, calculation_id, indicator)
    return totals + (figures(store, calculation_id, indicator, breakdown) if breakdown else [])


def _revised(
    store: "Store", earlier_ids: Sequence[str], card: Definition, breakdown: str, now: Sequence[Protected]
) -> dict[str, tuple[float, ...]]:
    """By group, how far late records moved the latest months of earlier releases that counted by the same version."""
    then = []
    for calculation_id in earlier_ids:
        found = release(store, calculation_id)
        if found.versions.get(card.id) == card.version and (not breakdown or breakdown in found.can_break_down):
            then.append(_by_group(protect(figures(store, calculation_id, card.id, breakdown), INSIDE)))
    is_count = card.unit == "count"
    return {
        group: usual_revision([earlier.get(group, []) for earlier in then], latest, is_count=is_count)
        for group, latest in _by_group(now).items()
    }


def _answered(
    whole: Mapping[str, Sequence[Protected]],
    published: Mapping[str, Sequence[Protected]],
    held: Mapping[str, Definition],
    judged_by: Mapping[str, Any],
    revised: Mapping[str, Mapping[str, tuple[float, ...]]],
) -> Iterator[tuple[str, dict[str, list[Answer]]]]:
    """Each indicator with its answers, one per group, for readers under each policy.

    A part (`part_of`) has none but inside: two steps of one cohort give a small number by difference, and what hides
    one step would take with it every measure that counts the same records.
    """
    for name, figures_of in whole.items():
        seen, public = _by_group(figures_of), _by_group(published.get(name, ()))
        lines: dict[str, list[Answer]] = {policy: [] for policy in POLICIES if name in published or policy == INSIDE}
        for group in [group for group in seen if group] or [""]:
            of_group, as_published = seen.get(group, []), public.get(group, [])
            answers: dict[bool, Answer] = {}
            for policy in lines:
                shown = of_group if policy == INSIDE else as_published
                is_whole = shown == of_group  # nothing is hidden, so every reader has the same answer
                if is_whole not in answers:
                    asked: dict[str, Any] = {"judged_by": judged_by, "revised": revised[name].get(group, ())}
                    answers[is_whole] = told(held[name], held[name].version, of_group, shown, as_published, **asked)
                line = answers[is_whole]
                lines[policy].append(line if policy == INSIDE else replace(line, revised=()))
        yield name, lines


def _by_group(found: Sequence[Protected]) -> dict[str, list[Protected]]:
    groups: dict[str, list[Protected]] = {}
    for figure in found:
        groups.setdefault(figure.group, []).append(figure)
    return groups


def _published_before(store: "Store", after: str) -> list[Answers]:
    """The answers of each release published before, the last first."""
    found: list[Answers] = []
    while after:
        found.append(kept_answers(store, after))
        after = found[-1].after
    return found


def _before(earlier: Answers, indicator: str, breakdown: str) -> list[Shown]:
    """What one release published before had for this indicator: each figure whole, and as it was published."""
    can = indicator in earlier.versions and (not breakdown or breakdown in earlier.breakdowns.get(indicator, ()))
    pairs: list[Shown] = []
    for by in (("", breakdown) if breakdown else ("",)) if can else ():
        whole, published = (earlier.by_group(indicator, policy, by) for policy in (INSIDE, "publish"))
        for group, line in whole.items():
            pairs += zip(line.figures, published[group].figures, strict=True)
    return pairs


def told(
    definition: Definition,
    version: int,
    whole: Sequence[Protected],
    shown: Sequence[Protected],
    published: Sequence[Protected],
    *,
    judged_by: Mapping[str, Any] = MappingProxyType({}),
    until: date | None = None,
    revised: tuple[float, ...] = (),
) -> Answer:
    """One line's answer: its word from whole figures, told as far as they are shown. `until`: no period ends later.

    `revised`: how far late records moved the release's latest months before. A month that is not among its latest, as
    when a paper stops at an earlier day, has its records in by so much.
    """
    kept = [figure for figure in shown if until is None or figure.period.ends_on <= until]
    months, years = (_settled(kept, whole, kind, until) for kind in ("month", "year"))
    in_by_now = len(_settled(shown, whole, "month")) - len(months)
    found = _assessed(definition, whole, [*months, *years], published, judged_by, revised[in_by_now:])
    return Answer(
        indicator=definition.id,
        version=version,
        group=shown[0].group if shown else "",
        figures=tuple(kept),
        said=Said(found.claim, found.headline, found.sentence, found.warnings, found.latest, found.chance),
        latest_month=months[-1] if months else None,
        latest_year=years[-1] if years else None,
        n_not_yet_known=sum(figure.period.kind == "month" for figure in kept) - len(months),
        drawing=draw(definition.title, months, found) if months else None,
        so_far=_so_far(months, years, definition, judged_by.get("notice_on")),
        before_notice=_last_before(years, judged_by.get("notice_on")),
        revised=revised,
    )


def _assessed(
    definition: Definition,
    whole: Sequence[Protected],
    settled: Sequence[Protected],
    published: Sequence[Protected],
    judged_by: Mapping[str, Any],
    revised: tuple[float, ...],
) -> Assessment:
    """What may be said of the periods of `settled`, by the settings that are for every indicator and its own."""
    periods = {figure.period.id for figure in settled}
    rest = ([figure for figure in figures if figure.period.id in periods] for figures in (whole, published))
    all_of_it, as_published = rest
    own = {name: dict(judged_by.get(name, ())).get(definition.id, ()) for name in ("targets", "rebases")}
    settings = {**judged_by, **own, "usual_revision": revised}
    return assess(all_of_it, definition, shown=settled, published=as_published, **settings)


def _so_far(
    months: Sequence[Protected], years: Sequence[Protected], definition: Definition, notice_on: date | None
) -> Protected | None:
    """The year so far, unless it ended before the notice: then nothing of it may be judged under the notice."""
    figure = year_so_far(months, years, definition.kind)
    is_before = figure is not None and notice_on is not None and figure.period.ends_on < notice_on
    return None if is_before else figure


def _last_before(years: Sequence[Protected], notice_on: date | None) -> Protected | None:
    before = [year for year in years if notice_on and year.period.ends_on < notice_on and not year.period.is_part]
    return before[-1] if before else None


def _settled(
    shown: Sequence[Protected], whole: Sequence[Protected], kind: str, until: date | None = None
) -> list[Protected]:
    """The figures of a kind, up to the last of which most is known; by the whole figures, so the same for every reader.

    A group of children that has not yet run its time (re-opened within 12 months, asked after 3) is mostly unknown:
    it is in the table, but neither "latest" nor in the chart.
    """
    kept = [each for each in whole if each.period.kind == kind and (until is None or each.period.ends_on <= until)]
    while kept and kept[-1].is_mostly_unknown:
        kept.pop()
    settled = {figure.period.id for figure in kept}
    return [figure for figure in shown if figure.period.id in settled]


def _periods(found: Sequence[Protected]) -> list[dict[str, Any]]:
    return [as_facts(figure.period) for figure in found]


def _as_file(lines: Sequence[Answer]) -> dict[str, Any]:
    """The answers of one indicator and breakdown. Every group has the same periods, so they are written once."""
    return {"periods": _periods(lines[0].figures) if lines else [], "groups": [as_kept(line) for line in lines]}


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
