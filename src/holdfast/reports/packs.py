"""A meeting's pack as a structured document, frozen: what all may read, and apart from it what is restricted.

The agenda, members and papers come from governance; a paper that names a record is made here from it. Not here: how it
looks (rendering/pack.typ). Rule: the pack is written once; a paper that comes later is a numbered supplement.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from django.conf import settings

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import outside_transaction
from holdfast.governance.models import AgendaItem, Attendance, Meeting, Pack, Paper
from holdfast.governance.selectors import agendas, bodies, meetings
from holdfast.governance.selectors import packs as selectors
from holdfast.governance.selectors.minutes import awaiting_approval, minutes_of
from holdfast.governance.services import packing
from holdfast.jobs import attachments, kept
from holdfast.pages.table_rows import HIDDEN_KEY, hidden_key
from holdfast.pages.words import INVENTED, counted, date_words
from holdfast.performance.selectors.releases import chosen_release, latest_release
from holdfast.reports import audit_reports, keeping, lacking, rendering, scrutiny
from holdfast.reports import document as documents
from holdfast.reports import selectors as editions
from holdfast.reports.rendering.tables import tables

PDF: Final = "pack.pdf"
RESTRICTED: Final = "Restricted: it holds reserved items"
OPEN: Final = "Reserved items are printed in the restricted copy alone"
"""In the same place, and as long as a line, so that the first pages of both copies are alike."""
NO_AGENDA: Final = "Make the agenda first: a pack is made of its items."
NO_PAPER: Final = "No paper came for this item before the pack was frozen."
TABLES: Final = {
    "release": ("indicators", "young", "hidden", "not_held"),
    "edition": ("counts", "indicators", "young", "hidden", "not_held", "milestones", "late", "not_achieved"),
    "plan": ("late", "milestones"),
    "positions": ("counts", "not_achieved"),
}
"""Which tables of the report make the paper of a record."""
OF_THE_COPY: Final = ("name", "name_within", "restricted_words", "copy_words")
"""What tells the two copies apart, whatever they hold."""
Words = dict[str, Any]


Say = Callable[[str, int, int], None]
"""Takes what is being done in words, and how many steps are done of how many."""


@outside_transaction("drawing a long pack takes seconds; its files are kept first, then one service records it")
def make_pack(*, by: Actor, at: datetime, meeting: Meeting, say: Say = lambda *step: None) -> list[Pack]:
    """The pack of a meeting, or a supplement with what came since. Where nothing is new, what there is already.

    Raises Refused, or NoPack where there is no agenda.
    """
    check(by, Permission.MANAGE_MEETINGS, meeting.body.programme.code)
    supplement, papers = selectors.next_supplement(meeting), selectors.unsent_papers(meeting)
    if supplement and not papers:
        return selectors.packs(SYSTEM, meeting.body.programme.code, meeting)
    lines = agendas.agenda(SYSTEM, meeting.body.programme.code, meeting)
    items = [line.item for line in lines if line.item is not None]
    if not items:
        raise packing.NoPack(NO_AGENDA)
    copies = (False, True) if any(item.is_reserved for item in items) else (False,)
    say("Making the papers from the records", 0, _n_steps(copies))
    made = [
        _document(meeting, items, papers, supplement, clock.day_of(at), is_restricted=restricted)
        for restricted in copies
    ]
    made = _without_a_copy_of_the_same(made)
    n_steps = _n_steps(made)
    say("Laying out where each item begins", len(made), n_steps)
    _keep_places(made)
    frozen = []
    for place, document in enumerate(made):
        say(f"Drawing {document['name_within']}", n_steps - len(made) + place, n_steps)
        frozen.append(_freeze(document, is_restricted=place == 1))
    return packing.freeze_pack(by=by, at=at, meeting=meeting, supplement=supplement, documents=frozen, papers=papers)


def _n_steps(copies: Sequence[Any]) -> int:
    """Each copy is made, laid out and drawn; one alone has nothing to be laid out beside."""
    return 3 * len(copies) - (len(copies) == 1)


def _without_a_copy_of_the_same(made: list[Words]) -> list[Words]:
    """The open copy alone, where what a supplement brings is reserved in nothing: the other would say no more."""
    said = [{name: part for name, part in document.items() if name not in OF_THE_COPY} for document in made]
    if len(made) == 1 or said[0] != said[1]:
        return made
    return [made[0] | {"copy_words": ""}]


def read_pack(user: Actor, pack: Pack) -> bytes:
    """A pack's PDF: the bytes frozen. Raises Refused, or NotAsKept when they are missing or changed."""
    code = pack.meeting.body.programme.code
    check(user, Permission.SEE_RESERVED if pack.is_restricted else Permission.SEE_PROGRAMME, code)
    return keeping.read(str(pack), pack.sha256, PDF, pack.files[PDF])


def verify_packs(user: Actor = SYSTEM) -> list[str]:
    """A sentence naming each file of a pack that is missing or changed. [] when all is as it was frozen."""
    check(user, Permission.SEE_RESERVED)
    found = Pack.objects.select_related("meeting__body__programme").order_by("pk")
    problems = [
        (pack, name, keeping.problem_with(pack.sha256, name, expected))
        for pack in found
        for name, expected in sorted(pack.files.items())
    ]
    return [
        f"{pack} ({pack.meeting.body.programme.code}): the file {name} {said}." for pack, name, said in problems if said
    ]


def _keep_places(documents: Sequence[Words]) -> None:
    """Fill the pack and the restricted one with kept pages, so that each item begins on the same page of both.

    What both copies say alike follows on. Only what they do not, such as a reserved item, has pages of its own.
    """
    if len(documents) == 1:
        return
    for copies in zip(*(document["items"] for document in documents), strict=True):
        for item in copies:
            item["own_pages"] = copies[0] != copies[1]
    begins = [[1, *rendering.pack_pages(document, "0" * 64)] for document in documents]
    lengths = [[after - on for on, after in pairwise([*pages[:-1], pages[-1] + 1])] for pages in begins]
    for place, sizes in enumerate(zip(*lengths, strict=True)):
        for document, size in zip(documents, sizes, strict=True):
            part = document["items"][place - 1] if place else document
            part["fill"] = max(sizes) - size


def _freeze(document: Words, *, is_restricted: bool) -> packing.Frozen:
    content = keeping.canonical(document)
    sha256 = kept.digest(content)
    files = keeping.keep(sha256, {keeping.DOCUMENT: content, PDF: rendering.pack_as_pdf(document, sha256)})
    return packing.Frozen(is_restricted, sha256, files)


def _document(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    papers: Sequence[Paper],
    supplement: int,
    on: date,
    *,
    is_restricted: bool,
) -> Words:
    """What the pack says. The same records on the same day give the same document."""
    name = Pack(meeting=meeting, supplement=supplement, is_restricted=is_restricted).name
    sent: dict[int, list[Paper]] = {}
    for paper in papers:
        sent.setdefault(paper.item_id, []).append(paper)
    made: Words = {}
    shown = [item for item in items if not supplement or item.pk in sent]
    return {
        "format": "holdfast-pack-1",
        "programme": meeting.body.programme.name,
        "body": str(meeting.body),
        "name": name,
        "name_within": name[0].lower() + name[1:],
        "restricted_words": RESTRICTED if is_restricted else "",
        "copy_words": RESTRICTED if is_restricted else OPEN if any(item.is_reserved for item in items) else "",
        "invented": INVENTED if settings.MODE == "demo" else "",
        "meeting_words": f"Meeting {meeting.number}, {date_words(meeting.held_on)}{meeting.at_place}",
        "held_on_words": date_words(meeting.held_on),
        "frozen_on": on.isoformat(),
        "members": _members(meeting),
        "quorum": _quorum(meeting),
        "apologies": [] if supplement else _apologies(meeting),
        "annexes": _annex_table(meeting, papers, is_restricted),
        "fill": 0,
        "withdrawn": [] if supplement else _withdrawn(meeting, is_restricted),
        "to_decide": [_title(item, is_restricted) for item in shown if item.purpose == AgendaItem.Purpose.DECIDE],
        "items": [_item(meeting, item, sent.get(item.pk, []), made, on, is_restricted) for item in shown],
    }


def _members(meeting: Meeting) -> Words:
    """The front page's list comes from who sits on the day, so that it is never last year's."""
    sitting = bodies.seats(SYSTEM, meeting.body.programme.code, meeting.body, meeting.held_on)
    rows = [[{"text": seat.seat, "header": True}, str(seat.agency), seat.get_capacity_display()] for seat in sitting]
    return {"caption": "Who sits", "head": ["Seat", "Agency", "Capacity"], "rows": rows, "numeric_columns": []}


def _quorum(meeting: Meeting) -> str:
    needed = meetings.quorum(SYSTEM, meeting.body.programme.code, meeting).n_needed
    return f"A quorum is {counted(needed, 'voting member or deputy', 'voting members or their deputies')}."


def _apologies(meeting: Meeting) -> list[str]:
    """Who had said by now that they do not come, and whom they send instead."""
    said = []
    for line in meetings.attendance(SYSTEM, meeting.body.programme.code, meeting):
        known = line.attendance
        if known is not None and known.came != Attendance.Came.ATTENDED:
            instead = f"sends {known.deputy.seat} instead" if known.deputy else "sends apologies"
            said.append(f"{line.seat.seat} {instead}.")
    return said


def _withdrawn(meeting: Meeting, is_restricted: bool) -> list[str]:
    """What was taken off the agenda before the pack went out, and why; of a reserved item only that there was one."""
    gone = agendas.withdrawn_items(SYSTEM, meeting.body.programme.code, meeting)
    return [
        f"{item.title}: {item.withdrawn_because}" if is_restricted or not item.is_reserved else agendas.RESERVED
        for item in gone
    ]


def _title(item: AgendaItem, is_restricted: bool) -> str:
    return item.title if is_restricted or not item.is_reserved else agendas.RESERVED


def _item(
    meeting: Meeting, item: AgendaItem, papers: Sequence[Paper], made: Words, on: date, is_restricted: bool
) -> Words:
    if item.is_reserved and not is_restricted:
        nothing = {"facts": "", "detail": "", "papers": [], "no_paper": ""}
        return {"order": item.order, "title": agendas.RESERVED, "own_pages": False, "fill": 0} | nothing
    facts = [item.get_purpose_display(), str(item.presenter or ""), f"{item.minutes} minutes" if item.minutes else ""]
    reserved = f"Reserved: {item.reserved_because}" if item.is_reserved else ""
    printed = [_paper(meeting, paper, made, on) for paper in papers]
    if item.source_ref == "last-minutes":
        printed = [*_last_minutes(meeting, is_restricted), *printed]
    return {
        "order": item.order,
        "title": item.title,
        "facts": ". ".join(fact for fact in (*facts, reserved) if fact),
        "detail": item.detail,
        "papers": printed,
        "no_paper": "" if printed or not lacking.waits_for_paper(item) else NO_PAPER,
        "own_pages": False,
        "fill": 0,
    }


def _last_minutes(meeting: Meeting, is_restricted: bool) -> list[Words]:
    """The minutes that this meeting is to approve, entry by entry."""
    code, printed = meeting.body.programme.code, []
    for earlier in awaiting_approval(SYSTEM, code, meeting):
        lines, read = [], minutes_of(SYSTEM, code, earlier)
        for line in read.lines:
            if line.item is None or (line.item.is_reserved and not is_restricted):
                continue
            said = [f"{entry.get_kind_display()}: {entry.text}" for entry in line.item.standing_entries]  # type: ignore[attr-defined]
            said += [f"Decision {decision.number}: {decision.text}" for decision in line.item.decisions.all()]
            lines += [f"{line.order} {line.title}", *said] if said else []
        lines += [f"Decision {decision.number}: {decision.text}" for decision in read.decisions]
        words = "\n".join(lines)
        printed.append({"title": f"Minutes of meeting {earlier.number}", "note": "", "words": words, "tables": []})
    return printed


def _paper(meeting: Meeting, paper: Paper, made: Words, on: date) -> Words:
    note, words = "", paper.words
    if paper.sha256:
        annex = selectors.annex_numbers(meeting)[paper.pk]
        note = f"Annex {annex}, sent as a file: {paper.name}, {paper.n_bytes:,} bytes, SHA-256 {paper.sha256}."
        if paper.name.lower().endswith(".txt"):
            words = attachments.read(agendas.SHELF, paper.name, paper.sha256).decode("utf-8", errors="replace")
    printed = {"title": paper.title, "note": note, "words": words, "tables": []}
    kind, _, key = paper.record.partition("/")
    if kind == scrutiny.RECORD:
        since = scrutiny.since_of(meeting.body.programme.code, meeting.held_on, meeting.body)
        base = settings.HOLDFAST_ADDRESS.rstrip("/")
        made_now = scrutiny.scrutiny_paper(meeting.body.programme.code, on, since, base)
        printed |= {"note": made_now["as_at"], "words": made_now["words"], "tables": made_now["tables"]}
    if kind == audit_reports.RECORD:
        printed |= _audit_report(meeting, paper, int(key))
    if kind in TABLES:
        report = _edition(meeting, key) if kind == "edition" else _report(meeting, made, on, key)
        printed |= {"note": report["as_at"], "words": report["words"]}
        printed["tables"] = [report["tables"][name] for name in TABLES[kind] if report["tables"].get(name)]
    return printed | {"note": _explained(printed)}


def _audit_report(meeting: Meeting, paper: Paper, number: int) -> Words:
    """A report of audits as it was frozen: the boards' copy under a reserved item, else the one for members."""
    report = audit_reports.one_audit_report(SYSTEM, meeting.body.programme.code, number)
    copy = "boards" if paper.item.is_reserved else "members"
    said = audit_reports.document_of(SYSTEM, report, copy)
    note = f"{report}, frozen on {date_words(report.frozen_on)}. {said['copy_words']}."
    found = [table for section in said["sections"] for table in section["tables"]]
    words = "\n".join([*said["summary"], *said["sections"][-1]["words"]])
    return {"note": f"{note} The whole has the SHA-256 {report.kept(copy)[0]}.", "words": words, "tables": found}


def _explained(printed: Words) -> str:
    """A paper's note, with what a bare “c” in its tables or words means where they have one and do not say it."""
    note, cells = str(printed["note"]), [str(cell) for cell in _cells(printed["tables"])]
    if "“c”" in note + str(printed["words"]) or not any(map(hidden_key, [*cells, str(printed["words"])])):
        return note
    return f"{note} {HIDDEN_KEY}".strip()


def _cells(tables_printed: Sequence[Words]) -> list[Any]:
    cells = [cell for found in tables_printed for row in found["rows"] for cell in row]
    texts = [cell.get("text", "") if isinstance(cell, dict) else cell for cell in cells]
    return texts + [cell.get("hint", "") for cell in cells if isinstance(cell, dict)]


def _report(meeting: Meeting, made: Words, on: date, number: str) -> Words:
    """The tables that papers of records are made of, as on the day that the pack is frozen; worked out once.

    `number` names the release; "" is the latest.
    """
    if number not in made:
        programme = meeting.body.programme
        release = (
            chosen_release(SYSTEM, programme.code, int(number)) if number else latest_release(SYSTEM, programme.code)
        )
        said: Mapping[str, Any] = documents.ministers(programme, on, release, None)
        figures = f" Figures from {release.reference}, data as at {date_words(release.as_at)}." if release else ""
        as_at = f"As on {date_words(on)}.{figures}"
        made[number] = {"as_at": as_at, "words": "", "tables": tables(said, said["address"])}
    found: Words = made[number]
    return found


def _edition(meeting: Meeting, key: str) -> Words:
    """What a frozen edition of a report says in short, and its tables, as they were frozen."""
    kind, on, number = key.split("/")
    found = editions.edition(SYSTEM, meeting.body.programme.code, kind, date.fromisoformat(on), int(number))
    said = editions.document(SYSTEM, found)
    frozen = f"{found.in_words}, frozen on {date_words(found.frozen_at)}, in short."
    as_at = f"{frozen} The whole has the SHA-256 {found.sha256}."
    return {"as_at": as_at, "words": "\n".join(said["summary"]), "tables": tables(said, said["address"])}


def _annex_table(meeting: Meeting, papers: Sequence[Paper], is_restricted: bool) -> Words | None:
    """The files that go out beside a pack, numbered; of a reserved item's only the number. None where there is none."""
    numbers, rows = selectors.annex_numbers(meeting), []
    for paper in papers:
        if not paper.sha256:
            continue
        is_open = is_restricted or not paper.item.is_reserved
        told = [paper.title, f"{paper.name}, SHA-256 {paper.sha256[:16]}"] if is_open else [agendas.RESERVED, ""]
        rows.append([{"text": f"Annex {numbers[paper.pk]}", "header": True}, str(paper.item.order), *told])
    if not rows:
        return None
    caption = "Annexes: files that go out beside the pack. A page of one is “Annex 1, page 3”"
    return {"caption": caption, "head": ["Annex", "Item", "Paper", "File"], "rows": rows, "numeric_columns": []}
