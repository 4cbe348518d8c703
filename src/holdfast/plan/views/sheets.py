"""The pages of the round trip: the plan as a file, a file that comes back, and what it would change before it does.

Rule: nothing is written until the changes have been on the screen and somebody has said yes to those.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from holdfast.access import clock
from holdfast.access.doors import requires
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone
from holdfast.jobs.attachments import download
from holdfast.organisation import selectors as organisation
from holdfast.pages.asking import refuse, sent_with_files
from holdfast.pages.crumbs import crumbs
from holdfast.pages.tables import Column, table
from holdfast.plan.forms import SheetForm
from holdfast.plan.selectors.sheets import exported, kept_sheet, preview_of
from holdfast.plan.services import importing
from holdfast.plan.spreadsheet.comparing import CellChange, ChangedSince, NewRow, Preview, SheetFault
from holdfast.plan.spreadsheet.reading import LARGEST_BYTES, read
from holdfast.plan.views.cells import THE_PLAN

CHANGES = [
    Column[CellChange]("Row", lambda change: str(change.number)),
    Column("What", lambda change: f"{change.ref}: {change.column.head.lower()}"),
    Column("Is now", lambda change: change.before or "Empty"),
    Column("Would be", lambda change: change.after or "Empty"),
]
ADDED = [
    Column[NewRow]("Row", lambda row: str(row.number)),
    Column("New", lambda row: f"{row.kind.capitalize()} {row.ref}"),
    Column("Title", lambda row: row.cells["Title"]),
    Column("Owner", lambda row: row.cells["Owner"] or "None"),
    Column("Due", lambda row: row.cells["Due"] or "None"),
]
SINCE = [
    Column[ChangedSince]("Row", lambda since: str(since.number)),
    Column("What", lambda since: f"{since.ref}: {since.head.lower()}"),
    Column("In the file", lambda since: since.sent or "Empty"),
    Column("In the plan now", lambda since: since.now or "Empty"),
    Column("What happens", lambda since: "You changed it too: see below" if since.is_edited else "The plan’s is kept"),
]
FAULTS = [
    Column[SheetFault]("Row", lambda fault: str(fault.number)),
    Column("Column", lambda fault: fault.column),
    Column("What is wrong", lambda fault: fault.what),
    Column("What to do", lambda fault: fault.do),
]


@requires(Permission.SEE_PROGRAMME)
def export_plan(request: HttpRequest, programme: str, form: str) -> HttpResponse:
    name = f"{programme}-plan-{clock.today().isoformat()}.{form}"
    return download(exported(request.user, programme, form), name)


@requires(Permission.MANAGE_PLAN)
def import_plan(request: HttpRequest, programme: str) -> HttpResponse:
    form = SheetForm(*sent_with_files(request))
    if request.method == "POST" and form.is_valid():
        # Read one byte more than is allowed, so that a larger file is refused without being held in memory.
        try:
            sheet = read(form.cleaned_data["file"].read(LARGEST_BYTES + 1))
        except NotDone as refusal:
            refuse(form, refusal)
        else:
            return redirect("preview_import", programme=programme, sheet=importing.keep_sheet(programme, sheet))
    context = {
        "heading": "Import the plan from a spreadsheet",
        "breadcrumbs": crumbs(programme, THE_PLAN),
        "form": form,
        "submit": "Show what it would change",
        "inset": "Nothing is changed yet: you see every change and every fault first. Dates that fall due are not "
        "changed so: only a decision of the Board moves one.",
    }
    return render(request, "ask.html", context)


@requires(Permission.MANAGE_PLAN)
def preview_import(request: HttpRequest, programme: str, sheet: str) -> HttpResponse:
    sent, refused = kept_sheet(request.user, programme, sheet), ""
    if request.method == "POST":
        facts = {"programme": organisation.programme(request.user, programme), "sheet": sent}
        seen = request.POST.get("fingerprint", "")
        try:
            done = importing.import_sheet(by=request.user, at=clock.now(), fingerprint=seen, **facts)
        except NotDone as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"The plan is changed as shown: {done.in_words()}.")
            return redirect("plan", programme=programme)
    preview = preview_of(request.user, programme, sent)
    return render(request, "plan/preview_import.html", _shown(programme, preview, refused))


def _shown(programme: str, preview: Preview, refused: str) -> dict[str, Any]:
    return {
        "heading": "What the spreadsheet would change",
        "breadcrumbs": [*crumbs(programme, THE_PLAN)],
        "refused": refused,
        "age": preview.age_words(),
        "is_stale": bool(preview.since),
        "since": table("What the plan has changed since", SINCE, preview.since),
        "summary": f"{preview.in_words()[:1].upper()}{preview.in_words()[1:]}.",
        "preview": preview,
        "faults": table("Faults", FAULTS, preview.faults),
        "changes": table("Changes", CHANGES, preview.changes),
        "added": table("New rows", ADDED, preview.added),
        "may_confirm": not preview.faults and not preview.does_nothing,
    }
