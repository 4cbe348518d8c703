"""What a browser sent: looked at and told what it is, then submitted or cancelled. Nothing is kept before the yes.

Not here: where it waits (uploads.py) or how a file is kept and read (intake.py). Rule: whatever is not submitted is
named, with why.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from holdfast import analytics
from holdfast.access.doors import Actor, account_of, check
from holdfast.access.permissions import Permission
from holdfast.access.writes import NotDone, outside_transaction
from holdfast.jobs import kept
from holdfast.organisation.models import Programme
from holdfast.performance.keeping import digest_of_parts, link_or_copy
from holdfast.performance.models import Return
from holdfast.performance.selectors.own_headings import names_of
from holdfast.performance.services.intake import submit_return
from holdfast.performance.unpacking import CannotUnpack, is_wrapping, unpack
from holdfast.performance.uploads import SentFile, Submission, Upload, described_anew, hold, let_go, working_folder


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


@outside_transaction("keeps whole files, each ending in a service of its own")
def submit_upload(
    *, by: Actor, at: datetime, programme: Programme, upload: Upload, days: Mapping[int, date]
) -> list[Return]:
    """Submit what is known of an upload, and let the rest go. `days`: what was said of each that does not say its day.

    Raises Refused. Stopped half-way and done again, nothing is doubled: the same bytes are the same return.
    """
    check(by, Permission.SUBMIT_RETURN, programme.code)
    returns = [
        submit_return(by=by, at=at, programme=programme, file=upload.sent(n), name=submission.name, as_at=days.get(n))
        for n, submission in enumerate(upload.submissions)
        if submission.may_be_submitted
    ]
    let_go(upload)
    return returns


@outside_transaction("looks at files that are not submitted yet again; no row is written")
def look_again(*, by: Actor, at: datetime, programme: Programme, upload: Upload) -> Upload:
    """Say anew what each submission that waits is, once its headings are known. Raises Refused."""
    check(by, Permission.SUBMIT_RETURN, programme.code)
    with working_folder() as aside, analytics.own_names(names_of(programme)):
        seen = []
        for n, submission in enumerate(upload.submissions):
            where = upload.folder / str(n)
            files = {one.name: Arrival(one.name, where / one.name, one.sha256, one.n_bytes) for one in submission.files}
            alone = {name: _recognised([name], files, aside) for name in files}
            seen.append(_described(list(files), _recognised(list(files), files, aside), files, aside, alone))
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
    with tempfile.TemporaryDirectory(dir=aside) as folder:
        for name in names:
            link_or_copy(files[name].path, Path(folder) / name)
        return analytics.recognise(Path(folder) if len(names) > 1 else Path(folder) / names[0])


def _described(
    names: Sequence[str],
    said: "analytics.Recognised | None",
    files: Mapping[str, Arrival],
    aside: Path,
    alone: "Mapping[str, analytics.Recognised | None]",
) -> Submission:
    sent = tuple(SentFile(name, files[name].sha256, files[name].n_bytes) for name in sorted(names))
    sha256 = sent[0].sha256 if len(sent) == 1 else digest_of_parts((file.name, file.sha256) for file in sent)
    if said is None:
        return Submission(sent, sha256, problem=str(analytics.why_unknown(files[names[0]].path)))
    authorities = sorted({one.authority for name in names if (one := alone[name]) and one.authority})
    problem = ""
    if len(authorities) > 1:
        problem = f"These files are of different authorities: {', '.join(authorities)}. Send those of one at a time."
    return Submission(
        sent,
        sha256,
        kind=said.kind,
        words=said.words,
        as_at=said.as_at,
        authority=said.authority or "".join(authorities[:1]),
        parts=said.parts,
        unknown=said.unknown,
        problem=problem,
    )
