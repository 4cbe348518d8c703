"""How far a long piece of work is, told to whoever listens: a page, a terminal, or nobody.

Not here: what is done with it. Rule: what is told holds counts and the names of steps, never a value of a file; with
nobody listening, telling costs a look.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]
_listener: ContextVar[Listener | None] = ContextVar("holdfast_progress", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Until it ends, `listener(words, n_done, n_total)` is called for whatever this thread tells."""
    before = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(before)


def tell(words: str, n_done: int, n_total: int) -> None:
    """Say how far the work is: `n_done` of `n_total` (bytes, steps; 0 in all: not known), and in words what is done."""
    listener = _listener.get()
    if listener is not None:
        listener(words, n_done, n_total)


def megabytes_of(n_done: int, n_total: int) -> str:
    """ "52 of 220 MB": whole megabytes, those that are begun counted as whole."""
    done, total = (-(-n_bytes // 2**20) for n_bytes in (n_done, n_total))
    return f"{done:,} of {total:,} MB"
