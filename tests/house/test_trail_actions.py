"""The trail reads as English: what a room writes there is registered by that room, with its sentence."""

import ast
from importlib import import_module

import pytest

from holdfast.access import actions
from holdfast.access.writes import record, service
from house.ground import modules, place

WRITERS = {"record": 0, "record_event": "what", "record_read": "what"}


def written(tree):
    """Each literal action that a module writes to the trail."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WRITERS:
            where = WRITERS[node.func.id]
            given = node.args[where] if isinstance(where, int) and node.args else None
            given = given or next((each.value for each in node.keywords if each.arg == where), None)
            for each in ast.walk(given) if given is not None else ():
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield node, each.value
                elif isinstance(each, ast.JoinedStr):
                    break


def test_every_action_is_registered_by_the_room_that_writes_it():
    """Promise: nothing is written to the trail but what its room has listed, with the sentence that tells it."""
    found, n_seen = [], 0
    for path, tree in modules():
        room = path.parts[path.parts.index("holdfast") + 1]
        if room == "analytics":
            continue
        of_room = actions.SIGNING_IN if room == "access" else None
        for node, action in written(tree):
            n_seen += 1
            listed = of_room if of_room is not None else import_module(f"holdfast.{room}.trail").SENTENCES
            if action not in listed and action not in actions.SIGNING_IN:
                found.append(f"{place(path, node)}: {action}")
    assert n_seen > 40
    assert not found, found


def test_every_sentence_says_who_or_whom():
    for action in actions.listed_actions():
        assert any(part in actions.sentence_for(action) for part in ("{who}", "{subject}"))
        assert actions.sentence_for(action).endswith(".")


@pytest.mark.django_db
def test_an_action_that_no_room_has_registered_is_not_written(people):
    @service
    def do(*, by, at):
        record("something nobody listed", programme="westmere-2031")

    from holdfast.access import clock

    with pytest.raises(actions.UnlistedAction, match="No room has registered"):
        do(by=people["director"], at=clock.now())
