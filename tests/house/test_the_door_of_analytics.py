"""The door of the analytical core has types: what is wrong with a figure is found before anything runs."""

import subprocess
import sys
from pathlib import Path

import pytest

import holdfast.analytics as analytics
from house.ground import ROOT

CALLER = """
from holdfast import analytics


def shown(figure: analytics.Protected) -> str:
    return figure.{attribute}
"""


def typed(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What mypy, strict, says of a file that comes in by the door."""
    file = folder / "caller.py"
    file.write_text(text)
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--ignore-missing-imports"]
    # Without the plug-in for Django: nothing here knows Django, and starting it takes the longest.
    settings = ["--config-file=", f"--cache-dir={ROOT}/build/typed", "--python-version=3.11"]
    here = {"PATH": "/usr/bin:/bin", "MYPYPATH": str(ROOT / "src")}
    return subprocess.run([*command, *settings, str(file)], capture_output=True, text=True, cwd=folder, env=here)


def test_no_name_of_the_door_is_any_and_a_wrong_attribute_is_an_error(tmp_path):
    """Promise: every name that the door gives has a type of its own, and a slip in its use is an error."""
    asked = "\n".join(f"reveal_type(analytics.{name})" for name in analytics.DOOR)
    text = CALLER.format(attribute="no_such_thing") + f"\n\n{asked}\nreveal_type(analytics.nobody_has_this)\n"
    said = typed(text, tmp_path).stdout.splitlines()
    revealed = [line.partition("Revealed type is ")[2].strip('"') for line in said if "Revealed type is" in line]
    assert len(revealed) == len(analytics.DOOR) + 1
    untyped = [name for name, kind in zip(analytics.DOOR, revealed, strict=False) if kind == "Any"]
    assert not untyped, untyped
    assert any('"Protected" has no attribute "no_such_thing"' in line for line in said)
    assert any('has no attribute "nobody_has_this"' in line for line in said)


@pytest.mark.parametrize("name", analytics.DOOR)
def test_every_name_of_the_door_opens(name):
    """Promise: what is typed at the door is there when it is asked for."""
    assert name in dir(analytics)
    assert not isinstance(getattr(analytics, name), type(analytics)), "a module hides the name that the door gives"


def test_a_name_that_the_door_does_not_give_is_refused():
    with pytest.raises(AttributeError, match="add it to DOOR"):
        analytics.nobody_has_this  # noqa: B018 - asking for it is the act
