"""What people and files say leaves in spreadsheets as text, and runs on nobody's machine."""

import ast
import csv
import io
import re
import zipfile
from types import SimpleNamespace

import pytest

from holdfast import analytics
from holdfast.pages.files import FORMULAS
from holdfast.performance.selectors.written import csv_text
from holdfast.plan.spreadsheet.columns import COLUMNS, HEADS
from holdfast.plan.spreadsheet.writing import as_csv, as_xlsx
from house.ground import modules, place

FILES = "src/holdfast/pages/files.py"


def test_every_module_that_writes_a_spreadsheet_makes_its_text_plain():
    """Promise: CSV is written in one place, through plain_cell, and XLSX by a library that is told to guess nothing.

    Not asked of the invented authority: it writes what councils send, for us to read, and nobody types into it.
    """
    unsafe = []
    for path, tree in modules():
        if path.parent.name == "synthetic":
            continue
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        written = {function.rpartition(".")[2] for function in called}
        if called & {"csv.writer", "csv.DictWriter"} and place(path) != FILES:
            unsafe.append(place(path))
        if "xlsxwriter.Workbook" in called and ("write" in written or "strings_to_formulas" not in path.read_text()):
            unsafe.append(place(path))
    assert not unsafe


def test_a_file_leaves_by_one_way():
    """Promise: what a browser is to keep and not open is answered by jobs.attachments.download (edges.py marks it)."""
    saying = {place(path) for path, _ in modules() if "Content-Disposition" in path.read_text(encoding="utf-8")}
    assert saying == {"src/holdfast/jobs/attachments.py", "src/holdfast/web/edges.py"}


@pytest.mark.parametrize("start", FORMULAS)
def test_no_cell_of_an_exported_plan_is_a_formula_whatever_was_typed(start):
    typed = start + "cmd|' /C calc'!A0"
    text = {column.head: typed if column.form != "date" else "2014-02-10" for column in COLUMNS}
    _, row = csv.reader(io.StringIO(as_csv([text]).decode("utf-8-sig"), newline=""))
    assert len(row) == len(HEADS)
    assert not [cell for cell in row if cell.startswith(FORMULAS)]
    with zipfile.ZipFile(io.BytesIO(as_xlsx([text], [("Agency", typed, typed)]))) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/")]
    assert sheets
    assert not re.search(r"<f[ >]|<hyperlink", "".join(sheets))
    with zipfile.ZipFile(io.BytesIO(as_xlsx([text], [], "Invented"))) as packed:
        assert "&amp;LInvented" in packed.read("xl/worksheets/sheet1.xml").decode(), "at the head of each page"


@pytest.mark.parametrize("start", FORMULAS)
def test_no_cell_of_exported_figures_is_a_formula_whatever_a_return_said(start):
    period = analytics.Period("2014-01", "month", _day("2014-01-01"), _day("2014-01-31"), "January 2014")
    figure = analytics.Protected(period, f"{start}cmd()", 10, 40, 0)
    release = SimpleNamespace(number=1, calculation_id="a" * 64, as_at=_day("2014-01-31"))
    definition = SimpleNamespace(id="I04", title=f"{start}cmd()", unit="per cent", still_open="")
    head, row = csv.reader(io.StringIO(csv_text(definition, 1, release, "sex", [figure]), newline=""))
    assert len(head) == len(row)
    assert not [cell for cell in row if cell.startswith(FORMULAS)]


def _day(words):
    from datetime import date

    return date.fromisoformat(words)
