"""What the pages print: rows of tables and lists, made from what the selectors gave. No reading, no deciding."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from holdfast.agreements.models import Answer, Party, Review, Subject, Version
from holdfast.agreements.selectors import Outstanding
from holdfast.agreements.speaking import Named
from holdfast.agreements.standing import (
    DECLINED,
    REPLACED,
    TAG_COLOURS,
    WAITING,
    Standing,
    answer_of,
    review_due,
    standing_of,
    starts_on,
)
from holdfast.pages.tables import Cell, Column, Table, facts, link, table, tag
from holdfast.pages.words import counted, date_words, day_or, listed

AGREEMENTS = ("Agreements", "agreements")
OPEN = (WAITING, DECLINED)
"""States in which a version may still be withdrawn."""
SHORT = 12
"""Letters of a content's hash that people read aloud."""
Line = tuple[Subject, Version | None, Standing | None]


def version_link(version: Version) -> dict[str, Any]:
    subject = version.subject
    words = f"Version {version.number}"
    return link(words, "agreement_version", subject.programme.code, subject.code, version.number, hidden=str(subject))


def subjects_table(lines: Sequence[Line], on: date) -> Table:
    columns = [
        Column[Line](
            "To be agreed", lambda line: link(str(line[0]), "agreement", line[0].programme.code, line[0].code)
        ),
        Column("In force", lambda line: _in_force_cell(line[1])),
        Column("Last put forward", lambda line: _latest_cell(line[2])),
    ]
    return table(f"What is agreed on {date_words(on)}", columns, lines)


def _in_force_cell(version: Version | None) -> Cell:
    if version is None:
        return "Nothing yet"
    return version_link(version) | {"hint": f"since {date_words(since(version))}"}


def since(version: Version) -> date:
    starts = starts_on(version)
    assert starts is not None, "a version in force has begun"
    return starts


def _latest_cell(standing: Standing | None) -> Cell:
    if standing is None:
        return "Nothing put forward"
    state, _, more = state_words(standing).partition(" ")
    words = state if standing.state in OPEN else state_words(standing)
    hint = more if standing.state in OPEN else ""
    return tag(f"Version {standing.version.number}: {words}", TAG_COLOURS[standing.state], hint=hint)


def state_words(standing: Standing) -> str:
    """ "waiting for 2 of 4, 12 days", "declined by Health", "in force"."""
    if standing.state == WAITING:
        n = sum(party.is_required for party in standing.version.parties.all())
        return f"waiting for {len(standing.missing)} of {n}, {counted(standing.days_waiting, 'day')}"
    if standing.state == DECLINED:
        return f"declined by {listed([party.name for party in standing.declined])}"
    return f"{standing.state[:1].lower()}{standing.state[1:]}"


def waiting_table(waiting: Sequence[Outstanding], caption: str, *, answers: bool) -> Table:
    """Whom an answer is waited for from, for how long; with `answers`, each leads to where it is given."""
    columns = [
        Column[Outstanding]("Party", lambda one: _answer_link(one) if answers else one.party.name),
        Column("What", lambda one: version_link(one.version) | {"text": str(one.version), "hidden": ""}),
        Column("Days waiting", lambda one: f"{one.days_waiting:,}", numeric=True),
        Column("Agree by", _by_cell),
    ]
    return table(caption, columns, waiting)


def _answer_link(one: Outstanding) -> dict[str, Any]:
    subject = one.version.subject
    arguments = (subject.programme.code, subject.code, one.version.number, one.party.pk)
    return link(f"Answer for {one.party.name}", "answer_agreement", *arguments, hidden=f"on {one.version}")


def _by_cell(one: Outstanding) -> Cell:
    by = day_or(one.version.agree_by, "No day set")
    if not one.days_overdue:
        return by if one.party.is_required else f"{by} (asked, not needed)"
    return tag("Overdue", "red", hint=f"{by}: {counted(one.days_overdue, 'day')} ago")


def subject_facts(subject: Subject, version: Version | None, on: date) -> list[dict[str, str]]:
    parties = [party.name for party in version.parties.all() if party.is_required] if version else []
    return facts(
        ("Kind", str(subject.get_kind_display())),
        ("In force", f"Version {version.number}, since {date_words(since(version))}" if version else "Nothing yet"),
        ("Agreed by", listed(parties)),
        ("Next review by", day_or(review_due(subject, version, on), "")),
    )


def versions_table(subject: Subject, on: date) -> Table:
    standings = [standing_of(subject, version, on) for version in subject.versions.all()]
    columns = [
        Column[Standing]("Version", lambda standing: version_link(standing.version)),
        Column("Put forward", lambda standing: date_words(standing.version.proposed_on)),
        Column("Where it stands", lambda standing: tag(_state_and_days(standing), TAG_COLOURS[standing.state])),
        Column("What is new", lambda standing: standing.version.change or "The first"),
    ]
    return table("Versions, the newest first", columns, reversed(standings))


def _state_and_days(standing: Standing) -> str:
    words = state_words(standing)
    if standing.state == REPLACED and standing.since:
        words += f", was in force from {date_words(standing.since)}"
    return f"{words[:1].upper()}{words[1:]}"


def reviews_table(subject: Subject) -> Table:
    columns = [
        Column[Review]("Reviewed", lambda review: date_words(review.reviewed_on)),
        Column("What came of it", lambda review: {"text": review.words, "hint": review.minute}),
        Column("Next by", lambda review: day_or(review.next_on, "No day set")),
    ]
    return table("Reviews", columns, subject.reviews.all())


def version_facts(version: Version, standing: Standing) -> list[dict[str, str]]:
    recorded = "" if version.recorded_on == version.proposed_on else f" (recorded on {date_words(version.recorded_on)})"
    withdrawal = getattr(version, "withdrawal", None)
    return facts(
        ("Put forward", f"{date_words(version.proposed_on)}, by {version.proposer}{recorded}"),
        ("Agree by", day_or(version.agree_by, "")),
        ("In force", f"From {date_words(standing.since)}" if standing.since else "Not until all have agreed"),
        ("Review by", day_or(version.review_by, "")),
        ("What is new", version.change),
        ("Document", version.file_name and f"{version.file_name}, {version.n_bytes:,} bytes"),
        ("Hash of the content", version.content_hash[:SHORT]),
        ("Withdrawn", f"{date_words(withdrawal.withdrawn_on)}: {withdrawal.reason}" if withdrawal else ""),
    )


def parties_table(standing: Standing, spoken: frozenset[Named], may_record: bool) -> Table:
    """Every party and its answer; who may answer, or record an answer from a minute, is led there."""
    columns = [
        Column[Party](
            "Party", lambda party: {"text": party.name, "hint": "" if party.is_required else "asked, not needed"}
        ),
        Column("Answer", lambda party: _answer_cell(answer_of(party, standing.on))),
        Column("When", lambda party: _when_cell(answer_of(party, standing.on), standing)),
        Column("Through", lambda party: _through(answer_of(party, standing.on))),
    ]
    if standing.state in OPEN and (may_record or spoken):
        columns.append(Column("Answer now", lambda party: _answer_now(standing, party, spoken, may_record)))
    return table("Who is asked, and what each answered", columns, standing.version.parties.all())


def _answer_cell(said: Answer | None) -> Cell:
    colours = {"agreed": "green", "commented": "turquoise", "declined": "red"}
    if said is None:
        return tag("No answer yet", "yellow")
    return tag(str(said.get_says_display()), colours[said.says], hint=said.words)


def _when_cell(said: Answer | None, standing: Standing) -> Cell:
    if said is None:
        return f"{counted(standing.days_waiting, 'day')} waiting" if standing.state in OPEN else ""
    late = standing.version.agree_by is not None and said.said_on > standing.version.agree_by
    recorded = "" if said.recorded_on == said.said_on else f"recorded on {date_words(said.recorded_on)}"
    days = (said.said_on - standing.version.agree_by).days if late and standing.version.agree_by else 0
    hints = [f"{counted(days, 'day')} late" if days else "", recorded]
    return {"text": date_words(said.said_on), "hint": "; ".join(hint for hint in hints if hint)}


def _through(said: Answer | None) -> str:
    if said is None:
        return ""
    if said.minute:
        return f"Minute: {said.minute}"
    return said.said_by.display_name if said.said_by else ""


def _answer_now(standing: Standing, party: Party, spoken: frozenset[Named], may_record: bool) -> Cell:
    if answer_of(party) is not None:
        return ""
    subject = standing.version.subject
    arguments = (subject.programme.code, subject.code, standing.version.number, party.pk)
    if (party.kind, party.key) in spoken:
        return link("Answer", "answer_agreement", *arguments, hidden=f"for {party.name}")
    return link("Record a minute", "record_minute", *arguments, hidden=f"of {party.name}") if may_record else ""
