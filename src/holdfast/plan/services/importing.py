"""Taking a spreadsheet of the plan back in: kept until somebody has seen every change, then done whole or not at all.

Rule: what is done is what was shown. When the plan has changed since, nothing is done and it is shown anew.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from holdfast.access.doors import Actor, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, record, service
from holdfast.jobs import kept
from holdfast.organisation.models import Agency, Post, Programme
from holdfast.pages.words import counted
from holdfast.plan.models import Action, Milestone, Objective
from holdfast.plan.selectors.sheets import SHELF, preview_of
from holdfast.plan.services.adding import Terms, add_action, add_milestone, add_objective
from holdfast.plan.services.describing import change_planned
from holdfast.plan.spreadsheet.columns import DUE, JOINED
from holdfast.plan.spreadsheet.comparing import NewRow, Preview
from holdfast.plan.spreadsheet.reading import SentSheet


class HasFaults(NotDone):
    """Something in the sheet is wrong, so nothing of it was done."""

    def __init__(self, n_faults: int) -> None:
        verb = "is" if n_faults == 1 else "are"
        super().__init__(f"Nothing was changed: there {verb} {counted(n_faults, 'fault')} in the file. Mend it first.")


class PlanHasChanged(NotDone):
    """Somebody changed the plan after the changes were shown."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was changed: somebody has changed the plan since these changes were shown. They are shown anew: "
            "look at them again."
        )


class NothingToDo(NotDone):
    """The sheet says what the plan says."""

    def __init__(self) -> None:
        super().__init__("Nothing was changed: the file says what the plan says.")


def keep_sheet(code: str, sheet: SentSheet) -> str:
    """Keep what was read of a sheet until it is confirmed, and give its SHA-256. What was left out is not kept."""
    content = json.dumps({"programme": code, **asdict(sheet)}, ensure_ascii=False, sort_keys=True)
    return kept.keep_bytes(SHELF, content.encode()).sha256


@service
def import_sheet(*, by: Actor, at: datetime, programme: Programme, sheet: SentSheet, fingerprint: str) -> Preview:
    """Do what a sheet says, as it was shown for the plan with this fingerprint: all of it, or nothing.

    Raises Refused, PlanHasChanged, HasFaults, NothingToDo, or a refusal of the services that change the plan.
    """
    check(by, Permission.MANAGE_PLAN, programme.code)
    preview = preview_of(by, programme.code, sheet)
    if preview.fingerprint != fingerprint:
        raise PlanHasChanged
    if preview.faults:
        raise HasFaults(len(preview.faults))
    if preview.does_nothing:
        raise NothingToDo
    work = _Work({"by": by, "at": at}, programme)
    for kind, add in (
        ("objective", work.add_objective),
        ("action", work.add_action),
        ("milestone", work.add_milestone),
    ):
        for row in (row for row in preview.added if row.kind == kind):
            add(row)
    work.change(preview)
    detail = {"changes": len(preview.changes), "new": len(preview.added)}
    record("plan imported", programme=programme.code, subject=preview.in_words(), detail=detail)
    return preview


class _Work:
    """What the steps of one import share: who asks, and what cells name, looked up once."""

    def __init__(self, who: dict[str, Any], programme: Programme) -> None:
        self.who, self.programme = who, programme
        self.posts = {post.code: post for post in Post.objects.filter(programme=programme).select_related("agency")}
        self.agencies = {agency.code: agency for agency in Agency.objects.filter(programme=programme)}
        things: Mapping[str, Any] = {"objective": Objective, "action": Action, "milestone": Milestone}
        self.things = {
            kind: {thing.ref: thing for thing in model._default_manager.filter(programme=programme)}
            for kind, model in things.items()
        }
        for kind in ("action", "milestone"):
            for thing in self.things[kind].values():
                thing.programme = programme

    def value(self, part: str, cell: str) -> Any:
        """What a cell stands for, as describing.change_planned takes it."""
        several = [one for one in cell.split(JOINED) if one]
        ways: dict[str, Callable[[], Any]] = {
            "objective": lambda: self.things["objective"].get(cell),
            "action": lambda: self.things["action"].get(cell),
            "owner": lambda: self.posts.get(cell),
            "accountable": lambda: self.posts.get(cell),
            "agency": lambda: self.agencies.get(cell),
            "contributing": lambda: [self.agencies[one] for one in several],
            "waits_for": lambda: [self.things["action"][one] for one in several],
            "requirements": lambda: several,
            "recommendations": lambda: several,
            "starts_on": lambda: date.fromisoformat(cell) if cell else None,
            "impact_by": lambda: date.fromisoformat(cell) if cell else None,
            "impact_size": lambda: Decimal(cell) if cell else None,
        }
        return ways[part]() if part in ways else cell

    def add_objective(self, row: NewRow) -> None:
        added = add_objective(**self.who, programme=self.programme, ref=row.ref, title=row.cells["Title"])
        self.things["objective"][row.ref] = added

    def add_action(self, row: NewRow) -> None:
        cells = row.cells
        self.things["action"][row.ref] = add_action(
            **self.who,
            objective=self.things["objective"][cells["Objective"]],
            ref=row.ref,
            title=cells["Title"],
            owner=self.posts[cells["Owner"]],
            due_on=date.fromisoformat(cells[DUE]),
            agency=self.agencies.get(cells["Lead agency"]),
            requirements=self.value("requirements", cells["Requirements"]),
            recommendations=self.value("recommendations", cells["Recommendations"]),
            detail=cells["Detail"],
            indicator=cells["Indicator"],
            intended_impact=cells["Intended impact"],
            terms=self.terms(cells),
        )

    def terms(self, cells: Mapping[str, str]) -> Terms:
        """All but what it waits for, which may be a row further down."""
        return Terms(
            accountable=self.value("accountable", cells["Accountable"]),
            contributing=self.value("contributing", cells["Contributing"]),
            starts_on=self.value("starts_on", cells["Start"]),
            impact_direction=cells["Direction"],
            impact_size=self.value("impact_size", cells["Size"]),
            impact_by=self.value("impact_by", cells["By"]),
        )

    def add_milestone(self, row: NewRow) -> None:
        cells = row.cells
        self.things["milestone"][row.ref] = add_milestone(
            **self.who,
            programme=self.programme,
            ref=row.ref,
            title=cells["Title"],
            owner=self.posts[cells["Owner"]],
            due_on=date.fromisoformat(cells[DUE]),
            objective=self.value("objective", cells["Objective"]),
            requirements=self.value("requirements", cells["Requirements"]),
            indicator=cells["Indicator"],
            target=cells["Target"],
            action=self.value("action", cells["Step of"]),
        )

    def change(self, preview: Preview) -> None:
        """Every change of what is there, a thing at a time; then what new actions wait for."""
        parts: dict[tuple[str, str], dict[str, Any]] = {}
        for change in preview.changes:
            parts.setdefault((change.kind, change.ref), {})[change.column.part] = change.after
        for row in preview.added:
            if row.kind == "action" and row.cells["Waits for"]:
                parts[(row.kind, row.ref)] = {"waits_for": row.cells["Waits for"]}
        for (kind, ref), cells in parts.items():
            values = {part: self.value(part, cell) for part, cell in cells.items()}
            change_planned(**self.who, thing=self.things[kind][ref], parts=values)
