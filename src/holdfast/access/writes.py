"""The rule of every write: a service is keyword-only, takes `by=` and `at=`, is one transaction, writes one trail row.

    @service
    def publish_release(*, by: Actor, at: datetime, release: Release) -> Release:
        check(by, Permission.PUBLISH_RELEASE, release.programme.code)
        ...
        record("release published", programme=release.programme.code, subject=f"release {release.number}")
        return release

A service that records nothing, or more than one row, is a fault in the code and its transaction is rolled back.
A service may call another; each writes its own row. What a service will not do, it refuses with a NotDone.
"""

import contextvars
import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

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


@dataclass
class _Frame:
    by: Any
    at: datetime
    rows: list[str] = field(default_factory=list)


_frames: contextvars.ContextVar[tuple[_Frame, ...]] = contextvars.ContextVar("holdfast_service_frames", default=())


def service(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a function a service. Raises TypeError at import when its signature breaks the rule."""
    _hold_to_the_convention(function)

    @functools.wraps(function)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        frame = _Frame(by=kwargs["by"], at=kwargs["at"])  # type: ignore[arg-type]
        token = _frames.set((*_frames.get(), frame))
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if len(frame.rows) != 1:
                    raise UntrailedWrite(f"{function.__qualname__} wrote {len(frame.rows)} trail rows, not one")
                return result
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


def record(action: str, *, programme: str = "", subject: str = "", detail: dict[str, Any] | None = None) -> None:
    """Write the service's one trail row. `detail` holds plain facts; never a child's data beyond a reference."""
    from holdfast.access.trail import append

    frames = _frames.get()
    if not frames:
        raise UntrailedWrite("record() was called outside a service")
    frame = frames[-1]
    append(by=frame.by, at=frame.at, action=action, programme=programme, subject=subject, detail=detail or {})
    frame.rows.append(action)
