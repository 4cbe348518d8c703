"""Faults by the Department's rules, as work: found when a return is read, assigned, explained, closed by the next."""

import csv
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.jobs import queue
from holdfast.jobs.models import Job
from holdfast.performance.models import HOLD_TO_RULES, READ_A_RETURN, FaultWork, Return, Validation
from holdfast.performance.selectors import faults as selectors
from holdfast.performance.selectors.unanswerable import NoSuchFault, NotHeldToRules
from holdfast.performance.services import faults as services
from performance import census

pytestmark = pytest.mark.django_db
CODE = "westmere-2031"
RULE = "8825Q"  # closed after assessment, without an assessment: every child of the invented census


@pytest.fixture
def held(send: Callable[..., Return]) -> Validation:
    """A census of three invented children, read and held to the rules."""
    return read(send, census.census(n_children=3))


@pytest.fixture
def able(people: Any) -> Any:
    """Somebody who may work on faults."""
    return people["team-manager"]


def read(send: Callable[..., Return], text: str, **more: Any) -> Validation:
    returned = send(text, **more)
    for kind in (READ_A_RETURN, HOLD_TO_RULES):
        for job in Job.objects.filter(kind=kind, state="queued"):
            assert queue.run_job(job).state == Job.State.DONE
    return Validation.objects.get(returned=returned)


def first_key(validation: Validation) -> str:
    return first(validation).key


def first(validation: Validation) -> selectors.NamedRow:
    number = validation.returned.number
    return selectors.rows_of_rule(SYSTEM, CODE, number, RULE).page.rows[0]


def page(client: Any, address: str) -> str:
    found = client.get(address)
    assert found.status_code == 200, address
    text: str = found.content.decode()
    return text


def now() -> dict[str, Any]:
    return {"by": SYSTEM, "at": clock.now()}


def test_a_read_return_is_held_to_rules_and_says_to_which(held: Validation) -> None:
    assert (held.year, held.problem) == ("2022/23", "")
    assert held.n_named[RULE] == 3
    assert "100" in held.n_named  # its reference date is in January
    [rule] = [one for one in selectors.rules_found(held) if one.rule == RULE]
    assert (rule.severity, rule.module, rule.n_rows, rule.n_left) == ("query", "CINdetails", 3, 3)
    assert rule.indicators == analytics.indicators_touched("2022/23")[RULE]


def test_what_was_found_is_in_the_store_and_no_child_is_in_the_database(held: Validation, data: Any) -> None:
    assert [row.child for row in selectors.rows_of_rule(SYSTEM, CODE, 1, RULE).page.rows] == [
        "CHILD-000001",
        "CHILD-000002",
        "CHILD-000003",
    ]
    services.explain_fault(**now(), validation=held, rule=RULE, key=first_key(held), words="It was a visit.")
    rows = [str(row) for model in apps.get_models() for row in model._base_manager.values_list()]
    assert not [row for row in rows if "CHILD-0000" in row]


def test_a_look_at_child_references_is_trailed_and_others_see_lines(held: Validation, people: Any) -> None:
    selectors.rows_of_rule(people["performance-analyst"], CODE, 1, RULE)
    row = TrailRow.objects.last()
    assert row is not None
    assert (row.action, row.subject) == ("saw child references beside faults", f"return 1, rule {RULE}")
    before = TrailRow.objects.count()
    seen = selectors.rows_of_rule(people["programme-office"], CODE, 1, RULE)
    assert (seen.shows_children, {one.child for one in seen.page.rows}) == (False, {""})
    assert all(one.line for one in seen.page.rows)
    assert TrailRow.objects.count() == before
    with pytest.raises(Refused):
        selectors.rows_of_rule(people["board-chair"], CODE, 1, RULE)


def test_a_fault_is_assigned_explained_and_marked_as_fixed_and_all_of_it_stays(held: Validation, people: Any) -> None:
    key, analyst = first_key(held), people["performance-analyst"]
    about: dict[str, Any] = {"by": analyst, "at": clock.now(), "validation": held, "rule": RULE, "key": key}
    services.assign_fault(**about, assigned_to=people["team-manager"], words="Please look.")
    assert first(held).standing.state == "assigned"
    services.explain_fault(**about, words="Closed on the day it was referred.")
    [rule] = [one for one in selectors.rules_found(held) if one.rule == RULE]
    assert (rule.n_rows, rule.n_left) == (3, 2)
    services.mark_fault_fixed(**about, words="The assessment was keyed.")
    _, _, done = selectors.one_row(SYSTEM, CODE, 1, RULE, selectors.mark_of_fault(CODE, key))
    assert [work.done for work in done] == ["assigned", "explained", "marked fixed"]
    assert [row.action for row in TrailRow.objects.filter(subject=f"rule {RULE} in return 1")] == [
        "fault assigned",
        "fault explained",
        "fault marked as fixed",
    ]


def test_a_whole_rule_may_be_explained_at_once(held: Validation) -> None:
    services.explain_fault(**now(), validation=held, rule=RULE, words="Our early help has none.")
    [rule] = [one for one in selectors.rules_found(held) if one.rule == RULE]
    assert (rule.n_left, selectors.words_of(rule.whole.explained)) == (0, "Our early help has none.")
    rows = selectors.rows_of_rule(SYSTEM, CODE, 1, RULE).page.rows
    assert {selectors.words_of(row.standing.explained) for row in rows} == {"Our early help has none."}


def test_a_later_return_of_the_year_closes_what_it_fixes_and_says_so(
    send: Callable[..., Return], held: Validation, able: Any
) -> None:
    rows = selectors.rows_of_rule(SYSTEM, CODE, 1, RULE).page.rows
    for row in rows[:2]:
        services.assign_fault(**now(), validation=held, rule=RULE, key=row.key, assigned_to=able, words="")
    mended = census.census(n_children=3).replace("<ReasonForClosure>RC8", "<ReasonForClosure>RC7", 1)
    after = read(send, mended, name="mended.xml")
    assert after.compared_with == held.returned
    assert after.n_fixed == 1
    assert after.n_named[RULE] == 2
    [closed] = FaultWork.objects.filter(done="closed")
    assert (closed.rule, closed.key, closed.returned) == (RULE, rows[0].key, after.returned)
    still = {row.key: row.standing.state for row in selectors.rows_of_rule(SYSTEM, CODE, 2, RULE).page.rows}
    assert still == {rows[1].key: "assigned", rows[2].key: "open"}


def test_a_fault_that_comes_back_is_open_again(send: Callable[..., Return], held: Validation, able: Any) -> None:
    key = first_key(held)
    services.assign_fault(**now(), validation=held, rule=RULE, key=key, assigned_to=able)
    text = census.census(n_children=3)
    read(send, text.replace("<ReasonForClosure>RC8", "<ReasonForClosure>RC7", 1), name="mended.xml")
    again = read(send, text.replace("<SerialNo>001", "<SerialNo>003"), name="again.xml")
    [row] = [row for row in selectors.rows_of_rule(SYSTEM, CODE, 3, RULE).page.rows if row.key == key]
    assert row.standing == selectors.NOTHING_DONE
    assert again.n_new == 1


def test_a_return_of_another_year_closes_nothing(send: Callable[..., Return], held: Validation) -> None:
    other = census.census(n_children=1).replace("<Year>2014", "<Year>2015").replace("2014-01-31<", "2015-01-31<")
    after = read(send, other, name="next.xml")
    assert (after.compared_with, after.n_fixed, FaultWork.objects.count()) == (None, 0, 0)


def test_a_year_without_rules_says_so_on_the_return(send: Callable[..., Return], settings: Any) -> None:
    settings.HOLDFAST_TODAY = date(2031, 2, 1)
    text = census.census(n_children=1).replace("<Year>2014", "<Year>2031").replace("2014-01-31<", "2031-01-31<")
    after = read(send, text)
    assert after.folder_id == ""
    assert "There are no validation rules for the census of 2030/31 here." in after.problem
    with pytest.raises(NotHeldToRules, match="2030/31"):
        selectors.validation_of(SYSTEM, CODE, 1)


def test_holding_a_return_twice_holds_it_once(held: Validation) -> None:
    job = queue.enqueue(HOLD_TO_RULES, CODE, {"return": held.returned.pk})
    services.hold_queued_return(job, queue.Progress(None))
    assert Validation.objects.count() == 1


def test_what_is_no_fault_of_the_return_is_refused(held: Validation) -> None:
    for rule, key in (("8600", ""), (RULE, "0" * 64)):
        with pytest.raises(services.NoFaultToWorkOn, match="no such fault"):
            services.explain_fault(**now(), validation=held, rule=rule, key=key, words="x")
    with pytest.raises(NoSuchFault):
        selectors.one_row(SYSTEM, CODE, 1, RULE, "0" * 64)


def test_only_those_who_work_on_faults_may_write(held: Validation, people: Any) -> None:
    for role in ("programme-office", "board-chair", "dfe-observer", "nobody"):
        with pytest.raises(Refused):
            services.explain_fault(by=people[role], at=clock.now(), validation=held, rule=RULE, words="x")


def test_the_pages_say_what_was_found_and_lead_to_each_row(held: Validation, client_for: Any) -> None:
    alice = client_for("performance-analyst")
    assert "See the faults by rule" in page(alice, f"/{CODE}/returns/1/")
    rules = page(alice, f"/{CODE}/returns/1/rules/")
    assert "The episode was closed after assessment, and has no assessment." in rules
    assert "8825Q" not in page(alice, f"/{CODE}/returns/1/rules/?severity=error")
    rows = page(alice, f"/{CODE}/returns/1/rules/{RULE}/")
    assert "CHILD-000001" in rows
    assert "Explain" in rows
    bob = client_for("programme-office")
    seen = page(bob, f"/{CODE}/returns/1/rules/{RULE}/")
    assert "CHILD-000001" not in seen
    assert "Explain" not in seen


def test_a_reason_is_typed_on_its_page_and_stands_in_the_files(held: Validation, client_for: Any) -> None:
    key = selectors.mark_of_fault(CODE, first_key(held))
    alice = client_for("performance-analyst")
    address = f"/{CODE}/returns/1/rules/{RULE}/{key}/explain/"
    assert "Say why it is right as it stands" in alice.post(address, {"words": ""}).content.decode()
    said = alice.post(address, {"words": "=1+1 is how we count"})
    assert said.status_code == 302
    assert "is how we count" in page(alice, f"/{CODE}/returns/1/rules/{RULE}/{key}/")
    written = alice.get(f"/{CODE}/returns/1/rules/faults.csv").content.decode()
    assert "'=1+1 is how we count" in written
    assert "CHILD-000001" in written
    assert alice.get(f"/{CODE}/returns/1/rules/faults.xlsx").content.startswith(b"PK")
    assert "CHILD-" not in client_for("programme-office").get(f"/{CODE}/returns/1/rules/faults.csv").content.decode()


def test_what_was_said_of_a_fault_stays_in_the_files_when_it_is_marked_as_fixed(
    held: Validation, people: Any, client_for: Any
) -> None:
    about: dict[str, Any] = {"at": clock.now(), "validation": held, "rule": RULE, "key": first_key(held)}
    services.assign_fault(
        by=people["performance-analyst"], **about, assigned_to=people["team-manager"], words="Look, please."
    )
    services.explain_fault(by=people["team-manager"], **about, words="A visit, not an assessment.")
    services.mark_fault_fixed(by=people["performance-analyst"], **about, words="The visit was keyed.")
    written = client_for("performance-analyst").get(f"/{CODE}/returns/1/rules/faults.csv").content.decode()
    [row] = [row for row in csv.DictReader(written.splitlines()) if row["rule"] == RULE and row["state"] != "open"]
    team, analyst = people["team-manager"].display_name, people["performance-analyst"].display_name
    on = clock.today().isoformat()
    assert (row["state"], row["by"], row["on"]) == ("marked fixed", analyst, on)
    assert (row["assigned_to"], row["asked"]) == (team, "Look, please.")
    assert (row["reason"], row["reason_by"], row["reason_on"]) == ("A visit, not an assessment.", team, on)
    assert (row["put_right"], row["put_right_by"], row["put_right_on"]) == ("The visit was keyed.", analyst, on)


def test_a_fault_is_given_only_to_somebody_who_may_work_on_faults(
    held: Validation, people: Any, client_for: Any
) -> None:
    for role in ("board-chair", "programme-office", "elsewhere", "nobody"):
        with pytest.raises(services.CannotWorkOnFaults, match="may not work on faults here"):
            services.assign_fault(**now(), validation=held, rule=RULE, assigned_to=people[role])
    address = f"/{CODE}/returns/1/rules/{RULE}/all/assign/"
    asked = page(client_for("performance-analyst"), address)
    offered = {role for role in people if f'<option value="{people[role].pk}"' in asked}
    assert offered == {"performance-analyst", "practice-manager", "team-manager"}
    assert FaultWork.objects.count() == 0


def test_marking_as_fixed_asks_what_was_done_and_says_that_the_next_return_closes_the_rest(
    held: Validation, client_for: Any
) -> None:
    for words in ("", "  "):
        with pytest.raises(services.WordsNeeded, match="the next return closes it"):
            services.mark_fault_fixed(**now(), validation=held, rule=RULE, words=words)
        with pytest.raises(services.WordsNeeded, match="Say why it is right as it stands"):
            services.explain_fault(**now(), validation=held, rule=RULE, words=words)
    alice, address = client_for("performance-analyst"), f"/{CODE}/returns/1/rules/{RULE}/all/fixed/"
    assert "is closed by itself, without anybody’s word" in page(alice, address)
    assert "Say what was put right, and where." in alice.post(address, {"words": ""}).content.decode()
    assert alice.post(address, {"words": "Keyed in the case system."}).status_code == 302


def test_what_was_marked_as_fixed_and_is_in_the_next_return_is_still_to_do(
    send: Callable[..., Return], held: Validation
) -> None:
    services.mark_fault_fixed(**now(), validation=held, rule=RULE, key=first_key(held), words="Keyed.")
    [rule] = [one for one in selectors.rules_found(held) if one.rule == RULE]
    assert rule.n_left == 2
    after = read(send, census.census(n_children=3).replace("<SerialNo>001", "<SerialNo>002"), name="same.xml")
    states = [row.standing.state for row in selectors.rows_of_rule(SYSTEM, CODE, 2, RULE).page.rows]
    assert states == ["marked fixed, still there", "open", "open"]
    [rule] = [one for one in selectors.rules_found(after) if one.rule == RULE]
    assert rule.n_left == 3
    services.mark_fault_fixed(**now(), validation=after, rule=RULE, key=first_key(after), words="Keyed again.")
    assert first(after).standing.state == "marked fixed"


def test_of_one_fault_and_its_whole_rule_the_newest_word_counts(held: Validation, able: Any) -> None:
    services.assign_fault(**now(), validation=held, rule=RULE, key=first_key(held), assigned_to=able)
    services.explain_fault(**now(), validation=held, rule=RULE, words="Our early help has none.")
    assert (first(held).standing.state, selectors.person_given(first(held).standing)) == (
        "explained",
        able.display_name,
    )
    services.assign_fault(**now(), validation=held, rule=RULE, key=first_key(held), assigned_to=able)
    [rule] = [one for one in selectors.rules_found(held) if one.rule == RULE]
    assert (first(held).standing.state, rule.n_left) == ("assigned", 1)


def test_work_on_faults_of_another_year_leaves_what_is_left_as_it_is(
    send: Callable[..., Return], held: Validation
) -> None:
    services.explain_fault(**now(), validation=held, rule=RULE, key=first_key(held), words="A visit.")
    other = census.census(n_children=1).replace("<Year>2014", "<Year>2015").replace("2014-01-31<", "2015-01-31<")
    other = other.replace("CHILD-", "OTHER-")
    after = read(send, other, name="next.xml")
    [rule] = [one for one in selectors.rules_found(after) if one.rule == RULE]
    assert (rule.n_rows, rule.n_left) == (1, 1)


def test_no_address_file_or_row_of_the_trail_holds_what_a_reference_could_be_tried_against(
    held: Validation, able: Any, client_for: Any, settings: Any
) -> None:
    """A key is a hash of rule, child and day, which somebody could make of every reference; its mark is made under the
    installation's own secret."""
    key = first_key(held)
    mark = selectors.mark_of_fault(CODE, key)
    alice = client_for("performance-analyst")
    rows = page(alice, f"/{CODE}/returns/1/rules/{RULE}/")
    shown = page(alice, f"/{CODE}/returns/1/rules/{RULE}/{mark}/")
    assert mark in rows
    assert mark in shown
    assert key not in rows + shown
    assert alice.get(f"/{CODE}/returns/1/rules/{RULE}/{key}/").status_code == 404
    assert alice.post(f"/{CODE}/returns/1/rules/{RULE}/{key}/explain/", {"words": "So."}).status_code == 404
    services.assign_fault(**now(), validation=held, rule=RULE, key=key, assigned_to=able)
    services.explain_fault(**now(), validation=held, rule=RULE, key=key, words="A visit.")
    said = [f"{row.subject} {row.detail}" for row in TrailRow.objects.all()]
    assert not [row for row in said if key in row]
    assert [row for row in said if mark in row]
    assert selectors.faults_data(SYSTEM, CODE, 1, RULE)["named"][0]["key"] == mark
    settings.SECRET_KEY = "another-secret-" + "y" * 50
    assert selectors.mark_of_fault(CODE, key) != mark
    assert selectors.mark_of_fault("eastholt-2031", key) != mark
