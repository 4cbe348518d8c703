"""`verify_store` names each file and each release that is not as it was written."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import Account
from holdfast.performance.keeping import original_path
from holdfast.performance.models import Release
from holdfast.performance.selectors import verification
from performance import census
from performance.test_fault_work import read

pytestmark = pytest.mark.postgres_too


def test_a_sound_store_has_no_problems(published: Release) -> None:
    assert verification.verify_store(SYSTEM) == []


def test_a_changed_original_is_named(published: Release) -> None:
    path = original_path(published.returns.get().sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    assert any("return 1 of westmere-2031" in one and "changed" in one for one in verification.verify_store(SYSTEM))


def test_a_missing_original_is_named(published: Release) -> None:
    original_path(published.returns.get().sha256).unlink()
    assert any("return 1 of westmere-2031" in one and "missing" in one for one in verification.verify_store(SYSTEM))


def test_one_changed_byte_of_a_parquet_file_is_found(published: Release, data: Path) -> None:
    file = next((data / "store").rglob("figures.parquet"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)
    assert any("figures.parquet" in one for one in verification.verify_store(SYSTEM))


def test_a_release_that_is_not_the_one_published_is_named(published: Release) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE performance_release SET calculation_id = %s", ["b" * 64])
    problems = verification.verify_store(SYSTEM)
    assert any("missing from the store" in one for one in problems)
    assert any("is not the release that the trail says was published" in one for one in problems)


def test_a_load_that_is_gone_is_named(published: Release) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE performance_return SET load_id = %s", ["b" * 64])
    assert any("The load of return 1" in one for one in verification.verify_store(SYSTEM))


def test_only_those_who_may_see_the_trail_verify(published: Release, people: dict[str, Account]) -> None:
    with pytest.raises(Refused):
        verification.verify_store(people["elected-member"])


@pytest.mark.parametrize("kind", ["loads", "snapshots", "releases"])
def test_a_whole_folder_of_the_store_that_is_gone_is_named(published: Release, data: Path, kind: str) -> None:
    (folder,) = (data / "store" / kind).iterdir()
    shutil.rmtree(folder)
    assert any(folder.name[:8] in one and "missing" in one for one in verification.verify_store(SYSTEM))


def test_answers_of_a_release_that_are_gone_are_named(published: Release, data: Path) -> None:
    shutil.rmtree(data / "store" / "answers" / published.answers_id)
    assert verification.verify_store(SYSTEM) == [
        f"The answers of {published.reference} of westmere-2031 are missing from the store."
    ]


def test_what_the_rules_found_in_a_return_that_is_gone_is_named(send: Any, data: Path) -> None:
    held = read(send, census.census(n_children=3))
    assert verification.verify_store(SYSTEM) == []
    shutil.rmtree(data / "store" / "validations" / held.folder_id)
    said = "What the rules found in return 1 of westmere-2031 is missing from the store."
    assert verification.verify_store(SYSTEM) == [said]
