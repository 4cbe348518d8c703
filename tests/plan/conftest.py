"""What the plan room's tests share: the invented notice, a post, an objective and a few actions around one day."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.notice.models import Notice
from holdfast.notice.services.loading import load_notice, load_recommendations
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Post
from holdfast.plan.models import Action, Milestone, Objective
from holdfast.plan.services import adding, progress
from people import made_once

TODAY = date(2031, 6, 1)
AT = datetime(2031, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(settings):
    settings.HOLDFAST_TODAY = TODAY


def _westmere(programme):
    notice = load_notice(by=SYSTEM, at=AT, programme=programme, file=Path("westmere-send-2031.yaml"))
    given = [{"ref": "F1", "text": "Do better.", "requirements": ["A1"]}]
    load_recommendations(by=SYSTEM, at=AT, notice=notice, recommendations=given, invented=True)


@pytest.fixture
def westmere(people, programme):
    made_once("westmere", lambda: _westmere(programme))
    return Notice.objects.select_related("programme").get(programme=programme)


@pytest.fixture
def post(programme):
    made_once("head of plans", lambda: _post(programme))
    return Post.objects.select_related("programme", "agency").get(programme=programme, code="head")


def _post(programme):
    write = {"by": SYSTEM, "at": AT, "programme": programme}
    agency = organisation.add_agency(**write, code="council", name="Council", kind="council")
    organisation.add_post(**write, code="head", title="Head of plans", agency=agency)


@pytest.fixture
def objective(programme):
    facts = {"programme": programme, "ref": "O1", "title": "Plans on time"}
    made_once("objective", lambda: adding.add_objective(by=SYSTEM, at=AT, **facts))
    return Objective.objects.select_related("programme").get(programme=programme, ref="O1")


@pytest.fixture
def small_plan(westmere, objective, post):
    """Four actions: late, due today, due later and done; and two milestones."""
    made_once("small plan", lambda: _small_plan(objective, post))
    late, now, later, done = (Action.objects.get(ref=ref) for ref in ("A-late", "A-now", "A-later", "A-done"))
    points = [Milestone.objects.get(ref=ref) for ref in ("M1", "M2")]
    return SimpleNamespace(late=late, now=now, later=later, done=done, milestones=points, objective=objective)


def _small_plan(objective, post):
    def action(ref: str, due_on: date, **more):
        return adding.add_action(
            by=SYSTEM, at=AT, objective=objective, ref=ref, title=f"Action {ref}", owner=post, due_on=due_on, **more
        )

    action("A-late", date(2031, 5, 31), requirements=["A1"], indicator="I20", recommendations=["F1"])
    action("A-now", TODAY, requirements=["A2", "A3"])
    action("A-later", date(2031, 7, 1), requirements=["A1"])
    done = action("A-done", date(2031, 5, 1))
    progress.mark_done(by=SYSTEM, at=AT, action=done, on=date(2031, 5, 2), note="It was done.")
    for ref, due_on in (("M1", date(2031, 6, 15)), ("M2", date(2031, 5, 1))):
        adding.add_milestone(
            by=SYSTEM, at=AT, programme=objective.programme, ref=ref, title=f"Point {ref}", owner=post, due_on=due_on
        )
