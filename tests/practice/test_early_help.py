"""Early help as each agency reports it: by its own people, month by month, the newest report counting."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.writes import NotDone
from holdfast.notice.services.loading import load_notice
from holdfast.organisation.services import add_post
from holdfast.plan.services.adding import add_action, add_objective
from holdfast.practice.models import EarlyHelpMonth
from holdfast.practice.selectors import early_help
from holdfast.practice.services import early_help as services

from .conftest import CODE, TODAY, at, command
from .test_exercises import words
from .test_thresholds import ask

pytestmark = pytest.mark.django_db
PAGE = f"/{CODE}/practice/early-help/"
APRIL, MAY = date(2031, 4, 1), date(2031, 5, 1)
NUMBERS = {"n_begun": 9, "n_stepped_down": 2, "n_met": 6, "n_stepped_up": 1, "n_otherwise": 3}


def report(programme: Any, account: Any, agency: Any, month: date = APRIL, on: date = TODAY, **more: Any) -> Any:
    facts = {**NUMBERS, **more, "month": month, "agency": agency}
    return services.report_early_help(by=account, at=at(on), programme=programme, **facts)


def test_months_that_had_ended_are_the_newest_first_across_a_year() -> None:
    assert early_help.months_ended(date(2031, 2, 1), 3) == [date(2031, 1, 1), date(2030, 12, 1), date(2030, 11, 1)]
    assert early_help.months_ended(date(2031, 1, 31), 1) == [date(2030, 12, 1)]


def test_the_newest_report_of_a_month_counts_and_a_day_before_it_the_one_before(
    programme: Any, agencies: Any, somebody_of: Any
) -> None:
    ann, police = somebody_of("police", "ann"), agencies["police"]
    report(programme, ann, police, on=TODAY - timedelta(days=3))
    report(programme, ann, police, n_begun=11)
    found = {one.agency.code: one for one in early_help.early_help(SYSTEM, CODE, TODAY)}
    assert (found["police"].total("n_begun"), found["police"].met.of) == (11, "6 of 10")
    assert [month.month for month in found["police"].missing] == [5, 3, 2, 1, 12]
    assert len(found["health"].missing) == 6
    before = early_help.early_help(SYSTEM, CODE, TODAY - timedelta(days=1))
    assert {one.agency.code: one.total("n_begun") for one in before} == {"council": 0, "health": 0, "police": 9}


def test_nobody_reports_for_another_agency_or_a_month_that_has_not_ended(
    programme: Any, agencies: Any, somebody_of: Any, people: Any
) -> None:
    ann = somebody_of("police", "ann")
    for account in (ann, people["practice-manager"], people["partner-member"]):
        with pytest.raises(Refused):
            report(programme, account, agencies["health"])
    for month in (date(2031, 6, 1), date(2031, 4, 2)):
        with pytest.raises(NotDone, match="a month that has ended"):
            report(programme, ann, agencies["police"], month)
    with pytest.raises(NotDone, match="than were begun"):
        report(programme, ann, agencies["police"], n_stepped_down=10)
    assert not EarlyHelpMonth.objects.exists()
    report(programme, people["director"], agencies["council"], MAY)


def test_a_partner_reads_its_own_numbers_and_small_ones_of_others_are_hidden(
    programme: Any, agencies: Any, somebody_of: Any, client_for: Any, people: Any
) -> None:
    people["ann"] = somebody_of("police", "ann")
    report(programme, people["ann"], agencies["police"])
    report(programme, somebody_of("health", "hal"), agencies["health"])
    own = words(client_for("ann").get(PAGE))
    assert "6 of 10, 60%" in own
    assert "Health" not in own
    seen = words(client_for("dfe-observer").get(PAGE))
    assert "1 to 5" in seen
    assert "6 of 10" not in seen
    assert "6 of 10, 60%" in words(client_for("practice-manager").get(PAGE))
    said = command("early-help", "--as", "dfe-observer")
    assert ("1 to 5" in said, "6 of 10" in said, "Health" in command("early-help", "--as", "ann")) == (
        True,
        False,
        False,
    )


def test_what_each_agency_is_to_put_right_stands_with_how_far_it_is(
    programme: Any, agencies: Any, somebody_of: Any, client_for: Any, people: Any, monkeypatch: Any
) -> None:
    load_notice(by=SYSTEM, at=at(), programme=programme, file=Path("westmere-send-2031.yaml"))
    monkeypatch.setattr(early_help, "THEME", "workforce")  # of A4 in that notice, which says nothing of early help
    lead = add_post(by=SYSTEM, at=at(), programme=programme, code="lead", title="Lead", agency=agencies["police"])
    aim = add_objective(by=SYSTEM, at=at(), programme=programme, ref="O1", title="Early help")
    for ref, title, answers in (("A1", "Use the assessment", ["A4"]), ("A2", "Something else", ["A1"])):
        facts = {"objective": aim, "ref": ref, "title": title, "owner": lead, "requirements": answers}
        add_action(by=SYSTEM, at=at(date(2031, 5, 1)), due_on=date(2031, 5, 20), **facts)
    said = words(client_for("dscb-member").get(PAGE))
    assert ("A1 Use the assessment" in said, "A2" in said, "None asked of it" in said) == (True, False, True)
    people["hal"] = somebody_of("health", "hal")
    assert "A1" not in words(client_for("hal").get(PAGE))
    assert "Where it stands: Late" in command("early-help", "--as", "board-chair")


def test_a_month_is_reported_on_its_page(agencies: Any, somebody_of: Any, client_for: Any, people: Any) -> None:
    people["ann"] = somebody_of("police", "ann")
    sent = {**NUMBERS, "agency": agencies["police"].pk, "month": "2031-04-01"}
    page = client_for("ann").post(f"{PAGE}report/", sent, follow=True)
    assert "The month is reported" in words(page)
    again = client_for("ann").post(f"{PAGE}report/", {**sent, "agency": agencies["health"].pk, "month": "2031-06-01"})
    assert "Choose an agency from the list" in words(again)
    assert "Choose a month from the list" in words(again)
    for role in ("dfe-observer", "practice-manager", "partner-member"):
        assert client_for(role).get(f"{PAGE}report/").status_code == 403


def test_reported_is_met_once_every_agency_has_reported_and_used_it(
    programme: Any, agencies: Any, somebody_of: Any
) -> None:
    asked = {"months": 2}  # on 2 June May may still be reported: March and April are due
    assert ask(programme, "early_help_reported", **asked).state == "no evidence"
    months = (date(2031, 3, 1), APRIL)
    accounts = {code: somebody_of(code, f"{code}-one") for code in ("council", "police", "health")}
    for code in ("council", "police"):
        for month in months:
            report(programme, accounts[code], agencies[code], month)
    found = ask(programme, "early_help_reported", **asked)
    assert (found.state, "Health did not" in found.sentence) == ("not met", True)
    for month in months:
        report(programme, accounts["health"], agencies["health"], month, n_begun=0, n_stepped_down=0)
    found = ask(programme, "early_help_reported", **asked)
    assert (found.state, "Health began no assessment" in found.sentence) == ("not met", True)
    report(programme, accounts["health"], agencies["health"], APRIL)
    assert ask(programme, "early_help_reported", **asked).state == "met"
    assert ask(programme, "early_help_reported", TODAY - timedelta(days=1), **asked).state == "no evidence"
