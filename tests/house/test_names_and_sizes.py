"""Names and sizes that keep the house readable (docs: the house style)."""

import ast
import re

from house.ground import SOURCE, docstrings, modules, place, room_order

BANNED = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "base",
    "manager",
    "managers",
    "misc",
    "handler",
    "data",
    "info",
}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 420, 40, 25


def test_no_file_is_too_long_to_read():
    """Promise: no source file over 420 lines: split it into a folder of the same name, by noun."""
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]
    long = {place(path): n for path in files if (n := len(path.read_text().splitlines())) > LONGEST_FILE}
    assert not long, long


def test_no_function_is_too_long_to_read():
    """Promise: a function is at most 40 lines, a view at most 25, not counting its docstring."""
    long = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                doors = {"requires", "signed_in", "public"} & {
                    ast.unparse(one).split("(")[0] for one in node.decorator_list
                }
                limit = LONGEST_VIEW if doors else LONGEST_FUNCTION
                first = node.body[0]
                words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                spent = first.end_lineno - first.lineno + 1 if words else 0
                if node.end_lineno - node.lineno + 1 - spent > limit:
                    long.append(f"{place(path, node)} {node.name}")
    assert not long, long


def test_no_module_has_a_name_that_says_nothing():
    """Promise: no utils, helpers, common, core, base or manager: a name says what is inside."""
    vague = [place(path) for path, _ in modules() if {path.stem, path.parent.name} & BANNED]
    assert not vague, vague


def test_every_module_says_what_is_here():
    """Promise: every module begins with a docstring (an empty __init__ apart)."""
    silent = [place(path) for path, tree in modules() if tree.body and not ast.get_docstring(tree)]
    assert not silent, silent


def test_the_code_knows_no_council_and_no_year_of_a_notice():
    """Promise: nothing in code is Devon's or 2013's; they are data. Docstrings may cite sources; library/ is data."""
    found = []
    for path, tree in modules():
        if "library" in path.parts:
            continue
        said = docstrings(tree)
        for node in ast.walk(tree):
            names = [
                getattr(node, "name", None) or "",
                getattr(node, "id", None) or "",
                getattr(node, "attr", None) or "",
                getattr(node, "arg", None) or "",
            ]
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                names.append(node.value)
            if any("devon" in name.lower() for name in names if isinstance(name, str)):
                found.append(place(path, node) if hasattr(node, "lineno") else place(path))
    assert not found, found


def test_no_room_but_the_core_holds_a_year_as_a_rule():
    """Promise: as above, of years: no number 2013 or 2014 is written into a room's rules."""
    found = []
    for room in room_order():
        for path, tree in modules():
            if path.parts[len(SOURCE.parts)] != room or room == "analytics" or "library" in path.parts:
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and type(node.value) is int and node.value in (2013, 2014):
                    found.append(place(path, node))
    assert not found, found


def test_templates_hold_no_inline_style_or_script_and_mark_nothing_safe():
    """Promise: the content security policy needs no exception, and no text reaches a page unescaped but a chart."""
    found = []
    inline = re.compile(
        r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|<script(?![^>]*\bsrc=)|javascript:""", re.IGNORECASE
    )
    unescaped = re.compile(r"\|\s*safe\b|autoescape\s+off")
    for path in sorted(SOURCE.rglob("templates/**/*")):
        if not path.is_file():
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if inline.search(line):
                found.append(f"{place(path)}:{number}: inline style or script")
            if unescaped.search(line) and path.name != "chart.html":
                found.append(f"{place(path)}:{number}: unescaped")
    assert not found, found
