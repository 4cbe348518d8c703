"""A notice's requirements set out where the notice says them, in our own words: what stands in for a text not attached.

For a demonstration, whose notice's own sentences are not ours to ship (decision 173). Pure: requirements in, text out,
which splitting.py reads back place by place. Rule: it says at its head, and is told by that head, that it is a summary.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from holdfast.notice.places import in_words
from holdfast.notice.splitting import HEADING, LEAD
from holdfast.pages.words import lower_first

NAME: Final = "summary-in-our-own-words.txt"
OPENS_WITH: Final = "A summary in our own words, not the notice itself"
_HEAD: Final = (
    "It was written from the requirements of “{title}” as this product puts them, for a demonstration whose council, "
    "children and Board are invented. No sentence of it is the notice’s, so quote nothing from it as the notice’s.",
    "The notice’s own text belongs to whoever issued it. Attach it on the page of the notice, or with “holdfast notice "
    "attach FILE”: it takes this summary’s place, and judgements and evidence stay.",
)


class Required(Protocol):
    """As much of a requirement as is said of it."""

    ref: str
    obligation: str
    places: Sequence[Mapping[str, Any]]


def is_summary(text: str) -> bool:
    """Whether a text says at its head that it is a summary, and so is nobody's own words."""
    return text.lstrip("\ufeff \n\r\t").startswith(OPENS_WITH)


def summary(title: str, sections: Sequence[Mapping[str, Any]], requirements: Iterable[Required]) -> str:
    """The requirements in the order of the notice, each with its number and its paragraph, as text to attach."""
    placed: dict[str, dict[str, dict[int, list[str]]]] = {}
    for requirement in requirements:
        for place in requirement.places:
            said = _said(requirement, place, sections)
            items = placed.setdefault(place["section"], {}).setdefault(str(place["item"]), {})
            for sentence in place.get("sentences") or [1]:
                items.setdefault(sentence, []).append(said)
    blocks = [OPENS_WITH, *(words.format(title=title) for words in _HEAD)]
    for section in sections:
        blocks += _section(section, placed.get(section["id"], {}))
    return "\n\n".join(blocks) + "\n"


def _said(requirement: Required, place: Mapping[str, Any], sections: Sequence[Mapping[str, Any]]) -> str:
    """ "Audit case files for quality regularly (R24, bullet 1, sentence 3)", without a stop."""
    where = in_words([place], sections)[0].rpartition(f"{_title(place, sections)}, ")[2]
    return f"{requirement.obligation.rstrip('.')} ({requirement.ref}, {where})"


def _title(place: Mapping[str, Any], sections: Sequence[Mapping[str, Any]]) -> str:
    return next(str(section["title"]) for section in sections if section["id"] == place["section"])


def _section(section: Mapping[str, Any], items: Mapping[str, Mapping[int, list[str]]]) -> list[str]:
    """The blocks of one section: its heading, what leads into its points, and each of them at its depth."""
    opening, title = str(section["opens_with"]), str(section["title"])
    heading = opening if title.startswith(opening) else f"{opening}: {title}"
    if HEADING in items:
        heading = f"{opening}. {_paragraph(items[HEADING])}"
    blocks = [heading]
    if LEAD in items:
        blocks.append(f"{_paragraph(items[LEAD]).rstrip('.')}:")
    is_list = section.get("items", "bullet") != "paragraph"
    places = sorted((item for item in items if item not in (HEADING, LEAD)), key=_number)
    for item in places:
        words = _paragraph(items[item])
        leads = not is_list and any(under.startswith(f"{item}.") for under in places)
        blocks.append(_indent(item, is_list) + (f"{words.rstrip('.')}:" if leads else words))
    return blocks


def _number(item: str) -> list[int]:
    return [int(part) for part in item.split(".")]


def _indent(item: str, is_list: bool) -> str:
    depth = item.count(".") + is_list
    return "    " * (depth - 1) + "- " if depth else ""


def _paragraph(sentences: Mapping[int, list[str]]) -> str:
    """One sentence for each of the notice's, holding every requirement that it makes."""
    every = [sentences[number] for number in sorted(sentences)]
    return " ".join(", and ".join([first, *map(lower_first, more)]) + "." for first, *more in every)
