"""The trail's page: sentences, newest first, narrowed by who and what; nobody else's programme, no child by the way."""

import pytest

from holdfast.access import clock, selectors
from holdfast.access.doors import Refused
from holdfast.access.trail import record_read
from holdfast.access.writes import record, service

pytestmark = pytest.mark.django_db


@service
def do(*, by, at, action, subject=""):
    record(action, programme="westmere-2031", subject=subject)


def sentences(page):
    return [entry.sentence for entry in page.context["entries"]]


def test_rows_read_as_sentences_newest_first(client_for, people):
    do(by=people["performance-analyst"], at=clock.now(), action="release published", subject="release 3")
    client_for("elected-member").get("/westmere-2031/trail/")

    page = client_for("director").get("/westmere-2031/trail/")

    assert sentences(page)[:2] == [
        "Elected member Invented was refused /westmere-2031/trail/, "
        "which takes permission to see the trail of who did what.",
        "Performance analyst Invented published release 3.",
    ]


def test_what_the_product_did_for_itself_says_so(client_for):
    page = client_for("director").get("/westmere-2031/trail/")
    assert "The system added the programme Westmere improvement programme." in sentences(page)


def test_it_can_be_narrowed_by_who_and_by_what(client_for, people):
    for role in ("director", "board-chair"):
        for action in ("requirement judged", "judgement accepted"):
            do(by=people[role], at=clock.now(), action=action, subject="R01")

    page = client_for("director").get("/westmere-2031/trail/?by=director&action=judgement+accepted")

    assert sentences(page) == ["Director Invented accepted the judgement of R01."]


def test_a_choice_that_is_not_offered_narrows_nothing(client_for):
    page = client_for("director").get("/westmere-2031/trail/?by=no-such-person&page=no-such-page")
    assert len(page.context["entries"]) > 3


def test_it_comes_in_pages_that_keep_what_was_chosen(client_for, people):
    for one in range(60):
        do(by=people["director"], at=clock.now(), action="action done", subject=f"thing {one}")

    first = client_for("director").get("/westmere-2031/trail/?by=director")

    assert len(first.context["entries"]) == 50
    assert 'href="?by=director&amp;page=2"' in first.content.decode()
    second = client_for("director").get("/westmere-2031/trail/?by=director&page=2")
    assert "Director Invented marked thing 0 as done." in sentences(second)


def test_another_programmes_rows_are_not_in_it(client_for, second_programme):
    page = client_for("director").get("/westmere-2031/trail/")
    assert not any("Eastholt" in sentence for sentence in sentences(page))


def test_a_child_reference_is_shown_only_to_those_who_may_see_records(people):
    record_read(
        people["performance-analyst"],
        what="saw the records behind a figure",
        programme="westmere-2031",
        subject="I20 in March 2013",
        detail={"children": ["W0001"], "rows": 1},
    )
    row = selectors.trail(people["director"], "westmere-2031", action="saw the records behind a figure")

    seen = selectors.entries(people["director"], "westmere-2031", row)[0]
    assert seen.sentence == "Performance analyst Invented saw the records behind a figure: I20 in March 2013."
    assert seen.facts == "rows: 1"
    assert selectors.entries(people["practice-manager"], "westmere-2031", row)[0].facts == "children: W0001; rows: 1"


@pytest.mark.parametrize(
    "read", [selectors.trail, selectors.trail_people, selectors.trail_actions], ids=lambda read: read.__name__
)
@pytest.mark.parametrize("role", ["nobody", "elsewhere", "administrator", "performance-analyst"])
def test_the_selectors_refuse_whoever_may_not_see_the_trail(people, read, role):
    with pytest.raises(Refused):
        read(people[role], "westmere-2031")


@pytest.mark.parametrize(
    ("role", "status"), [("director", 200), ("dfe-observer", 200), ("auditor", 403), ("elsewhere", 403), ("", 302)]
)
def test_who_may_see_the_page(client_for, role, status):
    assert client_for(role).get("/westmere-2031/trail/").status_code == status


def test_an_administrator_sees_what_happened_to_an_account_and_nobody_else_does(client_for, people):
    client_for("director").post("/account/sign-out")

    said = [event.sentence for event in selectors.sign_ins(people["administrator"], "westmere-2031", "director")]

    assert said[:2] == ["Director Invented signed out.", "Director Invented signed in."]
    page = client_for("administrator").get("/westmere-2031/accounts/director/")
    assert "Director Invented signed out." in page.content.decode()
    with pytest.raises(Refused):
        selectors.sign_ins(people["director"], "westmere-2031", "director")
