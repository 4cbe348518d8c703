"""The rooms are stacked: what is below knows nothing of what is above. (Imports: import-linter, in ./run check.)"""

import ast
import importlib
import inspect
import re
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps

from holdfast.jobs import queue
from house.ground import SOURCE, modules, place, room_order


def test_foreign_keys_point_down():
    """Promise: a lower room never points a foreign key at a higher or sibling one; it keeps a label instead."""
    order, wrong = room_order(), []
    for model in apps.get_models():
        if not model.__module__.startswith("holdfast."):
            continue
        own = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or not target.__module__.startswith("holdfast."):
                continue
            other = target._meta.app_label
            if other != own and order[other] >= order[own]:
                wrong.append(f"{own}.{model.__name__}.{field.name} points at {other}.{target.__name__}")
    assert not wrong, wrong


def test_every_room_says_what_is_here_and_what_is_not():
    """Promise: a newcomer opens a room and is told what is in it, what is not, and where that is."""
    silent = []
    for room in room_order():
        path = SOURCE / room / "__init__.py"
        words = ast.get_docstring(ast.parse(path.read_text())) if path.exists() else None
        if not words or len(words) < 80 or "not here" not in words.lower():
            silent.append(room)
    assert not silent, f"these rooms do not say what is here and what is not: {silent}"


def service_modules() -> list[ModuleType]:
    files = [path for room in room_order() for path in sorted(SOURCE.glob(f"{room}/services*/**/*.py"))]
    files += [path for room in room_order() if (path := SOURCE / room / "services.py").exists()]
    names = [".".join(("holdfast", *path.relative_to(SOURCE).with_suffix("").parts)) for path in files]
    return [importlib.import_module(name.removesuffix(".__init__")) for name in names]


WRITES_NO_ROW = {"what_blocks_closing", "keep_sheet", "not_come_yet", "counted_words"}
"""Asked for by views: why an action cannot be closed, a sheet kept under its hash until somebody confirms it, why a
day is not taken, and what was counted of a file that was kept."""


GUARD = "refuse_"
"""How a guard's name begins: it says what stops a service before anything is typed. A page asks it too, and it writes
nothing."""


def is_guard(name: str, one: Any) -> bool:
    return name.startswith(GUARD) and not hasattr(one, "is_service")


def is_written_in(module: ModuleType, one: Any) -> bool:
    return inspect.isfunction(one) and one.__module__ == module.__name__


def public_functions(module: ModuleType) -> list[tuple[str, Any]]:
    """What a services module offers to others: not what services alone call, a job's handlers, or a guard."""
    handlers = {called for handler in queue._handlers.values() for called in (handler.run, handler.give_up)}
    written_here = [
        (name, one)
        for name, one in vars(module).items()
        if not name.startswith("_") and not is_guard(name, one) and is_written_in(module, one)
    ]
    return [
        (name, one)
        for name, one in written_here
        if one not in handlers and (hasattr(one, "is_service") or name in asked_for_elsewhere(module))
    ]


def asked_for_elsewhere(module: ModuleType) -> set[str]:
    """The names of a services module that a file which is no service asks for; of a room's one file, all of them."""
    home = Path(str(module.__file__))
    if home.parent.name != "services":
        return set(vars(module))
    leaf, names = module.__name__.rpartition(".")[2], set()
    for path in SOURCE.rglob("*.py"):
        if path.parent.name == "services" or leaf not in (text := path.read_text()):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and node.module == module.__name__:
                names |= {name.name for name in node.names}
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == leaf:
                names.add(node.attr)
    return names - WRITES_NO_ROW


def test_every_public_function_of_a_services_module_is_a_service():
    """Promise: every write is keyword-only, takes by= and at=, is one transaction and writes one trail row. `@service`
    enforces it as it runs (tests/access/test_writes); this finds a write that went round it. Slow work that calls
    services says so with `@outside_transaction("why")`."""
    assert service_modules()
    plain = sorted(
        f"{one.__module__}.{name}"
        for module in service_modules()
        for name, one in public_functions(module)
        if not (getattr(one, "is_service", False) or getattr(one, "outside_transaction", ""))
    )
    assert not plain, f"these are public in a services module and are not services: {plain}"


def test_a_guard_that_pages_ask_writes_nothing():
    """Promise: what is asked before a form is shown changes nothing."""
    writes = re.compile(r"\.(save|create|update|delete|get_or_create|bulk_create)\(|\brecord\(")
    guards = [
        (f"{module.__name__}.{name}", inspect.getsource(one))
        for module in service_modules()
        for name, one in vars(module).items()
        if is_guard(name, one) and is_written_in(module, one)
    ]
    assert guards
    assert not [name for name, source in guards if writes.search(source)]


def test_every_service_is_called_with_names_by_and_at():
    """Promise: as above, of the calling convention."""
    wrong = []
    for module in service_modules():
        for name, one in public_functions(module):
            asked = inspect.signature(one).parameters
            if not {"by", "at"} <= set(asked) or any(each.kind is not each.KEYWORD_ONLY for each in asked.values()):
                wrong.append(f"{module.__name__}.{name}")
    assert not wrong, wrong


def test_views_and_forms_neither_query_nor_write():
    """Promise: a view fetches by selector and changes by service; what a person may see is decided in one place."""
    found = []
    for path, tree in modules():
        kind = {path.stem, path.parent.name}
        if not kind & {"views", "forms"} or "analytics" in path.parts:
            continue
        empty = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "none"}
        for node in ast.walk(tree):
            if id(node) in empty:
                continue  # Model.objects.none() asks nothing: a form's choices before it is told them
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "save", "_base_manager"):
                found.append(f"{place(path, node)}: {ast.unparse(node)}")
    assert not found, found


def test_a_template_is_made_of_its_own_room_and_of_pages():
    """Promise: as for imports, of templates: a room extends and includes only its own templates and those of pages."""
    rooms = {path: path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("templates/**/*.html")}
    homes: dict[str, set[str]] = {}
    for path, room in rooms.items():
        homes.setdefault(path.as_posix().partition("/templates/")[2], set()).add(room)
    wrong = []
    for path, room in rooms.items():
        for name in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", path.read_text()):
            if not homes.get(name, set()) & {room, "pages"}:
                wrong.append(f"{place(path)}: {name}")
    assert rooms, "no template was found"
    assert not wrong, wrong
