"""What homes say of audits: one's own to do and to grade again; done as agreed, too kind, what nobody took up."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from holdfast.access.doors import SYSTEM
from holdfast.audits.models import Critical, Moderation
from holdfast.audits.services import auditing as services
from holdfast.audits.services import moderating, remedies
from holdfast.organisation import services as organisation
from holdfast.web.home import auditing, practising
from holdfast.web.home.asked import Asked

from .conftest import add, allocated, answer, at, handed_in, to_moderate

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"


@pytest.fixture
def none_drawn(monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MODERATED_PERCENT", 0)


@pytest.fixture
def all_drawn(monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MODERATED_PERCENT", 100)


def home_of(people: Any, role: str) -> Any:
    return getattr(practising, role.replace("-", "_"))(Asked(people[role], CODE))


def test_an_auditor_is_told_what_is_theirs_in_order_of_date_and_what_is_late(
    audit: Any,
    people: Any,
    settings: Any,
) -> None:
    later = add(audit.version, audit.team, "C-2002")
    for one in (later, audit):
        allocated(one, people["auditor"])
    type(audit).objects.filter(pk=later.pk).update(due_on=audit.due_on + timedelta(days=1))
    settings.HOLDFAST_TODAY = audit.due_on
    assert home_of(people, "auditor").sentence == "2 audits are yours to do, none of them late."
    settings.HOLDFAST_TODAY = audit.due_on + timedelta(days=1)
    home = home_of(people, "auditor")
    assert home.sentence == "2 audits are yours to do, 1 of them late."
    assert [thing.status for thing in home.things] == ["Late", "Not begun"]
    assert home.things[0].figure.endswith(", 1 day ago")
    assert "C-1001" not in str(home), "no case reference is on a home"


def test_what_is_handed_in_or_of_another_is_not_ones_own(none_drawn: Any, audit: Any, people: Any) -> None:
    handed_in(audit, people["auditor"])
    home = home_of(people, "auditor")
    assert home.sentence == "No audit is yours to do on 2 June 2031."
    assert home.things == []


def test_a_moderator_is_told_what_waits_and_nothing_of_the_first_grade(
    all_drawn: Any,
    audit: Any,
    people: Any,
    settings: Any,
) -> None:
    assert home_of(people, "moderator").sentence == "No case waits for your second grade on 2 June 2031."
    done = to_moderate(handed_in(audit, people["auditor"], "requires-improvement"), people["moderator"])
    drawn = Moderation.objects.get().drawn_on
    for days, status in ((28, "Waits"), (29, "Late")):
        settings.HOLDFAST_TODAY = drawn + timedelta(days=days)
        home = home_of(people, "moderator")
        assert home.sentence == "1 case waits for your second grade."
        assert [thing.status for thing in home.things] == [status]
    assert home.things[0].url == f"/{CODE}/audits/{done.number}/moderate/"
    assert "requires" not in str(home).lower()
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=done, grades={"grade": "good"}, why="Alike")
    assert home_of(people, "moderator").things == []


def test_the_manager_is_told_who_owes_a_second_grade_and_how_often_auditors_were_kinder(
    all_drawn: Any,
    audit: Any,
    people: Any,
) -> None:
    done = to_moderate(handed_in(audit, people["auditor"]), people["moderator"])
    (owed,) = auditing.unmoderated_things(Asked(people["practice-manager"], CODE))
    assert owed.ask == f"Ask {people['moderator'].display_name} for it."
    down = {"grades": {"grade": "requires-improvement"}, "why": "Thinner"}
    moderating.give_second_grade(by=people["moderator"], at=at(), audit=done, **down)
    asked = Asked(people["practice-manager"], CODE)
    assert auditing.unmoderated_things(asked) == []
    assert auditing.kinder_words(asked).startswith("auditors were kinder than moderators in 1 of 1, 100% (95%")
    assert practising.practice_manager(asked).sentence.startswith("No programme of audits is in force. Auditors were ")


def test_a_child_who_may_not_be_safe_comes_first_and_is_late_after_its_hours(
    audit: Any,
    people: Any,
    settings: Any,
    monkeypatch: Any,
) -> None:
    answer(allocated(audit, people["auditor"]), people["auditor"], safe="at-risk")
    found = Critical.objects.get()
    asked = Asked(people["practice-manager"], CODE)
    for hours, status in ((1, "Open"), (25, "Late")):
        moment = found.raised_at + timedelta(hours=hours)
        monkeypatch.setattr(auditing.clock, "now", lambda moment=moment: moment)
        (first, *_) = practising.practice_manager(asked).things
        assert (first.url, first.status) == (f"/{CODE}/audits/safety/{found.pk}/", status)
    assert "not recorded yet: the team manager was told" in first.figure


def test_what_was_asked_of_many_and_is_in_no_plan_is_named(none_drawn: Any, audit: Any, people: Any) -> None:
    done = handed_in(audit, people["auditor"])
    council = organisation.add_agency(by=SYSTEM, at=at(), programme=done.programme, code="c", name="C", kind="council")
    owner = organisation.add_post(
        by=SYSTEM, at=at(), programme=done.programme, code="head", title="Head of practice", agency=council
    )
    for level in ("child", "system"):
        given = {"level": level, "words": "Supervise weekly", "owner": owner, "due_on": date(2031, 6, 30)}
        remedies.ask_for(by=people["auditor"], at=at(), audit=done, **given)
    (named,) = auditing.unplanned_things(Asked(people["practice-manager"], CODE))
    assert named.what == f"Audit {done.number} asks for something for the whole system"
    assert named.status == "Not planned"


def test_those_who_do_not_see_every_audit_are_told_of_no_others(all_drawn: Any, audit: Any, people: Any) -> None:
    handed_in(audit, people["auditor"])
    for role in ("auditor", "moderator", "elected-member", "board-chair"):
        asked = Asked(people[role], CODE)
        assert (asked.ungraded_again, asked.graded_twice, asked.unplanned_remedies) == ([], None, [])
    assert Asked(people["elected-member"], CODE).audits_to_do == []
    assert Asked(people["elected-member"], CODE).criticals == []


def test_done_is_counted_up_to_what_was_planned_so_that_one_month_covers_no_other() -> None:
    """By hand: 2 planned and 0, 3 and 1 handed in is 0 + 2 + 1 of 6; what is short is said of the last period alone."""
    kind = SimpleNamespace(kind="case-file-audit", title="Case-file audit")
    periods = [
        SimpleNamespace(line=kind, words=words, n_planned=2, n_done=n, n_short=max(2 - n, 0))
        for words, n in (("March 2031", 0), ("April 2031", 3), ("May 2031", 1))
    ]
    plan = SimpleNamespace(from_on=date(2031, 3, 1))
    asked: Any = SimpleNamespace(audits_planned=(plan, periods), url=lambda name: f"/{name}/")
    assert auditing.done_words(asked) == "3 of 6 audits planned since 1 March 2031 were handed in in their time"
    assert [(thing.what, thing.figure, thing.status) for thing in auditing.short_things(asked)] == [
        ("Case-file audit, May 2031", "1 of 2 handed in", "1 short")
    ]
    asked.audits_planned = (plan, [])
    assert auditing.done_words(asked).endswith("and no month of it has ended")
