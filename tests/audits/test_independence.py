"""Who may audit and who may moderate a case."""

from dataclasses import replace

from holdfast.audits.independence import (
    Candidate,
    Case,
    fairest,
    why_not_answerer,
    why_not_auditor,
    why_not_moderator,
    why_not_panellist,
)
from holdfast.audits.references import why_no_reference

CASE = Case("C-1001", "north", 7)
AUDITOR, MODERATOR = ("auditor", "programme", ""), ("moderator", "programme", "")


def candidate(*roles: tuple[str, str, str], account: int = 1, n_open: int = 0, **more: frozenset[str]) -> Candidate:
    facts = {"cases": frozenset[str](), "teams": frozenset[str](), **more}
    return Candidate(account, f"Person {account}", frozenset(roles), n_open=n_open, **facts)


def test_nobody_audits_their_own_case_their_teams_or_one_they_declared() -> None:
    assert why_not_auditor(candidate(AUDITOR), CASE) == ""
    assert "own case" in why_not_auditor(candidate(AUDITOR, account=7), CASE)
    assert "own team" in why_not_auditor(candidate(AUDITOR, ("team-manager", "team", "north")), CASE)
    assert why_not_auditor(candidate(AUDITOR, ("team-manager", "team", "south")), CASE) == ""
    assert "declared" in why_not_auditor(candidate(AUDITOR, cases=frozenset({"C-1001"})), CASE)
    assert "declared" in why_not_auditor(candidate(AUDITOR, teams=frozenset({"north"})), CASE)
    assert "not an auditor" in why_not_auditor(candidate(("dfe-observer", "programme", "")), CASE)


def test_a_moderator_has_not_audited_it_and_stands_outside_the_line() -> None:
    assert why_not_moderator(candidate(MODERATOR), CASE, auditor=2) == ""
    assert "audited it" in why_not_moderator(candidate(MODERATOR, AUDITOR, account=2), CASE, auditor=2)
    assert "in the line" in why_not_moderator(candidate(MODERATOR, ("director", "programme", "")), CASE, auditor=2)
    assert "own team" in why_not_moderator(candidate(MODERATOR, ("team-manager", "team", "north")), CASE, auditor=2)
    assert "not a moderator" in why_not_moderator(candidate(AUDITOR), CASE, auditor=2)
    reads = candidate(MODERATOR, ("practice-manager", "programme", ""))
    assert "reads every audit" in why_not_moderator(reads, CASE, auditor=2)
    knew = replace(CASE, knew=frozenset({1}))
    assert "for the child’s safety" in why_not_moderator(candidate(MODERATOR, account=1), knew, auditor=2)


def test_nobody_in_the_line_decides_on_a_panel() -> None:
    assert why_not_panellist(candidate(AUDITOR), CASE, ()) == ""
    manager = candidate(AUDITOR, ("team-manager", "programme", ""))
    assert "stands in the line" in why_not_panellist(manager, CASE, ())
    assert why_not_panellist(candidate(AUDITOR, ("team-manager", "team", "south")), CASE, ()) == ""
    assert "gave one of the two" in why_not_panellist(candidate(AUDITOR), CASE, (1,))


def test_whoever_works_for_a_partner_answers_from_its_record_and_reads_no_case_file_of_the_councils() -> None:
    one = replace(candidate(AUDITOR, MODERATOR), partner="Health")
    assert why_not_answerer(one, CASE) == ""
    for refused in (why_not_auditor(one, CASE), why_not_moderator(one, CASE, None), why_not_panellist(one, CASE, ())):
        assert refused == "Person 1 works for Health, and the case file is the council’s"


def test_the_load_is_fair() -> None:
    busy, free = candidate(AUDITOR, account=1, n_open=2), candidate(AUDITOR, account=2, n_open=1)
    assert fairest([busy, free]) == free
    assert fairest([candidate(AUDITOR, account=2), candidate(AUDITOR, account=1)]) == candidate(AUDITOR, account=1)
    assert fairest([]) is None


def test_a_case_reference_is_no_name_and_no_date_of_birth() -> None:
    for reference in ("C-1001", "878123", "a12"):
        assert why_no_reference(reference) == "", reference
    for other in ("Anna", "Anna Smith", "1-2-2010", "2010-02-01", "01022010", "20100201", "A1", "A" * 21 + "1"):
        assert why_no_reference(other), other
