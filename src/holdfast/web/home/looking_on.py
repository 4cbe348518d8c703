"""The homes of those who look on and change nothing: elected members, and the Department's observer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from holdfast.access import clock
from holdfast.access.visits import visited_before
from holdfast.notice.positioning import JUDGED_MET
from holdfast.notice.selectors import positions
from holdfast.notice.selectors.positions import PositionLine
from holdfast.pages.tables import Cell, Table
from holdfast.pages.words import counted, date_words
from holdfast.performance.selectors import indicators
from holdfast.performance.selectors.indicators import ScorecardLine, luck_words
from holdfast.reports import selectors as reports
from holdfast.web.home.answer import MOST, Home, Plain, Thing, Verdict, brief, five, said, sentences
from holdfast.web.home.asked import IMPROVING, WORSENING, Asked
from holdfast.web.home.board import board_words
from holdfast.web.home.things import elsewhere, figure_of, meets, requirement_things

WORDS = dict.fromkeys(IMPROVING, "Yes") | dict.fromkeys(WORSENING, "No")
CANNOT_TELL = "Cannot tell"
COLOURS = {"Yes": "green", "No": "red", CANNOT_TELL: "grey"}


def elected_member(asked: Asked) -> Home:
    """Yes, no or cannot tell, in those words, with how many measures each; three charts; and what was asked before."""
    if asked.release is None:
        words = "No figures have been published yet, so nobody can say from them whether children are safer"
        later = "The answer appears with the first release."
        return Home(sentences(words), _asked_before(asked), later, elsewhere(asked))
    measures = _of_children(asked)
    verdicts = [
        Verdict(word, [line.definition.title for line in measures if _word(line) == word], COLOURS[word])
        for word in COLOURS
    ]
    n_yes, n_no, n_cannot = (len(verdict.titles) for verdict in verdicts)
    sentence = f"Yes for {n_yes or 'none'} of {len(measures)} measures, no for {n_no or 'none'}, and for "
    sentence += f"{n_cannot or 'none'} we cannot tell: "
    sentence += f"figures up to {date_words(asked.release.as_at)}"
    things = _asked_before(asked)
    before = "" if things else "Members’ scrutiny has recommended nothing yet."
    home = Home(sentences(sentence), things, "", elsewhere(asked), verdicts, _charts(asked), before)
    return replace(home, more=_how(asked), more_title="How we know")


def _asked_before(asked: Asked) -> list[Thing]:
    """What members recommended, the latest first, and what came of each."""
    return [
        Thing(
            f"Recommendation {line.recommendation.number}",
            asked.url("scrutiny"),
            f"{brief(line.recommendation.text).rstrip('.')} ({date_words(line.recommendation.made_on)})",
            brief(line.responses[-1].words) if line.responses else f"Ask the {line.recommendation.asked_of.title}.",
            line.state,
            "red" if not line.responses else "grey",
        )
        for line in asked.recommended[:MOST]
    ]


def _of_children(asked: Asked) -> list[ScorecardLine]:
    """The measures of what happens to children: whether a plan's actions are done is no answer to this home."""
    return [line for line in asked.scorecard if line.definition.is_of_children]


def _word(line: ScorecardLine) -> str:
    claim = line.assessment.claim
    return next((word for claims, word in WORDS.items() if claim in claims), CANNOT_TELL)


def _how(asked: Asked) -> list[str]:
    """How we know, a sentence each."""
    return said(
        "Every measure is counted from the council's own returns",
        "We say yes or no only where the change is more than chance would give; where it is not, or too little is "
        "known, we cannot tell",
        "A “c” is a number hidden so that no child can be picked out",
        luck_words(_of_children(asked)),
    )


def _charts(asked: Asked) -> list[Plain]:
    """Three measures: one for each word as far as there is one, and the rest of those of which we cannot tell."""
    picked = []
    for word in ("No", "Yes", CANNOT_TELL):
        lines = [line for line in _of_children(asked) if _word(line) == word and line.definition.polarity != "neither"]
        picked += [line for line in lines if line.latest_month is not None][
            : 1 if word != CANNOT_TELL else 3 - len(picked)
        ]
    charts = []
    for line in picked:
        drawing = indicators.series(asked.user, asked.code, line.definition.id).drawing
        url = asked.url("indicator", line.definition.id)
        if drawing is not None:
            better = "Higher is better." if line.definition.polarity == "higher" else "Lower is better."
            figure = f"{figure_of(line)}. {better}"
            charts.append(Plain(line.definition.title, _word(line), figure, url, drawing, _months(drawing)))
    return charts


def _months(drawing: Any) -> Table:
    """The months of a drawing in few words, newest first; one in which nothing was counted is left out."""
    if drawing.table_head[2:3] != ["Out of, known"]:
        return Table(drawing.title, ["Month", "Number"], [row[:2] for row in reversed(drawing.table_rows)], [])
    rows: list[list[Cell]] = []
    for month, n_in, n, share, unknown, *_ in reversed(drawing.table_rows):
        of = f"{n_in} of {n}" if unknown == "0" else f"{n_in} of {n}, {unknown} not known"
        if n != "0":
            rows.append([month, {"text": share, "hint": of}])
    return Table(drawing.title, ["Month", "Per cent"], rows, [])


def dfe_observer(asked: Asked) -> Home:
    """The evidence against each line, and what moved since the last visit, each with what moved it."""
    if asked.positions is None:
        return Home("No notice has been loaded yet.", (), "Its requirements will appear here.", elsewhere(asked))
    stands = _standing_words(asked.standing)
    before = visited_before(asked.user)
    if before is None:
        since = "This is your first visit, so nothing has moved since"
        return Home(
            sentences(stands, since),
            five(requirement_things(asked, "not met", "at risk")),
            "",
            elsewhere(asked),
            more=said(meets(asked)),
        )
    day = clock.day_of(before)
    moved, papers = _moved_since(asked, day), _papers_since(asked, day)
    since = f"since your visit on {date_words(day)}, {counted(len(moved), 'position')} changed and "
    since += f"{counted(len(papers), 'paper')} came"
    things, changed = five(moved, papers), {thing.what for thing in moved}
    things += [thing for thing in requirement_things(asked, "not met", "at risk") if thing.what not in changed]
    left = [f"{thing.what}: {thing.figure}" for thing in moved if thing not in things]
    return Home(
        sentences(stands, since),
        things[:MOST],
        f"Nothing has changed since {date_words(day)}.",
        _ways_down(asked) + elsewhere(asked),
        more=said(*left, meets(asked), board_words(asked)),
        more_title="What else changed, and what stands today" if left else "What else stands today",
    )


def _standing_words(n: Mapping[str, int]) -> str:
    """Every requirement, at the position it stands at: the numbers add up to all of them."""
    are = "is" if n["met"] == 1 else "are"
    each = f"of {sum(n.values())} requirements {n['met']} {are} met, {n['on track']} on track, {n['at risk']} at risk, "
    each += f"{n['not met']} not met, {n['no evidence']} without evidence, {n['not due']} not due"
    return f"{each}; {n[JUDGED_MET]} judged met though the records do not show it" if n[JUDGED_MET] else each


def _moved_since(asked: Asked, day: date) -> list[Thing]:
    """Positions that differ from those of the day, the worst first, each with what moved it."""
    then = {line.requirement.ref: line for line in positions.position_lines(asked.user, asked.code, day)}
    worst = {position: place for place, (position, _) in enumerate(positions.counts([]))}
    changed = [
        (line, then[line.requirement.ref])
        for line in asked.positions or ()
        if line.requirement.ref in then and then[line.requirement.ref].position != line.position
    ]
    return [
        Thing(
            str(line.requirement),
            asked.url("requirement", line.requirement.ref),
            f"{before.position} on {date_words(day)}, {line.position} now",
            _what_moved(line, before, day),
            line.position.capitalize(),
            line.colour,
        )
        for line, before in sorted(changed, key=lambda pair: worst[pair[0].position])
    ]


def _what_moved(line: PositionLine, before: PositionLine, day: date) -> str:
    """The acceptance, the judgement, the records or the date: whichever came since, in that order."""
    decided, judged = line.acceptance, line.judgement
    if decided is not None and decided.decided_on > day:
        word = "Accepted" if decided.is_accepted else "Declined"
        return f"{word} by {decided.decided_by.display_name} on {date_words(decided.decided_on)}."
    if judged is not None and judged.judged_on > day:
        return f"Judged {judged.says} by {judged.judged_by.display_name} on {date_words(judged.judged_on)}."
    was = {name: answer.state for name, answer in before.answers}
    fresh = next((answer for name, answer in line.answers if was.get(name) != answer.state), None)
    if fresh is not None:
        return brief(fresh.sentence)
    return f"Its date, {date_words(line.due.on)}, has come." if line.due.on else "The records moved it."


def _papers_since(asked: Asked, day: date) -> list[Thing]:
    """Editions of reports frozen after the day, the newest first."""
    frozen = [edition for edition in reports.editions(asked.user, asked.code) if clock.day_of(edition.frozen_at) > day]
    return [
        Thing(
            edition.in_words,
            asked.url("edition", edition.kind, edition.on, edition.number),
            f"frozen {date_words(clock.day_of(edition.frozen_at))}",
            "Read what it says of each requirement.",
            "New paper",
            "blue",
        )
        for edition in sorted(frozen, key=lambda edition: edition.frozen_at, reverse=True)
    ]


def _ways_down(asked: Asked) -> list[tuple[str, str]]:
    """From what is claimed to the release that it rests on, and to what was judged met and by whom."""
    found = [("Requirements that are met, and who judged them", asked.url("positions", query="position=met"))]
    if asked.release is not None:
        url = asked.url("release_page", asked.release.number)
        found.append((f"Release {asked.release.number}, which every figure comes from", url))
    return [(words, url) for words, url in found if url]
