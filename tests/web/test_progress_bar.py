"""How far a job is, in a terminal and nowhere else."""

import io

from holdfast.jobs.queue import Said
from holdfast.web.progress_bar import WIDTH, bar, in_terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_empty_at_nothing_full_at_all_and_never_fuller() -> None:
    assert bar(Said("0 of 4 MB", 0, 4), 80) == f"[{' ' * WIDTH}] 0 of 4 MB"
    assert bar(Said("4 of 4 MB", 4, 4), 80) == bar(Said("4 of 4 MB", 5, 4), 80) == f"[{'=' * WIDTH}] 4 of 4 MB"
    assert bar(Said("Keeping what was read"), 7) == "Keeping"


def test_only_a_terminal_is_drawn_on_and_its_line_is_cleared_at_the_end() -> None:
    assert in_terminal(io.StringIO()) is None
    terminal = Terminal()
    draw = in_terminal(terminal)
    assert draw is not None
    draw(Said("2 of 4 MB", 2, 4))
    draw(Said())
    assert "2 of 4 MB" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")
