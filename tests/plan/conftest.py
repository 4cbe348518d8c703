"""What the plan room's tests share: the invented notice, a post, an objective and a few actions around one day."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.notice.services.loading import load_notice, load_recommendations
from holdfast.organisation import services as organisation
from holdfast.plan.services import adding, progress

TODAY = date(2031, 6, 1)
AT = datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(settings):
    settings.HOLDFAST_TODAY = TODAY


@pytest.fixture
def westmere(programme):
    notice = load_notice(by=SYSTEM, at=AT, programme=programme, file=Path("westmere-send-2031.yaml"))
    given = [{"ref": "F1", "text": "Do better.", "requirements": ["A1"]}]
    load_recommendations(by=SYSTEM, at=AT, notice=notice, recommendations=given, invented=True)
    return notice


@pytest.fixture
def post(programme):
    agency = organisation.add_agency(
        by=SYSTEM, at=AT, programme=programme, code="council", name="Council", kind="council"
    )
    return organisation.add_post(
        by=SYSTEM, at=AT, programme=programme, code="head", title="Head of plans", agency=agency
    )


@pytest.fixture
def objective(programme):
    return adding.add_objective(by=SYSTEM, at=AT, programme=programme, ref="O1", title="Plans on time")


@pytest.fixture
def small_plan(westmere, objective, post):
    """Four actions: late, due today, due later and done; and two milestones."""

    def action(ref: str, due_on: date, **more):
        return adding.add_action(
            by=SYSTEM, at=AT, objective=objective, ref=ref, title=f"Action {ref}", owner=post, due_on=due_on, **more
        )

    late = action("A-late", date(2031, 5, 31), requirements=["A1"], indicator="I20", recommendations=["F1"])
    now = action("A-now", TODAY, requirements=["A2", "A3"])
    later = action("A-later", date(2031, 7, 1), requirements=["A1"])
    done = action("A-done", date(2031, 5, 1))
    done = progress.mark_done(by=SYSTEM, at=AT, action=done, on=date(2031, 5, 2), note="It was done.")
    points = [
        adding.add_milestone(
            by=SYSTEM, at=AT, programme=objective.programme, ref=ref, title=f"Point {ref}", owner=post, due_on=due_on
        )
        for ref, due_on in (("M1", date(2031, 6, 15)), ("M2", date(2031, 5, 1)))
    ]
    return SimpleNamespace(late=late, now=now, later=later, done=done, milestones=points, objective=objective)
