"""Returns: kept, read once, refused in words. Nothing is lost and nothing doubles."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import Account, TrailRow
from holdfast.jobs import kept, queue
from holdfast.jobs.models import Job
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import keep_original, original_path, store
from holdfast.performance.models import Release, Return
from holdfast.performance.selectors.returns import faults, one_return, open_jobs
from holdfast.performance.selectors.unanswerable import NoSuchReturn
from holdfast.performance.services import returns
from holdfast.performance.services.intake import WorkStopped, ingest_now, submit_return
from holdfast.performance.services.returns import NothingToAccept, NothingToConfirm
from performance import census

pytestmark = pytest.mark.postgres_too

Send = Callable[..., Return]


def read(returned: Return) -> Return:
    """Run what waits, and give the return as it then is."""
    queue.work(until_empty=True)
    return Return.objects.get(pk=returned.pk)


def test_a_submitted_file_is_kept_byte_for_byte_and_waits(send: Send) -> None:
    text = census.census()
    returned = send(text)
    assert original_path(returned.sha256).read_text() == text
    assert returned.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (returned.number, returned.state, returned.n_bytes) == (1, "queued", len(text.encode()))
    assert Job.objects.get().payload == {"return": returned.pk}


def test_a_read_return_says_its_rows_and_faults_and_a_draft_release_follows(send: Send, council: Programme) -> None:
    returned = read(send(census.census()))
    assert (returned.state, returned.as_at, returned.authority) == ("read", census.AS_AT, "998")
    assert returned.n_rows["person"] == 40
    assert returned.n_rows["cin_episodes"] == 47
    assert returned.n_faults_in_all >= 1
    release = Release.objects.get()
    assert (release.number, release.state, release.as_at) == (1, "draft", census.AS_AT)
    assert list(release.returns.all()) == [returned]


def test_the_date_given_by_a_person_wins_over_the_file_s_own(send: Send) -> None:
    from datetime import date

    assert read(send(census.census(), as_at=date(2014, 1, 30))).as_at == date(2014, 1, 30)


def test_a_file_sent_twice_is_one_return_and_says_so(send: Send) -> None:
    first = read(send(census.census()))
    second = send(census.census(), name="another-name.xml")
    assert (second.pk, second.was_sent_before, second.state) == (first.pk, True, "read")
    assert Return.objects.count() == 1
    assert queue.run_next_job() is None
    assert len(store().loads()) == 1


def test_each_way_of_sending_is_in_the_trail(send: Send) -> None:
    read(send(census.census()))
    send(census.census())
    actions = list(TrailRow.objects.filter(programme="westmere-2031").values_list("action", flat=True))
    by_the_worker = ["return submitted", "return read", "release calculated", "return held to the rules"]
    assert actions[-5:] == [*by_the_worker, "return sent again"]


def test_a_file_for_another_authority_is_refused_until_somebody_confirms_it(send: Send, council: Programme) -> None:
    returned = read(send(census.census(authority="123")))
    assert (returned.state, returned.refusal) == ("refused", "authority")
    assert "authority 123" in returned.reason
    assert store().loads() == []
    returns.confirm_authority(by=SYSTEM, at=clock.now(), returned=returned)
    assert read(returned).state == "read"


def test_confirming_when_sending_reads_a_file_for_another_authority_at_once(send: Send) -> None:
    assert read(send(census.census(authority="123"), confirm_authority=True)).state == "read"


def test_sending_a_refused_file_again_with_the_confirmation_reads_it(send: Send) -> None:
    read(send(census.census(authority="123")))
    assert send(census.census(authority="123")).state == "refused"
    assert read(send(census.census(authority="123"), confirm_authority=True)).state == "read"
    assert Return.objects.count() == 1


def test_nothing_to_confirm_is_refused_in_words(send: Send) -> None:
    returned = send(census.census())
    with pytest.raises(NothingToConfirm, match="not waiting for anybody to confirm"):
        returns.confirm_authority(by=SYSTEM, at=clock.now(), returned=returned)


def test_a_file_without_a_date_is_refused_until_a_date_is_given(send: Send) -> None:
    returned = read(send(census.census(as_at=None)))
    assert (returned.state, returned.refusal) == ("refused", "undated")
    assert "Submit it again and give the date" in returned.reason
    assert read(send(census.census(as_at=None), as_at=census.AS_AT)).state == "read"


@pytest.mark.parametrize("name", census.UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused_in_a_plain_sentence_and_kept(send: Send, name: str) -> None:
    content = census.UNREADABLE[name]
    returned = read(send(content))
    assert (returned.state, returned.refusal) == ("refused", "unreadable")
    assert returned.reason.endswith(".")
    assert "Traceback" not in returned.reason
    assert "passwd" not in returned.reason
    assert original_path(returned.sha256).read_bytes() == content
    assert store().loads() == []
    assert not Release.objects.exists()


def test_a_file_over_the_limit_is_refused_before_anything_is_kept(send: Send, settings: Any, data: Path) -> None:
    settings.HOLDFAST_RETURN_MAX_BYTES = 1000
    with pytest.raises(kept.TooLarge, match="larger than"):
        send(census.census())
    assert not Return.objects.exists()
    assert not list(data.glob("returns/*"))


class Growing(type(Path())):  # type: ignore[misc]
    """A file that says it is smaller than it turns out to be."""

    def stat(self, **more: Any) -> Any:
        return SimpleNamespace(st_size=10, st_mode=super().stat().st_mode)


def test_a_file_that_grows_past_the_limit_while_it_is_copied_is_not_kept(
    settings: Any, tmp_path: Path, data: Path
) -> None:
    file = census.write(tmp_path, b"x" * 200)
    settings.HOLDFAST_RETURN_MAX_BYTES = 100
    with pytest.raises(kept.TooLarge):
        keep_original(Growing(file))
    assert not list(data.glob("returns/*"))


def test_an_original_s_name_is_never_taken_for_a_path() -> None:
    with pytest.raises(kept.NotAsKept, match="no SHA-256"):
        original_path("../../etc/passwd")


def test_a_file_s_own_name_keeps_only_its_last_printable_part(send: Send) -> None:
    assert send(census.census(), name="census.xml").name == "census.xml"
    assert kept.plain_name("..\\..\\C:\\secret\\cen\x00sus.xml") == "census.xml"
    assert kept.plain_name("/") == "unnamed file"


def test_reading_a_return_again_changes_nothing(send: Send) -> None:
    returned = send(census.census())
    job = Job.objects.get()
    queue.work(until_empty=True)
    before = Return.objects.get(pk=returned.pk)
    queue._handlers[job.kind].run(job, queue.Progress())
    assert Return.objects.get(pk=returned.pk).read_at == before.read_at
    assert Release.objects.count() == 1


def test_a_second_worker_that_finishes_the_same_reading_changes_nothing(send: Send) -> None:
    from holdfast.performance.services.returns import WhatWasRead

    returned = read(send(census.census()))
    late = WhatWasRead("cin_census", "998", census.AS_AT, "f" * 64, {}, {})
    returns.record_reading(by=SYSTEM, at=clock.now(), returned=returned, found=late)
    returns.refuse_return(
        by=SYSTEM, at=clock.now(), returned=returned, refusal=Return.Refusal.BROKEN, reason="It stopped."
    )
    after = Return.objects.get(pk=returned.pk)
    assert (after.state, after.load_id) == ("read", returned.load_id)


def test_a_fault_in_the_service_says_nothing_was_lost_and_can_be_tried_again(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    from holdfast.performance.services import intake

    with monkeypatch.context() as broken:
        broken.setattr(intake, "_why_not_kept", lambda *_: 1 / 0)
        returned = read(send(census.census()))
    assert (returned.state, returned.refusal) == ("refused", "broken")
    assert "Nothing was lost" in returned.reason
    assert "ZeroDivisionError" in returned.reason
    assert read(send(census.census())).state == "read"


def test_ingesting_now_reads_every_file_and_makes_one_release(council: Programme, tmp_path: Path) -> None:
    from datetime import date

    older = census.write(
        tmp_path, census.census(as_at=date(2013, 3, 31), first=date(2012, 4, 2), n_children=20), "a.xml"
    )
    newer = census.write(tmp_path, census.census(), "b.xml")
    bad = census.write(tmp_path, census.UNREADABLE["truncated"], "c.xml")
    found = ingest_now(by=SYSTEM, at=clock.now(), programme=council, files=[older, newer, bad, newer])
    assert [one.returned.state for one in found] == ["read", "read", "refused", "read"]
    assert [one.was_sent_before for one in found] == [False, False, False, True]
    assert found[0].as_data()["rows"]["person"] == 20
    assert "not read" in found[2].in_words()
    assert "Rows: " in found[1].in_words()
    assert Release.objects.get().returns.count() == 2


def test_a_file_tried_again_is_not_said_to_have_added_nothing(council: Programme, tmp_path: Path) -> None:
    file = census.write(tmp_path, census.census(authority="123"))
    write = {"by": SYSTEM, "at": clock.now(), "programme": council, "files": [file]}
    assert "not read" in ingest_now(**write)[0].in_words()
    assert "sent before, so nothing was added." in ingest_now(**write)[0].in_words()
    [again] = ingest_now(**write, confirm_authority=True)
    assert "sent before, and was tried again." in again.in_words()
    assert "so nothing was added" in ingest_now(**write)[0].in_words()


def test_of_several_files_one_too_large_is_named_before_any_is_kept(
    council: Programme, tmp_path: Path, settings: Any
) -> None:
    files = [census.write(tmp_path, "<Message/>", "a.xml"), census.write(tmp_path, census.census(), "b.xml")]
    settings.HOLDFAST_RETURN_MAX_BYTES = 100
    with pytest.raises(kept.TooLarge, match="is larger than"):
        ingest_now(by=SYSTEM, at=clock.now(), programme=council, files=files)
    assert not Return.objects.exists()


def test_when_the_calculation_fails_the_returns_are_kept_and_the_failure_is_said(
    council: Programme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from holdfast.performance.services import calculation

    monkeypatch.setattr(calculation, "_calculate", lambda *_: 1 / 0)
    file = census.write(tmp_path, census.census())
    with pytest.raises(WorkStopped, match="The returns are kept"):
        ingest_now(by=SYSTEM, at=clock.now(), programme=council, files=[file])
    assert Return.objects.get().state == "read"
    assert not Release.objects.exists()
    assert [job.state for job in open_jobs(SYSTEM, council.code)] == ["failed"]


def test_only_those_permitted_submit(
    council: Programme, people: dict[str, Account], tmp_path: Path, data: Path
) -> None:
    file = census.write(tmp_path, census.census())
    for role in ("director", "elected-member", "administrator", "nobody", "elsewhere"):
        with pytest.raises(Refused):
            submit_return(by=people[role], at=clock.now(), programme=council, file=file, name="a.xml")
    assert not (data / "returns").exists()


def test_faults_show_a_child_only_to_those_who_may_see_one_and_that_look_is_trailed(
    published: Release, people: dict[str, Account]
) -> None:
    code, returned = published.programme.code, published.returns.get()
    rule = max(returned.n_faults, key=lambda one: returned.n_faults[one])

    def looks() -> int:
        return TrailRow.objects.filter(action="saw child references beside faults").count()

    office = faults(people["programme-office"], code, returned.number, rule)
    assert office.page.rows
    assert {fault.child for fault in office.page.rows} == {""}
    assert looks() == 0
    analyst = faults(people["performance-analyst"], code, returned.number, rule)
    assert any(fault.child for fault in analyst.page.rows)
    assert looks() == 1


def test_faults_by_rule_add_up_and_an_unknown_rule_shows_no_rows(published: Release) -> None:
    returned = published.returns.get()
    seen = faults(SYSTEM, published.programme.code, returned.number, "no-such-rule")
    assert sum(one.n_faults for one in seen.rules) == returned.n_faults_in_all
    assert (seen.rule, list(seen.page.rows)) == ("", [])


def test_a_return_that_does_not_exist_is_said_so(council: Programme) -> None:
    with pytest.raises(NoSuchReturn, match="There is no return 9"):
        one_return(SYSTEM, council.code, 9)


def test_what_a_killed_reader_left_is_removed_and_what_a_running_one_writes_is_not(data: Path) -> None:
    import subprocess
    import sys

    from holdfast.performance.keeping import clear_what_was_left, reading_folder

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, running = (data / "reading" / f"{'a' * 16}-{pid}" for pid in (gone.pid, 1))
    aside, writing = (data / "store" / "aside" / f"{pid}-x" for pid in (gone.pid, 1))
    for folder in (left, running, aside, writing):
        folder.mkdir(parents=True)
    with reading_folder("a" * 64) as own:
        assert own.is_dir()
    assert clear_what_was_left() == 1
    assert [folder.exists() for folder in (left, running, aside, writing, own)] == [False, True, False, True, False]


def test_a_file_with_blocking_faults_is_refused_with_each_of_them(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    import holdfast.analytics as analytics

    real = analytics.read_return
    blocked = ["The file holds no child.", "Another thing is wrong with all of it."]
    monkeypatch.setattr(analytics, "read_return", lambda path, into: replace(real(path, into=into), blocking=blocked))
    returned = read(send(census.census()))
    assert (returned.state, returned.refusal) == ("refused", "blocking")
    assert returned.reason == " ".join(blocked)


def lossy(n_children: int = 40) -> str:
    return census.census(n_children=n_children).replace("<CINreferralDate>2013-", "<CINreferralDate>13-")


def test_a_file_of_which_a_column_is_lost_is_not_read_until_somebody_accepts_it(send: Send, council: Programme) -> None:
    returned = read(send(lossy()))
    assert (returned.state, returned.refusal, returned.can_be_accepted) == ("refused", "loss", True)
    assert "values of CINreferralDate could not be understood." in returned.reason
    assert not Release.objects.exists()
    returns.accept_loss(by=SYSTEM, at=clock.now(), returned=returned)
    assert read(returned).state == "read"
    with pytest.raises(NothingToAccept):
        returns.accept_loss(by=SYSTEM, at=clock.now(), returned=returned)


def test_sending_a_file_that_loses_a_column_again_changes_nothing_unless_the_loss_is_accepted(send: Send) -> None:
    read(send(lossy()))
    assert send(lossy()).state == "refused"
    assert read(send(lossy(), accept_loss=True)).state == "read"


def test_a_release_that_loses_what_the_last_one_gives_is_published_only_knowingly(council: Programme) -> None:
    draft = Release(
        programme=council, number=2, n_figures=3, moves_summary={"no longer given": 2}, compared_with=Release(number=1)
    )
    assert draft.loses.startswith("This release does not give 2 figures that release 1")
    assert Release(programme=council, number=1, n_figures=0).loses == "This release holds no figure at all."
    assert Release(programme=council, number=1, n_figures=1).loses == ""
