"""The demonstration programme, built through the real path: XML files written, submitted, read, released, published.

What it holds is data in library/demo.json. It is built into HOLDFAST_DATA (var/demo), stamped with the tree it was
built from, and built again only when that tree changes. It refuses to touch a folder that it did not make.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2]
LIBRARY = Path(__file__).parents[1] / "library" / "demo.json"
MARK = "demonstration.json"
ABOUT = (
    "an invented county is written as census files, which are read, counted and published as they would be for real. "
    "This is done once and takes about two minutes."
)


class NotADemonstration(Exception):
    """The data folder holds something that the demonstration did not make."""


def tree_digest() -> str:
    """SHA-256 over the product's own files: changes whenever the demonstration might come out differently."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            digest.update(str(path.relative_to(SOURCE)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def run(*, serve_pages: bool, port: int, notice_text: Path | None = None) -> None:
    """Build the demonstration where it is missing or out of date, say how to sign in, and serve it.

    `notice_text`: a file with the first notice's own words, which are not shipped, to attach to it.
    """
    settings = json.loads(LIBRARY.read_text(encoding="utf-8"))
    folder = Path(os.environ.setdefault("HOLDFAST_DATA", str(Path("var/demo")))).resolve()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
    digest = tree_digest()
    if not _is_current(folder, digest):
        print(f"Building the demonstration in {folder}: {ABOUT}", flush=True)
        started = time.perf_counter()
        _clear(folder)
        build(folder, settings, say=lambda words: print(words, flush=True))
        mark = {"tree": digest, "seconds": round(time.perf_counter() - started, 1)}
        (folder / MARK).write_text(json.dumps(mark), encoding="utf-8")
        print(f"Built in {mark['seconds']} seconds, in {folder}.")
    if notice_text is not None:
        print(_attach(settings["programmes"][0]["code"], notice_text), flush=True)
    print(_sign_ins(settings, port), flush=True)
    if serve_pages:
        _serve(port)


def _attach(code: str, file: Path) -> str:
    import django

    django.setup()
    from holdfast.organisation.models import Programme
    from holdfast.web.demo.content import attach_text

    return f"Attached {attach_text(Programme.objects.get(code=code), file)}"


def _is_current(folder: Path, digest: str) -> bool:
    mark = folder / MARK
    return mark.is_file() and json.loads(mark.read_text(encoding="utf-8")).get("tree") == digest


def _clear(folder: Path) -> None:
    """Empty the folder, but only one that a demonstration made (or nobody has used)."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise NotADemonstration(
                f"{folder} holds files that the demonstration did not make. "
                "Move them, or set HOLDFAST_DATA to an empty folder, and start again."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("{}", encoding="utf-8")


def build(folder: Path, settings: dict[str, Any], say: Any = print) -> None:
    """Build every programme of the demonstration. Needs HOLDFAST_DATA to be `folder` before Django starts."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    for programme in settings["programmes"]:
        build_programme(folder, programme, settings, say)


def build_programme(folder: Path, facts: dict[str, Any], settings: dict[str, Any], say: Any) -> None:
    """One programme: who it is made of, its notice and plan, its returns and releases, its first report."""
    from holdfast.web.demo import agreements, chair, content, governance, plan_year

    say(f"{facts['name']}: its people, notice and plan")
    programme = content.add_programme(facts)
    content.add_accounts(programme, facts, settings["password"])
    content.add_notice_and_plan(programme, facts)
    content.fill_posts(programme, facts)
    for words in governance.add_governance(programme):
        say(f"  {words}")
    if facts.get("notice_text"):
        say(f"  {content.attach_text(programme, LIBRARY.parent / facts['notice_text'])}")
    if facts["returns"]:
        say("  its returns, from 2010 on: writing, reading and counting them, most of a minute")
        for words in content.add_returns(programme, folder / "invented", settings):
            say(f"  {words}")
    if facts.get("published"):
        say(f"  {content.add_published(programme, LIBRARY.parent / facts['published'])}")
    agreements.add(programme)
    say(f"  {plan_year.add(programme)}")
    for words in governance.make_packs(programme):
        say(f"  {words}")
    if facts["report_on"]:
        say(f"  {content.freeze_report(programme, date.fromisoformat(facts['report_on']))}")
        chair.write(programme)
    content.say_what_is_known(programme, facts)


def _sign_ins(settings: dict[str, Any], port: int) -> str:
    from holdfast.access.roles import ROLES

    lines = [f"Holdfast is at http://localhost:{port}/ . Invented data; the date is {settings['today']}.", ""]
    lines += ["Sign in as one of these, all with the password " + settings["password"] + ":"]
    lines += [f"  {role.code:<22}{role.name}" for role in ROLES.values()]
    return "\n".join(lines)


def _serve(port: int) -> None:
    """The pages, and beside them the worker that reads what is submitted; both stop together."""
    command = [sys.executable, "-m", "holdfast.web"]
    worker = subprocess.Popen([*command, "worker"])
    try:
        subprocess.run([*command, "serve", "--port", str(port)])
    except KeyboardInterrupt:
        pass
    finally:
        worker.terminate()
        worker.wait()
