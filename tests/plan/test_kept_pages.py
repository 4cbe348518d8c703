"""The pages of the whole plan are kept between readers, and say what was written since, and what each may do."""

from datetime import date
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.plan.services import progress
from plan.conftest import AT

PAGES = ("plan/", "plan/exceptions/", "plan/timeline/", "plan/crosswalk/")
ALSO = ("plan/agreed/", "plan/after/", "scrutiny/paper/", "notice/coverage/")
HERE = "/westmere-2031/"


@pytest.mark.parametrize("path", [*PAGES, *ALSO])
def test_a_page_that_was_kept_is_the_page_that_is_made(
    path: str, small_plan: Any, pages_are_kept: None, client_for: Any
) -> None:
    office, member = client_for("programme-office"), client_for("elected-member")
    first = [client.get(HERE + path).content for client in (office, member)]
    again = [client.get(HERE + path).content for client in (office, member)]
    assert b"A-late" in first[0] or path in ALSO
    assert [without_tokens(page) for page in again] == [without_tokens(page) for page in first]


def test_what_was_done_shows_at_once_and_who_may_not_change_is_offered_nothing(
    small_plan: Any, pages_are_kept: None, client_for: Any
) -> None:
    office, member = client_for("programme-office"), client_for("elected-member")
    for client in (office, member):
        assert "1 action" in client.get(f"{HERE}plan/").content.decode()
    assert "plan/actions/add/" in office.get(f"{HERE}plan/").content.decode()
    assert "plan/actions/add/" not in member.get(f"{HERE}plan/").content.decode()
    late = small_plan.late
    progress.mark_done(by=SYSTEM, at=AT, action=late, on=date(2031, 6, 1), note="It was done.")
    for client in (office, member):
        assert "Done" in row_of(client.get(f"{HERE}plan/").content.decode(), "A-late")


def row_of(page: str, ref: str) -> str:
    return next(row for row in page.split("</tr>") if f"/{ref}/" in row)


def without_tokens(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line]
