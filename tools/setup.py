"""Set up `.venv` and the front-end assets from the committed locks. Standard library only; the second call is instant.

    python tools/setup.py runtime    what the product needs to run
    python tools/setup.py dev        that, and what the tests and checks need

uv installs, where pip can get it; otherwise pip does, from the same lock with the same hashes.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def lock(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.txt"


def stamp_of(kind: str) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in (lock(kind), ROOT / "requirements/uv.txt", ROOT / "assets/package-lock.json", ROOT / "tools/assets.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamp_file(kind: str) -> Path:
    return VENV / f"{kind}.stamp"


def is_ready(kind: str) -> bool:
    """A development set-up also serves as a runtime one."""
    kinds = ("dev",) if kind == "dev" else ("runtime", "dev")
    assets = ROOT / "src/holdfast/web/static/vendor"
    return assets.is_dir() and any(
        stamp_file(each).is_file() and stamp_file(each).read_text() == stamp_of(each) for each in kinds
    )


def pip(*arguments: str) -> None:
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments], check=True)


def environment_for_uv() -> dict[str, str]:
    """uv does not read pip's configuration: pass on an index that is only set there."""
    environment = dict(os.environ)
    if "UV_DEFAULT_INDEX" not in environment:
        asked = subprocess.run(
            [PYTHON, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True
        )
        if asked.returncode == 0 and asked.stdout.strip():
            environment["UV_DEFAULT_INDEX"] = asked.stdout.strip()
    return environment


def install(kind: str) -> None:
    try:
        pip("--require-hashes", "-r", str(ROOT / "requirements/uv.txt"))
        uv = [PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON]
        subprocess.run([*uv, "--require-hashes", "-r", lock(kind)], check=True, env=environment_for_uv())
    except subprocess.CalledProcessError:
        print("uv could not install; using pip, which takes longer.", file=sys.stderr)
        pip("--require-hashes", "-r", str(lock(kind)))


def main() -> int:
    kind = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    if kind not in ("runtime", "dev"):
        print("Say runtime or dev.", file=sys.stderr)
        return 2
    if is_ready(kind):
        return 0
    print(f"Setting up ({kind}): the first time takes a minute.", file=sys.stderr)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    install(kind)
    subprocess.run([PYTHON, ROOT / "tools/assets.py"], check=True)
    # Bytecode now, so that no command or page pays for being the first; -j 0 uses every core.
    compiled = [PYTHON, "-m", "compileall", "-q", "-q", "-j", "0", VENV / "lib", VENV / "Lib", ROOT / "src"]
    subprocess.run([part for part in compiled if not isinstance(part, Path) or part.exists()], check=False)
    stamp_file(kind).write_text(stamp_of(kind))
    return 0


if __name__ == "__main__":
    sys.exit(main())
