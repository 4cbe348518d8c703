"""A room's own fact becomes a released figure: an action done late is taken into a release, and is on the page."""

import json
from collections.abc import Callable
from datetime import date

from django.test import Client

from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.access.models import Account
from holdfast.organisation import services as organisation
from holdfast.organisation.models import Programme
from holdfast.performance.selectors import cases, cover, indicators
from holdfast.performance.services import calculation, releases
from holdfast.plan.models import Action
from holdfast.plan.services import adding, progress


def planned(ground: Programme) -> dict[str, Action]:
    """Three actions: one done in October on the day, two first due in December of which one was done on time."""
    write = {"by": SYSTEM, "at": clock.now()}
    agency = organisation.add_agency(**write, programme=ground, code="council", name="Council", kind="council")
    post = organisation.add_post(**write, programme=ground, code="head", title="Head of plans", agency=agency)
    objective = adding.add_objective(**write, programme=ground, ref="O1", title="Plans on time")

    def action(ref: str, due_on: date) -> Action:
        return adding.add_action(
            **write, objective=objective, ref=ref, title=f"Action {ref}", owner=post, due_on=due_on
        )

    due = {"A1": date(2013, 10, 10), "A2": date(2013, 12, 20), "A3": date(2013, 12, 20)}
    return {ref: action(ref, day) for ref, day in due.items()}


def done(action: Action, on: date) -> None:
    progress.mark_done(by=SYSTEM, at=clock.now(), action=action, on=on, note="It was done.")


def test_an_action_done_late_becomes_a_figure_and_what_came_before_is_not_held(
    ground: Programme, somebody: Callable[[str], Account]
) -> None:
    analyst, member = somebody("performance-analyst"), somebody("elected-member")
    actions = planned(ground)
    done(actions["A1"], date(2013, 10, 10))
    done(actions["A2"], date(2014, 1, 15))
    done(actions["A3"], date(2013, 12, 20))

    # The rooms' extracts alone make a release: nobody has sent a return.
    draft = calculation.calculate_release(by=analyst, at=clock.now(), programme=ground)
    release = releases.publish_release(by=analyst, at=clock.now(), release=draft)
    assert [one.kind for one in cover.sources(analyst, ground.code, release)] == [
        "The plan",
        "The notice",
        "The notice",
    ]

    # Of two actions first due in December one was on time: small counts, and shown whole to everybody.
    series = indicators.series(member, ground.code, "I109").as_data()
    december = next(one for one in series["figures"] if one["period"] == "2013-12")
    assert (december["n_in"], december["denominator"], december["suppressed"]) == (1, 2, False)
    assert series["suppressed"] is False
    gaps = {one["period"]: one["words"] for one in series["not_held"]}
    assert gaps["2013-09"] == "not held"
    assert gaps["2013-10"] == "not held: only 10 October 2013 to 31 October 2013 is held"
    assert not set(gaps) & {one["period"] for one in series["figures"]}

    # The same by the agency whose action it is.
    by_agency = indicators.series(member, ground.code, "I109", breakdown="action_agency").as_data()["figures"]
    own = [one for one in by_agency if (one["period"], one["group"]) == ("2013-12", "council")]
    assert [(one["n_in"], one["denominator"], one["suppressed"]) for one in own] == [(1, 2, False)]

    # The records say how late it was; nobody's child is behind them.
    seen = cases.cases_data(analyst, ground.code, "I109", period="2013-12").as_data()
    assert [(one["unit"], one["child"], one["elapsed"], one["in_numerator"]) for one in seen["cases"]] == [
        ("A2", None, 26, False),
        ("A3", None, 0, True),
    ]

    browser = Client()
    browser.force_login(analyst, backend="allauth.account.auth_backends.AuthenticationBackend")
    records = browser.get(f"/{ground.code}/indicators/I109/cases/?period=2013-12").content.decode()
    assert "Child reference" not in records
    assert "children's records" not in records
    assert records.index("Action</th>") < records.index(">A2<")
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = " ".join(browser.get(f"/{ground.code}/indicators/I109/").content.decode().split())
    assert "1 of 2" in page or "50.0%" in page
    assert "Not held" in page
    scorecard = browser.get(f"/{ground.code}/indicators/").content.decode()
    assert "Actions done on time" in scorecard
    assert "Nothing that it needs was sent or given." in scorecard, "no return was sent, so referrals are not held"
    csv = browser.get(f"/{ground.code}/indicators/I109/figures.csv").content.decode().splitlines()
    assert any(",2013-09,September 2013,not held,not held,not held,not held," in line for line in csv)
    assert any(",2013-12,December 2013,1,2,0,0.5," in line for line in csv)
    assert json.loads(json.dumps(indicators.series(member, ground.code, "I110").as_data()))["figures"][0]["n_in"] == 0
