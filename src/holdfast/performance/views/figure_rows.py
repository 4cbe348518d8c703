"""Rows of tables for figures, definitions, moves and the records behind a figure.

Each cell is made from protected figures: a hidden part is "c" wherever it appears. Rule: an account that may not see
child records gets no link to them.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import Actor, may
from holdfast.access.permissions import Permission
from holdfast.pages.tables import Cell, Column, link, table
from holdfast.pages.words import counted, day_or, month_words, months_words, upper_first
from holdfast.performance.selectors import outcomes, written
from holdfast.performance.selectors.indicators import NEVER_HELD, luck_words
from holdfast.performance.selectors.revisions import cause_words, whole_words
from holdfast.performance.selectors.worklists import CLOCKS
from holdfast.performance.views.rows import day

if TYPE_CHECKING:
    from holdfast.performance.selectors.cases import CasesSeen
    from holdfast.performance.selectors.indicators import ScorecardLine, Series

MOST_MOVES = 200
CLAIM_COLOURS = {
    "improving": "green",
    "improved and steady since": "green",
    "worsening": "red",
    "worsened and steady since": "red",
    "no clear change": "grey",
    "too little to tell": "grey",
    "not held": "grey",
}
SAYS_NO_CHANGE = ("no clear change", "too early to say", "too little to tell")
"""The verdicts that say of nothing that it changed: their parts of the scorecard are closed at first."""
NOT_HELD, WITH_TARGET = "not held", "with a target, and no change that can be said"


SHOWN_AT_FIRST = 13
"""Periods in the open table: a year and the same month before it. Earlier ones are folded under it."""


def period_short(period: Any) -> str:
    """January 2014; "April 2013 to January 2014, part year" for a year that is not over."""
    if not period.is_part:
        return str(period.words)
    return f"{months_words(period.starts_on, period.ends_on)}, part year"


def _when(figure: "analytics.Protected | None", line: "ScorecardLine") -> Cell:
    """A figure with its own period under it, and how far it may be trusted: its range, and why some are not known."""
    if figure is None:
        return line.none_words
    trust = written.trust_words(figure, line.definition)
    hint = f"{period_short(figure.period)}. {trust}" if trust else period_short(figure.period)
    return {"text": written.printed_words(figure, line.definition), "hint": hint}


def _with_open(cell: Cell, line: "ScorecardLine") -> Cell:
    """What was finished in time is never shown without what is open and already over."""
    if not line.open_words or not isinstance(cell, dict):
        return cell
    return {**cell, "hint": f"{cell['hint'].rstrip('.')}. {line.open_words}"}


def _target(line: "ScorecardLine", programme: str) -> Cell:
    """The target of the latest month, linked to its decision; under it how near the figure is, and what holds next."""
    unit, coming = line.definition.unit, ""
    if line.coming is not None:
        coming = f"from {month_words(line.coming.from_on)} {line.coming.words(unit)}"
    if line.aim is not None:
        words = f"{upper_first(line.aim.words(unit))} ({line.aim.target.decision})"
        parts = (line.set_after_words, line.near_words, coming)
        hint = ". ".join(upper_first(part) for part in parts if part)
        return link(words, "decision", programme, line.aim.target.decision, hint=hint)
    if line.coming is not None:
        decision = line.coming.target.decision
        return link(f"{upper_first(coming)} ({decision})", "decision", programme, decision, hint="None holds yet")
    return "none set"


def _verdict(line: "ScorecardLine") -> str:
    return line.assessment.claim if line.is_held else NOT_HELD


def _part(line: "ScorecardLine") -> str:
    has_target = line.aim is not None or line.coming is not None
    return WITH_TARGET if has_target and _verdict(line) in (*SAYS_NO_CHANGE, NOT_HELD) else _verdict(line)


def scorecard_parts(lines: Sequence["ScorecardLine"], programme: str, release: int | None = None) -> dict[str, Any]:
    """The scorecard by verdict, worse first. Closed: where no change can be said and no target was set."""
    asked = {"release": str(release or "")}
    columns = [
        Column[Any](
            "Indicator",
            lambda line: (
                link(line.definition.title, "indicator", programme, line.definition.id, **asked)
                | {"hint": f"{line.definition.id}. {line.polarity_words}."}
            ),
        ),
        Column[Any](
            "Verdict",
            lambda line: {"text": upper_first(_verdict(line)), "tag": CLAIM_COLOURS.get(_verdict(line), "blue")},
        ),
        Column[Any]("Latest month", lambda line: _with_open(_when(line.latest_month, line), line)),
        Column[Any]("Target", lambda line: _target(line, programme)),
        Column[Any]("Latest year", lambda line: _when(line.latest_year, line)),
        Column[Any]("What may be said", lambda line: line.assessment.headline if line.is_held else NEVER_HELD),
    ]
    verdicts = sorted(analytics.CLAIMS, key=lambda word: (word in SAYS_NO_CHANGE, word not in analytics.WORSE))
    parts = []
    for title in (*verdicts[: -len(SAYS_NO_CHANGE)], WITH_TARGET, *verdicts[-len(SAYS_NO_CHANGE) :], NOT_HELD):
        within = [line for line in lines if _part(line) == title]
        if within:
            said = {"title": upper_first(title), "note": counted(len(within), "indicator")}
            is_open = title not in (*SAYS_NO_CHANGE, NOT_HELD)
            parts.append(said | {"table": table(said["title"], columns, within), "is_open": is_open})
    return {"lede": _verdict_words(lines), "parts": parts, "by_luck": luck_words(lines)}


def _verdict_words(lines: Sequence["ScorecardLine"]) -> str:
    """Of how many indicators a change for the worse, and for the better, may be claimed: before any of them is read."""
    n_worse, n_better = (
        sum(line.is_held and _verdict(line) in words for line in lines) for words in (analytics.WORSE, analytics.BETTER)
    )
    said = f"{n_worse or 'none'} can be said to have got worse and {n_better or 'none'} to have got better"
    return f"Of {counted(len(lines), 'indicator')}, {said}."


def definition_facts(card: "analytics.Definition") -> list[dict[str, Any]]:
    """The card: what is counted, of what, who is left out, why, and what nobody has checked yet."""
    reviewed = f"{card.version}, reviewed {day(card.reviewed_on)}, to be reviewed by {day(card.review_by)}"
    reviewed += ", which has passed" if card.review_by < clock.today() else ""
    return [{"key": head, "value": words} for head, words in (*card.card, ("Version", reviewed))]


def series_choices(seen: "Series") -> list[tuple[str, str]]:
    return [(one, analytics.breakdown_words(one).capitalize()) for one in seen.breakdowns]


def series_rows(seen: "Series", periods: str, user: Actor) -> dict[str, Any]:
    """Head and rows of an indicator's table, newest first: months, or years when asked for."""
    kind = "year" if periods == "year" else "month"
    code, card, release = seen.release.programme.code, seen.definition, str(seen.release.number)
    is_count = card.unit == "count"
    shows_links = may(user, Permission.SEE_CHILD_RECORDS, code)
    shows_groups = bool(seen.breakdown) and not seen.group
    head = ["Period"] + ([analytics.breakdown_words(seen.breakdown).capitalize()] if shows_groups else [])
    n_words = len(head)
    head += (
        [card.in_head] if is_count else ["Share", card.in_head, f"{card.base_head}, known", "Not known", "95% interval"]
    )
    head += [written.OPEN_AND_OVER] if card.still_open else []
    dated = _rows_not_held(seen, kind, len(head))
    for one in seen.of_kind(kind):
        row: list[Cell] = [{"text": period_short(one.period), "header": True}]
        if shows_groups:
            words = analytics.group_words(seen.breakdown, one.group)
            row.append(link(words, "indicator", code, card.id, by=seen.breakdown, group=one.group, release=release))
        dated.append((one.period.starts_on, row + _counts(one, seen, is_count=is_count, shows_links=shows_links)))
    dated.sort(key=lambda placed: placed[0], reverse=True)
    rows = [row for _, row in dated]
    n_open = sum(day == dated[0][0] for day, _ in dated) if shows_groups and dated else SHOWN_AT_FIRST
    by = {"by": seen.breakdown, "group": seen.group, "release": release}
    return {
        "by_words": analytics.breakdown_words(seen.breakdown),
        "group_words": analytics.group_words(seen.breakdown, seen.group),
        "table_caption": f"{card.title}, by {'financial year' if kind == 'year' else 'month'}",
        "head": head,
        "rows": rows[:n_open],
        "earlier_rows": rows[n_open:],
        "numeric_columns": list(range(n_words, len(head))),
        "csv": link("Download these figures as CSV", "indicator_csv", code, card.id, **by),
    }


def _rows_not_held(seen: "Series", kind: str, width: int) -> list[tuple[date, list[Cell]]]:
    """A row for each period of a kind that is not held, with the day it starts: the words, and no number."""
    blank = [""] * (width - 2)
    return [
        (gap.period.starts_on, [_period_not_held(gap), gap.short, *blank])
        for gap in seen.not_held
        if gap.period.kind == kind
    ]


def _period_not_held(gap: "analytics.NotHeld") -> Cell:
    return {"text": gap.period.words, "hint": upper_first(gap.words), "header": True}


def _counts(one: "analytics.Protected", seen: "Series", *, is_count: bool, shows_links: bool) -> list[Cell]:
    def counted(words: str, outcome: str) -> Cell:
        if not shows_links or words in ("0", "c"):
            return words
        return link(
            words,
            "cases",
            seen.release.programme.code,
            seen.definition.id,
            period=one.period.id,
            outcome=outcome,
            breakdown=seen.breakdown,
            group=one.group,
            release=str(seen.release.number),
        )

    n_in = counted(one.n_in_words, "in")
    if is_count:
        return [n_in]
    trust = written.unsure_words(one, seen.definition)
    return [
        {"text": one.share_words, "hint": trust} if trust else one.share_words,
        n_in,
        counted(one.denominator_words, ""),
        counted(one.unknown_words, "unknown"),
        written.interval_words(one),
        *([_open(one, seen)] if seen.definition.still_open else []),
    ]


def _open(one: "analytics.Protected", seen: "Series") -> Cell:
    return written.open_count_words(seen.waiting.get((one.period.id, one.group)))


def move_rows(moves: Sequence["analytics.Move"]) -> dict[str, Any]:
    """Figures that were given before and moved, or are given no more, at most MOST_MOVES. New ones are only counted."""
    moved = [move for move in moves if move.before is not None]
    shown = moved[:MOST_MOVES]
    columns = [
        Column["analytics.Move"]("Period", lambda move: upper_first(move.period.words)),
        Column("Before", lambda move: whole_words(move.before)),
        Column("After", lambda move: whole_words(move.after)),
        Column("Because", lambda move: {"text": move.because.capitalize(), "hint": cause_words(move)}),
    ]
    names = dict.fromkeys(move.indicator for move in shown)
    of_each = {name: [move for move in shown if move.indicator == name] for name in names}
    return {
        "moves": [
            {
                "code": name,
                "title": f"{name} {_title(name)}",
                "note": f"{counted(len(found), 'figure')} moved",
                "table": table(f"Figures of {name} that moved", columns, found),
            }
            for name, found in of_each.items()
        ],
        "shows_moves": bool(moves),
        "n_moves_shown": f"{len(shown):,}",
        "n_moved": f"{len(moved):,}",
    }


def _title(indicator: str) -> str:
    card = analytics.INDICATORS.get(indicator)
    return card.title if card else indicator


def _elapsed(case: "analytics.Row") -> str:
    return "not known" if case.elapsed is None else f"{case.elapsed:,}"


def case_rows(seen: "CasesSeen") -> dict[str, Any]:
    """The records behind a figure, and the links that choose an outcome."""
    unit = seen.definition.elapsed_unit
    columns = [
        Column["analytics.Row"](seen.record_head, seen.name_of),
        Column("Outcome", seen.outcome),
        Column("Due", lambda case: day_or(case.due_on, "no date")),
        Column(unit.capitalize() if unit else "Elapsed", _elapsed),
        Column("Date", lambda case: "still open" if case.unit_id in seen.still_open else day(case.event_on)),
    ]
    code, card = seen.release.programme.code, seen.definition.id
    asked = {"period": seen.asked.period, "breakdown": seen.asked.breakdown, "group": seen.asked.group}
    asked["release"] = str(seen.release.number)
    choices = [link("All", "cases", code, card, **asked)]
    choices += [
        link(words, "cases", code, card, outcome=outcome, **asked) for outcome, words in outcomes.choices(card).items()
    ]
    kept = {name: value for name, value in (*asked.items(), ("outcome", seen.asked.outcome)) if value}
    worklist = next((found for found in CLOCKS.values() if found.indicator in (card, seen.definition.still_open)), None)
    looked = "Your look at this page is in the trail."
    return {
        "warning": f"These are children's records. {looked}" if seen.definition.is_of_children else looked,
        "records": table("Records", columns, seen.page.rows),
        "choices": choices,
        "worklist": link(f"Worklist: {worklist.title.lower()}, soonest due first", "worklist", code, worklist.code)
        if worklist
        else None,
        "query": f"{urlencode(kept)}&",
        "by_words": analytics.breakdown_words(seen.asked.breakdown),
        "group_words": analytics.group_words(seen.asked.breakdown, seen.asked.group),
    }
