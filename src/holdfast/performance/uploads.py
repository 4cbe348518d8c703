"""Files that a browser sent and nobody has submitted yet: looked at, said what they are, and waiting for a yes.

They wait in HOLDFAST_DATA/uploads in a folder with a name that nobody can guess, for the one who sent them. Not here:
keeping them (keeping.py) or who may send them (services/uploading.py). Rule: what nobody has submitted within a day is
removed, and nothing of it is in the database or the trail.
"""

import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from holdfast.access import clock
from holdfast.access.doors import Missing
from holdfast.jobs import kept
from holdfast.jobs.arriving import SHELF

WAITS_SECONDS: Final = 24 * 60 * 60
_FACTS: Final = "upload.json"
PUBLISHED: Final = "published"
"""The kind of reading of what others published (analytics)."""


@dataclass(frozen=True)
class SentFile:
    """One file of a submission: its name, the SHA-256 of its bytes, and how many there are."""

    name: str
    sha256: str
    n_bytes: int


@dataclass(frozen=True)
class Submission:
    """What would be one return: a file, or several that belong together, and what they say that they are.

    `kind` is "" where no reader knows it, and `problem` then says why. `as_at` is None where the file does not say.
    `sha256` is the one that the return would have, so that what was sent before can be told. `said_as_at` is the day
    that somebody said of a file that says none. `left_out`: what would be left out, to be confirmed. `has_columns`: it
    is a table whose columns can be matched, of which so many lists and headings mean nothing yet. `gives` are the facts
    of what it would answer for, None where that is known only when it is read.
    """

    files: tuple[SentFile, ...]
    sha256: str
    kind: str = ""
    words: str = ""
    as_at: date | None = None
    authority: str = ""
    parts: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    problem: str = ""
    said_as_at: date | None = None
    left_out: tuple[str, ...] = ()
    has_columns: bool = False
    n_lists_left: int = 0
    n_headings_left: int = 0
    gives: dict[str, Any] | None = None

    @property
    def is_published(self) -> bool:
        """Whether it is what others published, which becomes no return."""
        return self.kind == PUBLISHED

    @property
    def is_to_match(self) -> bool:
        """Whether something of its columns may still be said: nobody knows it, headings mean nothing, or a list is
        left out."""
        return self.has_columns and (not self.kind or self.n_lists_left > 0 or bool(self.left_out))

    @property
    def name(self) -> str:
        """What the return is called: the file's name, or the first of several and how many more."""
        first, *more = (file.name for file in self.files)
        return f"{first} and {len(more)} more" if more else first

    @property
    def may_be_submitted(self) -> bool:
        return bool(self.kind) and not self.problem

    @property
    def n_bytes(self) -> int:
        return sum(file.n_bytes for file in self.files)


@dataclass(frozen=True)
class Upload:
    """Everything one person sent at once. `left_out`: why some of it is not among the submissions, in sentences."""

    token: str
    programme: str
    account: int | None
    submissions: tuple[Submission, ...]
    left_out: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        return kept.folder(SHELF) / self.token

    def sent(self, n: int) -> Path:
        """Where the n-th submission waits: its file, or the folder of its files."""
        folder = self.folder / str(n)
        files = self.submissions[n].files
        return folder if len(files) > 1 else folder / files[0].name


class NoSuchUpload(Missing):
    """No upload of this name waits for this person: it was submitted or cancelled, or a day has passed."""

    def __init__(self) -> None:
        super().__init__("These files are no longer waiting: they were submitted, cancelled, or left for a day.")


def hold(
    programme: str,
    account: int | None,
    submissions: Sequence[tuple[Submission, Sequence[Path]]],
    left_out: Sequence[str],
) -> Upload:
    """Move files, in the order of each submission's own, to where they wait."""
    clear_abandoned()
    made = Upload(secrets.token_hex(16), programme, account, tuple(one for one, _ in submissions), tuple(left_out))
    for n, (submission, paths) in enumerate(submissions):
        (made.folder / str(n)).mkdir(parents=True)
        for file, path in zip(submission.files, paths, strict=True):
            os.replace(path, made.folder / str(n) / file.name)
    made.folder.mkdir(parents=True, exist_ok=True)
    _write(made)
    return made


def described_anew(upload: Upload, submissions: Sequence[Submission]) -> Upload:
    """The same files, told what they are once more."""
    anew = replace(upload, submissions=tuple(submissions))
    _write(anew)
    return anew


def _write(upload: Upload) -> None:
    (upload.folder / _FACTS).write_text(json.dumps(asdict(upload), default=str), encoding="utf-8")


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder beside those that wait, to look at files in; removed afterwards, or at the next start."""
    shelf = kept.folder(SHELF)
    shelf.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=shelf, prefix=f"{kept.ASIDE}{os.getpid()}-") as folder:
        yield Path(folder)


def held(programme: str, account: int | None, token: str) -> Upload:
    """What one person sent to one programme, by its token. Raises NoSuchUpload, for somebody else's too."""
    if not re.fullmatch(r"[0-9a-f]{32}", token):
        raise NoSuchUpload
    try:
        facts = json.loads((kept.folder(SHELF) / token / _FACTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoSuchUpload from None
    found = Upload(
        facts["token"],
        facts["programme"],
        facts["account"],
        tuple(_submission(each) for each in facts["submissions"]),
        tuple(facts["left_out"]),
    )
    if (found.programme, found.account) != (programme, account):
        raise NoSuchUpload
    return found


def _submission(facts: dict[str, Any]) -> Submission:
    made = Submission(**facts)
    return replace(
        made,
        files=tuple(SentFile(**each) for each in facts["files"]),
        as_at=date.fromisoformat(facts["as_at"]) if facts["as_at"] else None,
        said_as_at=date.fromisoformat(facts["said_as_at"]) if facts.get("said_as_at") else None,
        parts=tuple(facts["parts"]),
        unknown=tuple(facts["unknown"]),
        left_out=tuple(facts.get("left_out", ())),
    )


def let_go(upload: Upload) -> None:
    """Remove what waits. Gone already, nothing happens."""
    shutil.rmtree(upload.folder, ignore_errors=True)


def clear_abandoned() -> int:
    """Remove what has waited for longer than a day; how many."""
    oldest = clock.elapsed_seconds() - WAITS_SECONDS
    left = [path for path in _waiting() if path.stat().st_mtime < oldest]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _waiting() -> Iterator[Path]:
    shelf = kept.folder(SHELF)
    yield from (path for path in shelf.glob("*") if re.fullmatch(r"[0-9a-f]{32}", path.name)) if shelf.is_dir() else ()
