"""The answers kept with a release: made once, the same for the same question, believed only as they were written."""

import shutil
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest

from analytics.test_calculate import Keep, count, keep, small_history, store
from holdfast.analytics import answers
from holdfast.analytics.answering import answer
from holdfast.analytics.answers import AnswersMissing, kept_answers
from holdfast.analytics.calculated import figures
from holdfast.analytics.disclosure import POLICIES
from holdfast.analytics.store import ChangedFolder, Store

__all__ = ["keep", "store"]
"""Fixtures of the tests of calculating, used here as they are."""

READER = """
import sys
from pathlib import Path
from holdfast import analytics
kept = analytics.kept_answers(analytics.Store(Path(sys.argv[1])), sys.argv[2])
found = kept.by_group("I03", "publish")[""]
assert found.drawing is not None and kept.scorecard("publish")["I03"].said.sentence
assert found.figures[-1].words("count")
print(*sorted({"pyarrow", "pandas", "ibis", "duckdb"} & sys.modules.keys()))
"""


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A store with a calculation and its answers, made once and copied by each test."""
    return tmp_path_factory.mktemp("answered"), []


@pytest.fixture
def made(keep: Keep, store: Store, answered: tuple[Path, list[str]]) -> tuple[str, str]:
    """A calculation, and its answers."""
    folder, names = answered
    if not names:
        calculation = count(keep("first", small_history()), store)
        names += [calculation.id, answer(store, calculation.id)]
        shutil.copytree(store.root, folder, dirs_exist_ok=True)
    shutil.copytree(folder, store.root, dirs_exist_ok=True)
    return names[0], names[1]


def test_answers_are_the_figures_of_the_release(made: tuple[str, str], store: Store) -> None:
    calculation, name = made
    kept = kept_answers(store, name)
    inside = kept.by_group("I03", "inside")[""]
    assert kept.calculation == calculation
    assert [(shown.period, shown.n_in) for shown in inside.figures] == [
        (figure.period, figure.n_in) for figure in figures(store, calculation, "I03")
    ]
    short = kept.scorecard("inside")["I03"]
    assert (short.said, short.latest_month, short.latest_year) == (inside.said, inside.latest_month, inside.latest_year)
    assert short.drawing is None


def test_the_same_question_has_the_same_answers(made: tuple[str, str], store: Store) -> None:
    calculation, name = made
    assert answer(store, calculation) == name
    assert answer(store, calculation, after=name) != name


def test_sixteen_readers_see_one_release_whole_while_the_next_is_answered(made: tuple[str, str], store: Store) -> None:
    """Readers begin cold, all at once, so that what is kept in memory is filled by several of them."""
    calculation, name = made
    for cached in (answers._answers, answers._by_group, answers._scorecard):
        cached.cache_clear()
    together, read = Barrier(17, timeout=60), []

    def reader() -> None:
        together.wait()
        for _ in range(20):
            kept = kept_answers(store, name)
            asked = [(name, policy) for name in filter(kept.is_published, kept.versions) for policy in POLICIES]
            found = [kept.by_group(indicator, policy)[""] for indicator, policy in asked]
            read.append((kept.id, tuple(found), tuple(kept.scorecard("publish"))))

    readers = [Thread(target=reader) for _ in range(16)]
    for each in readers:
        each.start()
    together.wait()
    later = answer(store, calculation, after=name)
    for each in readers:
        each.join()
    assert len(read) == 16 * 20, "no reader failed"
    assert all(seen == read[0] for seen in read)
    assert kept_answers(store, later).after == name


def test_a_changed_answer_is_not_believed(made: tuple[str, str], store: Store) -> None:
    file = store.folder("answers", made[1]) / "publish" / "I03" / "all.json"
    file.chmod(0o600)
    file.write_text(file.read_text().replace("I03", "I04", 1))
    with pytest.raises(ChangedFolder):
        kept_answers(store, made[1]).read("publish/I03/all.json")
    assert any("publish/I03/all.json has been changed" in problem for problem in store.verify())
    file.unlink()
    with pytest.raises(ChangedFolder):
        kept_answers(store, made[1]).read("publish/I03/all.json")


def test_what_was_not_kept_is_said_to_be_missing(made: tuple[str, str], store: Store) -> None:
    with pytest.raises(AnswersMissing, match="have no everything/I03/all"):
        kept_answers(store, made[1]).by_group("I03", "everything")


def test_reading_a_figure_loads_no_engine_and_no_table(made: tuple[str, str], store: Store) -> None:
    """Promise: a page or a command that reads a figure works nothing out and waits for no library of tables."""
    command = [sys.executable, "-c", READER, str(store.root), made[1]]
    source = str(Path(__file__).parents[2] / "src")
    said = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": source})
    assert said.stdout.strip() == ""


def test_answers_of_another_layout_are_refused_in_words(made: tuple[str, str], store: Store) -> None:
    other = store.write_folder("answers", lambda folder: {"layout": 1, "calculation": made[0]})
    with pytest.raises(AnswersMissing, match=r"kept by another version of Holdfast.*Calculate the release again"):
        kept_answers(store, other)
    with pytest.raises(AnswersMissing, match="kept by another version"):
        answer(store, made[0], after=other)
