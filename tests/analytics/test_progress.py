"""How far a reading is, told to whoever listens."""

from pathlib import Path

from analytics.census import child, episode, message, read
from holdfast.analytics.progress import listening, megabytes_of, tell

Told = tuple[str, int, int]


def test_reading_a_census_tells_the_bytes_and_the_children_and_ends_at_the_whole(tmp_path: Path) -> None:
    told: list[Told] = []
    text = message(*(child(f"A{n}", episode()) for n in range(2000)))
    with listening(lambda *said: told.append(said)):
        read(tmp_path, text)
    assert [n_total for _, _, n_total in told] == [len(text)] * len(told)
    done = [n_done for _, n_done, _ in told]
    assert done == sorted(done)
    assert done[-1] == len(text)
    assert told[-1][0] == "1 of 1 MB, 2,000 children read so far"


def test_nobody_listening_is_told_nothing_and_an_inner_listener_hears_alone() -> None:
    outer: list[Told] = []
    inner: list[Told] = []
    tell("to nobody", 0, 0)
    with listening(lambda *said: outer.append(said)):
        with listening(lambda *said: inner.append(said)):
            tell("inside", 1, 2)
        tell("outside", 2, 2)
    assert (inner, outer) == ([("inside", 1, 2)], [("outside", 2, 2)])


def test_megabytes_that_are_begun_count_as_whole() -> None:
    assert megabytes_of(0, 1) == "0 of 1 MB"
    assert megabytes_of(2**20 + 1, 1500 * 2**20) == "2 of 1,500 MB"
