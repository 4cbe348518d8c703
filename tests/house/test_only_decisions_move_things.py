"""A date, a target, a baseline or a definition changes only by a decision on record: by nobody's role, from no page."""

import ast

from holdfast.access.permissions import Permission
from holdfast.access.roles import ROLES
from house.ground import SOURCE, modules, place

RECEIVING = {"revise_due_date", "revise_target", "set_target", "rebase_chart", "adopt_definition"}
"""Services of lower rooms that carry out what was decided."""
RECORDER = "governance"
"""The room that records decisions."""


def test_no_role_may_carry_out_a_decision() -> None:
    """Promise: an analyst, a manager or the office cannot change a target or a date; the permission is nobody's."""
    assert not [role.code for role in ROLES.values() if Permission.APPLY_DECISION in role.permissions]


def test_only_the_room_of_decisions_lends_a_permission_or_carries_one_out() -> None:
    """Promise: no page, command or demonstration goes round the decision; only the recording of one changes things."""
    wrong = []
    for path, tree in modules():
        room = path.relative_to(SOURCE).parts[0]
        if room == RECORDER:
            continue
        for node in ast.walk(tree):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "attr", getattr(called, "id", ""))
            if name in RECEIVING or (name == "lent" and room != "access"):
                wrong.append(f"{place(path, node)}: {name}")
    assert not wrong, wrong


def test_what_carries_out_a_decision_asks_for_its_permission() -> None:
    """Promise: as above, of the services themselves."""
    seen, open_to_all = set(), []
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name in RECEIVING and "services" in path.as_posix():
                seen.add(node.name)
                if "Permission.APPLY_DECISION" not in ast.unparse(node):
                    open_to_all.append(place(path, node))
    assert not open_to_all, open_to_all
    assert seen <= RECEIVING
