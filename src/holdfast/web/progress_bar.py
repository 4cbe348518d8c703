"""How far a job is, as one line in a terminal. Nothing where nobody is looking: a log, a pipe."""

import shutil
import sys
from typing import TextIO

from holdfast.jobs.queue import Said, Watch

WIDTH = 30


def bar(said: Said, width: int) -> str:
    """ "[=====     ] 52 of 220 MB, 5,012 children read so far", cut to a width."""
    drawn = ""
    if said.n_total:
        n_full = min(WIDTH * said.n_done // said.n_total, WIDTH)
        drawn = f"[{'=' * n_full}{' ' * (WIDTH - n_full)}] "
    return f"{drawn}{said.step}"[:width]


def in_terminal(stream: TextIO | None = None) -> Watch | None:
    """What draws each step over the last one. None where the stream is no terminal."""
    out = stream or sys.stderr
    if not out.isatty():
        return None

    def draw(said: Said) -> None:
        width = shutil.get_terminal_size().columns - 1
        out.write(f"\r{bar(said, width):<{width}}" if said.step else f"\r{'':<{width}}\r")
        out.flush()

    return draw
