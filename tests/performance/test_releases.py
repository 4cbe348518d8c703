"""Releases: offered as drafts, published by a person, fixed for ever after."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import Account, TrailRow
from holdfast.analytics import engines
from holdfast.jobs import queue
from holdfast.jobs.models import Job
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import store
from holdfast.performance.models import PublishedReleaseIsFixed, Release, Return
from holdfast.performance.rehearsing import rehearse
from holdfast.performance.selectors.releases import chosen_release, latest_release, moves, release_to_publish
from holdfast.performance.selectors.revisions import revisions
from holdfast.performance.selectors.unanswerable import NoRelease, NothingToPublish
from holdfast.performance.selectors.uploads import effect_of_return, effects_in_draft
from holdfast.performance.services import releases
from holdfast.performance.services.calculation import NothingToCalculate, calculate_release
from holdfast.performance.services.releases import CannotPublish, WhatWasCalculated
from holdfast.performance.views.waiting_rows import effect_rows
from performance import census

pytestmark = pytest.mark.postgres_too

Send = Callable[..., Return]


def calculated(calculation: str, **more: object) -> WhatWasCalculated:
    return WhatWasCalculated(calculation * 64, "5" * 64, "duckdb", date(2014, 1, 31), 9, ["sex"], "a" * 64, **more)  # type: ignore[arg-type]


def offer(programme: Programme, calculation: str, **more: object) -> Release:
    return releases.add_release(
        by=SYSTEM, at=clock.now(), programme=programme, found=calculated(calculation, **more), returns=[]
    )


def publish(release: Release, by: object = SYSTEM) -> Release:
    return releases.publish_release(by=by, at=clock.now(), release=release)


def test_a_release_says_its_number_and_the_start_of_its_hash(programme: Programme) -> None:
    release = offer(programme, "a")
    assert release.reference == release.in_words == str(release) == "release 1 (aaaaaaaa)"


def test_the_same_calculation_as_the_latest_release_adds_nothing(programme: Programme) -> None:
    first = offer(programme, "a")
    assert offer(programme, "a").pk == first.pk
    assert Release.objects.count() == 1
    assert TrailRow.objects.latest("number").action == "release calculated again"


def test_a_person_publishes_and_the_trail_says_which_calculation(
    programme: Programme, people: dict[str, Account]
) -> None:
    published = publish(offer(programme, "a"), by=people["performance-analyst"])
    assert published.is_published
    assert published.publisher == "Performance analyst Invented"
    row = TrailRow.objects.latest("number")
    assert (row.action, row.detail["calculation"]) == ("release published", "a" * 64)


@pytest.mark.parametrize("role", ["director", "programme-office", "elected-member", "administrator", "nobody"])
def test_nobody_else_publishes(programme: Programme, people: dict[str, Account], role: str) -> None:
    draft = offer(programme, "a")
    with pytest.raises(Refused):
        publish(draft, by=people[role])
    assert not Release.objects.get().is_published


def test_a_published_release_cannot_be_changed_or_removed(programme: Programme) -> None:
    published = publish(offer(programme, "a"))
    published.engine = "another"
    for change in (
        published.save,
        published.delete,
        lambda: Release.objects.update(engine="another"),
        lambda: Release.objects.all().delete(),
    ):
        with pytest.raises(PublishedReleaseIsFixed, match="cannot be changed"), transaction.atomic():
            change()
    assert Release.objects.get().engine == "duckdb"


def test_a_draft_can_still_be_changed_and_removed(programme: Programme) -> None:
    offer(programme, "a")
    assert Release.objects.update(engine="another") == 1
    draft = Release.objects.get()
    draft.save()
    draft.delete()
    offer(programme, "a")
    Release.objects.all().delete()
    assert not Release.objects.exists()


def test_publishing_twice_is_refused_in_words(programme: Programme) -> None:
    published = publish(offer(programme, "a"))
    with pytest.raises(CannotPublish, match=r"Release 1 \(aaaaaaaa\) is published already"):
        publish(published)


def test_publishing_what_equals_the_last_published_says_nothing_changed(programme: Programme) -> None:
    publish(offer(programme, "a"))
    offer(programme, "b")
    with pytest.raises(CannotPublish, match="Nothing has changed since release 1"):
        publish(offer(programme, "a"))


def test_an_older_draft_is_not_published_over_a_newer_release(programme: Programme) -> None:
    older, newer = offer(programme, "a"), offer(programme, "b")
    publish(newer)
    with pytest.raises(CannotPublish, match="is newer and published already"):
        publish(older)


def test_the_latest_release_is_the_last_published_not_the_last_draft(programme: Programme) -> None:
    assert latest_release(SYSTEM, programme.code) is None
    published = publish(offer(programme, "a"))
    offer(programme, "b")
    assert latest_release(SYSTEM, programme.code) == published


def test_a_draft_is_for_those_who_may_see_returns(programme: Programme, people: dict[str, Account]) -> None:
    draft, code = offer(programme, "a"), programme.code
    assert chosen_release(people["director"], code, 1) == draft
    with pytest.raises(Refused):
        chosen_release(people["elected-member"], code, 1)
    with pytest.raises(NoRelease, match="There is no release 2"):
        chosen_release(SYSTEM, code, 2)
    with pytest.raises(NoRelease, match="No release has been published yet"):
        chosen_release(SYSTEM, code)


def test_the_draft_to_publish_is_the_latest_or_the_one_named(programme: Programme) -> None:
    code = programme.code
    with pytest.raises(NothingToPublish, match="no draft release"):
        release_to_publish(SYSTEM, code)
    first, second = offer(programme, "a"), offer(programme, "b")
    assert release_to_publish(SYSTEM, code) == second
    assert release_to_publish(SYSTEM, code, 1) == first
    with pytest.raises(NothingToPublish, match="Release 7 is not a draft"):
        release_to_publish(SYSTEM, code, 7)


def test_asking_for_a_release_queues_one_job_however_often(programme: Programme, people: dict[str, Account]) -> None:
    for _ in range(2):
        releases.request_release(by=people["performance-analyst"], at=clock.now(), programme=programme)
    assert Job.objects.count() == 1
    with pytest.raises(Refused):
        releases.request_release(by=people["director"], at=clock.now(), programme=programme)


def test_calculating_with_nothing_read_says_so(programme: Programme) -> None:
    with pytest.raises(NothingToCalculate, match="no return of this programme has been read"):
        calculate_release(by=SYSTEM, at=clock.now(), programme=programme)


def test_a_later_return_makes_a_draft_that_says_what_moved_and_what_it_can_move(
    published: Release, send: Send, client_for: Any
) -> None:
    later = census.census(as_at=date(2014, 3, 31), n_children=48)
    send(later)
    queue.work(until_empty=True)
    draft = release_to_publish(SYSTEM, published.programme.code)
    assert (draft.number, draft.compared_with) == (2, published)
    assert draft.returns.count() == 2
    moved = moves(SYSTEM, published.programme.code, draft)
    assert draft.n_moves == len(moved) > 0
    assert sum(draft.moves_summary.values()) == draft.n_moves
    compared = revisions(SYSTEM, published.programme.code, published.number, draft.number)
    assert (draft.n_moved, draft.n_first_given) == (len(compared.revisions), compared.n_first_given)
    assert draft.n_first_given > 0
    assert draft.moved_words == f"{draft.n_moved:,} moved, {draft.n_first_given:,} given for the first time"
    assert published.moved_words == "first release"
    facts, _ = store().said("answers", draft.answers_id)
    assert facts["earlier"] == [published.calculation_id], "what late records moved is told from what was published"
    inside = analytics.kept_answers(store(), draft.answers_id).by_group("I03", "inside")[""]
    public = analytics.kept_answers(store(), draft.answers_id).by_group("I03", "publish")[""]
    assert inside.revised
    assert public.revised == ()
    code, later_return = published.programme.code, draft.returns.get(number=2)
    [(new, effect)] = effects_in_draft(SYSTEM, draft)
    assert (new, effect) == (later_return, effect_of_return(SYSTEM, later_return))
    assert effects_in_draft(SYSTEM, published) == ()
    heading = "What the returns that are new in it can move"
    page = client_for("performance-analyst").get(f"/{code}/releases/2/").content.decode()
    own = client_for("performance-analyst").get(f"/{code}/returns/2/").content.decode()
    words = effect_rows(effect)["words"]
    assert words in page
    assert words in own
    assert [name in page for name in (heading, "Return 2, ", "Return 1, ")] == [True, True, False]
    publish(draft)
    assert heading not in client_for("performance-analyst").get(f"/{code}/releases/2/").content.decode()


def test_what_moved_is_shown_only_to_those_who_may_see_small_counts(
    published: Release, people: dict[str, Account]
) -> None:
    code = published.programme.code
    assert moves(SYSTEM, code, published) == ()
    assert moves(people["elected-member"], code, published) == ()
    with pytest.raises(Refused):
        moves(people["nobody"], code, published)


def test_calculating_again_gives_the_same_release_and_compiles_nothing_that_a_worker_made_ready(
    published: Release,
) -> None:
    engines._compiled.cache_clear()
    rehearse()
    made_ready = engines._compiled.cache_info().misses
    again = calculate_release(by=SYSTEM, at=clock.now(), programme=published.programme)
    assert again.pk == published.pk
    assert engines._compiled.cache_info().misses == made_ready > 10


def test_a_paper_reads_the_newest_release_of_its_day_or_the_last_where_there_was_none(programme: Programme) -> None:
    """Published on 5 January and 5 February 2014."""
    first = offer(programme, "a")
    releases.publish_release(by=SYSTEM, at=datetime(2014, 1, 5, 12, tzinfo=UTC), release=first)
    second = offer(programme, "b", compared_with=first)
    releases.publish_release(by=SYSTEM, at=datetime(2014, 2, 5, 23, 59, tzinfo=UTC), release=second)
    code = programme.code

    def number_for(on: date | None) -> int:
        found = latest_release(SYSTEM, code, on)
        assert found is not None
        assert chosen_release(SYSTEM, code, on=on) == found
        return found.number

    days = [date(2014, 1, 4), date(2014, 1, 5), date(2014, 2, 4), date(2014, 2, 5), None]
    assert [number_for(day) for day in days] == [2, 1, 1, 2, 2]
