"""The worked examples of census rules, read from their text: small modules, and the rows that are marked as named."""

from typing import Any

Modules = dict[str, list[dict[str, Any]]]
Named = set[tuple[str, int]]
HEADER = [{"ReferenceDate": "2026-03-31"}]


def examples(text: str) -> list[tuple[Modules, Named]]:
    """Each set of modules in the text, with the rows that begin with "!"; a module that comes again begins another set.

    A dash is NULL. Where no header is given there is one, of 31 March 2026.
    """
    found: list[tuple[Modules, Named]] = [({}, set())]
    for block in text.split("\n\n"):
        module, columns, rows, named = _module(block)
        if module in found[-1][0]:
            found.append(({}, set()))
        found[-1][0][module] = [dict(zip(columns, row, strict=True)) for row in rows]
        found[-1][1].update((module, number) for number in named)
    for modules, _ in found:
        modules.setdefault("Header", HEADER)
    return found


def _module(block: str) -> tuple[str, list[str], list[list[str | None]], list[int]]:
    head, *lines = [line.split() for line in block.strip().splitlines()]
    named = [number for number, cells in enumerate(lines) if cells[0] == "!"]
    rows = [[None if cell == "-" else cell for cell in cells[cells[0] == "!" :]] for cells in lines]
    return head[0].removesuffix(":"), head[1:], rows, named
