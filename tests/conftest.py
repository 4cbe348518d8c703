"""What every test may ask for. Invented people and children only."""

import os
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("HOLDFAST_MODE", "test")
os.environ.setdefault("HOLDFAST_DATA", tempfile.mkdtemp(prefix="holdfast-tests-"))

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared() -> Path:
    """The reference material beside the checkout. Skips, loudly, where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED
