"""Putting forward, answering, withdrawing, reviewing: what is kept, and every refusal with its reason."""

import hashlib
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.kept_for_good import OnlyEverAdded
from holdfast.access.models import TrailRow
from holdfast.agreements import selectors, services
from holdfast.agreements.models import Answer, Party
from holdfast.jobs import attachments, kept

from .conftest import BOARD, CHAIR, COUNCIL, DSCB, HEALTH, POLICE, TODAY, at, minuted, party, put_forward

MAY = date(2031, 5, 1)


@pytest.fixture
def version(subject):
    return put_forward(subject, MAY, parties=[BOARD, DSCB, POLICE, HEALTH, COUNCIL, CHAIR])


def say(by, version, named, answer="agreed", **more):
    return services.say(by=by, at=at(TODAY), version=version, party=party(version, named), answer=answer, **more)


# Putting forward


def test_the_hash_covers_exactly_what_is_agreed(subject) -> None:
    version = put_forward(subject, MAY, "One line.  \r\nAnother.\n")
    assert version.words == "One line.\nAnother."
    assert version.content_hash == hashlib.sha256(b"One line.\nAnother.").hexdigest()


def test_a_document_is_kept_under_its_hash_and_its_plain_text_can_be_read(subject) -> None:
    version = put_forward(subject, MAY, "", file=("../old/terms.txt", b"The Board\nmeets."))
    assert (version.file_name, version.words, version.n_bytes) == ("terms.txt", "The Board\nmeets.", 16)
    assert version.content_hash == version.file_sha256 == hashlib.sha256(b"The Board\nmeets.").hexdigest()
    assert selectors.document(SYSTEM, version) == b"The Board\nmeets."


def test_a_document_that_was_changed_is_not_given_and_is_named(subject) -> None:
    version = put_forward(subject, MAY, "", file=("terms.pdf", b"%PDF"))
    assert version.words == ""
    assert selectors.verify_documents() == []
    kept.path_of("agreements", version.file_sha256).write_bytes(b"other")
    with pytest.raises(kept.NotAsKept):
        selectors.document(SYSTEM, version)
    assert "terms.pdf has been changed" in selectors.verify_documents()[0]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"words": ""}, "exactly one"),
        ({"words": "x", "file": ("a.txt", b"x")}, "exactly one"),
        ({"words": "", "file": ("a.txt", b"")}, "is empty"),
        ({"words": "", "file": ("a.txt", b"x" * (attachments.LARGEST_BYTES + 1))}, "larger than 10 MB"),
        ({"parties": []}, "at least one party"),
        ({"parties": [("agency", "navy")]}, "Nobody here called navy"),
        ({"parties": [("person", "dfe-observer")]}, "An observer is never a party"),
        ({"parties": [("agency", "department")]}, "An observer is never a party"),
        ({"proposed_on": date(2031, 6, 2)}, "a day that has come"),
        ({"proposed_on": date(2013, 9, 11)}, "Enter 12 September 2013 or a later day"),
        ({"agree_by": date(2031, 5, 31)}, "or a later day"),
        ({"review_by": date(2031, 5, 31)}, "or a later day"),
    ],
)
def test_what_cannot_be_put_forward_is_refused_in_words(subject, more, words) -> None:
    with pytest.raises(services.Unusable, match=words):
        put_forward(subject, TODAY, **{"words": "Any child.", **more})
    assert subject.versions.count() == 0


def test_the_same_words_for_the_same_parties_are_no_new_version(subject) -> None:
    put_forward(subject, MAY)
    with pytest.raises(services.NothingNew):
        put_forward(subject, TODAY)
    assert put_forward(subject, TODAY, parties=[BOARD]).number == 2


def test_the_same_words_may_be_asked_again_after_a_no(subject) -> None:
    first = put_forward(subject, MAY)
    minuted(first, POLICE, MAY, "declined", "Not yet.")
    assert put_forward(subject, TODAY).number == 2


def test_a_new_document_says_what_is_new_in_it(subject) -> None:
    put_forward(subject, MAY, "", file=("a.pdf", b"1"))
    with pytest.raises(services.Unusable, match="Say what is new"):
        put_forward(subject, TODAY, "", file=("a.pdf", b"2"))


def test_a_version_is_not_put_forward_before_the_one_it_follows(subject) -> None:
    put_forward(subject, MAY)
    with pytest.raises(services.Unusable, match="Enter 1 May 2031 or a later day"):
        put_forward(subject, TODAY, "Other.", proposed_on=date(2031, 4, 30))


def test_a_code_is_taken_once(programme, subject) -> None:
    with pytest.raises(services.CodeTaken):
        services.add_subject(
            by=SYSTEM, at=at(TODAY), programme=programme, code="thresholds", kind="other", title="Other"
        )


# Answering


@pytest.mark.parametrize(
    ("who", "named"),
    [("board-chair", BOARD), ("board-chair", CHAIR), ("dscb-member", DSCB), ("director", COUNCIL), ("officer", POLICE)],
)
def test_whoever_speaks_for_a_party_answers_in_their_own_name_today(version, people, officer, who, named) -> None:
    by = officer if who == "officer" else people[who]
    said = say(by, version, named)
    assert (said.said_by, said.said_on, said.minute) == (by, TODAY, "")
    assert TrailRow.objects.order_by("-number").first().action == "agreement answered"


@pytest.mark.parametrize(
    ("who", "named"),
    [
        ("officer", HEALTH),
        ("officer", BOARD),
        ("partner-member", POLICE),
        ("director", POLICE),
        ("director", CHAIR),
        ("board-chair", COUNCIL),
        ("board-chair", DSCB),
        ("dscb-member", BOARD),
    ],
)
def test_nobody_answers_for_a_party_that_is_not_theirs(version, people, officer, who, named) -> None:
    by = officer if who == "officer" else people[who]
    with pytest.raises(services.NotYours, match="You do not speak for"):
        say(by, version, named)
    assert not Answer.objects.exists()
    assert TrailRow.objects.order_by("-number").first().action == "refused by a rule"


@pytest.mark.parametrize("who", ["dfe-observer", "elected-member", "performance-analyst", "nobody", "elsewhere"])
def test_the_observer_and_who_may_agree_to_nothing_are_refused(version, people, who) -> None:
    for minute in ("", "Minute 4"):
        with pytest.raises(Refused):
            say(people[who], version, POLICE, minute=minute)
    assert not Answer.objects.exists()


def test_the_office_records_a_minute_with_its_day_and_not_its_own_word(version, people) -> None:
    with pytest.raises(services.NeedsAMinute):
        say(people["programme-office"], version, POLICE)
    said = say(people["programme-office"], version, POLICE, minute="Board, item 6", said_on=date(2031, 5, 20))
    assert (said.said_on, said.recorded_on, said.minute) == (date(2031, 5, 20), TODAY, "Board, item 6")


def test_the_system_has_no_word_of_its_own(version) -> None:
    with pytest.raises(services.NeedsAMinute):
        say(SYSTEM, version, POLICE)


def test_a_person_answers_on_the_day_itself(version, officer) -> None:
    with pytest.raises(services.NeedsAMinute, match="Only a minute bears an earlier day"):
        say(officer, version, POLICE, said_on=date(2031, 5, 20))


@pytest.mark.parametrize("on", [date(2031, 4, 30), date(2031, 6, 2)])
def test_a_minute_is_no_older_than_the_version_and_not_of_tomorrow(version, on) -> None:
    with pytest.raises(services.Unusable, match="Enter a day from 1 May 2031"):
        say(SYSTEM, version, POLICE, minute="M", said_on=on)


def test_a_party_answers_once(version, officer) -> None:
    say(officer, version, POLICE, "commented", words="Say which child.")
    with pytest.raises(services.AnsweredAlready, match="Police answered on 1 June 2031: agreed, with a comment"):
        say(officer, version, POLICE, "declined", words="No.")
    with pytest.raises(services.AnsweredAlready):
        minuted(version, POLICE, TODAY)


@pytest.mark.parametrize(
    ("answer", "words"), [("declined", "why it is declined"), ("commented", "what the comment is")]
)
def test_a_no_and_a_comment_say_why(version, officer, answer, words) -> None:
    with pytest.raises(services.NeedsWords, match=words):
        say(officer, version, POLICE, answer, words=" ")


def test_a_replaced_version_is_asked_of_nobody(subject, version, officer) -> None:
    put_forward(subject, TODAY, "Other words.")
    with pytest.raises(services.NoLongerAsked, match="Answer on version 2"):
        say(officer, version, POLICE)


def test_a_withdrawn_version_is_asked_of_nobody(version, officer) -> None:
    services.withdraw_version(by=SYSTEM, at=at(TODAY), version=version, reason="Wrong file.")
    with pytest.raises(services.NoLongerAsked, match="was withdrawn on 1 June 2031"):
        say(officer, version, POLICE)
    with pytest.raises(services.NoLongerAsked):
        services.withdraw_version(by=SYSTEM, at=at(TODAY), version=version, reason="Again.")


def test_a_party_of_another_version_is_nobody_here(subject, version) -> None:
    other = put_forward(subject, TODAY, "Other words.")
    with pytest.raises(selectors.NoSuchParty):
        services.say(by=SYSTEM, at=at(TODAY), version=other, party=party(version, POLICE), answer="agreed", minute="M")


def test_the_database_itself_holds_one_answer_of_a_party_with_a_person_or_a_minute(version) -> None:
    facts = {"party": party(version, POLICE), "says": "agreed", "said_on": TODAY, "recorded_on": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer(**facts).save()
    minuted(version, POLICE, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer(**facts, minute="M").save()


# Taking back, and looking again


def test_what_all_have_agreed_nobody_takes_back_alone(subject) -> None:
    version = put_forward(subject, MAY, parties=[POLICE])
    minuted(version, POLICE, MAY)
    with pytest.raises(services.AllHaveAgreed, match="Put forward a new version"):
        services.withdraw_version(by=SYSTEM, at=at(TODAY), version=version, reason="I changed my mind.")


def test_a_withdrawal_says_why(version) -> None:
    with pytest.raises(services.NeedsWords):
        services.withdraw_version(by=SYSTEM, at=at(TODAY), version=version, reason=" ")


def test_rows_are_written_once(version) -> None:
    said = minuted(version, POLICE, TODAY)
    for row in (version, said, Party.objects.first()):
        with pytest.raises(OnlyEverAdded):
            row.save()
        with pytest.raises(OnlyEverAdded):
            row.delete()


def review(subject, on=TODAY, **more):
    return services.record_review(
        by=SYSTEM, at=at(TODAY), subject=subject, reviewed_on=on, words=more.pop("words", "It stands."), **more
    )


def test_a_review_is_of_what_was_in_force(subject) -> None:
    version = put_forward(subject, MAY, parties=[POLICE])
    minuted(version, POLICE, date(2031, 5, 9))
    with pytest.raises(services.Unusable, match="No version was in force"):
        review(subject, date(2031, 5, 8))
    assert review(subject, date(2031, 5, 9), next_on=date(2031, 12, 1)).next_on == date(2031, 12, 1)


@pytest.mark.parametrize("more", [{"words": " "}, {"on": date(2031, 6, 2)}, {"next_on": TODAY}])
def test_a_review_has_words_and_days_that_make_sense(subject, more) -> None:
    minuted(put_forward(subject, MAY, parties=[POLICE]), POLICE, MAY)
    with pytest.raises((services.NeedsWords, services.Unusable)):
        review(subject, **more)


@pytest.mark.parametrize("who", ["director", "board-chair", "dfe-observer", "partner-member"])
def test_only_the_office_puts_forward_withdraws_and_reviews(people, subject, version, who) -> None:
    by = {"by": people[who], "at": at(TODAY)}
    with pytest.raises(Refused):
        services.propose_version(**by, subject=subject, words="New.", parties=[BOARD])
    with pytest.raises(Refused):
        services.withdraw_version(**by, version=version, reason="No.")
    with pytest.raises(Refused):
        services.record_review(**by, subject=subject, reviewed_on=TODAY, words="Done.")


# Who is waited for


def test_each_who_may_answer_is_told_of_their_own_and_nobody_else_is(programme, version, people, officer) -> None:
    asked = {
        name: people[name] for name in ("board-chair", "director", "dscb-member", "dfe-observer", "programme-office")
    }
    found = {
        name: [one.party.name for one in selectors.waiting_for(account, programme.code)]
        for name, account in {**asked, "officer": officer}.items()
    }
    assert found == {
        "board-chair": ["Improvement Board", "Board chair Invented"],
        "director": ["Council"],
        "dscb-member": ["Safeguarding Board"],
        "dfe-observer": [],
        "programme-office": [],
        "officer": ["Police"],
    }
