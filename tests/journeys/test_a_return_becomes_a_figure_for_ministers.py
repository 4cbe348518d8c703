"""Journey one: a return arrives, and becomes a figure in the report to Ministers that can be traced to its rows."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from holdfast.access import clock
from holdfast.access.doors import Refused
from holdfast.access.models import Account, TrailRow
from holdfast.jobs import queue
from holdfast.organisation.models import Programme
from holdfast.performance.invented import write_invented_returns
from holdfast.performance.selectors import cases, indicators, returns
from holdfast.performance.selectors.releases import latest_release, release_to_publish
from holdfast.performance.services import intake, releases
from holdfast.reports.selectors import render
from holdfast.reports.services import freeze_edition
from holdfast.web.verify import problems

REPORT_ON = date(2013, 12, 31)


def test_a_return_becomes_a_figure_for_ministers(
    ground: Programme, somebody: Callable[[str], Account], tmp_path: Path
) -> None:
    analyst, member, chair = somebody("performance-analyst"), somebody("elected-member"), somebody("board-chair")
    files = write_invented_returns(
        tmp_path / "sent", seed=3, until=date(2014, 1, 31), authority=ground.council.code, children_scale=0.05
    )

    # The files are submitted; a worker reads them; everything kept becomes a draft release.
    for path, _ in files:
        intake.submit_return(by=analyst, at=clock.now(), programme=ground, file=path, name=path.name)
    queue.work(until_empty=True)
    assert [one.state for one in returns.returns(analyst, ground.code)] == ["read"] * 4

    # Nobody sees a draft's figures as published; the elected member may not publish; the analyst does.
    draft = release_to_publish(analyst, ground.code)
    with pytest.raises(Refused):
        releases.publish_release(by=member, at=clock.now(), release=draft)
    release = releases.publish_release(by=analyst, at=clock.now(), release=draft)
    assert latest_release(member, ground.code) == release

    # The chair freezes the report. Each figure in it carries its release, indicator and version.
    edition = freeze_edition(by=chair, at=clock.now(), programme=ground, kind="ministers", on=REPORT_ON)
    said = json.loads(render(chair, edition, "json"))
    assert said["release"]["calculation"] == release.calculation_id
    shown = {one["id"]: one for one in said["indicators"]}
    assert set(shown) == {card.id for card in indicators.definition_cards() if not card.part_of}
    latest = shown["I03"]["latest_month"]
    assert latest["period"] == "2013-12"

    # The same figure, from the release's own series, for the same audience.
    series = indicators.series(member, ground.code, "I03").as_data()
    december = next(one for one in series["figures"] if one["period"] == "2013-12")
    assert december["n_in"] == latest["n_in"] > 5

    # And the rows behind it: their number is the figure. Each look is in the trail before it is seen.
    seen = cases.cases_data(analyst, ground.code, "I03", period="2013-12").as_data()
    inside = next(
        one for one in indicators.series(analyst, ground.code, "I03").as_data()["figures"] if one["period"] == "2013-12"
    )
    assert seen["total"] == inside["n_in"] + inside["n_unknown"]
    assert TrailRow.objects.filter(by=analyst.username, subject__contains="I03").exists()

    # The elected member may not follow the path that far, and the refusal is in the trail.
    browser = Client()
    browser.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = browser.get(f"/{ground.code}/indicators/I03/cases/?period=2013-12")
    assert refused.status_code == 403
    assert TrailRow.objects.filter(by=member.username, action="refused").exists()

    # The PDF is the same bytes each time, and everything is as it was written.
    assert render(chair, edition, "pdf") == render(chair, edition, "pdf")
    assert list(problems()) == []
    one_load = next((ground_data(tmp_path) / "store" / "loads").glob("*/cin_episodes.parquet"))
    spoiled = bytearray(one_load.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    one_load.chmod(0o644)
    one_load.write_bytes(spoiled)
    spoil_a_trail_row(2)
    found = " ".join(problems())
    assert "cin_episodes.parquet" in found
    assert "Trail row 2 " in found


def ground_data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def spoil_a_trail_row(number: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_trailrow SET subject = 'something else' WHERE number = %s", [number])
