"""The plan as a spreadsheet: out and back the same, every change shown first, faults by row, nothing hidden."""

import csv
import io
import re
import struct
import zipfile
from contextlib import suppress
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from holdfast.access.doors import SYSTEM, Refused
from holdfast.plan import selectors
from holdfast.plan.models import Action, Milestone, Objective
from holdfast.plan.selectors import sheets
from holdfast.plan.services import adding, describing, importing, progress, revising
from holdfast.plan.spreadsheet import reading
from holdfast.plan.spreadsheet.columns import HEADS, fingerprint, table_of

from .conftest import AT, TODAY
from .pages import ALICE, BOB, errors, page, said, words

CODE = "westmere-2031"
SERIAL = "“41729” is the number by which a spreadsheet keeps"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.HOLDFAST_DATA = tmp_path


def edited(*changes, form="csv", more=()):
    """The exported plan as CSV with cells changed, as (reference, column, text), and rows added."""
    rows = list(csv.DictReader(io.StringIO(sheets.exported(SYSTEM, CODE, "csv").decode("utf-8-sig"))))
    for ref, head, text in changes:
        next(row for row in rows if row["Ref"] == ref)[head] = text
    written = io.StringIO()
    writer = csv.DictWriter(written, HEADS, restval="")
    writer.writeheader()
    writer.writerows([*rows, *more])
    return written.getvalue().encode()


def preview(content):
    return sheets.preview_of(SYSTEM, CODE, reading.read(content))


def do(content, by=SYSTEM, seen=None):
    sheet = reading.read(content)
    seen = seen or sheets.preview_of(SYSTEM, CODE, sheet).fingerprint
    programme = Objective.objects.get(ref="O1").programme
    return importing.import_sheet(by=by, at=AT, programme=programme, sheet=sheet, fingerprint=seen)


def faults(content):
    return [(fault.number, fault.column, fault.what, fault.do) for fault in preview(content).faults]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_goes_out_comes_back_and_changes_nothing(small_plan, form: str) -> None:
    adding.add_action(
        by=SYSTEM, at=AT, objective=small_plan.objective, ref="B1", title="=cmd|' /C calc'!A0",
        owner=small_plan.late.owner, due_on=date(2031, 9, 1), detail="Two\nlines; and a semicolon",
        intended_impact="-5 days", terms=adding.Terms(starts_on=TODAY, waits_for=[small_plan.late, small_plan.now]),
    )  # fmt: skip
    seen = preview(sheets.exported(SYSTEM, CODE, form))
    assert (seen.changes, seen.added, seen.faults, seen.notes, seen.does_nothing) == ([], [], [], [], True)
    with pytest.raises(importing.NothingToDo):
        do(sheets.exported(SYSTEM, CODE, form))


def test_ten_edits_are_shown_and_then_done_and_what_stood_before_is_kept(small_plan, post) -> None:
    new = {
        "Kind": "action",
        "Ref": "B1",
        "Title": "New",
        "Objective": "O2",
        "Owner": "Head of plans",
        "Due": "01/09/2031",
    }
    content = edited(
        ("A-late", "Title", "Another title"),
        ("A-late", "Requirements", "A2; A1"),
        ("A-late", "Waits for", "A-now;A-done"),
        ("A-later", "Indicator", "i04"),
        ("A-later", "Direction", "Higher"),
        ("A-later", "Size", "2.50"),
        ("A-later", "Start", "15 June 2031"),
        ("A-now", "Accountable", "head"),
        ("M1", "Title", "Another point"),
        ("M1", "Step of", "A-now"),
        more=[{"Kind": "objective", "Ref": "O2", "Title": "Two"}, new | {"Waits for": "A-late"}],
    )
    seen = preview(content)
    assert not seen.faults
    assert seen.in_words() == "10 changes in 4 rows, 2 new rows, no faults"
    assert Action.objects.get(ref="A-late").title == "Action A-late"
    do(content)
    late, later = (selectors.one_action(SYSTEM, CODE, ref) for ref in ("A-late", "A-later"))
    assert (late.title, [one.ref for one in late.waits_for.all()]) == ("Another title", ["A-done", "A-now"])
    assert (later.indicator, later.impact_direction, str(later.impact_size)) == ("I04", "higher", "2.50")
    assert later.starts_on == date(2031, 6, 15)
    added = selectors.one_action(SYSTEM, CODE, "B1")
    assert (added.due_on, added.objective.ref, [one.ref for one in added.waits_for.all()]) == (
        date(2031, 9, 1),
        "O2",
        ["A-late"],
    )
    assert Milestone.objects.get(ref="M1").action.ref == "A-now"
    assert late.changes.first().before == "Action A-late"
    assert preview(sheets.exported(SYSTEM, CODE, "xlsx")).does_nothing


def test_a_date_that_was_changed_is_refused_and_sent_to_the_board(small_plan) -> None:
    assert faults(edited(("A-late", "Due", "2031-09-30"), ("M1", "First due", "2031-01-01"))) == [
        (
            4,
            "Due",
            "A-late is due on 31 May 2031, and here on 30 September 2031",
            "Put it to the Board: only a decision moves a date. Put the date back",
        ),
        (7, "First due", "The first date of M1 was 15 June 2031", "Put it back: the first date is kept for good"),
    ]
    with pytest.raises(importing.HasFaults):
        do(edited(("A-late", "Due", "2031-09-30"), ("A-late", "Title", "Changed")))
    assert Action.objects.get(ref="A-late").title == "Action A-late"


def test_what_a_milestone_must_reach_is_refused_and_sent_to_the_board_as_on_its_page(small_plan) -> None:
    assert faults(edited(("M1", "Target", "9 in 10"), ("M1", "Indicator", "I04"))) == [
        (
            7,
            "Indicator",
            "The indicator of M1 is empty, and here I04",
            "Put it back. Where another indicator is meant, withdraw the milestone and add another",
        ),
        (
            7,
            "Target",
            "The target of M1 is empty, and here 9 in 10",
            "Put it to the Board: only a decision changes what a milestone must reach. Put it back",
        ),
    ]
    with pytest.raises(importing.HasFaults):
        do(edited(("M1", "Target", "9 in 10")))
    with pytest.raises(ValueError, match="not a part of the plan that is changed here: target"):
        describing.change_planned(by=SYSTEM, at=AT, thing=Milestone.objects.get(ref="M1"), parts={"target": "9 in 10"})


def test_a_file_that_is_out_of_date_is_said_to_be_with_what_has_changed_since(small_plan) -> None:
    """By hand: taken out, then the plan changes two cells; the file changes one of those and one other."""
    old = edited(("A-late", "Title", "Theirs"), ("A-now", "Title", "Mine"))
    fresh = preview(old)
    assert (
        fresh.age_words() == "The file was taken out on 1 June 2031. Nothing in its rows has changed in the plan since."
    )
    late = Action.objects.get(ref="A-late")
    describing.change_planned(by=SYSTEM, at=AT, thing=late, parts={"title": "Changed here", "detail": "New words"})
    seen = preview(old)
    assert seen.age_words().startswith(
        "The file was taken out on 1 June 2031 and is out of date: the plan has changed since in 1 row of it."
    )
    assert [(since.ref, since.head, since.sent, since.now, since.is_edited) for since in seen.since] == [
        ("A-late", "Title", "Theirs", "Changed here", True),
        ("A-late", "Detail", "", "New words", False),
    ]
    assert [(change.ref, change.column.head, change.after) for change in seen.changes] == [
        ("A-late", "Title", "Theirs"),
        ("A-now", "Title", "Mine"),
    ]
    do(old)
    late.refresh_from_db()
    assert (late.title, late.detail) == ("Theirs", "New words")


def test_a_date_that_a_decision_moved_since_is_no_fault_of_an_older_file(small_plan) -> None:
    old = edited()
    revising.revise_due_date(
        by=SYSTEM,
        at=AT,
        item=small_plan.late,
        due_on=date(2031, 9, 30),
        reason="So.",
        decision="IB-1",
        decided_on=TODAY,
    )
    seen = preview(old)
    assert seen.does_nothing
    assert [(since.ref, since.head, since.now) for since in seen.since] == [("A-late", "Due", "2031-09-30")]


def test_a_file_that_does_not_say_when_it_was_taken_says_that_of_itself(small_plan) -> None:
    for stamp in ("", "2031-06-01 abc", "soon " + "0" * 80):
        seen = preview(edited(*[(row["Ref"], "Taken", stamp) for row in table_of(SYSTEM, CODE)]))
        assert seen.age_words().startswith("The file does not say when it was taken out")
        assert seen.does_nothing


@pytest.mark.parametrize(
    ("ref", "head", "text", "what"),
    [
        ("A-late", "Owner", "nobody", "There is no “nobody”"),
        ("A-late", "Requirements", "A1; Z9", "There is no “Z9”"),
        ("A-late", "Indicator", "I999", "There is no “I999”"),
        ("A-late", "Start", "2031-02-30", "“2031-02-30” is no day"),
        ("A-late", "Start", "41729", f"{SERIAL} 31 March 2014, without the format of a date"),
        ("A-late", "Start", "417", "“417” is no day"),
        ("A-late", "Start", "2031-06-30", "It would start after it is due"),
        ("A-late", "Direction", "sideways", "“sideways” is not one of them"),
        ("A-late", "Size", "many", "“many” is no number that is kept"),
        ("A-now", "Size", "5", "A size of nothing in no direction"),
        ("A-late", "Title", "", "It has been emptied"),
        ("A-late", "Title", "x" * 201, "There are 201 characters"),
        ("A-late", "Kind", "task", "“task” is no kind of row"),
        ("A-late", "Ref", "A now", "“A now” is no reference"),
        ("A-late", "Ref", "a-NOW", "A-now stands twice"),
        ("A-late", "Waits for", "A-late", "A-late would wait for A-late"),
        ("M1", "Step of", "Z9", "There is no “Z9”"),
    ],
)
def test_each_fault_says_its_row_its_column_what_and_what_to_do(small_plan, ref, head, text, what) -> None:
    found = faults(edited((ref, head, text)))
    assert what in [fault[2] for fault in found]
    assert all(number > 1 and column in HEADS and do for number, column, _, do in found)


def test_a_file_whose_new_row_was_taken_in_changes_nothing_when_it_is_sent_once_more(small_plan) -> None:
    owner = next(row["Owner"] for row in table_of(SYSTEM, CODE) if row["Ref"] == "A-late")
    new = {"Kind": "milestone", "Ref": "M9", "Title": "Nine in ten", "Owner": owner, "Due": "2031-12-31"}
    sheet = edited(more=[new])
    do(sheet)
    assert preview(sheet).does_nothing


def test_a_new_row_needs_what_it_needs_and_a_withdrawn_one_does_not_come_back(small_plan) -> None:
    progress.withdraw(by=SYSTEM, at=AT, thing=small_plan.later, reason="A mistake.")
    found = faults(
        edited(more=[{"Kind": "action", "Ref": "B1"}, {"Kind": "action", "Ref": "a-LATER", "Title": "Again"}])
    )
    assert [what for _, _, what, _ in found] == [
        "A new action has no title",
        "A new action has no objective",
        "A new action has no owner",
        "A new action has no due",
        "a-LATER was withdrawn from the plan",
    ]


def test_rows_that_are_not_there_stay_in_the_plan_and_are_named(small_plan) -> None:
    lines = sheets.exported(SYSTEM, CODE, "csv").decode("utf-8-sig").splitlines()
    seen = preview("\n".join(line for line in lines if "A-now" not in line).encode())
    assert seen.does_nothing
    assert "A-now" in seen.notes[0]
    assert "1 row of the plan is not in the file, and stays as it is" in seen.notes[0]


def test_somebody_who_changed_the_plan_meanwhile_is_not_overwritten(small_plan) -> None:
    content = edited(("A-late", "Title", "Mine"))
    seen = preview(content).fingerprint
    do(edited(("A-late", "Title", "Theirs")))
    with pytest.raises(importing.PlanHasChanged, match="shown anew"):
        do(content, seen=seen)
    assert Action.objects.get(ref="A-late").title == "Theirs"


def test_how_things_stand_is_left_as_it_is_and_does_not_count_as_a_change_of_the_plan(small_plan) -> None:
    seen = preview(edited(("A-late", "State", "Complete")))
    assert (seen.changes, seen.faults) == ([], [])
    assert "left as it is" in seen.notes[0]
    before = fingerprint(table_of(SYSTEM, CODE))
    progress.mark_done(by=SYSTEM, at=AT, action=small_plan.late, on=TODAY, note="Done.")
    assert fingerprint(table_of(SYSTEM, CODE)) == before


@pytest.mark.parametrize("role", ["director", "dfe-observer", "nobody", "elsewhere"])
def test_only_those_who_manage_the_plan_import(small_plan, people, role: str) -> None:
    with pytest.raises(Refused):
        do(edited(("A-late", "Title", "Mine")), by=people[role])


# What goes out holds nothing that is not seen


def test_an_export_has_no_hidden_sheet_no_pivot_no_formula_and_nobodys_name(small_plan) -> None:
    Action.objects.filter(ref="A-late").update(title="=HYPERLINK(1)")
    content = sheets.exported(SYSTEM, CODE, "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert not [name for name in parts if re.search("pivot|vba|external|embed|connection|comment", name)]
    assert parts["xl/workbook.xml"].count("<sheet ") == 2
    assert "hidden" not in parts["xl/workbook.xml"].lower() + parts["xl/worksheets/sheet1.xml"].lower()
    assert "<f>" not in "".join(parts.values())
    assert re.findall(
        "<dc:creator>(.*?)</dc:creator>|<cp:lastModifiedBy>(.*?)</cp:lastModifiedBy>", parts["docProps/core.xml"]
    ) in (
        [("", ""), ("", "")],
        [],
    )
    assert content == sheets.exported(SYSTEM, CODE, "xlsx")
    assert b"'=HYPERLINK(1)" in sheets.exported(SYSTEM, CODE, "csv")


# What comes in is read within bounds


def workbook(*names, hidden=(), rows=()):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        for name in names:
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for down, row in enumerate([HEADS[:3], *rows] if name not in hidden else [["secret"]]):
                sheet.write_row(down, 0, row)
    return held.getvalue()


def test_a_hidden_sheet_is_named_and_left_out_and_nothing_of_it_is_kept(small_plan, tmp_path) -> None:
    content = workbook("Cover", "Names", hidden=("Names",), rows=[["action", "A-late", "Another"]])
    sheet = reading.read(content)
    assert sheet.notes == ["A hidden sheet was left out: Names."]
    assert [row.cells["Title"] for row in sheet.rows] == ["Another"]
    name = importing.keep_sheet(CODE, sheet)
    assert b"secret" not in (tmp_path / "plan-sheets" / name).read_bytes()


def test_a_pivot_cache_and_a_macro_are_named_and_left_out() -> None:
    held = io.BytesIO(workbook("Plan", rows=[["action", "A1", "x"]]))
    with zipfile.ZipFile(held, "a") as packed:
        packed.writestr("xl/pivotCache/pivotCacheDefinition1.xml", "<x/>")
        packed.writestr("xl/vbaProject.bin", "x")
    assert reading.read(held.getvalue()).notes == ["Left out: a pivot table's copy of data and a macro."]


def bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The first row has no “Kind” and “Ref”"),
        (b"a,b\n1,2\n", "keep its headings"),
        (b"Kind,Ref,Ref\n", "stands twice"),
        (b"\xff\xfe\x00", "not CSV in UTF-8"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel form"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        (b"Kind,Ref\n" + b"action,A1\n" * 5001, "more than 5,000 rows"),
    ],
)
def test_what_is_no_plan_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(reading.UnreadableSheet, match=re.escape(said)):
        reading.read(content)


def test_a_file_that_unpacks_into_far_more_is_refused_before_it_is_opened() -> None:
    with pytest.raises(reading.UnreadableSheet, match="would unpack to 60 MB, far more than"):
        reading.read(bomb())


def test_one_cell_at_the_far_corner_is_refused_in_words_before_the_sheet_is_opened() -> None:
    """The library would make room for 17 thousand million cells, and end the whole process."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.write_row(0, 0, HEADS)
        sheet.write("XFD1048576", "x")
    with pytest.raises(reading.UnreadableSheet, match="reaches to row 1,048,576 and column 16,384"):
        reading.read(held.getvalue())


def test_a_part_that_unpacks_to_more_than_it_says_is_refused_before_the_file_is_opened() -> None:
    """By hand: the shared words say they are 100 bytes and are a megabyte."""
    held = io.BytesIO(workbook("Plan", rows=[["action", "A1", "x"]]))
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings2.xml", b"0" * 1024 * 1024)
    said = struct.pack("<I", 1024 * 1024)
    lying = held.getvalue().replace(said, struct.pack("<I", 100))
    assert lying != held.getvalue()
    with pytest.raises(reading.UnreadableSheet, match="damaged"):
        reading.read(lying)


@given(st.binary(max_size=300), st.booleans())
def test_no_file_breaks_the_reader(content: bytes, is_zip: bool) -> None:
    with suppress(reading.UnreadableSheet):
        reading.read(b"PK\x03\x04" + content if is_zip else content)


@pytest.mark.parametrize(
    ("typed", "kept"), [("31/03/2014", "2014-03-31"), ("31 March 2014", "2014-03-31"), ("30/02/2014", "30/02/2014")]
)
def test_a_day_is_read_as_spreadsheets_save_it(typed: str, kept: str) -> None:
    sheet = reading.read(f"Kind,Ref,Start\naction,A1,{typed}\n".encode())
    assert sheet.rows[0].cells["Start"] == kept


def test_a_date_in_a_cell_is_a_day_and_a_number_a_reference() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet("Plan"), book.add_format({"num_format": "dd/mm/yy"})
        sheet.write_row(0, 0, ["Kind", "Ref", "Start"])
        sheet.write_row(1, 0, ["action", 12])
        sheet.write_datetime(1, 2, date(2014, 3, 31), day)
    assert reading.read(held.getvalue()).rows[0].cells == {"Kind": "action", "Ref": "12", "Start": "2014-03-31"}


# The pages


def test_the_round_trip_on_the_pages(small_plan, client_for) -> None:
    alice = client_for(ALICE)
    sent = alice.get(page("plan/export/plan.xlsx"))
    assert sent["Content-Disposition"] == 'attachment; filename="westmere-2031-plan-2031-06-01.xlsx"'
    refused = alice.post(page("plan/import/"), {"file": SimpleUploadedFile("a.csv", b"a,b")})
    assert errors(refused)[0][1] == "#id_file"
    shown = alice.post(page("plan/import/"), {"file": SimpleUploadedFile("a.csv", edited(("A-late", "Title", "Mine")))})
    preview_page = words(alice.get(shown["Location"]))
    assert "1 change in 1 row, no new rows, no faults." in preview_page
    assert Action.objects.get(ref="A-late").title == "Action A-late"
    seen = re.search('name="fingerprint" value="([0-9a-f]+)"', preview_page).group(1)
    do(edited(("A-now", "Title", "Theirs")))
    assert "They are shown anew" in words(alice.post(shown["Location"], {"fingerprint": seen}))
    stale = words(alice.get(shown["Location"]))
    assert stale.index("is out of date: the plan has changed since in 1 row") < stale.index("1 change in 1 row")
    seen = re.search('name="fingerprint" value="([0-9a-f]+)"', words(alice.get(shown["Location"]))).group(1)
    done = alice.post(shown["Location"], {"fingerprint": seen})
    assert said(alice, done).startswith("The plan is changed as shown: 1 change in 1 row")
    assert Action.objects.get(ref="A-now").title == "Theirs", "what the sender left as it was undoes nothing"


def test_a_preview_with_faults_offers_no_button_and_one_of_another_programme_is_not_there(
    small_plan, client_for
) -> None:
    alice = client_for(ALICE)
    shown = alice.post(
        page("plan/import/"), {"file": SimpleUploadedFile("a.csv", edited(("A-late", "Due", "2031-12-01")))}
    )
    said_there = words(alice.get(shown["Location"]))
    assert "Put it to the Board" in said_there
    assert "Change the plan as shown" not in said_there
    other = importing.keep_sheet("another", reading.read(edited()))
    assert alice.get(page(f"plan/import/{other}/")).status_code == 404
    assert client_for(BOB).get(page("plan/import/")).status_code == 403
    assert client_for(BOB).get(page("plan/export/plan.csv")).status_code == 200


def test_a_preview_asks_no_more_of_the_database_however_many_rows(small_plan, post) -> None:
    def asked():
        content = sheets.exported(SYSTEM, CODE, "xlsx")
        with CaptureQueriesContext(connection) as queries:
            assert preview(content).does_nothing
        return len(queries)

    few = asked()
    for n in range(100):
        action = Action(programme=post.programme, objective=small_plan.objective, ref=f"B{n}", title=f"Action {n}")
        action.owner, action.agency, action.due_on, action.added_on = post, post.agency, date(2031, 9, 1), TODAY
        action.save()
    assert asked() == few
