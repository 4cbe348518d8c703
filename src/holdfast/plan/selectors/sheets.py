"""The plan as a spreadsheet: the file to send out, and what one that came back would change."""

import json
from collections.abc import Mapping
from typing import Final

from django.conf import settings

from holdfast.access import clock
from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.jobs import kept
from holdfast.notice.selectors.notices import NoNotice, notice_of
from holdfast.organisation import selectors as organisation
from holdfast.pages.words import INVENTED
from holdfast.performance.selectors.indicators import definition_cards
from holdfast.plan import selectors
from holdfast.plan.spreadsheet.columns import KIND, REF, TAKEN, Row, stamp, table_of
from holdfast.plan.spreadsheet.comparing import Known, Preview, compare
from holdfast.plan.spreadsheet.reading import SentRow, SentSheet
from holdfast.plan.spreadsheet.writing import as_csv, as_xlsx

SHELF: Final = "plan-sheets"
"""Where what was sent waits to be confirmed."""


class NoSuchSheet(Missing):
    """Nothing that was sent is kept under that name for this programme."""

    def __init__(self) -> None:
        super().__init__("No such spreadsheet is kept. Send the file again.")


def exported(user: Actor, code: str, form: str) -> bytes:
    """The whole plan as it stands today, in a file: `form` is "xlsx" or "csv". Raises Refused."""
    check(user, Permission.SEE_PROGRAMME, code)
    today = clock.today()
    rows = [row | {TAKEN: stamp(row, today)} for row in table_of(user, code)]
    if form == "csv":
        return as_csv(rows)
    return as_xlsx(rows, _codes(user, code), INVENTED if settings.MODE == "demo" else "")


def _codes(user: Actor, code: str) -> list[tuple[str, str, str]]:
    """What cells may name: what for, the code, and what it is."""
    posts = [("Owner, Accountable", post.code, post.title) for post in organisation.posts(user, code)]
    agencies = [("Lead agency, Contributing", one.code, one.name) for one in organisation.agencies(user, code)]
    cards = [("Indicator", card.id, card.title) for card in definition_cards()]
    return [*posts, *agencies, *_of_notice(user, code), *cards]


def _of_notice(user: Actor, code: str) -> list[tuple[str, str, str]]:
    try:
        notice = notice_of(user, code)
    except NoNotice:
        return []
    answered = [("Requirements", one.ref, one.name) for one in notice.requirements.all()]
    return answered + [("Recommendations", one.ref, one.text) for one in notice.recommendations.all()]


def kept_sheet(user: Actor, code: str, sha256: str) -> SentSheet:
    """What was read of a sheet and kept until it is confirmed. Raises Refused or NoSuchSheet."""
    check(user, Permission.MANAGE_PLAN, code)
    try:
        held = json.loads(kept.read(kept.path_of(SHELF, sha256), sha256))
    except (ValueError, kept.NotAsKept) as odd:
        raise NoSuchSheet from odd
    if held["programme"] != code:
        raise NoSuchSheet
    return SentSheet(held["heads"], [SentRow(**row) for row in held["rows"]], held["notes"])


def preview_of(user: Actor, code: str, sheet: SentSheet) -> Preview:
    """What a sheet would change in the plan as it stands now. Raises Refused."""
    check(user, Permission.MANAGE_PLAN, code)
    rows = table_of(user, code)
    return compare(rows, sheet, _known(user, code, rows, sheet))


def _known(user: Actor, code: str, rows: list[Row], sheet: SentSheet) -> Known:
    """What cells may name. What is in the plan is taken from its table, which has been read already."""
    posts = _by_name([(post.code, post.title) for post in organisation.posts(user, code)])
    agencies = _by_name([(agency.code, agency.name) for agency in organisation.agencies(user, code)])
    notice = _grouped(_of_notice(user, code))
    objectives, actions = ([row[REF] for row in rows if row[KIND] == kind] for kind in ("objective", "action"))
    objectives, actions = objectives + _new(sheet, "objective"), actions + _new(sheet, "action")
    names: dict[str, Mapping[str, str]] = {
        "Objective": _by_ref(objectives),
        "Step of": _by_ref(actions),
        "Owner": posts,
        "Accountable": posts,
        "Lead agency": agencies,
        "Contributing": agencies,
        "Waits for": _by_ref(actions),
        "Requirements": _by_ref(notice.get("Requirements", [])),
        "Recommendations": _by_ref(notice.get("Recommendations", [])),
        "Indicator": _by_ref([card.id for card in definition_cards()]),
    }
    gone = selectors.withdrawn(user, code)
    withdrawn = frozenset((str(thing._meta.model_name), thing.ref.casefold()) for thing in gone)
    return Known(names, withdrawn, organisation.programme(user, code).starts_on)


def _grouped(codes: list[tuple[str, str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for head, ref, _ in codes:
        found.setdefault(head, []).append(ref)
    return found


def _new(sheet: SentSheet, kind: str) -> list[str]:
    return [row.cells.get("Ref", "") for row in sheet.rows if row.cells.get("Kind", "").casefold() == kind]


def _by_ref(refs: list[str]) -> dict[str, str]:
    """By reference in small letters; the plan's own way of writing it counts, since it comes first."""
    return {ref.casefold(): ref for ref in reversed(refs)}


def _by_name(named: list[tuple[str, str]]) -> dict[str, str]:
    """By code, and by title or name where only one has it."""
    titles = [title.casefold() for _, title in named]
    unique = {title.casefold(): code for code, title in named if titles.count(title.casefold()) == 1}
    return unique | {code.casefold(): code for code, _ in named}
