"""What the chair of the demonstration has written to Ministers, and is writing: library/chair-reports.json."""

import json
from datetime import date
from pathlib import Path
from typing import Final

from holdfast.access import clock
from holdfast.access.models import Account
from holdfast.organisation.models import Programme
from holdfast.reports import services

LIBRARY: Final = Path(__file__).parents[1] / "library" / "chair-reports.json"


def write(programme: Programme) -> None:
    """Each report of the programme's chair: begun beside the last edition, written, and sent where it was."""
    for facts in json.loads(LIBRARY.read_text(encoding="utf-8"))["reports"].get(programme.code, []):
        who = {"by": Account.objects.get(username="board-chair"), "at": clock.now()}
        due_on = date.fromisoformat(facts["due_on"])
        draft = services.begin_chair_report(**who, programme=programme, due_on=due_on)
        for section, words in facts["words"].items():
            draft = services.write_section(**who, draft=draft, section=section, words=words)
        if facts["is_sent"]:
            services.send_chair_report(**who, draft=draft)
