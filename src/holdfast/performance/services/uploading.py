"""What a browser sent: looked at and told what it is, then submitted or cancelled. Nothing is kept before the yes.

Not here: where it waits (uploads.py) or how a file is kept and read (intake.py). Rule: whatever is not submitted is
named, with why.
"""

import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from holdfast import analytics
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, outside_transaction
from holdfast.jobs import kept
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import digest_of_parts, link_or_copy
from holdfast.performance.models import PublishedFile, Return
from holdfast.performance.selectors.own_headings import names_of
from holdfast.performance.services.intake import not_come_yet, submit_return
from holdfast.performance.services.publishing import NotPublishedFigures, contents_of, rows_words, submit_published
from holdfast.performance.services.returns import Accepted
from holdfast.performance.unpacking import CannotUnpack, is_wrapping, unpack
from holdfast.performance.uploads import SentFile, Submission, Upload, described_anew, hold, let_go, working_folder

NOT_MATCHED_YET: Final = (
    "As it stands, it is no return that is known. If it holds lists that your council keeps, such as contacts, "
    "referrals or plans, say which they are and what their headings mean: then it can be submitted."
)


class NothingArrived(NotDone):
    """Nothing that was sent can be submitted. The words say why, file by file."""


@dataclass(frozen=True)
class Arrival:
    """One file that arrived whole: the name its sender gave it, and where it is now."""

    name: str
    path: Path
    sha256: str
    n_bytes: int


@outside_transaction("moves and looks at files that are not submitted yet; no row is written")
def receive_upload(*, by: Actor, at: datetime, programme: Programme, arrived: Sequence[Arrival]) -> Upload:
    """Say what each file is, and let them wait for a yes. Files that belong together become one submission.

    Raises Refused, and NothingArrived when not one of them can wait.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    with working_folder() as aside:
        left_out: list[str] = []
        files = _sorted_out(arrived, aside, left_out)
        if not files:
            raise NothingArrived(" ".join(left_out) or "Choose the file you want to submit.", field="files")
        with analytics.own_names(names_of(programme)):
            submissions = _submissions(files, aside)
        where = [(one, [files[file.name].path for file in one.files]) for one in submissions]
        return hold(programme.code, getattr(account_of(by), "pk", None), where, left_out)


@dataclass(frozen=True)
class Submitted:
    """What became of an upload: the returns, and the files of what others published."""

    returns: tuple[Return, ...]
    published: tuple[PublishedFile, ...]


@outside_transaction("keeps whole files, each ending in a service of its own")
def submit_upload(
    *,
    by: Actor,
    at: datetime,
    programme: Programme,
    upload: Upload,
    confirmed: Collection[int] = (),
    left_out: Collection[int] = (),
) -> Submitted:
    """Submit what is known of an upload, and let the rest go.

    `confirmed` are the places of the submissions whose authority somebody confirmed as it was shown, `left_out` of
    those that may be read without what was shown to be left out. Raises Refused, and NotPublishedFigures. Stopped
    half-way and done again, nothing is doubled: the same bytes are the same return.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    actor = {"by": by, "at": at, "programme": programme}
    known = [(n, one) for n, one in enumerate(upload.submissions) if one.may_be_submitted]
    published = tuple(
        submit_published(**actor, file=upload.sent(n), name=one.name) for n, one in known if one.is_published
    )
    returns = tuple(
        submit_return(
            **actor,
            file=upload.sent(n),
            name=one.name,
            as_at=one.said_as_at,
            accepted=Accepted(
                authority=n in confirmed,
                authority_as=one.authority or Return.NAMES_NONE if n in confirmed else "",
                left_out=one.left_out if n in left_out else (),
            ),
        )
        for n, one in known
        if not one.is_published
    )
    let_go(upload)
    return Submitted(returns, published)


@outside_transaction("looks at files that are not submitted yet; no row is written")
def look_again(*, by: Actor, at: datetime, programme: Programme, upload: Upload) -> Upload:
    """Say anew what each submission that waits is, once its headings are known. Raises Refused."""
    return _described_anew(by, programme, upload, {})


@outside_transaction("looks at files that are not submitted yet; no row is written")
def say_days(*, by: Actor, at: datetime, programme: Programme, upload: Upload, days: Mapping[int, date]) -> Upload:
    """Note which day each submission describes that does not say it itself, by its place. Raises Refused."""
    return _described_anew(by, programme, upload, days)


def _described_anew(by: Actor, programme: Programme, upload: Upload, days: Mapping[int, date]) -> Upload:
    check(by, Permission.SUBMIT_RETURN, programme.code)
    with working_folder() as aside, analytics.own_names(names_of(programme)):
        seen = []
        for n, submission in enumerate(upload.submissions):
            where = upload.folder / str(n)
            files = {one.name: Arrival(one.name, where / one.name, one.sha256, one.n_bytes) for one in submission.files}
            alone = {name: _recognised([name], files, aside) for name in files}
            said = _recognised(list(files), files, aside) if len(files) > 1 else alone[next(iter(files))]
            day = days.get(n, submission.said_as_at)
            seen.append(_described(list(files), said, files, aside, alone, day))
    return described_anew(upload, seen)


@outside_transaction("removes files that were never submitted; no row knows of them")
def cancel_upload(*, by: Actor, at: datetime, upload: Upload) -> None:
    """Remove what waits. Raises Refused."""
    check(by, Permission.SUBMIT_RETURN, upload.programme)
    let_go(upload)


def _sorted_out(arrived: Sequence[Arrival], aside: Path, left_out: list[str]) -> dict[str, Arrival]:
    """What can be looked at, by name: zips taken apart, and what is empty, doubled or of one name with another left."""
    files: dict[str, Arrival] = {}
    seen: dict[str, str] = {}
    for file in _unpacked(arrived, aside, left_out):
        name = kept.plain_name(file.name)
        if not file.n_bytes:
            left_out.append(f"{name} is empty. Export it again from your case system, then send it.")
        elif file.sha256 in seen:
            left_out.append(f"{name} holds the same as {seen[file.sha256]}, so it is left out.")
        elif name in files:
            left_out.append(f"Two different files are called {name}. The second is left out: give it another name.")
        else:
            files[name], seen[file.sha256] = file, name
    return files


def _unpacked(arrived: Sequence[Arrival], aside: Path, left_out: list[str]) -> Iterator[Arrival]:
    left = int(settings.HOLDFAST_RETURN_MAX_BYTES)
    for n, file in enumerate(arrived):
        if not is_wrapping(file.path):
            yield file
            continue
        inside = aside / f"zip-{n}"
        inside.mkdir()
        try:
            paths = unpack(file.path, inside, left)
        except CannotUnpack as why:
            left_out.append(f"{kept.plain_name(file.name)} is a zip that cannot be unpacked. {why}")
            continue
        left -= sum(path.stat().st_size for path in paths)
        yield from (Arrival(path.name, path, kept.digest_of_file(path), path.stat().st_size) for path in paths)


def _submissions(files: Mapping[str, Arrival], aside: Path) -> list[Submission]:
    """What would be a return each: files of one kind that are known together as one, and every other file alone."""
    alone = {name: _recognised([name], files, aside) for name in files}
    by_kind = defaultdict(list)
    for name, said in alone.items():
        by_kind[said.kind if said else ""].append(name)
    unknown = by_kind.pop("", [])
    groups: list[tuple[list[str], analytics.Recognised | None]] = []
    for kind, names in by_kind.items():
        whole = _together(kind, names, unknown, files, aside)
        if whole is None:
            groups += [([name], alone[name]) for name in names]
            continue
        groups.append(whole)
        unknown = [name for name in unknown if name not in whole[0]]
    as_set = _recognised(unknown, files, aside) if len(unknown) > 1 else None
    groups += [(unknown, as_set)] if as_set else [([name], None) for name in unknown]
    return [_described(names, said, files, aside, alone) for names, said in groups]


def _together(
    kind: str, names: list[str], unknown: list[str], files: Mapping[str, Arrival], aside: Path
) -> "tuple[list[str], analytics.Recognised] | None":
    """The files of one kind as one submission, with those of no kind that are parts of it; None: each is its own."""
    best = _recognised(names, files, aside) if len(names) > 1 else None
    best = best if best and best.kind == kind else None
    if unknown:
        wider = _recognised([*names, *unknown], files, aside)
        if wider and wider.kind == kind and len(wider.parts) > max(len(best.parts) if best else 0, 1):
            return [*names, *unknown], wider
    return (names, best) if best else None


def _recognised(names: Sequence[str], files: Mapping[str, Arrival], aside: Path) -> "analytics.Recognised | None":
    """What these files say that they are: one as a file, several as a folder of them."""
    with _laid_out(names, files, aside) as path:
        return analytics.recognise(path)


@contextmanager
def _laid_out(names: Sequence[str], files: Mapping[str, Arrival], aside: Path) -> Iterator[Path]:
    """These files as a reader takes them: one as a file, several as a folder, under their own names."""
    with tempfile.TemporaryDirectory(dir=aside) as folder:
        for name in names:
            link_or_copy(files[name].path, Path(folder) / name)
        yield Path(folder) if len(names) > 1 else Path(folder) / names[0]


def _described(
    names: Sequence[str],
    said: "analytics.Recognised | None",
    files: Mapping[str, Arrival],
    aside: Path,
    alone: "Mapping[str, analytics.Recognised | None]",
    said_as_at: date | None = None,
) -> Submission:
    sent = tuple(SentFile(name, files[name].sha256, files[name].n_bytes) for name in sorted(names))
    sha256 = sent[0].sha256 if len(sent) == 1 else digest_of_parts((file.name, file.sha256) for file in sent)
    to_match = _to_match(names, said, files, aside)
    found = Submission(
        sent,
        sha256,
        has_columns=bool(to_match),
        n_lists_left=sum(bool(sheet.n_questions or sheet.asks_for_row) for sheet in to_match),
        n_headings_left=sum(sheet.n_questions for sheet in to_match if sheet.number),
    )
    path = files[names[0]].path
    if said is None:
        return replace(found, problem=NOT_MATCHED_YET if found.n_lists_left else str(analytics.why_unknown(path)))
    authorities = sorted({one.authority for name in names if (one := alone[name]) and one.authority})
    as_at = said.as_at or said_as_at
    found = replace(
        found,
        kind=said.kind,
        words=said.words,
        as_at=said.as_at,
        authority=said.authority or "".join(authorities[:1]),
        parts=said.parts,
        unknown=said.unknown,
        said_as_at=said_as_at,
        left_out=said.left_out,
        problem=not_come_yet(said.as_at) if said.as_at else "",
        gives=_gives(said, as_at).as_facts() if as_at and said.kind in analytics.readers() else None,
    )
    if len(authorities) > 1:
        different = f"These files are of different authorities: {', '.join(authorities)}. Send those of one at a time."
        return replace(found, problem=different)
    return _counted(found, path) if found.is_published else found


def _counted(found: Submission, path: Path) -> Submission:
    """A published file with what is in it: its rows and symbols are counted before anything is kept."""
    try:
        contents = contents_of(path, found.name)
    except NotPublishedFigures as problem:
        return replace(found, problem=str(problem))
    return replace(
        found, words=f"{contents.title}, {contents.release}. {rows_words(contents.n_rows, contents.symbols)}"
    )


def _gives(said: "analytics.Recognised", as_at: date) -> "analytics.Gives":
    gives = said.gives or analytics.readers()[said.kind].gives
    return gives(as_at)


def _to_match(
    names: Sequence[str], said: "analytics.Recognised | None", files: Mapping[str, Arrival], aside: Path
) -> "list[analytics.SheetSeen]":
    """The sheets of what may be lists under other headings; [] for what is no table, and for every other kind."""
    if said is not None and said.kind not in analytics.KINDS_WITH_OWN_HEADINGS:
        return []
    try:
        with _laid_out(names, files, aside) as path:
            return analytics.headings_seen(path)
    except analytics.UnreadableReturn:
        return []
