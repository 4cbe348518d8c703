"""What is in one programme is nowhere under another's address, whatever reference of it somebody types there."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from governance.deciding import board, decide, seats, write
from holdfast.agreements import services as agreeing
from holdfast.governance.services import agendas, challenging, registering
from holdfast.notice.services.loading import load_notice
from holdfast.organisation.models import Post, Programme
from holdfast.plan.services import adding
from house.ground import FILLERS, addresses

SECRET = "Only the first programme says this"
ROOMS = ("plan", "governance", "agreements", "reports", "organisation")
REFS = {
    "ref": ("A1", "M1", "O1", "R01"),
    "body": ("board",),
    "subject": ("terms",),
    "number": ("1", "IB-1"),
    "meeting": ("1", "none"),
    "seat": ("1",),
}


@pytest.fixture
def written(people: Any, programme: Programme) -> Programme:
    """A little of everything in the first programme, each with the words that may be nowhere else."""
    body = board(programme)
    owner = Post.objects.get(programme=programme, code="post-police")
    load_notice(**write(), programme=programme, file=Path("devon-2013.yaml"))
    objective = adding.add_objective(**write(), programme=programme, ref="O1", title=SECRET)
    due_on = date(2014, 3, 1)
    adding.add_action(**write(), objective=objective, ref="A1", title=SECRET, owner=owner, due_on=due_on)
    adding.add_milestone(**write(), programme=programme, ref="M1", title=SECRET, owner=owner, due_on=due_on)
    agendas.add_item(**write(), meeting=body.meetings.get(number=1), title=SECRET, purpose="discuss")
    decide(body, text=SECRET)
    challenging.raise_challenge(
        **write(), programme=programme, body=body, challenged=owner, about=SECRET, evidence=SECRET, requirement="",
        indicator="", meeting=body.meetings.get(number=1),
    )  # fmt: skip
    said = {"cause": SECRET, "event": SECRET, "effect": SECRET}
    registering.raise_risk(**write(), programme=programme, title=SECRET, owner=owner, **said)
    terms = agreeing.add_subject(**write(), programme=programme, code="terms", kind="terms-of-reference", title=SECRET)
    agreeing.propose_version(
        **write(), subject=terms, parties=[("body", "board")], words=SECRET, effective_on=None,
        proposed_on=date(2013, 10, 1),
    )  # fmt: skip
    assert seats(body, "chair")
    return programme


def reached(pattern: str, code: str) -> list[str]:
    """The addresses of a pattern under a programme, with each reference that the first programme has."""
    found = [""]
    for before, placed in re.findall(r"([^<]*)(<[^>]+>)?", pattern):
        converter, _, name = placed.strip("<>").rpartition(":")
        filled = (code,) if name == "programme" else REFS.get(name, (FILLERS.get(converter or "str", "1"),))
        filled = tuple(one for one in filled if converter != "int" or one.isdigit()) if placed else ("",)
        found = [f"{start}{before}{value}" for start in found for value in filled]
    return [f"/{path}" for path in found]


@pytest.mark.django_db
def test_references_of_one_programme_lead_to_nothing_under_another(
    written: Programme, second_programme: Programme, client_for: Any
) -> None:
    """Promise: somebody with every role in the second programme reads nothing of the first, under either's address."""
    outsider, insider = client_for("elsewhere"), client_for("programme-office")
    wrong, seen = [], set()
    for one in addresses():
        room = getattr(one.view, "__module__", "").split(".")[1:2]
        if (room != [] and room[0] not in ROOMS) or not hasattr(one.view, "door") or "programme" not in one.pattern:
            continue
        for path in reached(one.pattern, second_programme.code):
            response = outsider.get(path)
            content = b"" if response.streaming else response.content
            if response.status_code >= 500 or SECRET.encode() in content:
                wrong.append(f"{path}: {response.status_code}")
        for path in reached(one.pattern, written.code):
            if not str(one.view.door).startswith("public") and outsider.get(path).status_code not in (403, 405):
                wrong.append(f"{path} as somebody of the second programme alone")
            response = insider.get(path)
            if not response.streaming and SECRET.encode() in response.content:
                seen.add(one.name)
    assert not wrong, wrong
    assert {"plan", "plan_action", "plan_milestone", "meeting", "decision", "challenge", "risk", "agreement"} <= seen
