"""Files and extracts that come in without a person: read, made into a draft release, and told to the analysts.

Not here: which files have arrived whole (watched.py), or the reading itself (intake.py). Rule: nothing is ever
published here; whatever is refused says why beside the file, on its return's page, and to the analysts.
"""

import os
import re
import stat
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Actor, check, may
from holdfast.access.models import Account
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, TooBusy, outside_transaction, record, service
from holdfast.jobs import kept, queue
from holdfast.organisation.models import Programme
from holdfast.organisation.selectors import role_holders
from holdfast.performance.keeping import NotASubmission, check_size
from holdfast.performance.models import Release
from holdfast.performance.services.intake import WorkStopped, ingest_now
from holdfast.performance.services.publishing import NotPublishedFigures, counted_words, submit_published
from holdfast.performance.unpacking import CannotUnpack, is_wrapping, unpack
from holdfast.performance.uploads import PUBLISHED, working_folder
from holdfast.performance.watched import DONE, REFUSED, State, look, put_away, settled, state_of

DATABASES: Final = "databases"
NAMES_NONE: Final = (
    "Where everything that comes in here is the council’s own, watch the folder with --confirm-authority: what names "
    "no authority is then read without asking."
)


@dataclass(frozen=True)
class TakenIn:
    """What became of one thing that arrived: its name, whether it was read, and what is to be said of it."""

    name: str
    was_read: bool
    words: str


@outside_transaction("reads whole files and calculates a release, each step ending in its own service")
def take_in_folder(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    folder: Path,
    before: Mapping[str, State],
    confirm_none: bool = False,
    watch: queue.Watch | None = None,
) -> tuple[dict[str, State], list[TakenIn]]:
    """Take in what has not changed since the look `before`; gives this look, for the next, and what became of each.

    `confirm_none`: what names no authority is the council's; what names another is refused all the same. Safe to stop
    and to run again: the same bytes are one return. Raises Refused, or NoSuchFolder.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    now = look(folder)
    ready = settled(before, now)
    taken = []
    for name in ready:
        one = _take_in(by, programme, folder / name, watch, confirm_none=confirm_none)
        if one is None or state_of(folder / name) != now[name]:  # still being written after all: the next look has it
            continue
        put_away(folder / name, DONE if one.was_read else REFUSED, "" if one.was_read else one.words)
        taken.append(one)
    if taken:
        tell_analysts(by=by, at=at, programme=programme, taken=taken)
    return now, taken


def _take_in(
    by: Actor, programme: Programme, path: Path, watch: queue.Watch | None, *, confirm_none: bool
) -> TakenIn | None:
    """Read one file, folder or zip at once. Whatever is refused is said. None: others write, so it is tried again."""
    try:
        with ExitStack() as stack:
            sent = path
            if path.is_file() and is_wrapping(path):
                aside = stack.enter_context(working_folder()) / kept.plain_name(path.stem)
                aside.mkdir()
                files = unpack(path, aside, int(settings.HOLDFAST_RETURN_MAX_BYTES))
                sent = files[0] if len(files) == 1 else aside
            check_size(sent)
            if sent.is_file() and (said := analytics.recognise(sent)) and said.kind == PUBLISHED:
                file = submit_published(by=by, at=clock.now(), programme=programme, file=sent, name=sent.name)
                return TakenIn(path.name, True, f"{file.title}: kept. {counted_words(file)}")
            ingested = ingest_now(
                by=by, at=clock.now(), programme=programme, files=[sent], confirm_none=confirm_none, watch=watch
            )[0]
    except TooBusy:
        return None
    except WorkStopped as why:
        return TakenIn(path.name, True, str(why))
    except (CannotUnpack, NotASubmission, NotPublishedFigures, kept.TooLarge) as why:
        return TakenIn(path.name, False, str(why))
    returned = ingested.returned
    advice = f" {NAMES_NONE}" if returned.can_be_confirmed and not returned.authority else ""
    return TakenIn(path.name, not ingested.was_refused, f"{ingested.in_words()}{advice}")


class NoSuchDatabase(NotDone):
    """No address is known under that name, or others than the service may read it."""


def address_of(name: str) -> str:
    """The address of a database: in the environment, or in a file of HOLDFAST_DATA that the service alone may read.

    HOLDFAST_DATABASE_OF_<NAME>, or HOLDFAST_DATA/databases/<name>. Raises NoSuchDatabase.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", name):
        raise NoSuchDatabase("A database is named by small letters, digits and hyphens.")
    variable = f"HOLDFAST_DATABASE_OF_{name.upper().replace('-', '_')}"
    if os.environ.get(variable):
        return os.environ[variable]
    file = kept.folder(DATABASES) / name
    if not file.is_file():
        raise NoSuchDatabase(
            f"No address is known for {name}. Put it into the environment as {variable}, or into the file {name} of "
            f"the folder {DATABASES} in HOLDFAST_DATA."
        )
    if os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise NoSuchDatabase(
            f"Others than the service may read the file with the address of {name}. Take that from them (chmod 600)."
        )
    return file.read_text(encoding="utf-8").strip()


@outside_transaction("copies a database, reads it and calculates a release, each step ending in its own service")
def take_in_database(
    *, by: Actor, at: datetime, programme: Programme, name: str, watch: queue.Watch | None = None
) -> TakenIn:
    """Copy the SSD's tables of a database, read-only, and take the copy in as a return of today. The tables name no
    authority: whoever set up the address for the programme said whose they are.

    Raises Refused, NoSuchDatabase, or analytics.DatabaseNotRead, each before anything is kept; the analysts are told.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    address, named = address_of(name), f"ssd-{name}-{clock.day_of(at).isoformat()}"
    with working_folder() as aside:
        try:
            analytics.copy_database(address, aside / named, on=clock.day_of(at))
        except analytics.DatabaseNotRead as why:
            tell_analysts(by=by, at=at, programme=programme, taken=[TakenIn(named, False, str(why))])
            raise
        one = _take_in(by, programme, aside / named, watch, confirm_none=True)
    if one is None:
        raise TooBusy
    tell_analysts(by=by, at=at, programme=programme, taken=[one])
    return one


@outside_transaction("an SMTP server may take long to answer; what was told is noted afterwards")
def tell_analysts(*, by: Actor, at: datetime, programme: Programme, taken: Sequence[TakenIn]) -> list[str]:
    """Mail what became of what arrived to everybody who may submit a return and has an address; who was told.

    Where the service sends no mail, or it does not go, their home says it all the same. Raises Refused.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    words, told = mail_words(programme, taken), []
    for account in _analysts(programme.code) if settings.HOLDFAST_SENDS_MAIL else []:
        try:
            EmailMessage(*words, None, [account.email], headers={"Auto-Submitted": "auto-generated"}).send()
        except OSError:  # what a mail server answers is one too
            continue
        told.append(account.username)
    note_taken_in(by=by, at=at, programme=programme, taken=taken, told=told)
    return told


def _analysts(code: str) -> list[Account]:
    held = {holding.account for holding in role_holders(SYSTEM, code)}
    known = [each for each in held if each.email and may(each, Permission.SUBMIT_RETURN, code)]
    return sorted(known, key=lambda account: account.username)


def mail_words(programme: Programme, taken: Sequence[TakenIn]) -> tuple[str, str]:
    """The subject and the words of the mail: what became of each, and that a draft waits. No figure, no child."""
    n_refused = sum(not one.was_read for one in taken)
    subject = f"{programme.name}: {len(taken) - n_refused} read, {n_refused} refused"
    lines = [f"What arrived by itself for {programme.name}:", *(f"- {one.name}: {one.words}" for one in taken)]
    draft = Release.objects.filter(programme=programme).first()
    if draft is not None and not draft.is_published:
        page = reverse("release_page", args=[programme.code, draft.number])
        lines.append(f"Draft release {draft.number} waits for you: {settings.HOLDFAST_ADDRESS}{page}")
    return subject, "\n".join([*lines, "Nothing has been published.", ""])


@service
def note_taken_in(
    *, by: Actor, at: datetime, programme: Programme, taken: Sequence[TakenIn], told: Sequence[str]
) -> None:
    """Write to the trail what arrived by itself, how much of it was read, and who was told."""
    check(by, Permission.SUBMIT_RETURN, programme.code)
    n_read = sum(one.was_read for one in taken)
    record(
        "arrivals taken in",
        programme=programme.code,
        subject=f"{n_read} read, {len(taken) - n_read} refused",
        detail={"names": [kept.plain_name(one.name) for one in taken], "told": list(told)},
    )
