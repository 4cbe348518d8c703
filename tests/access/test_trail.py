"""The trail is append-only and chained: whatever is changed, removed, put in or moved is found, and said where."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from holdfast.access import trail
from holdfast.access.models import TrailIsAppendOnly, TrailRow

AT = datetime(2031, 4, 5, 9, 30, tzinfo=UTC)
TABLE = TrailRow._meta.db_table


def append(n: int, **facts: Any) -> None:
    for one in range(n):
        with transaction.atomic():
            details = {"number": one, "share": 0.25, "day": AT.date()} | facts
            trail.append(by=None, at=AT, action="action done", programme="p", subject=f"thing {one}", detail=details)


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("TRAIL", TABLE), values)


def problems() -> list[str]:
    return [broken.problem for broken in trail.broken_rows()]


@pytest.mark.django_db
def test_a_trail_that_nobody_touched_is_sound_and_numbered_without_gaps():
    append(5)

    assert problems() == []
    assert list(TrailRow.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_an_empty_trail_is_sound():
    assert problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["by", "action", "programme", "subject", "digest", "previous_digest"])
def test_a_changed_row_is_found_whatever_was_changed(column):
    append(4)

    sql(f'UPDATE TRAIL SET "{column}" = %s WHERE number = 2', "changed")

    assert any("row 2" in problem for problem in problems())


@pytest.mark.django_db
def test_a_changed_time_and_a_changed_fact_are_found():
    append(3)

    TrailRow(number=2)  # nothing is saved by making one
    sql("UPDATE TRAIL SET at = %s WHERE number = 1", AT.replace(hour=10))
    sql("UPDATE TRAIL SET detail = %s WHERE number = 3", '{"number": 99}')

    assert ["row 1" in one or "row 3" in one for one in problems()] == [True, True]


@pytest.mark.django_db
def test_a_row_removed_from_the_middle_is_found():
    append(5)

    sql("DELETE FROM TRAIL WHERE number = 3")

    assert problems() == ["Trail row 3 is missing: the next row found is 4."]


@pytest.mark.django_db
def test_rows_removed_from_the_end_are_found():
    append(5)

    sql("DELETE FROM TRAIL WHERE number >= 4")

    assert problems() == ["The trail should end at row 5, but ends at row 3."]


@pytest.mark.django_db
def test_removing_the_head_as_well_is_found():
    append(2)

    sql("DELETE FROM access_trailhead")

    assert problems() == ["The head of the trail is missing."]


@pytest.mark.django_db
def test_two_rows_that_changed_places_are_found():
    append(4)

    sql("UPDATE TRAIL SET number = 99 WHERE number = 2")
    sql("UPDATE TRAIL SET number = 2 WHERE number = 3")
    sql("UPDATE TRAIL SET number = 3 WHERE number = 99")

    assert any("row 2" in problem for problem in problems())


@pytest.mark.django_db
def test_a_row_put_in_is_found():
    append(3)

    sql(
        "INSERT INTO TRAIL (number, at, by, action, programme, subject, detail, previous_digest, seals_digest, digest)"
        " SELECT 4, at, 'somebody', action, programme, subject, detail, digest, seals_digest, digest FROM TRAIL"
        " WHERE number = 3"
    )

    assert any("row 4" in problem for problem in problems())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    n=st.integers(2, 8),
    data=st.data(),
    text=st.text(max_size=30),
    share=st.floats(allow_nan=True),
)
def test_whatever_is_written_reads_back_sound_and_any_one_change_is_found(db, n, data, text, share):
    with transaction.atomic():
        append(n, text=text, share=share)
        assert problems() == []

        row = data.draw(st.integers(1, n))
        change = data.draw(st.sampled_from(["subject", "remove", "move"]))
        if change == "subject":
            sql("UPDATE TRAIL SET subject = %s WHERE number = %s", "another thing", row)
        elif change == "remove":
            sql("DELETE FROM TRAIL WHERE number = %s", row)
        else:
            sql("UPDATE TRAIL SET number = number + 100 WHERE number = %s", row)
        assert problems()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attempt",
    [
        lambda: TrailRow.objects.get(number=1).save(),
        lambda: TrailRow.objects.get(number=1).delete(),
        lambda: TrailRow.objects.update(subject="changed"),
        lambda: TrailRow.objects.filter(number=1).update(subject="changed"),
        lambda: TrailRow.objects.all().delete(),
        lambda: TrailRow.objects.create(number=9, at=AT),
        lambda: TrailRow.objects.bulk_create([TrailRow(number=9, at=AT)]),
        lambda: TrailRow.objects.bulk_update([TrailRow(number=1, at=AT)], ["at"]),
        lambda: TrailRow.objects.update_or_create(number=1, defaults={"subject": "changed"}),
        lambda: TrailRow.objects.get_or_create(number=9, at=AT),
    ],
)
def test_changing_or_removing_rows_through_the_model_is_refused(attempt):
    append(2)

    with pytest.raises(TrailIsAppendOnly):
        attempt()
    assert problems() == []


@pytest.mark.django_db
def test_a_row_fits_its_columns_whatever_was_asked_for():
    class Somebody:
        username = "x" * 500

    with transaction.atomic():
        trail.append(
            by=Somebody(),
            at=AT,
            action="action done",
            programme="p" * 500,
            subject="nul \x00 " * 99,
            detail={"a": "\x00"},
        )

    row = TrailRow.objects.get()
    assert (len(row.by), len(row.programme), len(row.subject)) == (150, 50, 200)
    assert "\x00" not in row.subject + row.detail["a"]
    assert problems() == []


@pytest.mark.django_db
def test_the_head_is_a_number_and_a_digest_to_note_elsewhere():
    assert trail.head() == (0, "0" * 64)
    append(2)
    assert trail.head() == (2, TrailRow.objects.get(number=2).digest)


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_double_and_lose_no_row():
    faults: list[BaseException] = []

    def write() -> None:
        try:
            append(10)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert faults == []
    assert list(TrailRow.objects.values_list("number", flat=True)) == list(range(1, 41))
    assert problems() == []
