"""Every kind of return comes in by the same door: shown for what it is, read, and kept as a load of its kind."""

import json
from datetime import date
from pathlib import Path

import pytest

from holdfast import analytics
from holdfast.access import clock
from holdfast.access.doors import SYSTEM
from holdfast.jobs import queue
from holdfast.organisation.models import Programme
from holdfast.performance.models import Return
from holdfast.performance.services.intake import submit_return
from holdfast.performance.services.returns import Accepted

SSD = {
    "ssd_person.csv": "pers_person_id,pers_sex\nA1,F\n",
    "ssd_cin_episodes.csv": "cine_referral_id,cine_person_id,cine_referral_date\n1,A1,2013-05-01\n",
}
SSDA903 = {
    "a.csv": "CHILD,SEX,DOB,ETHNIC,UPN\nA1,2,05/03/2005,WBRI,\n",
    "b.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\nA1,01/05/2013,S,V2,N1,U6,,\n",
}
WORKFORCE = {"a.csv": "SWENo,AgencyWorker,FTE,YEAR\nZZ1234567890,0,1,2013\n"}
OVERSIGHT = {"a.csv": "Child reference,Supervision date,Kind of supervision\nA1,2014-01-06,REFL\n"}
FEED = {"2014-01-30.json": json.dumps([{"la_child_id": "A1", "child_details": {"sex": "F", "surname": "Quux"}}])}


@pytest.mark.parametrize(
    ("kind", "files"),
    [("ssd", SSD), ("ssda903", SSDA903), ("workforce", WORKFORCE), ("daily_feed", FEED), ("oversight", OVERSIGHT)],
)
def test_a_folder_of_any_kind_is_told_read_and_kept(
    council: Programme, tmp_path: Path, kind: str, files: dict[str, str]
) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    said = analytics.recognise(folder)
    assert said is not None
    assert said.kind == kind
    as_at = date(2013, 9, 30) if kind == "workforce" else date(2014, 1, 31)
    submit_return(
        by=SYSTEM,
        at=clock.now(),
        programme=council,
        file=folder,
        name=folder.name,
        as_at=as_at,
        accepted=Accepted(authority=True),
    )
    queue.work(until_empty=True)
    returned = Return.objects.get()
    assert (returned.state, returned.kind, returned.reason) == (Return.State.READ, kind, "")
    assert returned.as_at == as_at
    assert sum(returned.n_rows.values()) > 0
