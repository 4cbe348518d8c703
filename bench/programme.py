"""Pages of a programme of five years: 500 actions, 60 meetings with agendas and minutes, read by 20 at once.

It is the demonstration, grown through the services that the pages use, each thing as on its own day. The pages are
measured as in bench.pages, beside the help page; then a spreadsheet of 500 rows is sent and its preview asked for.

    python -m bench.programme FOLDER         on the demonstration in that folder, which is left as it is
    python -m bench.programme grow           what happens meanwhile, in the copy that HOLDFAST_DATA names
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

from bench.pages import ROOT, measured, surroundings

TODAY = date(2018, 9, 12)
N_ACTIONS, N_MEETINGS, N_OF_EACH_LOG = 500, 60, 60
BODY = "improvement-board"
READER = "programme-office"
ROUNDS, ASKED_FIRST = 2, ("help", "home", "plan", "positions")
"""Forty pages, each asked for 200 times by 20 readers. Of a server's first page a few are enough: the server makes five
years ready before it answers anybody, and forty of them took most of the time."""
MOST_MS = 200
"""The aim: the 95th of a hundred readers, 20 at once, has each page within so long where the help page takes a few."""


def at(day: date) -> dict[str, Any]:
    """As the system, on noon of a day."""
    from holdfast.access import clock
    from holdfast.access.doors import SYSTEM

    return {"by": SYSTEM, "at": datetime.combine(day, time_of_day(12), clock.LONDON)}


def grow() -> None:
    """Five years of the demonstration's first programme. Prints what there is then."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    import django

    django.setup()
    from holdfast.governance.models import Decision, Meeting, MinuteEntry
    from holdfast.organisation.models import Programme

    programme = Programme.objects.get(code=first_programme()["code"])
    add_actions(programme)
    for meeting in add_meetings(programme):
        hold(meeting)
    add_logs(programme)
    counted = {"actions": programme.actions.count(), "meetings": Meeting.objects.filter(body__code=BODY).count()}
    counted |= {"entries in minutes": MinuteEntry.objects.count(), "decisions": Decision.objects.count()}
    print(json.dumps(counted | {"preview": preview(programme.code)}))


def first_programme() -> dict[str, Any]:
    return dict(json.loads((ROOT / "src/holdfast/web/library/demo.json").read_text())["programmes"][0])


def add_actions(programme: Any) -> None:
    """One action after another until there are enough: each reported on twice, two of three done."""
    from holdfast.notice.models import Requirement
    from holdfast.organisation.models import Post
    from holdfast.plan.models import Objective
    from holdfast.plan.services import adding, progress

    objectives, posts = (
        list(Objective.objects.filter(programme=programme)),
        list(Post.objects.filter(agency__isnull=False, programme=programme)),
    )
    refs = list(Requirement.objects.filter(notice__programme=programme).values_list("ref", flat=True))
    n_there, before = programme.actions.count(), None
    for n in range(n_there, N_ACTIONS):
        added = date(2014, 3, 1) + timedelta(days=3 * (n - n_there))
        action = adding.add_action(
            **at(added),
            objective=objectives[n % len(objectives)],
            ref=f"B{n}",
            title=f"What was agreed as number {n}",
            owner=posts[n % len(posts)],
            due_on=added + timedelta(days=90),
            requirements=[refs[n % len(refs)]],
            indicator=("I04", "I20", "I03")[n % 3],
            terms=adding.Terms(waits_for=[before] if before and n % 5 == 0 else []),
            is_invented=True,
        )
        for month in (1, 2):
            progress.update_progress(
                **at(added + timedelta(days=28 * month)),
                action=action,
                is_on_track=True,
                words="It goes as was planned.",
            )
        if n % 3:
            done_on = added + timedelta(days=80)
            if done_on <= TODAY:
                progress.mark_done(**at(done_on), action=action, on=done_on, note="It was done and seen.")
        before = action


def add_meetings(programme: Any) -> list[Any]:
    """The Board's further meetings, four weeks apart, up to sixty; those whose day has come."""
    from holdfast.governance.models import Meeting
    from holdfast.governance.services import meetings
    from holdfast.organisation.models import Body

    body = Body.objects.select_related("programme").get(programme=programme, code=BODY)
    there = list(Meeting.objects.filter(body=body).order_by("held_on"))
    first = there[-1].held_on + timedelta(days=28)
    until = first + timedelta(days=28 * (N_MEETINGS - len(there) - 1))
    made = meetings.make_cycle(**at(date(2014, 3, 1)), body=body, first_on=first, until_on=until)
    return [meeting for meeting in made if meeting.held_on <= TODAY]


def hold(meeting: Any) -> None:
    """One meeting: its agenda, who came, something minuted of every item, a decision; the one before is approved."""
    from holdfast.governance.models import Meeting, Membership
    from holdfast.governance.services import agendas, attending, deciding, meetings, minuting

    day = at(meeting.held_on)
    items = agendas.make_agenda(**at(meeting.held_on - timedelta(days=10)), meeting=meeting)
    seats = list(Membership.objects.filter(body=meeting.body, to_on__isnull=True).select_related("body__programme"))
    for seat in seats:
        if seat.capacity != Membership.Capacity.DEPUTY:
            attending.record_attendance(**day, meeting=meeting, seat=seat, came="attended")
    for item in items:
        minuting.add_entry(**day, item=item, kind="information", text=f"{item.title} was read and talked through.")
    meetings.hold_meeting(**day, meeting=meeting, summary="The plan was read, and one decision was made.")
    voting = [seat for seat in seats if seat.capacity in (Membership.Capacity.CHAIR, Membership.Capacity.MEMBER)]
    given = {"text": "To go on as was planned.", "reason": "What was read shows no ground for another way."}
    deciding.record_decision(**day, body=meeting.body, meeting=meeting, agreed_by=voting, **given)
    before = Meeting.objects.filter(body=meeting.body, number=meeting.number - 1, state=Meeting.State.HELD).first()
    if before is not None and not hasattr(before, "minutes"):
        minuting.approve_minutes(**day, meeting=before, approving=meeting, resolution="Approved as they are.")


def add_logs(programme: Any) -> None:
    """Risks with scores, and challenges, a month apart."""
    from holdfast.governance.services import challenging, registering
    from holdfast.organisation.models import Body, Post

    body, post = Body.objects.get(programme=programme, code=BODY), Post.objects.filter(programme=programme).first()
    assert post is not None
    for n in range(N_OF_EACH_LOG):
        day = at(date(2014, 3, 1) + timedelta(days=27 * n))
        said = {"cause": "Posts stand empty", "event": "work waits", "effect": "children wait"}
        risk = registering.raise_risk(**day, programme=programme, title=f"Risk of month {n}", owner=post, **said)
        fives = {"inherent_likelihood": 5, "inherent_impact": 4, "likelihood": 1 + n % 5, "impact": 1 + n % 4}
        registering.score_risk(**day, risk=risk, **fives, target=4, reason="As the Board saw it")
        told = {"about": "Why so many wait", "evidence": "The figures of the month"}
        challenging.raise_challenge(**day, programme=programme, challenged=post, body=body, **told)


def pages(code: str) -> dict[str, str]:
    """Every page of the plan, the notice, the Board and the agreements that somebody reads, and two homes."""
    here, meeting = f"/{code}", f"/{code}/meetings/{BODY}/40/"
    return {
        "help": "/help",
        "home": f"{here}/",
        "the notice": f"{here}/notice/",
        "positions": f"{here}/notice/positions/",
        "one requirement": f"{here}/notice/requirements/R66/",
        "what answers each requirement": f"{here}/notice/coverage/",
        "clauses nobody claims": f"{here}/notice/text/unclaimed/",
        "plan": f"{here}/plan/",
        "what is late": f"{here}/plan/exceptions/",
        "what is late, as CSV": f"{here}/plan/exceptions.csv",
        "timeline": f"{here}/plan/timeline/",
        "crosswalk": f"{here}/plan/crosswalk/",
        "the plan and what was agreed": f"{here}/plan/agreed/",
        "keeping the gains": f"{here}/plan/after/",
        "one action": f"{here}/plan/actions/B400/",
        "one milestone": f"{here}/plan/milestones/M02/",
        "meetings": f"{here}/meetings/",
        "one body": f"{here}/meetings/{BODY}/",
        "one meeting, its agenda": meeting,
        "one item": f"{meeting}items/5/",
        "minutes": f"{meeting}minutes/",
        "pack": f"{meeting}pack/",
        "decisions": f"{here}/decisions/",
        "one decision": f"{here}/decisions/IB-4/",
        "risks": f"{here}/risks/",
        "one risk": f"{here}/risks/20/",
        "challenges": f"{here}/challenges/",
        "one challenge": f"{here}/challenges/20/",
        "support and mentoring": f"{here}/support/",
        "the safeguarding board's duties": f"{here}/duties/",
        "members' scrutiny": f"{here}/scrutiny/",
        "the paper for members": f"{here}/scrutiny/paper/",
        "steps of the intervention": f"{here}/intervention/",
        "my calendar": f"{here}/calendar/",
        "agreements": f"{here}/agreements/",
        "one agreement": f"{here}/agreements/plan/",
        "one version": f"{here}/agreements/plan/1/",
    }


def preview(code: str) -> dict[str, float]:
    """Seconds to read a spreadsheet of the plan, each title changed, and to say what it would change."""
    from holdfast.access.doors import SYSTEM
    from holdfast.plan.selectors.sheets import preview_of
    from holdfast.plan.spreadsheet.columns import table_of
    from holdfast.plan.spreadsheet.reading import read
    from holdfast.plan.spreadsheet.writing import as_xlsx

    rows = [{**row, "Title": f"{row['Title']}, as was agreed"} for row in table_of(SYSTEM, code)]
    content, started = as_xlsx(rows, []), time.perf_counter()
    shown = preview_of(SYSTEM, code, read(content))
    assert len(shown.changes) >= N_ACTIONS, "each row is changed"
    return {"rows": len(rows), "seconds": time.perf_counter() - started}


def run(data: str) -> dict[str, Any]:
    """`data`: the folder of a demonstration that is there already; it is copied and not changed."""
    facts = json.loads((ROOT / "src/holdfast/web/library/demo.json").read_text())
    code = facts["programmes"][0]["code"]
    os.environ["HOLDFAST_TODAY"] = TODAY.isoformat()
    with tempfile.TemporaryDirectory() as scratch:
        grown = str(Path(scratch) / "grown")
        shutil.copytree(data, grown)
        grows = surroundings(grown)
        grows["env"]["PYTHONPATH"] = f"src{os.pathsep}."
        command = [sys.executable, "-m", "bench.programme", "grow"]
        grew = subprocess.run(command, check=True, cwd=ROOT, env=grows["env"], capture_output=True, text=True)
        preview_of = json.loads(grew.stdout.splitlines()[-1])["preview"]
        found = measured(grown, pages(code), facts["password"], READER, rounds=ROUNDS, asked_first=ASKED_FIRST)
    del os.environ["HOLDFAST_TODAY"]
    least = found["help"]
    figures = {
        name: {
            "alone, ms": round(each["alone"], 1),
            "20 readers, p50 ms": round(each["p50"]),
            f"p95 ms (aim {MOST_MS})": round(each["p95"]),
            "p50, times the help page's": round(each["p50"] / least["p50"], 1),
            "p95, times the help page's": round(each["p95"] / least["p95"], 1),
            "the first page that a server is asked for, ms": round(each["first"]) if "first" in each else "",
        }
        for name, each in found.items()
    }
    sheet = f"what a spreadsheet of {preview_of['rows']} rows would change (aim 2,000), worked out once"
    return figures | {sheet: dict.fromkeys(figures["help"], "") | {"alone, ms": round(1000 * preview_of["seconds"])}}


if __name__ == "__main__":
    grow() if sys.argv[1] == "grow" else print(json.dumps(run(sys.argv[1]), indent=2))
