"""Everything that is checked without running the product: style, types, room contracts, migrations, locks, documents.

./run check            all of it
./run check types      only the checks named
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PLATFORMS = {"Linux": "x86_64-unknown-linux-gnu", "macOS": "aarch64-apple-darwin", "Windows": "x86_64-pc-windows-msvc"}
TYPED = ["src/holdfast/analytics"]


def run(*command: str | Path, **extra: str) -> bool:
    environment = {**os.environ, "HOLDFAST_MODE": "test", "PYTHONPATH": "src", **extra}
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=environment).returncode == 0


def style() -> bool:
    return run(BIN / "ruff", "check", "-q", "src", "tests", "tools", "bench") and run(
        BIN / "ruff", "format", "-q", "--check", "src", "tests", "tools", "bench"
    )


def types() -> bool:
    """mypy, strict, over the analytical core, and every service and selector."""
    rooms = [path for path in sorted((ROOT / "src/holdfast").iterdir()) if path.is_dir()]
    found = [room / name for room in rooms for name in ("services.py", "selectors.py", "services", "selectors")]
    kernel = [ROOT / "src/holdfast/access" / name for name in ("doors.py", "writes.py", "trail.py", "clock.py")]
    return run(BIN / "mypy", *TYPED, *kernel, *[path for path in found if path.exists()])


def rooms() -> bool:
    return run(BIN / "lint-imports", "--no-cache")


def migrations() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        return run(
            sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "-v0",
            DJANGO_SETTINGS_MODULE="holdfast.web.settings", HOLDFAST_DATA=folder,
        )  # fmt: skip


def locks() -> bool:
    """No lock file carries an address of a registry, and every pin has a hash."""
    sound = True
    for path in [*sorted((ROOT / "requirements").glob("*.txt")), ROOT / "assets/package-lock.json"]:
        text = path.read_text()
        if re.search(r"https?://|\"resolved\"|--index-url|--find-links", text):
            print(f"{path.relative_to(ROOT)} carries an address. Run ./run lock and commit what it writes.")
            sound = False
        if path.suffix == ".txt" and text.count("==") and "--hash=sha256:" not in text:
            print(f"{path.relative_to(ROOT)} has pins without hashes. Run ./run lock.")
            sound = False
    return sound


def wheels() -> bool:
    """The runtime lock resolves to wheels alone on Linux, macOS and Windows."""
    sound = True
    for name, platform in PLATFORMS.items():
        with tempfile.TemporaryDirectory() as folder:
            if not run(
                sys.executable, "-m", "uv", "pip", "install", "-q", "--dry-run", "--target", folder, "--only-binary",
                ":all:", "--python-platform", platform, "--python-version", "3.11", "-r", "requirements/runtime.txt",
            ):  # fmt: skip
                print(f"The lock does not resolve to wheels on {name}.")
                sound = False
    return sound


def documents() -> bool:
    """The generated documents are what ./run docs would write."""
    return run(sys.executable, "tools/docs.py", "--check")


CHECKS: dict[str, Callable[[], bool]] = {
    check.__name__: check for check in (style, types, rooms, migrations, locks, wheels, documents)
}


def main() -> int:
    wanted = sys.argv[1:] or list(CHECKS)
    failed = []
    for name in wanted:
        started = time.perf_counter()
        passed = CHECKS[name]()
        print(f"{'ok    ' if passed else 'FAILED'} {name} ({time.perf_counter() - started:.1f} s)", flush=True)
        if not passed:
            failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
