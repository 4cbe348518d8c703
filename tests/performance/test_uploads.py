"""Files sent by a browser: told what they are before anything is kept, submitted, cancelled, left, refused."""

import errno
import os
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from analytics import annex_a
from analytics.books import with_part, write_book
from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import TrailRow
from holdfast.analytics.returns.reading import Recognised
from holdfast.jobs import arriving, kept, queue
from holdfast.organisation.models import Programme
from holdfast.performance import uploads
from holdfast.performance.keeping import original_path, originals_of
from holdfast.performance.models import PublishedFile, Return
from holdfast.performance.selectors.verification import verify_store
from holdfast.performance.services import uploading
from holdfast.performance.services.intake import submit_return
from holdfast.performance.services.returns import Accepted
from holdfast.web.verify import clear_what_was_left
from performance import census

ClientFor = Callable[[str], Any]
ALICE = "performance-analyst"
HOME = "/westmere-2031"
Sent = Callable[..., Any]


@pytest.fixture
def alice(council: Programme, client_for: ClientFor) -> Any:
    return client_for(ALICE)


def send(client: Any, files: Sequence[tuple[str, str | bytes]], **more: Any) -> Any:
    """Send files from the page, and follow to what it says of them."""
    sent = [
        SimpleUploadedFile("x", content.encode() if isinstance(content, str) else content, **more)
        for _, content in files
    ]
    for file, (name, _) in zip(sent, files, strict=True):
        file._name = name  # as a hostile client gives it: Django's own setter would take the folder off
    return client.post(f"{HOME}/returns/submit/", {"files": sent}, follow=True)


def left(data: Path) -> list[str]:
    return sorted(str(path.relative_to(data)) for path in data.glob("uploads/**/*") if path.is_file())


def test_a_file_says_what_it_is_before_anything_is_kept(alice: Any, data: Path) -> None:
    page = send(alice, [("census.xml", census.census())]).content.decode()
    assert "CIN census 2013/14, authority 998, reference date 31 January 2014" in page
    assert "31 January 2014" in page
    assert "Sent before" in page
    assert not list(data.glob("returns/*"))
    assert not Return.objects.exists()
    assert not TrailRow.objects.filter(action="return submitted").exists()


def test_what_is_submitted_is_kept_as_it_was_sent_and_nothing_waits_any_more(alice: Any, data: Path) -> None:
    page = send(alice, [("census.xml", census.census())])
    said = alice.post(page.redirect_chain[-1][0], follow=True)
    assert b"Return 1 is kept and waiting to be read" in said.content
    returned = Return.objects.get()
    assert original_path(returned.sha256).read_text() == census.census()
    assert (returned.name, returned.parts) == ("census.xml", [])
    assert left(data) == []
    assert alice.get(page.redirect_chain[-1][0]).status_code == 404


def test_what_is_cancelled_leaves_nothing(alice: Any, data: Path) -> None:
    address = send(alice, [("census.xml", census.census())]).redirect_chain[-1][0]
    assert b"Nothing of what you sent was kept" in alice.post(f"{address}cancel/", follow=True).content
    assert left(data) == []
    assert alice.post(f"{address}cancel/").status_code == 404
    assert alice.get(f"{HOME}/returns/submit/nothing-like-it/").status_code == 404


def test_what_one_person_sent_is_nobody_elses(alice: Any, council: Programme, people: Any, data: Path) -> None:
    address = send(alice, [("census.xml", census.census())]).redirect_chain[-1][0]
    token = address.strip("/").rpartition("/")[2]
    with pytest.raises(uploads.NoSuchUpload):
        uploads.held(council.code, None, token)
    with pytest.raises(uploads.NoSuchUpload):
        uploads.held("another-programme", people[ALICE].pk, token)
    assert uploads.held(council.code, people[ALICE].pk, token).submissions


def test_what_is_left_for_a_day_is_removed_with_what_a_killed_server_left(alice: Any, data: Path) -> None:
    address = send(alice, [("census.xml", census.census())]).redirect_chain[-1][0]
    waits = data / "uploads" / address.strip("/").rpartition("/")[2]
    (data / "uploads" / f"{kept.ASIDE}4194300-killed").write_bytes(b"half a file")
    clear_what_was_left()
    assert waits.is_dir()
    assert [path.name for path in (data / "uploads").iterdir()] == [waits.name]
    long_ago = clock.elapsed_seconds() - uploads.WAITS_SECONDS - 60
    os.utime(waits, (long_ago, long_ago))
    clear_what_was_left()
    assert left(data) == []


def test_the_same_bytes_sent_before_say_so(alice: Any) -> None:
    for _ in range(2):
        page = send(alice, [("census.xml", census.census())])
        said = alice.post(page.redirect_chain[-1][0], follow=True)
    assert "Yes, as return 1" in page.content.decode()
    assert b"sent before, as return 1" in said.content
    assert Return.objects.count() == 1


def test_two_censuses_sent_together_become_two_returns(alice: Any) -> None:
    later = census.census(n_children=41)
    page = send(alice, [("a.xml", census.census()), ("b.xml", later)])
    assert "They become 2 returns" in page.content.decode()
    alice.post(page.redirect_chain[-1][0], follow=True)
    assert sorted(Return.objects.values_list("name", flat=True)) == ["a.xml", "b.xml"]


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of return made of several files: a folder in which every file begins "list"; read as the census is."""

    def recognise(path: Path) -> Recognised | None:
        files = sorted(path.iterdir()) if path.is_dir() else []
        if not files or not all(file.read_bytes()[:4] == b"list" for file in files):
            return None
        return Recognised(
            "lists", f"Lists, {len(files)} of them", census.AS_AT, tuple(file.name for file in files), "998"
        )

    real = analytics.recognise
    monkeypatch.setattr(analytics, "recognise", lambda path: recognise(path) or real(path))


def test_files_that_belong_together_are_one_return_kept_file_by_file(alice: Any, lists: None, data: Path) -> None:
    page = send(alice, [("b.csv", "list 2"), ("a.csv", "list 1")])
    assert "Lists, 2 of them" in page.content.decode()
    assert "a.csv and 1 more" in page.content.decode()
    alice.post(page.redirect_chain[-1][0], follow=True)
    returned = Return.objects.get()
    assert originals_of(returned) == [("a.csv", kept.digest(b"list 1")), ("b.csv", kept.digest(b"list 2"))]
    assert returned.n_bytes == 12
    assert verify_store(SYSTEM) == []
    original_path(kept.digest(b"list 2")).unlink()
    assert verify_store(SYSTEM) == ["The file of return 1 of westmere-2031 (b.csv) is missing."]
    again = send(alice, [("a.csv", "list 1"), ("b.csv", "list 2")])
    assert "Yes, as return 1" in again.content.decode()


def test_a_reader_of_several_files_is_given_a_folder_of_them_under_their_names(
    alice: Any, lists: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, str]] = []

    def read(path: Path, into: Path) -> Any:
        seen.append({file.name: file.read_text() for file in path.iterdir()})
        raise analytics.UnreadableReturn("lists", expected="They are only for this test.")

    monkeypatch.setattr(analytics, "read_return", read)
    alice.post(send(alice, [("b.csv", "list 2"), ("a.csv", "list 1")]).redirect_chain[-1][0])
    queue.work(until_empty=True)
    assert seen == [{"a.csv": "list 1", "b.csv": "list 2"}]


def zipped(files: dict[str, str | bytes], **more: Any) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def test_a_zip_of_files_is_those_files(alice: Any, lists: None) -> None:
    inside = {"march/a.csv": "list 1", "march/b.csv": "list 2", "__MACOSX/._a.csv": "x", "march/.DS_Store": "y"}
    page = send(alice, [("march.zip", zipped(inside))])
    assert "Lists, 2 of them" in page.content.decode()
    alice.post(page.redirect_chain[-1][0])
    assert [name for name, _ in originals_of(Return.objects.get())] == ["a.csv", "b.csv"]


def protected() -> bytes:
    raw = bytearray(zipped({"a.csv": "list 1"}))
    raw[6] |= 1
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


BAD_ZIPS: dict[str, tuple[bytes, str]] = {
    "protected": (protected(), "protected by a password"),
    "empty": (zipped({}), "There is no file in it"),
    "too many": (zipped({f"{n}.csv": "list" for n in range(201)}), "more than 200 files"),
    "one name twice": (zipped({"a/x.csv": "list 1", "b/x.csv": "list 2"}), "Two files in it have one name"),
    "damaged": (zipped({"a.csv": os.urandom(2000)}).replace(b"a.csv", b"b.csv", 1), "damaged"),
    "a bomb": (zipped({"a.csv": bytes(3_000_000)}), "larger than"),
}


@pytest.mark.parametrize(("content", "says"), BAD_ZIPS.values(), ids=BAD_ZIPS)
def test_a_zip_that_cannot_be_unpacked_says_why_and_leaves_nothing(
    alice: Any, data: Path, settings: Any, content: bytes, says: str
) -> None:
    settings.HOLDFAST_RETURN_MAX_BYTES = 2_000_000
    page = send(alice, [("march.zip", content)]).content.decode()
    assert "march.zip is a zip that cannot be unpacked" in page
    assert says in page
    assert left(data) == []


def test_a_zip_that_holds_more_than_it_says_is_stopped(alice: Any, settings: Any, data: Path) -> None:
    raw = zipped({"a.csv": bytes(3_000_000)})
    lying = raw.replace((3_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    settings.HOLDFAST_RETURN_MAX_BYTES = 2_000_000
    page = send(alice, [("march.zip", lying)]).content.decode()
    assert "march.zip is a zip that cannot be unpacked" in page or "a.csv" in page
    assert sum(path.stat().st_size for path in data.glob("uploads/**/*") if path.is_file()) < 10_000


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x.xml", "C:\\Users\\x.xml", "x\r\nSet-Cookie: a=b.xml", "\u202exml.x"]
)
def test_a_name_with_a_path_or_control_characters_is_only_ever_a_name(alice: Any, data: Path, name: str) -> None:
    page = send(alice, [(name, census.census())])
    alice.post(page.redirect_chain[-1][0])
    given = Return.objects.get().name
    assert not {"/", "\\", "\r", "\n", "\u202e"} & set(given)
    assert {path.parent for path in data.rglob("*") if path.is_file() and "return" in str(path)} <= {data / "returns"}


def test_the_content_type_that_a_browser_gives_means_nothing(alice: Any) -> None:
    page = send(alice, [("census.xml", census.census())], content_type="image/png")
    assert "CIN census 2013/14" in page.content.decode()


def test_what_is_empty_doubled_or_of_one_name_is_left_out_and_said(alice: Any) -> None:
    sent = [
        ("a.xml", census.census()),
        ("b.xml", census.census()),
        ("c.xml", ""),
        ("a.xml", census.census(n_children=9)),
    ]
    page = send(alice, sent).content.decode()
    assert "b.xml holds the same as a.xml" in page
    assert "c.xml is empty" in page
    assert "Two different files are called a.xml" in page
    assert "It becomes one return" in page


def test_an_unknown_file_says_why_and_what_is_known_beside_it_can_be_submitted(alice: Any) -> None:
    page = send(alice, [("census.xml", census.census()), ("letter.txt", "Dear colleague")])
    assert "Its beginning is not that of any return" in page.content.decode()
    assert "cannot be submitted as it is" in page.content.decode()
    alice.post(page.redirect_chain[-1][0])
    assert Return.objects.get().name == "census.xml"


def test_nothing_known_cannot_be_submitted(alice: Any, data: Path) -> None:
    page = send(alice, [("letter.txt", "Dear colleague")])
    assert "Nothing here can be submitted" in page.content.decode()
    alice.post(page.redirect_chain[-1][0])
    assert not Return.objects.exists()


def test_parts_of_different_authorities_are_not_one_submission(alice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def recognise(path: Path) -> Recognised:
        one = path.read_text()[-3:] if path.is_file() else ""
        return Recognised("lists", "Lists", census.AS_AT, ("a", "b"), one or None)

    monkeypatch.setattr(analytics, "recognise", recognise)
    page = send(alice, [("a.csv", "of 998"), ("b.csv", "of 123")])
    assert "These files are of different authorities: 123, 998" in page.content.decode()
    alice.post(page.redirect_chain[-1][0])
    assert not Return.objects.exists()


def test_a_file_for_another_authority_is_said_before_it_is_submitted(alice: Any) -> None:
    page = send(alice, [("c.xml", census.census(authority="123"))])
    assert "c.xml says that it is for authority 123. Submit it for" in page.content.decode()
    address = page.redirect_chain[-1][0]
    assert b"Confirm this" in alice.post(address).content
    assert not Return.objects.exists()
    alice.post(address, {"whose_0": "on"})
    returned = Return.objects.get()
    assert (returned.is_authority_confirmed, returned.confirmed_as) == (True, "123")
    queue.work(until_empty=True)
    returned.refresh_from_db()
    assert returned.state == Return.State.READ


def test_a_disk_without_room_is_said_before_and_while_a_file_arrives(
    alice: Any, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Any, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(arriving.Arrived, "write", full, raising=False)
    page = send(alice, [("census.xml", census.census())])
    assert b"There is no room left on the service" in page.content
    assert left(data) == []
    monkeypatch.setattr("holdfast.web.edges.has_room", lambda n_bytes: False)
    page = send(alice, [("census.xml", census.census(n_children=400))])
    assert page.status_code == 507
    assert b"There is no room left on the service" in page.content


def test_another_fault_of_the_disk_is_no_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match="broken"), arriving._room(object()):
        raise OSError(errno.EIO, "broken")


def test_a_file_is_on_disk_while_it_arrives_and_never_in_memory(
    alice: Any, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    largest = []
    real = arriving.ToDisk.receive_data_chunk

    def watched(self: Any, raw: bytes, start: int) -> None:
        largest.append(len(raw))
        real(self, raw, start)

    monkeypatch.setattr(arriving.ToDisk, "receive_data_chunk", watched)
    send(alice, [("census.xml", census.census() + " " * 5_000_000)])
    assert max(largest) <= 64 * 1024


def test_sending_the_same_again_copies_and_reads_nothing(
    council: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from holdfast.performance.services.intake import ingest_now

    read: list[Path] = []
    real = analytics.read_return

    def counted(path: Path, into: Path) -> Any:
        read.append(path)
        return real(path, into=into)

    monkeypatch.setattr(analytics, "read_return", counted)
    file = census.write(tmp_path, census.census())
    ingest_now(by=SYSTEM, at=clock.now(), programme=council, files=[file])
    assert len(read) == 1

    def never(*given: Any) -> Any:
        raise AssertionError("bytes that are kept are not copied again")

    monkeypatch.setattr(kept, "keep_file", never)
    again = ingest_now(by=SYSTEM, at=clock.now(), programme=council, files=[file])
    assert len(read) == 1
    assert again[0].was_sent_before


def test_a_cancelled_or_submitted_upload_checks_its_door(council: Programme, people: Any, data: Path) -> None:
    from holdfast.access.doors import Refused

    nothing = uploads.Upload("0" * 32, council.code, None, ())
    bob = people["elected-member"]
    with pytest.raises(Refused):
        uploading.cancel_upload(by=bob, at=clock.now(), upload=nothing)
    with pytest.raises(Refused):
        uploading.submit_upload(by=bob, at=clock.now(), programme=council, upload=nothing)
    with pytest.raises(Refused):
        uploading.receive_upload(by=bob, at=clock.now(), programme=council, arrived=[])


def test_what_was_confirmed_of_one_authority_is_not_confirmed_of_another(council: Programme, tmp_path: Path) -> None:
    file = census.write(tmp_path, census.census(authority="123"))
    accepted = Accepted(authority=True, authority_as=Return.NAMES_NONE)
    returned = submit_return(by=SYSTEM, at=clock.now(), programme=council, file=file, name=file.name, accepted=accepted)
    queue.work(until_empty=True)
    returned.refresh_from_db()
    assert returned.refusal == Return.Refusal.AUTHORITY


def test_a_return_of_a_day_that_has_not_come_is_refused_wherever_it_comes_in(
    alice: Any, council: Programme, tmp_path: Path, settings: Any
) -> None:
    settings.HOLDFAST_TODAY = date(2014, 1, 30)
    page = send(alice, [("census.xml", census.census())])
    says = "It describes 31 January 2014, which has not come yet: today is 30 January 2014."
    assert says in page.content.decode()
    assert "Nothing here can be submitted" in page.content.decode()
    file = census.write(tmp_path, census.census())
    returned = submit_return(by=SYSTEM, at=clock.now(), programme=council, file=file, name=file.name)
    queue.work(until_empty=True)
    returned.refresh_from_db()
    assert (returned.refusal, says in returned.reason) == (Return.Refusal.FUTURE, True)
    settings.HOLDFAST_TODAY = date(2014, 1, 31)
    submit_return(by=SYSTEM, at=clock.now(), programme=council, file=file, name=file.name)
    queue.work(until_empty=True)
    returned.refresh_from_db()
    assert returned.state == Return.State.READ


def contacts(*days: date) -> bytes:
    """List 1 of Annex A as CSV: a contact on each of these days."""
    rows = [f"A{n},F,WBRI,01/02/2010,4,{day:%d/%m/%Y},6" for n, day in enumerate(days)]
    return "\n".join(
        ["Child Unique ID,Gender,Ethnicity,Date of Birth,Age,Date of Contact,Contact Source", *rows]
    ).encode()


DAY = {"as_at_0-day": "31", "as_at_0-month": "1", "as_at_0-year": "2014"}


def test_a_day_that_is_typed_may_not_lie_ahead_and_a_date_after_it_is_a_fault(alice: Any, settings: Any) -> None:
    settings.HOLDFAST_TODAY = date(2014, 2, 3)
    address = send(alice, [("List 1.csv", contacts(date(2014, 1, 31), date(2014, 2, 1)))]).redirect_chain[-1][0]
    assert b"which has not come yet" in alice.post(address, {**DAY, "as_at_0-year": "2024"}).content
    alice.post(address, DAY)
    alice.post(address, {"whose_0": "on"})
    queue.work(until_empty=True)
    returned = Return.objects.get()
    assert returned.state == Return.State.READ
    assert returned.n_faults["later-than-described"] == 1


def test_what_a_return_would_move_and_would_not_is_said_before_the_yes_and_after_it(
    alice: Any, council: Programme, settings: Any
) -> None:
    settings.HOLDFAST_TODAY = date(2014, 2, 3)
    alice.post(send(alice, [("census.xml", census.census())]).redirect_chain[-1][0])
    queue.work(until_empty=True)
    lists = annex_a.lists()
    for names, says in (
        (["List_8"], "It moves no indicator by itself: it answers for no day that one asks of"),
        (["List_4"], "It moves no indicator by itself: CIN census stands before it, and it only fills up what is left"),
    ):
        book = write_book(Path(settings.HOLDFAST_DATA) / "book.xlsx", {name: lists[name] for name in names})
        address = send(alice, [("own.xlsx", book.read_bytes())]).redirect_chain[-1][0]
        page = alice.post(address, DAY, follow=True).content.decode()
        assert says in page, names
        alice.post(address, {"whose_0": "on"})
        queue.work(until_empty=True)
        returned = Return.objects.first()
        assert returned is not None
        assert says in alice.get(f"{HOME}/returns/{returned.number}/").content.decode()


LOCKED = b"\xd0\xcf\x11\xe0" + bytes(8) + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tool.exe", b"MZ" + bytes(400), "It is a program, which is never opened."),
        ("lists.xlsx", LOCKED, "The workbook is locked with a password."),
        ("tool.zip", zipped({"tool.exe": b"MZ" + bytes(400)}), "It is a program, which is never opened."),
    ],
)
def test_what_is_no_table_says_exactly_what_it_is_and_offers_no_matching(
    alice: Any, name: str, content: bytes, says: str
) -> None:
    page = send(alice, [(name, content)])
    assert says in page.content.decode()
    assert "Match the columns" not in page.content.decode()
    assert alice.get(f"{page.redirect_chain[-1][0]}0/columns/").status_code == 404


def test_a_workbook_with_macros_says_so(alice: Any, tmp_path: Path) -> None:
    book = with_part(write_book(tmp_path / "a.xlsx", annex_a.lists()), "xl/vbaProject.bin", b"x")
    page = send(alice, [("a.xlsm", book.read_bytes())]).content.decode()
    assert "The workbook holds macros, which are never opened." in page
    assert "Match the columns" not in page


def test_a_workbook_that_reaches_too_far_says_so(alice: Any, tmp_path: Path) -> None:
    book = write_book(tmp_path / "a.xlsx", {"Rota": [["Day", "Who"]]}, lambda _, sheet: sheet.write(900_000, 900, "x"))
    page = send(alice, [("a.xlsx", book.read_bytes())]).content.decode()
    assert "A sheet reaches to row 900,001 and column 901" in page


def test_a_published_table_sent_as_a_return_is_kept_as_what_it_is_with_its_rows_and_symbols(alice: Any) -> None:
    table = (
        "time_period,geographic_level,country_name,At31_episodes\n2013,National,England,4\n2012,National,England,c\n"
    )
    page = send(alice, [("b1.csv", table)])
    said = page.content.decode()
    assert "table B1, children in need and episodes" in said
    assert "2 rows; c once in place of a figure." in said
    assert "No return is made of what others published." in said
    kept_page = alice.post(page.redirect_chain[-1][0], follow=True).content.decode()
    assert "Nothing of ours is set beside this table yet" in kept_page
    assert not Return.objects.exists()
    file = PublishedFile.objects.get()
    assert (file.what, file.n_rows, file.symbols) == ("B1", 2, {"c": 1})
