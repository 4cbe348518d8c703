"""What a release answers, as it was made when the release was calculated: figures, what may be said, and drawings.

One file for each disclosure policy, indicator and breakdown, and one line of each indicator in scorecard.json. Reading
one needs the standard library alone and works nothing out. Not here: how answers are made (answering.py). Rule: a file
is believed only when its bytes are the ones that the folder's manifest names.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfast.analytics.calculated import _period as period_of
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import Period
from holdfast.analytics.unknowns import REASONS

if TYPE_CHECKING:
    from holdfast.analytics.store import Store

KIND: Final = "answers"
SCORECARD: Final = "scorecard"
INSIDE: Final = "inside"
ALL_KNOWN: Final = (0,) * len(REASONS)
_BETWEEN: Final = re.compile(r"(?<=[.])\s+(?=[A-Z0-9])")
"""What parts the sentences of what may be said: none of ours has a full stop within it that a capital follows."""
# Raised when what is kept, or how it is laid out, changes: answers of the old layout keep their own name.
LAYOUT: Final = 3


class AnswersMissing(LookupError):
    """A release's answers were not kept with it, or a reader asks for one that it does not have."""


@dataclass(frozen=True)
class Said:
    """What may be said of one line: one of CLAIMS, the short sentence, and the whole.

    `headline` and `warnings` are inside `sentence` already. `chance` is how likely so large a difference is if nothing
    changed, for a list of many (claims.luck); None where nothing was compared.

    `latest` is the last figure that the sentence rests on. None when there is none.
    """

    claim: str
    headline: str
    sentence: str
    warnings: tuple[str, ...]
    latest: Protected | None
    chance: float | None = None

    @property
    def opening(self) -> str:
        """The word that the headline opens with, up to its colon; all of a headline that has none."""
        word, colon, _ = self.headline.partition(": ")
        return word + colon.strip()

    @property
    def after_opening(self) -> str:
        """The rest of the headline; "" where the opening is all of it."""
        return self.headline.removeprefix(self.opening).strip()

    @property
    def rest(self) -> list[str]:
        """What the sentence says beside the headline, in sentences, for a list: a page leads with the headline."""
        without = self.sentence.replace(self.headline, "", 1) if self.headline else self.sentence
        return [words for words in _BETWEEN.split(without.strip()) if words]


@dataclass(frozen=True)
class Drawing:
    """A chart with everything a page must show beside it. `numeric_columns` index the columns of numbers."""

    svg: str
    title: str
    caption: str
    sentence: str
    table_head: list[str]
    table_rows: list[list[str]]
    numeric_columns: tuple[int, ...]


@dataclass(frozen=True)
class Answer:
    """One indicator and one group ("" is everybody) over time, as readers under one policy see it.

    `figures`: months in order, then years. `latest_month` and `latest_year` are the last of which most is known; None
    when there is none. `so_far` is the financial year so far, its whole months added up (a stock's last day), unless it
    ended before the notice; `before_notice` the last full year that did. `n_not_yet_known` counts the months after
    `latest_month`: in the figures, and in no chart. `revised` is how far late records moved the latest months before
    (claims.late); () for a reader from whom anything is hidden.
    """

    indicator: str
    version: int
    group: str
    figures: tuple[Protected, ...]
    said: Said
    latest_month: Protected | None
    latest_year: Protected | None
    n_not_yet_known: int
    drawing: Drawing | None
    so_far: Protected | None
    before_notice: Protected | None
    revised: tuple[float, ...] = ()


@dataclass(frozen=True)
class Answers:
    """The answers kept with one release. Immutable, and known by where they are: this is its own key in any cache.

    `calculation` is the release's own name in the store. `after` names the answers they were made beside: those of the
    release published before ("" for the first); `judged_by` says what they were judged by, and `last_day` is the last
    that they tell of.
    """

    root: Path
    id: str
    calculation: str = field(compare=False)
    after: str = field(compare=False)
    judged_by: str = field(compare=False)
    last_day: date = field(compare=False)
    versions: Mapping[str, int] = field(compare=False)
    breakdowns: Mapping[str, tuple[str, ...]] = field(compare=False)
    files: Mapping[str, str] = field(compare=False)

    def by_group(self, indicator: str, policy: str, breakdown: str = "") -> Mapping[str, Answer]:
        """Every group's answer in the order it is read in; "" alone without a breakdown. Raises AnswersMissing."""
        return _by_group(self, f"{policy}/{indicator}/{breakdown or 'all'}.json")

    def is_published(self, indicator: str) -> bool:
        """Whether anybody but those who may see small counts has an answer: a part of another indicator has none."""
        return f"publish/{indicator}/all.json" in self.files

    def scorecard(self, policy: str) -> Mapping[str, Answer]:
        """Each indicator's answer for everybody, without its figures but the latest, and without its drawing."""
        return _scorecard(self, f"{policy}/{SCORECARD}.json")

    def read(self, name: str) -> Any:
        """One file's content. Raises AnswersMissing where there is none, ChangedFolder where it is not as written."""
        from holdfast.analytics.store import ChangedFolder

        if name not in self.files:
            raise AnswersMissing(f"The answers {self.id[:12]} have no {name.removesuffix('.json')}.")
        try:
            content = (self.root / KIND / self.id / name).read_bytes()
        except OSError:
            raise ChangedFolder(KIND, self.id) from None
        if hashlib.sha256(content).hexdigest() != self.files[name]:
            raise ChangedFolder(KIND, self.id)
        return json.loads(content)


def kept_answers(store: "Store", answers_id: str) -> Answers:
    """The answers of this name. Raises NoSuchFolder, ChangedFolder, or AnswersMissing for those of another layout."""
    return _answers(store.root, answers_id)


@lru_cache(maxsize=64)
def _answers(root: Path, answers_id: str) -> Answers:
    from holdfast.analytics.store import Store

    facts, files = Store(root).said(KIND, answers_id)
    if facts.get("layout") != LAYOUT:
        raise AnswersMissing(
            f"The answers {answers_id[:12]} were kept by another version of Holdfast, in a way that this one does not "
            "read. Calculate the release again, and publish it."
        )
    breakdowns = {indicator: tuple(by) for indicator, by in facts["breakdowns"].items()}
    return Answers(
        root,
        answers_id,
        facts["calculation"],
        facts["after"],
        facts["judged_by"],
        date.fromisoformat(facts["last_day"]),
        facts["indicators"],
        breakdowns,
        files,
    )


@lru_cache(maxsize=256)
def _by_group(kept: Answers, name: str) -> Mapping[str, Answer]:
    content = kept.read(name)
    periods = [period_of(fact) for fact in content["periods"]]
    found = [_answer(line, periods) for line in content["groups"]]
    return {answer.group: answer for answer in found}


@lru_cache(maxsize=64)
def _scorecard(kept: Answers, name: str) -> Mapping[str, Answer]:
    content = kept.read(name)
    found = [_answer(line["answer"], [period_of(fact) for fact in line["periods"]]) for line in content]
    return {answer.indicator: answer for answer in found}


def _answer(line: Mapping[str, Any], periods: Sequence[Period]) -> Answer:
    figures = tuple(
        _protected(period, line["group"], counts) for period, counts in zip(periods, line["figures"], strict=True)
    )

    def at(place: int | None) -> Protected | None:
        return None if place is None else figures[place]

    words = (line["claim"], line["headline"], line["sentence"], tuple(line["warnings"]))
    said = Said(*words, at(line["latest"]), line.get("chance"))
    return Answer(
        indicator=line["indicator"],
        version=line["version"],
        group=line["group"],
        figures=figures,
        said=said,
        latest_month=at(line["latest_month"]),
        latest_year=at(line["latest_year"]),
        n_not_yet_known=line["n_not_yet_known"],
        drawing=_drawing(line["drawing"]),
        so_far=_figure(line["so_far"], line["group"]),
        before_notice=at(line["before_notice"]),
        revised=tuple(line.get("revised", ())),
    )


def _protected(period: Period, group: str, counts: Sequence[Any]) -> Protected:
    """A figure as it was kept: three counts, then by why some are not known where any is and that is kept."""
    why = tuple(counts[3]) if len(counts) > 3 else ALL_KNOWN if counts[2] == 0 else None
    return Protected(period, group, counts[0], counts[1], counts[2], why)


def _figure(kept: Mapping[str, Any] | None, group: str) -> Protected | None:
    return None if kept is None else _protected(period_of(kept["period"]), group, kept["counts"])


def _drawing(kept: Mapping[str, Any] | None) -> Drawing | None:
    if kept is None:
        return None
    return Drawing(**{**kept, "numeric_columns": tuple(kept["numeric_columns"])})


def as_kept(answer: Answer) -> dict[str, Any]:
    """An answer as it is written: its figures as counts in the order of the periods, and the places of the latest."""
    places = {figure.period.id: place for place, figure in enumerate(answer.figures)}

    def place_of(figure: Protected | None) -> int | None:
        return None if figure is None else places[figure.period.id]

    from holdfast.analytics.calculation import as_facts  # heavy, and only what writes needs it

    drawing, so_far = answer.drawing, answer.so_far

    def counts_of(figure: Protected) -> list[Any]:
        counts: list[Any] = [figure.n_in, figure.denominator, figure.n_unknown]
        return counts if figure.n_unknown == 0 or figure.why is None else [*counts, figure.why]

    return {
        "indicator": answer.indicator,
        "version": answer.version,
        "group": answer.group,
        "figures": [counts_of(figure) for figure in answer.figures],
        "claim": answer.said.claim,
        "headline": answer.said.headline,
        "sentence": answer.said.sentence,
        "warnings": answer.said.warnings,
        "latest": place_of(answer.said.latest),
        "chance": answer.said.chance,
        "latest_month": place_of(answer.latest_month),
        "latest_year": place_of(answer.latest_year),
        "n_not_yet_known": answer.n_not_yet_known,
        "drawing": None if drawing is None else vars(drawing),
        "so_far": so_far and {"period": as_facts(so_far.period), "counts": counts_of(so_far)},
        "before_notice": place_of(answer.before_notice),
        "revised": answer.revised,
    }


def in_short(answer: Answer) -> Answer:
    """The answer with no figures but the latest, and no drawing: what a scorecard needs."""
    latest = (answer.latest_month, answer.latest_year, answer.said.latest, answer.before_notice)
    kept = {figure.period.id: figure for figure in latest if figure is not None}
    return replace(answer, figures=tuple(kept.values()), drawing=None)
