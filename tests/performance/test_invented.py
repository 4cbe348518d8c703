"""Invented returns come through the analytical door, oldest first, and stop at a day."""

from datetime import date
from pathlib import Path

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.jobs import queue
from holdfast.jobs.models import Job
from holdfast.organisation.models import Programme
from holdfast.performance.invented import write_invented_returns
from holdfast.performance.models import READ_A_RETURN, Return
from holdfast.performance.services import intake


def test_the_invented_returns_are_written_oldest_first_until_a_day(tmp_path: Path) -> None:
    files = write_invented_returns(
        tmp_path / "new", seed=1, until=date(2012, 3, 31), authority="998", children_scale=0.01
    )
    assert [as_at for _, as_at in files] == [date(2011, 3, 31), date(2012, 3, 31)]
    assert all(b"<LEA>998</LEA>" in path.read_bytes() for path, _ in files)


def test_the_monthly_lists_are_read_once_it_is_said_whose_they_are(council: Programme, tmp_path: Path) -> None:
    """As the demonstration sends it: lists of Annex A name no authority, and would wait for somebody's word."""
    last = date(2014, 1, 31)
    files = write_invented_returns(
        tmp_path / "new",
        seed=1,
        until=last,
        authority="998",
        children_scale=0.01,
        only_that_day=True,
        besides={"lists_on": [last]},
    )
    census, (workbook, as_at) = files
    assert (census[1], as_at) == (last, last)
    for is_said, state in ((False, Return.State.REFUSED), (True, Return.State.READ)):
        returned = intake.submit_return(
            by=SYSTEM,
            at=clock.now(),
            programme=council,
            file=workbook,
            name=workbook.name,
            accepted=intake.Accepted(authority=is_said),
        )
        for job in Job.objects.filter(kind=READ_A_RETURN, state="queued"):
            queue.run_job(job)
        returned.refresh_from_db()
        assert returned.state == state
    assert (returned.kind, returned.as_at) == ("annex_a", last)
