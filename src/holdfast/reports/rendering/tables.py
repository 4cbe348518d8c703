"""A report's tables as rows of cells, made once for the page, the HTML file and the PDF alike.

A cell is words, or a dict of text with an optional url, tag (a colour, never the only signal), numeric or header.
Rule: no number is worked out here; every one is in the document.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from holdfast.notice.selectors.positions import TAG_COLOURS
from holdfast.pages.words import listed, lower_first, upper_first
from holdfast.reports.rendering import published

Table = dict[str, Any]
Words = Mapping[str, Any]
LEAST_DRAWN: Final = 3
"""Fewer months than this are said in the table beside, and not drawn."""
NOTHING_COUNTED: Final = "none counted"
SHORT: Final = 330
"""So many letters are about three lines of the printed report, and nine of a phone."""


def tables(document: Words, base: str) -> dict[str, Any]:
    """Every table of the report by name. `base` begins each link: "" on a page, the service's address in a file."""
    return {
        **_standing(document["standing"], base),
        **_plan(document["plan"], base),
        "not_achieved": _not_achieved(document["not_achieved"], base),
        "no_evidence": _no_evidence(document.get("no_evidence", ()), base),
        "gaps": _gaps(document["gaps"]),
        **_of_indicators(document["indicators"], base),
    }


def _of_indicators(found: Sequence[Words], base: str) -> dict[str, Any]:
    """What is said of each indicator. Those of which nothing is held, nothing shown or nothing can be said yet have a
    row in a table of their own kind, and no more: under a heading of its own each would repeat the others."""
    none = [each for each in found if each.get("none_words") == "Not held" and not each["latest_month"]]
    held = [each for each in found if each not in none]
    hidden = [each for each in held if _is_hidden(each)]
    young = [each for each in held if each not in hidden and _is_young(each)]
    told = [each for each in held if each not in hidden and each not in young]
    said: dict[str, Any] = {
        "indicators": _indicators(told, base),
        "each_indicator": [_one_indicator(each, base, found) for each in told],
    }
    if published.sources(found):
        said["sources"] = published.sources_table(found)
    if young:
        said |= {"young": _young(young, base), "young_notes": _notes(young)}
    if hidden:
        said["hidden"] = _hidden(hidden, base)
    return said | ({"not_held": _not_held(none, base)} if none else {})


def _is_hidden(indicator: Words) -> bool:
    """Whether no number of it at all may be shown: of no month, no part-year and no year."""
    figures = [indicator["latest_month"], indicator.get("so_far"), *indicator["years"]]
    shown = [figure for figure in figures if figure and not figure["suppressed"]]
    chart = indicator["chart"]
    return any(figures) and not shown and not any(_is_shown(row) for row in (chart["rows"] if chart else ()))


def _is_young(indicator: Words) -> bool:
    """Whether nothing can be said of it yet but its figures: no full year, no target and no clock that the law sets."""
    is_judged = indicator["claim"] != "too early to say" or indicator.get("target") or indicator["clock"]
    return not is_judged and not indicator["years"]


def _young(found: Sequence[Words], base: str) -> Table:
    return _table(
        "Too early to say of each of these whether it changes: no full year of it is held",
        ["Indicator", "Latest month", "Year so far", "What is counted"],
        (
            [
                _header(f"{each['id']} {each['title']}", base + each["path"]),
                _figure_words(each["latest_month"], each),
                _figure_words(each.get("so_far"), each, "Nothing since the notice"),
                {"text": _counts(each), "hint": " ".join(_own_notes(each, found))},
            ]
            for each in found
        ),
    )


def _hidden(found: Sequence[Words], base: str) -> Table:
    return _table(
        "No number of these may be shown: each is small, or would give a small one away",
        ["Indicator", "What is counted", "What may be said"],
        (
            [
                _header(f"{each['id']} {each['title']}", base + each["path"]),
                {"text": _counts(each), "hint": " ".join(_own_notes(each, found))},
                upper_first(each["claim"]),
            ]
            for each in found
        ),
    )


def _counts(indicator: Words) -> str:
    out_of = f" Out of: {lower_first(indicator['denominator'])}" if indicator["unit"] != "count" else ""
    return f"{indicator['numerator']}{out_of} {indicator['polarity_words']}."


def _own_notes(indicator: Words, among: Iterable[Words]) -> list[str]:
    """What is unverified of this one alone: what is so of several is said once, under the table."""
    shared = Counter(note for each in among for note in each["unverified"])
    return [f"Unverified: {note}" for note in indicator["unverified"] if shared[note] == 1]


def _notes(found: Sequence[Words]) -> list[str]:
    """What is unverified of several of these alike, with which they are."""
    shared = Counter(note for each in found for note in each["unverified"])
    return [
        f"Unverified of {listed([each['id'] for each in found if note in each['unverified']])}: {note}"
        for note, n in shared.items()
        if n > 1
    ]


def _not_held(found: Iterable[Words], base: str) -> Table:
    return _table(
        "Not held: nothing that these need was sent or given",
        ["Indicator", "What it asks"],
        ([_header(f"{each['id']} {each['title']}", base + each["path"]), each["question"]] for each in found),
    )


def _table(caption: str, head: list[str], rows: Iterable[list[Any]], numeric: tuple[int, ...] = ()) -> Table:
    return {"caption": caption, "head": head, "rows": list(rows), "numeric_columns": list(numeric)}


def _header(text: str, url: str = "") -> Table:
    return {"text": text, "url": url, "header": True}


def _position(position: str) -> Table:
    return {"text": upper_first(position), "tag": TAG_COLOURS.get(position, "grey")}


def _standing(stands: Words | None, base: str) -> dict[str, Table]:
    if stands is None:
        return {}
    return {
        "counts": _table(
            "Requirements by position",
            ["Position", "Number", "What it means"],
            ([_position(each["position"]), str(each["n"]), upper_first(each["means"])] for each in stands["counts"]),
            (1,),
        ),
        "duties": _table(
            "Requirements by strength of duty and position",
            ["Duty", *(upper_first(each) for each in stands["positions"]), "All"],
            (
                [_header(each["words"]), *(str(n) for n in each["counts"]), str(each["total"])]
                for each in stands["by_modality"]
            ),
            tuple(range(1, len(stands["positions"]) + 2)),
        ),
        "requirements": _table(
            "Every requirement of the notice",
            ["Requirement", "Duty", "When", "Position"],
            (
                [
                    _header(f"{each['ref']} {each['name']}", base + each["path"]),
                    each["duty"],
                    each["due_words"],
                    _position(each["position"]),
                ]
                for each in stands["requirements"]
            ),
        ),
    }


def _not_achieved(found: Iterable[Words], base: str) -> Table:
    return _table(
        "Requirements that are not met, at risk, or met in words only",
        ["Requirement", "Position", "Why"],
        (
            [
                _header(f"{each['ref']} {each['name']}", base + each["path"]),
                _position(each["position"]),
                " ".join(each["why"]),
            ]
            for each in found
        ),
    )


def _no_evidence(found: Iterable[Words], base: str) -> Table:
    """Nothing in an edition from before papers kept why."""
    return _table(
        "Requirements with no evidence: what is known, and what would be evidence",
        ["Requirement", "What is known", "What would be evidence"],
        (
            [_header(f"{each['ref']} {each['name']}", base + each["path"]), " ".join(each["why"]), each["would_be"]]
            for each in found
        ),
    )


def _gaps(found: Words | None) -> Table:
    counts = found["counts"] if found else []
    return _table(
        "Requirements that something is missing for",
        ["What is missing", "Requirements", "Which"],
        ([_header(each["gap"]), str(each["n"]), ", ".join(each["refs"]) or "none"] for each in counts),
        (1,),
    )


def _indicators(found: Iterable[Words], base: str) -> Table:
    return _table(
        "The latest figure of each indicator",
        ["Indicator", "Latest month", "Year so far", "Last full year", "What may be said"],
        (
            [
                _header(f"{each['id']} {each['title']}", base + each["path"]),
                _with_open(_figure_words(each["latest_month"], each), each),
                _figure_words(each.get("so_far"), each, "Nothing since the notice"),
                _figure_words(each["latest_year"], each),
                {"text": upper_first(each["claim"]), "hint": _target(each)},
            ]
            for each in found
        ),
    )


def _target(indicator: Words) -> str:
    """The target of the latest figure and where it was decided; "" without one, or in an edition from before."""
    target = indicator.get("target")
    if not target:
        return ""
    said = f"Target {target['words']} (decision {target['decision']})"
    return f"{said}, {target['set_afterwards']}" if target["set_afterwards"] else said


def _paragraphs(indicator: Words) -> list[str]:
    """What stands behind the headline, in paragraphs of some lines; an edition from before has one whole."""
    if "headline" not in indicator:
        return [indicator["sentence"], indicator.get("target_words", "")]
    said: list[str] = []
    for words in filter(None, (*indicator["rest"], indicator.get("target_words", ""))):
        if said and len(said[-1]) + len(words) < SHORT:
            said[-1] += f" {words}"
        else:
            said.append(words)
    return said


def _with_open(words: str, indicator: Words) -> str:
    """What was finished in time with what is open and over; not in an edition from before papers kept it."""
    still_open = indicator.get("still_open")
    return f"{words}. {still_open['words']}" if still_open else words


def _trust(indicator: Words) -> str:
    """What is open beside the latest month. How far that may be trusted is in the table's column of what is not known;
    in an edition from before that column said how far off the share could be, it is said here."""
    figure = indicator["latest_month"] or {}
    trust = "" if "range_words" in figure else figure.get("trust_words", "")
    said = f"{figure['period_words']}: {lower_first(trust)}" if trust else ""
    still_open = indicator.get("still_open")
    return " ".join(filter(None, (said, f"{still_open['words']}." if still_open else "")))


def _figure_words(figure: Words | None, indicator: Words, none: str = "None yet") -> str:
    """A figure and when it is of; `none`, or "Not held" where nothing that it needs was sent or given."""
    if figure is None:
        said = str(indicator.get("none_words", none))  # an edition from before papers kept it
        return none if said == "None yet" else said
    return (
        f"{figure['words']}, {lower_first(_period(figure))}"
        if _is_span(figure)
        else f"{figure['words']}, {_period(figure)}"
    )


def _is_span(figure: Words) -> bool:
    """Whether when it is of begins with a word of ours, and not with the name of a month."""
    return str(figure["period_words"]).startswith(("Year", "Part-year", "At "))


def _period(figure: Words) -> str:
    """When a figure is of, and that it was before the notice where it was."""
    return f"{figure['period_words']}{', before the notice' if figure.get('is_before_notice') else ''}"


def _one_indicator(each: Words, base: str, among: Sequence[Words]) -> dict[str, Any]:
    """What is printed under one indicator's heading: its chart as the chart component wants it, and its table."""
    chart = each["chart"] if _is_worth_drawing(each["chart"]) else None
    months = [figure for figure in (each["latest_month"], each.get("so_far")) if figure]
    if len(months) == 2 and months[0]["period"] == months[1]["period"]:  # a stock: the year so far is that day's
        months.pop()
    return {
        "url": base + each["path"],
        "facts": each,
        **_headline(each),
        "said": [words for words in _paragraphs(each) if words],
        "beside": published.beside(each),
        "source_numbers": published.source_numbers(each, among),
        "drawing": {
            "svg": chart["svg"],
            "title": f"{each['id']} {each['title']}, month by month",
            "caption": chart["caption"],
            "table_head": chart["head"],
            "table_rows": chart["rows"],
            "numeric_columns": chart["numeric_columns"],
        }
        if chart
        else None,
        "trust": _trust(each),
        "table": _table(
            f"{each['id']}: latest month, year so far and full years",
            ["Period", "Number"] if each["unit"] == "count" else ["Period", "Per cent", "Not known"],
            (
                [_header(_period(figure)), figure["words"], *_unknown(figure, each["unit"])]
                for figure in [*months, *reversed(each["years"])]
            ),
            (1,) if each["unit"] == "count" else (1, 2),
        ),
    }


def _headline(indicator: Words) -> dict[str, str]:
    """The headline in two: the word it opens with, and what that rests on; an edition from before has it whole."""
    headline = indicator.get("headline", "")
    opening = indicator.get("opening", headline)
    return {"opening": opening, "after_opening": headline.removeprefix(opening).strip()}


def _is_worth_drawing(chart: Words | None) -> bool:
    """Whether enough months are shown to make a line: a frame around nothing takes a third of a page."""
    return chart is not None and sum(_is_shown(row) for row in chart["rows"]) >= LEAST_DRAWN


def _is_shown(row: Sequence[str]) -> bool:
    """Whether a month's row in the table of a chart has a number that is of something."""
    return not {"not shown", NOTHING_COUNTED}.intersection(row)


def _unknown(figure: Words, unit: str) -> list[str]:
    if unit == "count":
        return []
    between = figure.get("range_words")  # an edition from before papers kept it has none
    return [f"{figure['unknown_words']} ({between})" if between else figure["unknown_words"]]


def _plan(plan: Words, base: str) -> dict[str, Table]:
    actions = sorted(plan["actions"], key=lambda each: str(each["due"]))  # as it was due on the paper's day
    late = [each for each in actions if each["state"] == "Late" or _is_missed(each)]
    coming = [each for each in actions if each["falls_due_next"]]
    return {
        "milestones": _table(
            "Milestones",
            ["Milestone", "Owner", "Due", "State"],
            ([_name(each, base), each["owner"], _due(each), _state(each)] for each in plan["milestones"]),
        ),
        "late": _table(
            "Actions not done by the date first promised",
            ["Action", "Owner", "Due", "Why it is late", "What will recover it"],
            ([_name(each, base), each["owner"], _due(each), each["cause"], each["recovery"]] for each in late),
        ),
        "coming": _table(
            "Actions due in the next three months",
            ["Action", "Owner", "Due"],
            ([_name(each, base), each["owner"], _due(each)] for each in coming),
        ),
        "action_counts": _table(
            "Actions by state",
            ["State", "Number"],
            ([_header(each["state"]), str(each["n"])] for each in plan["action_counts"]),
            (1,),
        ),
    }


def _name(each: Words, base: str) -> Table:
    invented = " (invented)" if each.get("is_invented") else ""
    return _header(f"{each['ref']} {each['title']}{invented}", base + each["path"])


def _is_missed(each: Words) -> bool:
    """Whether it was not done by the date first promised. Of what was done late only where the edition kept that."""
    return bool(each.get("days_past_first")) and (not each.get("is_finished", True) or "finished_late_words" in each)


def _state(each: Words) -> str:
    """How a milestone stands; of one that was met late, when and how late; and what the records say against it."""
    doubt = each.get("doubt")
    return f"{each.get('finished_late_words') or each['state']}{f'. But {doubt}' if doubt else ''}"


def _due(each: Words) -> str:
    return f"{each['due_words']}, {each['moved_words']}" if each["moved_words"] else str(each["due_words"])
