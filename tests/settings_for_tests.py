"""The product's own settings, in test mode, over a folder that is thrown away. Nothing of the machine's counts.

One differs: a password is kept as the product keeps it, but quickly.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in ("HOLDFAST_TODAY", "HOLDFAST_PROGRAMME", "HOLDFAST_ENGINE", "HOLDFAST_HOSTS", "HOLDFAST_SECRET_KEY"):
    os.environ.pop(name, None)
os.environ["HOLDFAST_MODE"] = "test"

# One folder for each worker: two of them must not share a store.
_folder = tempfile.mkdtemp(prefix="holdfast-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["HOLDFAST_DATA"] = _folder
Path(_folder, "static").mkdir()

from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402

from holdfast.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["settings_for_tests.QuickArgon2"]


class QuickArgon2(Argon2PasswordHasher):
    """The product's way to keep a password, over little memory and once: slow on purpose is for guessers, not tests."""

    time_cost, memory_cost, parallelism = 1, 8, 1
