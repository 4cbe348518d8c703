"""Shares of one cohort drawn as bars, one under another: an SVG chart, its table and its sentence, from one place.

Not here: a series over time (charts.py), or what may be shown (disclosure). Rules: only presentation attributes, since
the pages allow no inline style; a hidden figure has no bar and says so; the same figures give the same bytes.
"""

import hashlib
from collections.abc import Sequence
from html import escape
from typing import Final

from holdfast.analytics.answers import Drawing
from holdfast.analytics.charts import FONT, INK, QUIET, WIDTH
from holdfast.analytics.disclosure import HIDDEN, Protected

BAR: Final = "#1d70b8"
ROW: Final = 56
LEFT, RIGHT, TOP = 8, 8, 8


def draw_bars(title: str, steps: Sequence[tuple[str, Protected]], *, sentence: str, caption: str = "") -> Drawing:
    """A bar for each step, as long as its share of all, under its words and its figure; with the table and sentence."""
    return Drawing(
        svg=_svg(title, steps, sentence),
        title=title,
        caption=caption,
        sentence=sentence,
        table_head=["Step", "Number", "Out of", "Per cent", "Not known"],
        table_rows=[
            [words, figure.n_in_words, figure.denominator_words, figure.share_words, figure.unknown_words]
            for words, figure in steps
        ],
        numeric_columns=(1, 2, 3, 4),
    )


def _svg(title: str, steps: Sequence[tuple[str, Protected]], sentence: str) -> str:
    height = TOP + ROW * len(steps)
    name = hashlib.sha256(f"{title}{sentence}".encode()).hexdigest()[:12]
    bars = "".join(_bar(place, words, figure) for place, (words, figure) in enumerate(steps))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{name}-title {name}-description">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-description">{escape(sentence)}</desc>'
        f"{bars}</svg>"
    )


def _bar(place: int, words: str, figure: Protected) -> str:
    y, room = TOP + ROW * place, WIDTH - LEFT - RIGHT
    share = None if figure.is_mostly_unknown else figure.share
    bar = ""
    if share is not None:
        bar = f'<rect x="{LEFT}" y="{y + 24}" width="{max(1.0, room * share):.1f}" height="20" fill="{BAR}"/>'
    said = "not shown" if figure.share_words == HIDDEN else figure.share_words
    return (
        f'<rect x="{LEFT}" y="{y + 24}" width="{room}" height="20" fill="none" stroke="{QUIET}"/>{bar}'
        f'<text x="{LEFT}" y="{y + 17}" {FONT} fill="{INK}">{escape(words)}: {escape(said)}</text>'
    )
