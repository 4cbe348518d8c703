"""What the figures do not allow to be said: sentences worked by hand, and others nearly alike that may."""

from typing import Any

import pytest

from holdfast.reports.sayable import beside, findings

STILL_OPEN = {
    code: {"indicator": beside_it, "words": "Open and already over: 5.0% (6 of 120) at 31 January 2014"}
    for code, beside_it in (("I20", "I24"), ("I42", "I42-open"))
}


def indicator(code: str, title: str, claim: str) -> dict[str, Any]:
    figure = {"period_words": "January 2014", "words": "32.6% (312 of 956)"}
    return {
        "id": code, "title": title, "claim": claim, "sentence": f"So it is with {code}.",
        "latest_month": figure, "so_far": None, "latest_year": None, "still_open": STILL_OPEN.get(code),
    }  # fmt: skip


DOCUMENT = {
    "indicators": [
        indicator("I03", "Referrals", "no clear change"),
        indicator("I04", "Re-referrals within 12 months", "no clear change"),
        indicator("I20", "Assessments within 45 working days of referral", "improving"),
        indicator("I42", "Initial conferences within 15 working days", "worsening"),
    ],
    "plan": {
        "milestones": [],
        "actions": [
            {"ref": "A1", "title": "Briefings", "state": "Done, not yet evidenced", "days_late": 0, "due_words": ""},
            {"ref": "A2", "title": "Audits", "state": "Late", "days_late": 9, "due_words": "1 February 2014"},
            {"ref": "A3", "title": "Clinics", "state": "Impact shown", "days_late": 0, "due_words": ""},
        ],
    },
    "standing": {
        "counts": [{"position": "not met", "n": 2, "means": "short of it"}, {"position": "met", "n": 0, "means": ""}],
        "requirements": [{"ref": "R08", "position": "at risk"}, {"ref": "R09", "position": "met"}],
    },
}


def said(words: str) -> list[str]:
    return [found.why for found in findings({"The plan": words}, DOCUMENT)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Re-referrals have improved.", "Of I04 Re-referrals within 12 months the figures allow: “no clear change”."),
        ("Fewer children come back: re-referrals fell.", "I04"),
        ("I04 is improving.", "I04"),
        ("Initial conferences are better.", "“worsening”"),
        ("Assessments are getting worse.", "“improving”"),
        ("Children are safer.", "It names no indicator, so no figure shows it. The figures allow “better” of I20"),
        ("All actions are completed.", "1 action done with no effect shown yet (A1)"),
        ("We delivered A1 of the plan.", "A1"),
        ("Action A2 is complete.", "A2 is not done."),
        ("R08 is met.", "R08 stands at “at risk” in the edition."),
        ("It stands at 44%.", "44% is in no figure of the edition."),
    ],
)
def test_what_the_figures_do_not_allow_is_pointed_at_with_why(words: str, why: str) -> None:
    assert any(why in found for found in said(words)), said(words)


@pytest.mark.parametrize(
    "words",
    [
        "Assessments improved.",
        "Initial conferences are getting worse.",
        "Re-referrals have not improved.",
        "It is too early to say whether re-referrals improved.",
        "The Board met four times.",
        "R09 is met.",
        "R08 is not met.",
        "A3 is complete, as the plan says.",
        "A1 is not yet complete, as an action.",
        "Of re-referrals, 32.6% in January.",
        "",
    ],
)
def test_what_they_allow_or_the_words_deny_is_not(words: str) -> None:
    assert said(words) == []


def test_the_longer_name_is_meant() -> None:
    assert len(said("Re-referrals fell.")) == 1
    assert "I03" in said("Referrals fell.")[0]


def test_findings_come_in_the_order_of_the_text_with_their_section() -> None:
    found = findings({"One": "Referrals fell. R08 is met.", "Two": "Children are safer."}, DOCUMENT)
    assert [(each.section, each.sentence) for each in found] == [
        ("One", "Referrals fell."),
        ("One", "R08 is met."),
        ("Two", "Children are safer."),
    ]


def test_what_stands_beside_is_the_editions() -> None:
    assert beside(DOCUMENT, "indicators")[1:3] == [
        "I04 Re-referrals within 12 months, January 2014: 32.6% (312 of 956). May be said: “no clear change”.",
        "I20 Assessments within 45 working days of referral, January 2014: 32.6% (312 of 956). "
        "Open and already over: 5.0% (6 of 120) at 31 January 2014. May be said: “improving”.",
    ]
    hidden = DOCUMENT["indicators"][0] | {
        "latest_month": {"period_words": "January 2014", "words": "c of 587", "suppressed": True}
    }
    assert beside({"indicators": [hidden]}, "indicators") == [
        "I03 Referrals, January 2014: not shown, to protect small numbers here or beside it. "
        "May be said: “no clear change”."
    ]
    assert beside(DOCUMENT, "plan") == ["A2 Audits: due 1 February 2014, 9 days late."]
    assert beside(DOCUMENT, "standing") == ["2 not met: short of it"]
    assert beside(DOCUMENT, "") == []
    assert beside({**DOCUMENT, "standing": None}, "standing") == []
