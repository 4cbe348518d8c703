"""A question set from a file or from what somebody typed: read strictly, held to the schema, and found to make sense.

The scales that ship (library/scales.yaml) may be named by any set; those it names are written into it, so that a
version holds every word that was on the page. Rule: the whole is taken or nothing, with the path of the fault.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from holdfast.jobs.library_files import UnreadableLibraryFile, found_in, read, read_text
from holdfast.questions.wording import UnsoundSet, wording_of

LIBRARY: Final = Path(__file__).parent / "library"
SCHEMA: Final = LIBRARY / "question-set.schema.json"
SCALES_SCHEMA: Final = LIBRARY / "scales.schema.json"


def shipped() -> list[Path]:
    """The files of question sets that ship."""
    return sorted(path for path in LIBRARY.glob("*.yaml") if path.name != "scales.yaml")


def from_file(file: Path) -> dict[str, Any]:
    """The content in a file, or in the one that ships under its name. Raises UnreadableLibraryFile."""
    found = found_in(file, LIBRARY)
    return _sound(found.name, read(found, SCHEMA).content)


def from_text(text: str) -> dict[str, Any]:
    """The content in what was typed. Raises UnreadableLibraryFile."""
    name = "What was typed"
    return _sound(name, read_text(name, text.encode(), SCHEMA).content)


def as_text(content: dict[str, Any]) -> str:
    """The content as somebody may change it: from_text of it is the same content."""
    ordered = {key: content[key] for key in ("set", "principles", "scales", "sections") if key in content}
    return yaml.safe_dump(ordered, sort_keys=False, allow_unicode=True, width=110)


def _sound(name: str, content: dict[str, Any]) -> dict[str, Any]:
    own = {scale["code"] for scale in content.get("scales", [])}
    named = [one.get("scale") for section in content["sections"] for one in section["questions"]]
    borrowed = [scale for code, scale in _shipped_scales().items() if code in named and code not in own]
    whole = {**content, "scales": [*content.get("scales", []), *borrowed]}
    try:
        wording_of(whole)
    except UnsoundSet as odd:
        raise UnreadableLibraryFile(name, odd.path, odd.problem[:1].upper() + odd.problem[1:]) from odd
    return whole


@cache
def _shipped_scales() -> dict[str, dict[str, Any]]:
    content = read(LIBRARY / "scales.yaml", SCALES_SCHEMA).content
    return {scale["code"]: scale for scale in content["scales"]}
