"""What there is to hold to the promises: the rooms in order, every source file, every address. Found, not listed."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "holdfast"


@cache
def room_order() -> dict[str, int]:
    """Each room and its height, from the import contract: a higher number is a higher room; siblings share one.
    A room in brackets may be absent."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one.get("exhaustive"))
    named = [(room.strip(), height) for height, layer in enumerate(reversed(layers)) for room in layer.split("|")]
    return {
        room.strip("()"): height for room, height in named if room[0] != "(" or (SOURCE / room.strip("()")).is_dir()
    }


def modules(*, migrations: bool = False) -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the product with its syntax tree."""
    for path in sorted(SOURCE.rglob("*.py")):
        if migrations or "migrations" not in path.parts:
            yield path, _parsed(path)


@cache
def _parsed(path: Path) -> ast.Module:
    """A module's syntax tree, which no test changes, parsed once for all that read it."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, node: Any = None) -> str:
    line = f":{node.lineno}" if node is not None else ""
    return f"{path.relative_to(ROOT)}{line}"


def docstrings(tree: ast.Module) -> set[int]:
    """The identities of the constants that are docstrings."""
    found = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            found.add(id(body[0].value))
    return found


@dataclass(frozen=True)
class Address:
    """One address: its URL name, its pattern as written, the view, and an example that reaches it."""

    name: str
    pattern: str
    view: Any
    example: str

    @property
    def line(self) -> str:
        return f"{self.name} /{self.pattern}"


FILLERS = {
    "day": "2031-02-10",
    "int": "1",
    "slug": "ref-1",
    "str": "ref-1",
    "path": "ref-1",
    "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12,
}


def _example(pattern: str, programme: str) -> str:
    def fill(match: re.Match[str]) -> str:
        converter, _, name = match.group(1).rpartition(":")
        return programme if name == "programme" else FILLERS.get(converter or "str", "1")

    return "/" + re.sub(r"<([^>]+)>", fill, pattern)


def addresses(programme: str = "westmere-2031") -> list[Address]:
    """Every address there is, in the order they are tried."""
    from django.urls import URLPattern, get_resolver

    def walk(patterns: Any, before: str) -> Iterator[Address]:
        for one in patterns:
            pattern = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield Address(one.name or "", pattern, one.callback, _example(pattern, programme))
            else:
                yield from walk(one.url_patterns, pattern)

    return list(walk(get_resolver().url_patterns, ""))
