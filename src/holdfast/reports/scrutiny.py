"""The scrutiny paper: where things stand as elected members may see it, for a committee's pack and on its own page.

Everything is asked as PublicReader, never as who makes it. Rule: nothing is read from an agenda or its minutes, and a
decision taken under a reserved item is counted and not told; so the paper can hold neither.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse

from holdfast.access.doors import SYSTEM, Actor
from holdfast.governance.models import Constitution, Decision
from holdfast.governance.selectors import bodies, decisions, meetings, risks
from holdfast.governance.selectors.assurance import RecommendationLine, recommendations
from holdfast.governance.selectors.risks import RiskLine
from holdfast.governance.selectors.scrutiny import PublicLine, measures_words, public_figures
from holdfast.notice.figures import WORSE
from holdfast.notice.selectors import positions
from holdfast.notice.selectors.notices import NoNotice
from holdfast.notice.selectors.positions import PositionLine
from holdfast.organisation.models import Body
from holdfast.pages.words import counted, date_words, upper_first
from holdfast.reports.document import planning, standing
from holdfast.reports.reader import PublicReader
from holdfast.reports.rendering.tables import Table, tables

RECORD: Final = "scrutiny"
TITLE: Final = "The scrutiny paper: where things stand, as members may see it"
NOBODY_ACTS: Final = "No open action names it."
SAFE: Final = (
    "It holds what members may see, and figures as the public may, whoever made it: a “c” is a number that is hidden "
    "to protect people: it is small, or would give a small one away. Nothing of a reserved item is in it."
)


def scrutiny_records(user: Actor, code: str) -> list[tuple[str, str]]:
    """The record that a committee's paper may be made from: what is attached is worked out when the pack is frozen."""
    return [(RECORD, TITLE)]


def since_of(code: str, before: date, body: Body | None = None) -> date | None:
    """The day of the last meeting held before a day: of a body, or of the scrutiny committee. None: it held none."""
    if body is None:
        found = bodies.constituted(SYSTEM, code).filter(kind=Constitution.Kind.SCRUTINY).order_by("from_on").first()
        body = found.body if found else None
    last = meetings.last_held(SYSTEM, code, body, before) if body else None
    return last.held_on if last else None


def paper_today(code: str, today: date) -> dict[str, Any]:
    """The paper as its page shows it: since the committee last met, with links within the pages."""
    return scrutiny_paper(code, today, since_of(code, today), "")


def scrutiny_paper(code: str, on: date, since: date | None, base: str) -> dict[str, Any]:
    """The paper as on a day: `as_at` and `words` in words, and `tables` in the order that they are read.

    Decisions are those made after `since`; all of them where it is None. `base` begins each link: "" on a page.
    """
    reader = PublicReader(code)
    lines = _positions(reader, code, on)
    stands = standing.chapter(code, lines) if lines else None
    plan = planning.chapter(reader, code, on)
    said = {"standing": stands, "plan": plan, "gaps": None, "indicators": ()}
    reused = tables({**said, "not_achieved": standing.not_achieved(code, lines)}, base)
    figures = public_figures(reader, code, on)
    made = _made_since(reader, code, on, since)
    told = [decision for decision in made if not decisions.is_withheld(reader, decision)]
    return {
        "as_at": f"As on {date_words(on)}. {SAFE}",
        "words": "\n".join(
            [
                *standing.summary(stands)[:1],
                measures_words(figures),
                *planning.summary(plan),
                _decided(len(made), len(told), since),
            ]
        ),
        "tables": [
            *([reused["counts"]] if stands else []),
            _figures(figures, base),
            _off_track(figures, plan["actions"], base),
            reused["not_achieved"],
            reused["late"],
            _decisions(told, code, base, since),
            _risks(risks.risks(reader, code, on), code, base),
            _asked(recommendations(reader, code, on)),
        ],
    }


def _positions(reader: PublicReader, code: str, on: date) -> list[PositionLine]:
    try:
        return positions.position_lines(reader, code, on)
    except NoNotice:
        return []


def _made_since(reader: PublicReader, code: str, on: date, since: date | None) -> list[Decision]:
    made = decisions.decisions(reader, code, on=on)
    return list(made.filter(made_on__gt=since) if since else made)


def _decided(n: int, n_told: int, since: date | None) -> str:
    when = f"since the last meeting, on {date_words(since)}" if since else "so far"
    words = upper_first(f"{counted(n, 'decision was', 'decisions were')} made {when}")
    n_left = n - n_told
    return f"{words}; {n_left} of them under a reserved item, and not told here." if n_left else f"{words}."


def _table(caption: str, head: list[str], rows: list[list[Any]]) -> Table:
    return {"caption": caption, "head": head, "rows": rows, "numeric_columns": []}


def _name(text: str, url: str) -> Table:
    return {"text": text, "url": url, "header": True}


def _figures(figures: Sequence[PublicLine], base: str) -> Table:
    rows = [[_name(line.title, base + line.url), line.figure, line.headline] for line in figures]
    return _table("Every measure, and what may be said of it", ["Measure", "Latest month", "What may be said"], rows)


def _off_track(figures: Sequence[PublicLine], actions: Sequence[Mapping[str, Any]], base: str) -> Table:
    """Each measure that got worse with the open actions that name it, or that none does."""
    rows = []
    for line in figures:
        if line.claim in WORSE:
            named = [each for each in actions if each["indicator"] == line.indicator and not each["is_finished"]]
            doing = [f"{each['ref']} {each['title']} ({each['owner']}, due {each['due_words']})." for each in named]
            rows.append([_name(line.title, base + line.url), " ".join(doing) or NOBODY_ACTS])
    return _table("Measures that got worse, and what is being done", ["Measure", "What is being done"], rows)


def _decisions(told: Sequence[Decision], code: str, base: str, since: date | None) -> Table:
    rows = [
        [
            _name(decision.number, base + reverse("decision", args=[code, decision.number])),
            decisions.where_words(decision),
            decision.text,
            decision.reason,
        ]
        for decision in told
    ]
    caption = f"Decisions since {date_words(since)}" if since else "Decisions so far"
    return _table(caption, ["Decision", "Where", "What was decided", "Why"], rows)


def _risks(lines: Sequence[RiskLine], code: str, base: str) -> Table:
    rows = [
        [
            _name(f"{line.risk.number} {line.risk.title}", base + reverse("risk", args=[code, line.risk.number])),
            line.score_words,
            line.target_words,
            str(line.risk.owner),
        ]
        for line in lines
        if line.lifting is None
    ]
    return _table("Risks, the largest first", ["Risk", "Likelihood by impact now", "Target", "Owner"], rows)


def _asked(lines: Sequence[RecommendationLine]) -> Table:
    rows = [
        [
            {"text": f"{line.recommendation.number}. {line.recommendation.text}", "header": True},
            line.state,
            line.responses[-1].words if line.responses else "None yet",
        ]
        for line in lines
    ]
    return _table("What scrutiny asked before", ["Recommendation", "Stands", "Answer"], rows)
