"""Shipped and local content as data: a YAML file read strictly and held to a JSON schema, for every room with some.

A repeated key, an unknown key or a value of the wrong shape is refused with its path in the file. Dates stay text
("2013-09-12") until somebody needs one. Not here: what is done with the content (services). Rule: a file is taken
whole or not at all.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

_LARGEST: Final = 2 * 1024 * 1024


class UnreadableLibraryFile(Exception):
    """A file of content that cannot be taken. `path` is where in it; the message says what to do."""

    def __init__(self, name: str, path: str, problem: str) -> None:
        self.path = path
        where = f"{name}, at {path}" if path else name
        super().__init__(f"{where}: {problem} Correct the file and load it again. Nothing was changed.")


# The same safe loader in C, which the wheels bring: ten times faster on a notice.
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_SAFE):  # type: ignore[misc]
    """Dates stay text, and a key given twice is an error."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                problem = f"the key “{key.value}” is given twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class LibraryFile:
    """A file's content, checked, with the hash of its bytes."""

    name: str
    sha256: str
    content: dict[str, Any]


def found_in(file: Path, library: Path) -> Path:
    """The file itself, or the one that ships under its name."""
    if file.is_file():
        return file
    shipped = library / file.name
    if not shipped.is_file():
        names = ", ".join(sorted(path.name for path in library.glob("*.yaml")))
        raise UnreadableLibraryFile(str(file), "", f"There is no such file, and none ships under its name ({names}).")
    return shipped


def read(file: Path, schema: Path) -> LibraryFile:
    """The file, read strictly and held to the schema. Raises UnreadableLibraryFile, with the path of the fault."""
    return read_text(file.name, file.read_bytes(), schema)


def read_text(name: str, raw: bytes, schema: Path) -> LibraryFile:
    """The same of what was typed or sent, called by a name."""
    if len(raw) > _LARGEST:
        raise UnreadableLibraryFile(name, "", "The file is larger than 2 MB.")
    try:
        content = yaml.load(raw.decode("utf-8-sig"), Loader=_Strict)  # noqa: S506  (_Strict is a SafeLoader)
    except UnicodeDecodeError as wrong:
        raise UnreadableLibraryFile(name, "", "The file is not UTF-8 text.") from wrong
    except yaml.MarkedYAMLError as wrong:
        line = f"line {wrong.problem_mark.line + 1}" if wrong.problem_mark else ""
        raise UnreadableLibraryFile(name, line, f"{_sentence(wrong.problem or 'not YAML')}") from wrong
    except yaml.YAMLError as wrong:
        raise UnreadableLibraryFile(name, "", "The file is not YAML.") from wrong
    _hold_to(content, schema, name)
    return LibraryFile(name, hashlib.sha256(raw).hexdigest(), content)


def _hold_to(content: Any, schema: Path, name: str) -> None:
    import jsonschema

    checker = jsonschema.FormatChecker(formats=())
    checker.checks("date", raises=ValueError)(_is_date)
    rules = jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")), format_checker=checker)
    problem = min(rules.iter_errors(content), key=lambda error: list(map(str, error.absolute_path)), default=None)
    if problem is not None:
        raise UnreadableLibraryFile(name, _path_of(problem, content), _sentence(_problem_words(problem)))


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


def _path_of(problem: Any, content: Any) -> str:
    """The path, with a list's item named by its own ref or id: requirements[R12].when.kind."""
    words, here = "", content
    for step in problem.absolute_path:
        here = here[step]
        if isinstance(step, int):
            label = here.get("ref") or here.get("id") if isinstance(here, dict) else None
            words += f"[{label or step + 1}]"
        else:
            words += f".{step}" if words else str(step)
    return words


def _problem_words(problem: Any) -> str:
    if problem.validator == "additionalProperties":
        known = {*problem.schema.get("properties", {})}
        unknown = [key for key in problem.instance if key not in known]
        return f"unknown key {', '.join(f'“{key}”' for key in unknown)}"
    if problem.validator == "required":
        missing = [key for key in problem.validator_value if key not in problem.instance]
        return f"missing {', '.join(f'“{key}”' for key in missing)}"
    if problem.validator is None:
        return f"{problem.instance!r} does not belong with this kind"
    return str(problem.message)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."
