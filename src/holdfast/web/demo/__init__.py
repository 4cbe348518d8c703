"""The demonstration programme, built through the real path: files written, submitted, read, released, published.

What it holds is data in library/demo.json, and what happened after its own day in library/later.json. It is built into
HOLDFAST_DATA (var/demo, or var/demo-2014-04-10 to look at it on that day), stamped with the tree it was built from and
its day, and built again only when one of them changes. It refuses to touch a folder that it did not make.
"""

import hashlib
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from holdfast.organisation.models import Programme

SOURCE = Path(__file__).resolve().parents[2]
LIBRARY = Path(__file__).parents[1] / "library" / "demo.json"
MARK = "demonstration.json"
ABOUT = (
    "an invented county is written as census files and monthly lists, which are read, counted and published as they "
    "would be for real. This is done once and takes a minute or two."
)


class NotADemonstration(Exception):
    """The data folder holds something that the demonstration did not make."""


class NoSuchDay(Exception):
    """The demonstration cannot be looked at on that day."""


def tree_digest() -> str:
    """SHA-256 over the product's own files: changes whenever the demonstration might come out differently."""
    digest = hashlib.sha256()
    for path in sorted(SOURCE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            digest.update(str(path.relative_to(SOURCE)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def run(*, serve_pages: bool, port: int, notice_text: Path | None = None, today: date | None = None) -> None:
    """Build the demonstration where it is missing or out of date, say how to sign in, and serve it.

    `notice_text`: a file with the first notice's own words, which are not shipped, to attach to it.
    `today`: the day to look at it on, its own or a later one; None is HOLDFAST_TODAY, or its own.
    """
    settings = json.loads(LIBRARY.read_text(encoding="utf-8"))
    day = _day(today.isoformat() if today else os.environ.get("HOLDFAST_TODAY", ""), settings["today"])
    os.environ["HOLDFAST_TODAY"] = day
    home = Path("var/demo" if day == settings["today"] else f"var/demo-{day}")
    folder = Path(os.environ.setdefault("HOLDFAST_DATA", str(home))).resolve()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.web.settings")
    digest = tree_digest()
    if not _is_current(folder, digest, day):
        print(f"Building the demonstration in {folder}: {ABOUT}", flush=True)
        started = time.perf_counter()
        _clear(folder)
        build(folder, settings, say=lambda words: print(words, flush=True))
        mark = {"tree": digest, "today": day, "seconds": round(time.perf_counter() - started, 1)}
        (folder / MARK).write_text(json.dumps(mark), encoding="utf-8")
        print(f"Built in {mark['seconds']} seconds, in {folder}.")
    if notice_text is not None:
        print(_attach(settings["programmes"][0]["code"], notice_text), flush=True)
    print(_sign_ins(settings, port, day), flush=True)
    if serve_pages:
        _serve(port)


def _attach(code: str, file: Path) -> str:
    import django

    django.setup()
    from holdfast.organisation.models import Programme
    from holdfast.web.demo.content import attach_text

    return f"Attached {attach_text(Programme.objects.get(code=code), file)}"


def _day(asked: str, first: str) -> str:
    """The day that was asked for, or the demonstration's own. Raises NoSuchDay for no date, or an earlier one."""
    try:
        day = date.fromisoformat(asked or first)
    except ValueError as odd:
        raise NoSuchDay(f"{asked!r} is not a date. Give one like 2014-04-10.") from odd
    if day < date.fromisoformat(first):
        raise NoSuchDay(
            f"The demonstration begins on {first}: everything in it had happened by then. Give a later day."
        )
    return day.isoformat()


def _is_current(folder: Path, digest: str, day: str) -> bool:
    mark = folder / MARK
    if not mark.is_file():
        return False
    made = json.loads(mark.read_text(encoding="utf-8"))
    return made.get("tree") == digest and made.get("today") == day


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
    """Build every programme as on the demonstration's own day, then go on to today where that is later.

    Needs HOLDFAST_DATA to be `folder` before Django starts. The returns are written by a process beside this one.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as beside:
        _build(folder, settings, say, _begin_returns(beside, folder, settings))


Written = Future[list[tuple[Path, date]]]


def _begin_returns(beside: ProcessPoolExecutor, folder: Path, settings: dict[str, Any]) -> dict[str, Written]:
    """Writing the invented returns, begun, by their programme's code: nothing of the database is wanted for it."""
    from holdfast.performance.invented import write_invented_returns

    facts: dict[str, Any] = {"seed": settings["seed"], "until": date.fromisoformat(settings["data_until"])}
    facts["children_scale"] = settings.get("children_scale", 1.0)
    return {
        given["code"]: beside.submit(
            write_invented_returns,
            folder / "invented",
            authority=given["council"]["code"],
            besides=besides_of(given, settings["besides"]),
            **facts,
        )
        for given in settings["programmes"]
        if given["returns"]
    }


def besides_of(programme: dict[str, Any], days: dict[str, list[str]]) -> dict[str, Any]:
    """What is sent beside the census, by its days; the lists call the teams what the programme does."""
    return {
        "teams": [name for _, name in programme["teams"]],
        **{kind: [date.fromisoformat(day) for day in on] for kind, on in days.items()},
    }


def _build(folder: Path, settings: dict[str, Any], say: Any, written: dict[str, Written]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from holdfast.access import clock
    from holdfast.web.demo import later
    from holdfast.web.tables import lay_tables

    lay_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    today = clock.today()
    later.stand_on(date.fromisoformat(settings["today"]))
    made = [build_programme(facts, settings, say, written.get(facts["code"])) for facts in settings["programmes"]]
    for programme in made:
        for words in later.go_on(programme, folder / "invented", settings, today):
            say(f"  {words}")
    later.stand_on(today)


def build_programme(facts: dict[str, Any], settings: dict[str, Any], say: Any, returns: Written | None) -> "Programme":
    """One programme: who it is made of, its notice and plan, its returns and releases, its first report."""
    from holdfast.access import clock
    from holdfast.web.demo import agreements, audited, chair, content, governance, plan_year, practice

    say(f"{facts['name']}: its people, notice and plan")
    programme = content.add_programme(facts)
    content.add_accounts(programme, facts, settings["password"])
    content.add_notice_and_plan(programme, facts)
    content.fill_posts(programme, facts)
    for words in governance.add_governance(programme):
        say(f"  {words}")
    text = facts.get("notice_text")
    attached = content.attach_text(programme, LIBRARY.parent / text) if text else content.attach_summary(programme)
    say(f"  {attached}")
    by_then = content.Days(until=date.fromisoformat(settings["data_until"]))
    content.say_what_is_known(programme, facts, by_then)  # first, so that the releases know it
    if returns is not None:
        say("  its returns, from 2010 on: reading and counting them, most of a minute")
        for words in audited.add_with_returns(programme, facts, returns.result()):
            say(f"  {words}")
    if facts.get("published"):
        say(f"  {content.add_published(programme, LIBRARY.parent / facts['published'])}")
    agreements.add(programme)
    for words in practice.add(programme) if returns is not None else ():  # asks the questions that audits brought
        say(f"  {words}")
    say(f"  {plan_year.add(programme)}")
    if facts["report_on"]:
        say(f"  {content.freeze_report(programme, date.fromisoformat(facts['report_on']))}")
        chair.write(programme)  # before the packs: a paper of the same day says what was sent on it
    for words in audited.report(programme) if returns is not None else ():
        say(f"  {words}")
    for words in governance.make_packs(programme):
        say(f"  {words}")
    content.say_what_is_known(programme, facts, content.Days(until=clock.today(), after=by_then.until))
    return programme


def _sign_ins(settings: dict[str, Any], port: int, day: str) -> str:
    from holdfast.access.roles import ROLES

    lines = [f"Holdfast is at http://localhost:{port}/ . Invented data; the date is {day}.", ""]
    lines += ["Sign in as one of these, all with the password " + settings["password"] + ":"]
    lines += [f"  {role.code:<22}{role.name}" for role in ROLES.values()]
    for facts in settings["programmes"]:
        if "own" in facts:
            lines += ["", f"{facts['name']} has its own: the same names with {facts['own']['prefix']} before them."]
            lines += [f"In both: {', '.join(facts['own']['shared'])}."]
        for more in facts.get("also", []):
            lines += [f"  {more['username']:<22}{more['name']}"]
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
