"""The rule of every write: a service is keyword-only, takes `by=` and `at=`, is one transaction, writes one trail row.

    @service
    def publish_release(*, by: Actor, at: datetime, release: Release) -> Release:
        check(by, Permission.PUBLISH_RELEASE, release.programme.code)
        ...
        record("release published", programme=release.programme.code, subject=f"release {release.number}")
        return release

A service that records nothing, or more than one row, is a fault in the code and its transaction is rolled back.
A service may call another; each writes its own row, when it ends, and seals every row that it wrote (sealing.py).
What a service will not do, it refuses with a NotDone; what nobody may ever do, with a Forbidden, which is trailed.
"""

import contextvars
import functools
import inspect
import random
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import Model

from holdfast.access import clock
from holdfast.access.sealing import Noting, note, noting, seals_of

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class UntrailedWrite(Exception):
    """A service finished without its one trail row. The transaction was rolled back."""


class NotDone(Exception):
    """A service's refusal, in words for whoever asked: what stopped it, and what to do. Nothing was written.

    `field` names what they typed that it is about, where it is about one thing: the form prints it there.
    """

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class Forbidden(NotDone):
    """A refusal of what nobody may do, whatever their role: an observer's vote, a change to approved minutes.

    The trail keeps it, as it keeps a door's refusal. `programme` is the programme's code. `trailed`: what the trail
    says of it, where the words hold what somebody typed.
    """

    def __init__(self, words: str, *, programme: str, field: str = "", trailed: str = "") -> None:
        super().__init__(words, field=field)
        self.programme, self.trailed = programme, trailed or words


class TooBusy(NotDone):
    """Somebody else has been writing for as long as a write may wait. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Others are writing at the moment, so nothing was saved. Wait a minute, then try again.")


PATIENCE_SECONDS: Final = 60.0
"""How long a write waits its turn on SQLite, where one connection writes at a time."""


class Queue:
    """Whoever has waited longest goes next. A lock lets in whoever asks at the right moment, and so does SQLite."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()

    def enter(self, seconds: float) -> bool:
        """Wait for one's turn; False when it has not come in time. Whoever enters must leave."""
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(seconds):
            return True
        with self._mutex:
            if called.is_set():  # called while giving up
                return True
            self._waiting.remove(called)
            return False

    def leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False


_queue = Queue()
"""The writers of one process, before SQLite's lock."""


@contextmanager
def turn() -> Iterator[None]:
    """A transaction that writes. On SQLite it waits its turn, trying again at odd moments; raises TooBusy at the end.

    Only the beginning is tried again: a transaction that has begun holds the lock, so nothing in it is done twice.
    """
    if connection.in_atomic_block or connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    gives_up_at = clock.elapsed_seconds() + PATIENCE_SECONDS
    if not _queue.enter(PATIENCE_SECONDS):
        raise TooBusy
    try:
        with _ended_by(_begun(gives_up_at)):
            yield
    finally:
        _queue.leave()


def _begun(gives_up_at: float) -> Any:
    """A transaction that has begun: other processes write too. Raises TooBusy."""
    pause = threading.Event()
    while True:
        atomic = transaction.atomic()
        try:
            atomic.__enter__()
            return atomic
        except OperationalError as problem:
            if "locked" not in str(problem):
                raise
            if clock.elapsed_seconds() > gives_up_at:
                raise TooBusy from problem
            pause.wait(random.uniform(0.005, 0.1))  # noqa: S311 - which of two writers goes first is no secret


@contextmanager
def _ended_by(atomic: Any) -> Iterator[None]:
    """Leave a transaction that has been entered already, as `with` would."""
    try:
        yield
    except BaseException as problem:
        if not atomic.__exit__(type(problem), problem, problem.__traceback__):
            raise
    else:
        atomic.__exit__(None, None, None)


@dataclass
class _Frame:
    by: Any
    at: datetime
    rows: list[dict[str, Any]] = field(default_factory=list)


_frames: contextvars.ContextVar[tuple[_Frame, ...]] = contextvars.ContextVar("holdfast_service_frames", default=())


def service(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a function a service. Raises TypeError at import when its signature breaks the rule."""
    _hold_to_the_convention(function)

    @functools.wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        frame = _Frame(by=kwargs["by"], at=kwargs["at"])  # type: ignore[arg-type]
        token = _frames.set((*_frames.get(), frame))
        try:
            with turn(), noting() as noted:
                result = function(*args, **kwargs)
                if len(frame.rows) != 1:
                    raise UntrailedWrite(f"{function.__qualname__} wrote {len(frame.rows)} trail rows, not one")
                _trail(frame, noted)
                return result
        except Forbidden as refusal:
            if len(_frames.get()) == 1:  # the outermost service: what it wrote is undone, and the refusal stays
                _trail_refusal(frame, function.__name__, refusal)
            raise
        finally:
            _frames.reset(token)

    run.is_service = True  # type: ignore[attr-defined]
    return run


def outside_transaction(why: str) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Mark a public function of a services module that must not hold a transaction open, and say why.

    It reads, calculates or keeps files first, then calls the services that write what happened: it changes no row
    itself. Keyword-only, with by= and at=, like a service. Raises TypeError at import when its signature is not.
    """

    def decorate(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        _hold_to_the_convention(function)
        function.outside_transaction = why  # type: ignore[attr-defined]
        return function

    return decorate


def _hold_to_the_convention(function: Callable[..., Any]) -> None:
    asked = inspect.signature(function).parameters
    if any(each.kind is not each.KEYWORD_ONLY for each in asked.values()) or not {"by", "at"} <= set(asked):
        raise TypeError(f"{function.__qualname__} must be keyword-only and take by= and at=")


def _trail(frame: _Frame, noted: Noting) -> None:
    """Write the service's row, with a seal of each row that the service wrote."""
    from holdfast.access.trail import ALTERED, append

    row = frame.rows[0]
    if noted.altered:
        row["detail"] = {**row["detail"], ALTERED: sorted(noted.altered)}
    append(by=frame.by, at=frame.at, **row, sealed=seals_of(noted.rows))


def _trail_refusal(frame: _Frame, service_name: str, refusal: Forbidden) -> None:
    """Write, in a transaction of its own, that somebody tried what nobody may do."""
    from holdfast.access.trail import append

    words, detail = refusal.trailed.removesuffix("."), {"rule": type(refusal).__name__, "service": service_name}
    tried = "refused by a rule"
    with turn():
        append(by=frame.by, at=frame.at, action=tried, programme=refusal.programme, subject=words, detail=detail)


def record(action: str, *, programme: str = "", subject: str = "", detail: dict[str, Any] | None = None) -> None:
    """Say what the service's one trail row holds. `detail`: plain facts; never a child's data beyond a reference."""
    frames = _frames.get()
    if not frames:
        raise UntrailedWrite("record() was called outside a service")
    row = {"action": action, "programme": programme, "subject": subject, "detail": detail or {}}
    frames[-1].rows.append(row)


def seal(model: type[Model], keys: Collection[Any]) -> None:
    """Seal rows that the service did not write itself, as they stand (checking.py, and nothing else)."""
    if not _frames.get():
        raise UntrailedWrite("seal() was called outside a service")
    note(model, keys)
