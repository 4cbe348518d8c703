"""What arrives without a person: a watched folder and a database, each ending in a draft and a message, never more."""

import os
import smtplib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.access.writes import TooBusy
from holdfast.organisation.models import Programme
from holdfast.performance import watched
from holdfast.performance.models import PublishedFile, Release, Return
from holdfast.performance.services import intake, watching
from performance import census
from performance.test_uploads import zipped

Look = Callable[[], list[watching.TakenIn]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drop"
    made.mkdir()
    return made


@pytest.fixture
def look(council: Programme, folder: Path) -> Look:
    """One look at the folder, that remembers the one before; gives what was taken in."""
    seen: dict[str, watched.State] = {}

    def once() -> list[watching.TakenIn]:
        nonlocal seen
        seen, taken = watching.take_in_folder(by=SYSTEM, at=clock.now(), programme=council, folder=folder, before=seen)
        return taken

    return once


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_that_stands_still_between_two_looks_becomes_a_draft_and_is_moved(folder: Path, look: Look) -> None:
    census.write(folder, census.census())
    assert look() == []
    (taken,) = look()
    assert taken.was_read
    assert "as at 2014-01-31" in taken.words
    assert names(folder) == ["done/census.xml"]
    assert [release.state for release in Release.objects.all()] == ["draft"]
    assert look() == []


def test_a_published_table_that_arrives_is_kept_as_what_it_is_and_makes_no_return(folder: Path, look: Look) -> None:
    rows = ("2013,National,England,4", "2012,National,England,c")
    head = "time_period,geographic_level,country_name,At31_episodes"
    (folder / "b1.csv").write_text("\n".join([head, *rows]))
    look()
    (taken,) = look()
    assert taken.was_read
    assert "2 rows; c once in place of a figure." in taken.words
    assert names(folder) == ["done/b1.csv"]
    assert (PublishedFile.objects.count(), Return.objects.count(), Release.objects.count()) == (1, 0, 0)


def test_a_file_that_still_grows_is_left_until_it_stands_still(folder: Path, look: Look) -> None:
    whole = census.census()
    for n in (2000, 4000, len(whole)):
        census.write(folder, whole[:n])
        assert look() == []
    assert look()[0].was_read


def test_a_file_that_changes_while_it_is_read_is_not_moved_away(
    folder: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    census.write(folder, census.census(n_children=9))
    look()
    real = intake.ingest_now

    def meanwhile(**given: Any) -> Any:
        results = real(**given)
        census.write(folder, census.census())
        return results

    monkeypatch.setattr(watching, "ingest_now", meanwhile)
    assert look() == []
    assert names(folder) == ["census.xml"]
    monkeypatch.setattr(watching, "ingest_now", real)
    assert look() == []
    assert look()[0].was_read


def test_what_is_refused_lies_apart_with_a_plain_reason(folder: Path, look: Look) -> None:
    census.write(folder, "Dear colleague", "letter.txt")
    census.write(folder, census.census(authority="123"))
    look()
    assert [one.was_read for one in look()] == [False, False]
    assert names(folder) == [
        "refused/census.xml",
        "refused/census.xml.reason.txt",
        "refused/letter.txt",
        "refused/letter.txt.reason.txt",
    ]
    assert "is for authority 123" in (folder / "refused/census.xml.reason.txt").read_text()
    assert "not that of any return" in (folder / "refused/letter.txt.reason.txt").read_text()
    assert not Release.objects.exists()


def test_what_names_no_authority_is_taken_where_that_was_said_and_what_names_another_never(
    council: Programme, folder: Path
) -> None:
    census.write(folder, census.census(authority="123"))
    census.write(folder, census.census(authority=""), "none.xml")
    given = {"by": SYSTEM, "at": clock.now(), "programme": council, "folder": folder, "confirm_none": True}
    seen, _ = watching.take_in_folder(**given, before={})
    _, taken = watching.take_in_folder(**given, before=seen)
    assert {one.name: one.was_read for one in taken} == {"census.xml": False, "none.xml": True}


def test_the_same_bytes_are_never_taken_twice_and_no_file_is_overwritten(folder: Path, look: Look) -> None:
    for _ in range(3):
        census.write(folder, census.census())
        look()
        (taken,) = look()
    assert "sent before" in taken.words
    assert names(folder) == ["done/census (2).xml", "done/census (3).xml", "done/census.xml"]
    assert Return.objects.count() == Release.objects.count() == 1


def test_a_watch_that_is_killed_before_it_moved_a_file_does_nothing_twice(
    folder: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*given: Any) -> Any:
        raise KeyboardInterrupt

    census.write(folder, census.census())
    look()
    monkeypatch.setattr(watching, "put_away", killed)
    with pytest.raises(KeyboardInterrupt):
        look()
    monkeypatch.undo()
    assert look()[0].was_read
    assert names(folder) == ["done/census.xml"]
    assert Return.objects.count() == Release.objects.count() == 1


def test_what_is_hidden_or_says_that_it_is_not_finished_is_left_alone(folder: Path, look: Look) -> None:
    for name in (".census.xml", "~$list.xlsx", "census.xml.part", "census.xml.FILEPART", "x.tmp"):
        census.write(folder, census.census(), name)
    (folder / "empty folder").mkdir()
    assert look() == look() == []
    assert len(names(folder)) == 5


def test_a_folder_and_a_zip_are_one_submission_each(folder: Path, look: Look) -> None:
    census.write(folder / "march", census.census(), "c.xml")
    (folder / "april.zip").write_bytes(zipped({"april/c.xml": census.census(n_children=41)}))
    (folder / "bad.zip").write_bytes(zipped({}))
    census.write(folder / "deep" / "deeper", "x", "x.csv")
    look()
    taken = {one.name: one for one in look()}
    assert taken["april.zip"].was_read
    assert "There is no file in it" in taken["bad.zip"].words
    assert "holds another folder" in taken["deep"].words
    assert (folder / "refused/deep.reason.txt").is_file()
    assert set(taken) == {"april.zip", "bad.zip", "deep", "march"}


def test_too_large_a_file_is_refused_before_it_is_kept(folder: Path, look: Look, settings: Any, data: Path) -> None:
    settings.HOLDFAST_RETURN_MAX_BYTES = 100
    census.write(folder, census.census())
    look()
    assert "larger than" in look()[0].words
    assert not list(data.glob("returns/*"))


def test_while_others_write_a_file_waits_and_a_calculation_that_stops_keeps_it_as_read(
    folder: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**given: Any) -> Any:
        raise TooBusy

    def stopped(**given: Any) -> Any:
        raise intake.WorkStopped("The returns are kept.")

    census.write(folder, census.census())
    look()
    monkeypatch.setattr(watching, "ingest_now", busy)
    assert look() == []
    monkeypatch.setattr(watching, "ingest_now", stopped)
    assert look()[0].was_read
    assert names(folder) == ["done/census.xml"]


def test_a_folder_that_is_not_there_says_so_and_a_file_that_went_is_no_state(folder: Path) -> None:
    with pytest.raises(watched.NoSuchFolder, match="no folder"):
        watched.look(folder / "nowhere")
    assert watched.state_of(folder / "nowhere") == ()


def test_the_analysts_are_told_by_mail_and_nobody_else(
    folder: Path, look: Look, people: Any, council: Programme
) -> None:
    for account in people.values():
        account.email = f"{account.username}@example.org"
        account.save()
    census.write(folder, census.census())
    census.write(folder, "Dear colleague", "letter.txt")
    look()
    look()
    assert [message.to for message in mail.outbox] == [["performance-analyst@example.org"]]
    (message,) = mail.outbox
    assert message.subject == f"{council.name}: 1 read, 1 refused"
    assert "census.xml: Return 1" in message.body
    assert "letter.txt: Return 2 (letter.txt) was not read." in message.body
    assert f"Draft release 1 waits for you: http://localhost:8000/{council.code}/releases/1/" in message.body
    assert "Nothing has been published." in message.body
    assert "CHILD-" not in message.body
    row = TrailRow.objects.get(action="arrivals taken in")
    assert row.detail["told"] == ["performance-analyst"]


def test_a_mail_that_does_not_go_stops_nothing(
    folder: Path, look: Look, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people["performance-analyst"].email = "a@example.org"
    people["performance-analyst"].save()

    def dead(self: Any) -> int:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(watching.EmailMessage, "send", dead)
    census.write(folder, census.census())
    look()
    assert look()[0].was_read
    assert TrailRow.objects.get(action="arrivals taken in").detail["told"] == []


def test_only_who_may_submit_a_return_takes_in(folder: Path, council: Programme, people: Any) -> None:
    with pytest.raises(Refused):
        watching.take_in_folder(
            by=people["elected-member"], at=clock.now(), programme=council, folder=folder, before={}
        )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "social care.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ssd_person (pers_person_id TEXT, pers_dob TEXT, pers_sex TEXT)")
        connection.execute("INSERT INTO ssd_person VALUES ('P1', '2005-05-01', 'F')")
        connection.execute(
            "CREATE TABLE ssd_cin_episodes (cine_referral_id TEXT, cine_person_id TEXT, cine_referral_date TEXT)"
        )
        connection.execute("INSERT INTO ssd_cin_episodes VALUES ('R1', 'P1', '2013-05-01')")
    connection.close()
    return path


def pull(council: Programme, name: str = "liquid-logic") -> watching.TakenIn:
    return watching.take_in_database(by=SYSTEM, at=clock.now(), programme=council, name=name)


def test_a_database_is_copied_read_only_and_becomes_a_draft(
    council: Programme, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDFAST_DATABASE_OF_LIQUID_LOGIC", f"sqlite:///{database}")
    before = database.read_bytes()
    taken = pull(council)
    returned = Return.objects.get()
    assert (returned.kind or returned.reason, returned.parts != [], taken.was_read) == ("ssd", True, True)
    assert [release.state for release in Release.objects.all()] == ["draft"], "each time, without anybody"
    assert returned.name == f"ssd-liquid-logic-{clock.today().isoformat()}"
    assert database.read_bytes() == before
    assert TrailRow.objects.filter(action="arrivals taken in").count() == 1
    assert not Release.objects.filter(state="published").exists()


def test_an_address_is_in_a_file_that_the_service_alone_may_read(data: Path) -> None:
    file = data / "databases" / "mosaic"
    file.parent.mkdir()
    file.write_text("sqlite:////nowhere.db\n")
    file.chmod(0o600)
    assert watching.address_of("mosaic") == "sqlite:////nowhere.db"
    file.chmod(0o640)
    if os.name == "posix":
        with pytest.raises(watching.NoSuchDatabase, match="chmod 600"):
            watching.address_of("mosaic")
    for name, says in (("other", "HOLDFAST_DATABASE_OF_OTHER"), ("../mosaic", "small letters"), ("", "small letters")):
        with pytest.raises(watching.NoSuchDatabase, match=says):
            watching.address_of(name)


def test_a_database_that_does_not_answer_is_told_without_its_address(
    council: Programme, tmp_path: Path, people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people["performance-analyst"].email = "a@example.org"
    people["performance-analyst"].save()
    monkeypatch.setenv("HOLDFAST_DATABASE_OF_MOSAIC", f"sqlite:///{tmp_path}/secret-place/x.db")
    with pytest.raises(analytics.DatabaseNotRead):
        pull(council, "mosaic")
    assert "secret-place" not in mail.outbox[0].body
    assert "0 read, 1 refused" in mail.outbox[0].subject
    assert not Return.objects.exists()


def test_a_database_pulled_while_others_write_is_tried_again_by_whoever_scheduled_it(
    council: Programme, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(**given: Any) -> Any:
        raise TooBusy

    monkeypatch.setenv("HOLDFAST_DATABASE_OF_LIQUID_LOGIC", f"sqlite:///{database}")
    monkeypatch.setattr(watching, "ingest_now", busy)
    with pytest.raises(TooBusy):
        pull(council)
