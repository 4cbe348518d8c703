"""What the pages print: rows of tables and lists, made from what the selectors gave. No reading, no deciding."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from holdfast.notice.covering import CoveringAction
from holdfast.notice.due import end_of_month
from holdfast.notice.models import EvidenceLink, Notice, Requirement
from holdfast.notice.selectors import requirements
from holdfast.notice.selectors.coverage import CoverageRow
from holdfast.notice.selectors.positions import TAG_COLOURS, PositionLine, counts
from holdfast.notice.selectors.requirements import RequirementSeen
from holdfast.pages.addresses import address
from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import counted, date_words, month_words, upper_first


def trail(programme: str, notice: Notice | None, positions: bool = False) -> list[tuple[str, str]]:
    """Breadcrumbs."""
    steps = [(notice.title if notice else "The notice", address("notice", programme))]
    return [*steps, ("Every requirement", address("positions", programme))] if positions else steps


def under(programme: str, requirement: Requirement) -> list[tuple[str, str]]:
    page = address("requirement", programme, requirement.ref)
    return [*trail(programme, None, positions=True), (str(requirement), page)]


def count_items(programme: str, counts: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    page = address("positions", programme)
    return [
        {
            "n": n,
            "words": upper_first(position),
            "colour": TAG_COLOURS[position],
            "url": f"{page}?{urlencode({'position': position})}",
        }
        for position, n in counts
    ]


def frame_rows(notice: Notice) -> list[dict[str, str]]:
    """What the notice says of itself, as a summary list."""
    frame = notice.frame
    rows = [
        ("Issued", f"{date_words(notice.issued_on)}, by {notice.issued_by}"),
        ("Because of", frame.get("basis", "")),
        ("Guidance then in force", notice.guidance),
        ("Reviews", "\n".join(_review_words(one) for one in frame.get("reviews", []))),
        ("Reports", _report_words(frame.get("reports"))),
        ("Board", _board_words(frame.get("board"))),
        ("Aim", frame.get("aim", {}).get("words", "")),
        ("Also called", "\n".join(f"{one['name']}: {', '.join(one['also'])}" for one in frame.get("aliases", []))),
        ("How we read its dates", "\n".join(frame.get("rules_of_ours", []))),
        ("Unverified", "\n".join(frame.get("unverified", []))),
        ("Source", frame["source"]),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _review_words(review: dict[str, Any]) -> str:
    when = month_words(end_of_month(review["month"])) if "month" in review else f"every {review['every_months']} months"
    return f"{review['name']}: {when}, by {review['by']}"


def _report_words(reports: dict[str, Any] | None) -> str:
    if not reports:
        return ""
    months = [month_words(end_of_month(month)) for month in reports["months"]]
    return f"{reports['by']} to {reports['to']}: {', '.join(months)}"


def _board_words(board: dict[str, Any] | None) -> str:
    return f"{board['name']}, every {board['every_weeks']} weeks" if board else ""


def section_table(programme: str, notice: Notice, lines: Sequence[PositionLine]) -> Table:
    """Each part of the notice: how many requirements, and how many at each position that any is at."""
    within = {section["id"]: requirements.filtered(lines, section=section["id"]) for section in notice.sections}
    columns = [
        Column[dict[str, str]]("Part", lambda part: link(part["title"], "positions", programme, section=part["id"])),
        Column("Requirements", lambda part: str(len(within[part["id"]])), numeric=True),
        Column("Where they stand", lambda part: _standing_words(within[part["id"]])),
    ]
    return table("The parts of the notice", columns, notice.sections)


def position_parts(programme: str, notice: Notice, lines: Sequence[PositionLine]) -> list[dict[str, Any]]:
    """The requirements by the part of the notice they are in, each part with how many stand where."""
    columns = [
        Column[PositionLine]("Requirement", lambda line: _requirement_link(programme, line)),
        Column("Position", lambda line: tag(upper_first(line.position), line.colour)),
        Column("What the records show", _checks_words),
        Column("What people say", judged_words),
        Column("Due", lambda line: day(line.due.on)),
        Column("Duty", lambda line: str(line.requirement.get_modality_display()).split(":")[0]),
    ]
    within = [(section["title"], requirements.filtered(lines, section=section["id"])) for section in notice.sections]
    return [
        {"title": title, "note": _standing_words(found), "table": table(title, columns, found)}
        for title, found in within
        if found
    ]


def _standing_words(lines: Sequence[PositionLine]) -> str:
    return ", ".join(f"{n} {position}" for position, n in counts(lines) if n)


def _requirement_link(programme: str, line: PositionLine) -> dict[str, Any]:
    return link(str(line.requirement), "requirement", programme, line.requirement.ref)


def day(on: date | None) -> str:
    return date_words(on) if on else "No date"


def _page(programme: str, requirement: Requirement) -> str:
    return address("requirement", programme, requirement.ref)


def _checks_words(line: PositionLine) -> str:
    if not line.answers:
        return "No record answers it yet"
    return "; ".join(answer.state.capitalize() for _, answer in line.answers)


def judged_words(line: PositionLine) -> str:
    """The judgement and what became of it, in a sentence."""
    if line.judgement is None:
        return "Nobody has judged it yet"
    said = f"{line.judgement.get_says_display()}, judged by {line.judgement.judged_by.display_name}"
    said += f" on {date_words(line.judgement.judged_on)}"
    if line.acceptance is None:
        return f"{said}. Waiting for somebody else to accept it"
    word = "Accepted" if line.acceptance.is_accepted else "Declined"
    return f"{said}. {word} by {line.acceptance.decided_by.display_name} on {date_words(line.acceptance.decided_on)}"


def requirement_rows(seen: RequirementSeen) -> list[dict[str, str]]:
    """The facts of a requirement, as a summary list."""
    found = seen.line.requirement
    rows = [
        ("How strong a duty", found.get_modality_display()),
        ("Condition", found.condition),
        ("Who does it", ", ".join(found.does)),
        ("Who agrees it", ", ".join(found.agrees)),
        ("Who receives it", ", ".join(found.receives)),
        ("When", seen.line.due.words),
        ("Place in the notice", "\n".join(seen.places)),
        ("Evidence expected", "\n".join(found.evidence_expected)),
        ("Themes", ", ".join(found.themes)),
        ("Unverified", "\n".join(found.unverified)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def evidence_table(programme: str, seen: RequirementSeen) -> Table:
    """Each piece of evidence: where it is opened, what it is, and the mark of what was withdrawn."""
    columns = [
        Column[EvidenceLink]("Evidence", lambda link: _evidence_cell(programme, seen, link)),
        Column("What it is", _evidence_words),
        Column("Linked", _linked_words),
        Column("Opened by you", lambda link: _opened(seen, link)),
    ]
    if seen.may_judge:
        columns.append(Column("Next", lambda link: _withdraw_cell(programme, seen, link)))
    return table("Evidence linked to this requirement", columns, seen.evidence)


def _linked_words(link: EvidenceLink) -> str:
    return f"{date_words(link.added_on)}, by {link.added_by.display_name if link.added_by else 'the system'}"


def to_open(programme: str, seen: RequirementSeen) -> Table:
    """What a judgement names, with what this account has still to open before it may accept."""
    return table(
        "Open each before you accept",
        [
            Column[EvidenceLink]("Evidence that it names", lambda link: _evidence_cell(programme, seen, link)),
            Column("What it is", _evidence_words),
            Column("Opened by you", lambda link: _opened(seen, link)),
        ],
        seen.line.evidence,
    )


def _evidence_cell(programme: str, seen: RequirementSeen, link: EvidenceLink) -> Cell:
    if link.kind == EvidenceLink.Kind.UNUSABLE:
        return {"text": link.title, "header": True}
    page = address("open_evidence", programme, seen.line.requirement.ref, link.pk)
    return {"text": link.title, "url": page, "elsewhere": link.kind == EvidenceLink.Kind.ADDRESS, "header": True}


def _evidence_words(link: EvidenceLink) -> Cell:
    words = str(link.get_kind_display())
    withdrawal = getattr(link, "withdrawal", None)
    is_here = link.kind in (EvidenceLink.Kind.RECORD, EvidenceLink.Kind.FIGURE, EvidenceLink.Kind.EDITION)
    hint = withdrawal.in_words if withdrawal else "" if is_here else link.where
    return {"text": "Withdrawn", "tag": "grey", "hint": hint} if withdrawal else {"text": words, "hint": hint}


def _opened(seen: RequirementSeen, link: EvidenceLink) -> str:
    return "Opened" if link.pk in seen.opened else "Not opened yet"


def _withdraw_cell(programme: str, seen: RequirementSeen, link: EvidenceLink) -> Cell:
    if hasattr(link, "withdrawal"):
        return ""
    page = address("withdraw_evidence", programme, seen.line.requirement.ref, link.pk)
    return {"text": "Withdraw", "url": page, "hidden": link.title}


def action_table(caption: str, actions: Iterable[CoveringAction]) -> Table:
    columns = [
        Column[CoveringAction]("Action", lambda action: {"text": f"{action.ref} {action.title}", "url": action.url}),
        Column("State", lambda action: tag("Late", "red", action.state) if action.is_late else action.state),
        Column("Indicators", lambda action: ", ".join(action.indicators) or "None named"),
    ]
    return table(caption, columns, actions)


COVERED = [
    Column[CoverageRow]("Gaps", lambda row: "; ".join(row.gaps) or "No gap"),
    Column("Actions", lambda row: ", ".join(action.ref for action in row.actions) or "None"),
    Column("Indicators", lambda row: ", ".join(row.indicators) or "None"),
]


def coverage_parts(programme: str, notice: Notice, rows: Sequence[CoverageRow]) -> list[dict[str, Any]]:
    """The requirements by the part of the notice they are in, each part with how many of it have a gap."""
    columns = [
        Column[CoverageRow](
            "Requirement", lambda row: link(str(row.subject), "requirement", programme, row.subject.ref)
        ),
        *COVERED,
        Column("Evidence links", lambda row: str(row.n_evidence), numeric=True),
    ]
    parts = []
    for section in notice.sections:
        within = [row for row in rows if row.subject.section == section["id"]]
        n_gaps = sum(bool(row.gaps) for row in within)
        note = f"{counted(len(within), 'requirement')}, {n_gaps or 'none'} with a gap"
        parts.append({"title": section["title"], "note": note, "table": table(section["title"], columns, within)})
    return [part for part in parts if part["table"].rows]


def recommendation_table(rows: Sequence[CoverageRow]) -> Table:
    columns = [Column[CoverageRow]("Recommendation", lambda row: row.subject.in_full), *COVERED]
    return table("The inspection’s recommendations", columns, rows)
