"""Every format against everything that a file can be: read as it is meant, or refused whole, quoting nothing.

What one reader alone can meet (a DOCTYPE, merged cells, a macro) stands with it: test_cin_census_refused, test_tabular.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from analytics import census
from holdfast.analytics.faults import UnreadableReturn
from holdfast.analytics.returns import read_return, recognise
from holdfast.analytics.returns.reading import Reading

N_CHILDREN = 24
SECRET = "Zé-Quux"


def _list(*heads: str, line: Callable[[int], str]) -> str:
    return "\n".join([",".join(heads), *(line(n) for n in range(N_CHILDREN))]) + "\n"


REFERRALS = _list(
    *("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Date of referral", "Referral Source"),
    *("Referral NFA?", "Allocated Team"),
    line=lambda n: f"A{n},a) Male,WBRI,05/03/2005,{n + 1:02}/01/2014,6,No,{SECRET}",
)
SSDA903 = {
    "header.csv": _list("CHILD", "SEX", "DOB", "ETHNIC", line=lambda n: f"A{n},1,05/03/2005,WBRI"),
    "episodes.csv": _list(
        *("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "URN"),
        line=lambda n: f"A{n},01/05/2013,S,V2,N1,U6,PR1,,,{SECRET}",
    ),
}
SSD = {
    "ssd_person.csv": _list(
        *("pers_person_id", "pers_sex", "pers_dob", "pers_ethnicity"), line=lambda n: f"{n + 100},M,2010-01-05,WBRI"
    ),
    "ssd_cin_episodes.csv": _list(
        *("cine_referral_id", "cine_person_id", "cine_referral_date", "cine_referral_nfa", "cine_allocated_team"),
        line=lambda n: f"{n + 900},{n + 100},2013-05-01,N,{SECRET}",
    ),
}
WORKFORCE = {
    "workers.csv": _list(
        *("SWENo", "AgencyWorker", "FTE", "OrgRole", "ReferenceDate", "LEA"),
        line=lambda n: f"SW12345678{n:02},0,1,{'5' if n else SECRET},2013-09-30,201",
    )
}
PUBLISHED = {
    "table.csv": _list(
        *("time_period", "geographic_level", "region_code", "old_la_code", "la_name", "category", "n"),
        line=lambda n: f"{2000 + n},Local authority,E1,878,{SECRET},Plans,{n + 30}",
    )
}
OVERSIGHT = {
    "decisions.csv": _list(
        *("Child reference", "Decision date", "Decision about", "Reasons recorded", "Decided by"),
        line=lambda n: f"A{n},2014-01-06,CLO,Yes,{SECRET}",
    ),
    "supervision.csv": _list(
        *("Child reference", "Supervision date", "Kind of supervision", "Supervised by"),
        line=lambda n: f"A{n},2014-01-06,REFL,{SECRET}",
    ),
}
CSV_SETS = {
    "annex_a": {"List_3.csv": REFERRALS},
    "ssda903": SSDA903,
    "ssd": SSD,
    "workforce": WORKFORCE,
    "published": PUBLISHED,
    "oversight": OVERSIGHT,
}
FEED = json.dumps(
    [
        {
            "la_child_id": f"C{n}",
            "mis_child_id": f"M{n}",
            "child_details": {"first_name": SECRET, "date_of_birth": "2010-01-05", "sex": "M"},
            "social_care_episodes": [{"social_care_episode_id": f"E{n}", "referral_date": "2022-06-14"}],
            "purge": False,
        }
        for n in range(N_CHILDREN)
    ]
)
WORKERS_XML = (
    "<Message><Header><CollectionDetails><Collection>CSWW</Collection><Year>2022</Year>"
    "<ReferenceDate>2022-09-30</ReferenceDate></CollectionDetails></Header>"
    + f"<CSWWWorker><AgencyWorker>0</AgencyWorker><SWENo>{SECRET}</SWENo></CSWWWorker>" * N_CHILDREN
    + "</Message>"
)
CHILDREN_XML = census.message(*(census.child(f"A{n}", census.episode(), about=SECRET) for n in range(N_CHILDREN)))
FILES = {
    "census": {"census.xml": CHILDREN_XML},
    "workforce XML": {"workers.xml": WORKERS_XML},
    "daily feed": {"2022-06-10.json": FEED},
    **CSV_SETS,
}
"""By format, the files of one good submission."""


def lay(folder: Path, files: dict[str, str], encoding: str = "utf-8") -> Path:
    """The files of a submission; one that is of a single file is that file."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode(encoding))
    return folder if len(files) > 1 else folder / next(iter(files))


def read(tmp_path: Path, files: dict[str, str], encoding: str = "utf-8", name: str = "sent") -> Reading:
    return read_return(lay(tmp_path / name, files, encoding), into=tmp_path / f"{name}-read")


def values(reading: Reading) -> dict[str, list[dict[str, object]]]:
    return {
        path.stem: pq.read_table(path).to_pylist()
        for path in sorted(reading.folder.glob("*.parquet"))
        if path.stem != "faults"
    }


def refused(tmp_path: Path, files: dict[str, str | bytes]) -> str:
    """The words of the refusal that a submission meets, which quote nothing that it holds."""
    folder = tmp_path / "sent"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    path = folder if len(files) > 1 else folder / next(iter(files))
    recognise(path)  # never raises
    try:
        reading = read_return(path, into=tmp_path / "read")
    except UnreadableReturn as problem:
        words = str(problem)
    else:
        assert reading.blocking, "it may be read only to say why it is not kept"
        words = " ".join(reading.blocking)
    assert "Quux" not in words
    return words


@pytest.mark.parametrize("kind", FILES)
def test_each_format_is_read_as_it_is_meant(tmp_path: Path, kind: str) -> None:
    reading = read(tmp_path, FILES[kind])
    assert reading.kind == {"census": "cin_census", "workforce XML": "workforce", "daily feed": "daily_feed"}.get(
        kind, kind
    )
    assert max(reading.n_rows.values()) == N_CHILDREN


BYTES = {
    "nothing": b"",
    "blanks": b" \r\n\t\r\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "a PDF": b"%PDF-1.7\n" + bytes(range(256)),
    "an old Office document": b"\xd0\xcf\x11\xe0" + bytes(600),
    "half a zip": b"PK\x03\x04" + bytes(100),
    "noughts": bytes(4096),
    "every byte": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("content", BYTES.values(), ids=BYTES)
@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_such_file_is_refused_in_words(tmp_path: Path, kind: str, content: bytes) -> None:
    """The file that the return cannot do without is another thing under its name."""
    name = list(FILES[kind])[-1]
    assert len(refused(tmp_path, {name: content})) > len("Not read.")


@pytest.mark.parametrize("kind", ["census", "workforce XML", "daily feed"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.99])
def test_a_file_that_breaks_off_is_refused_whole(tmp_path: Path, kind: str, part: float) -> None:
    [(name, text)] = FILES[kind].items()
    assert refused(tmp_path, {name: text[: int(len(text) * part)]})


OPENED = "<Message><Header>"
XML_ATTACKS: dict[str, bytes] = {
    "an entity": b'<!DOCTYPE Message [<!ENTITY x "Quux">]>' + WORKERS_XML.replace("2022-09-30", "&x;").encode(),
    "a file outside": b'<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + WORKERS_XML.encode(),
    "a thousand laughs": b'<!DOCTYPE Message [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + WORKERS_XML.encode(),
    "nested deeply": OPENED.encode() + b"<a>" * 100_000,
    "another encoding than it says": b'<?xml version="1.0" encoding="utf-8"?>' + WORKERS_XML.encode("cp1252"),
    "an encoding that is none": b'<?xml version="1.0" encoding="x-none"?>' + WORKERS_XML.encode(),
    "a nought byte": WORKERS_XML.replace(SECRET, f"{SECRET}\0", 1).encode(),
    "a value without end": f"{OPENED}{'x' * 12_000_000}".encode(),
}


@pytest.mark.parametrize("attack", XML_ATTACKS.values(), ids=XML_ATTACKS)
def test_an_xml_of_workers_that_means_harm_is_refused(tmp_path: Path, attack: bytes) -> None:
    """The census's own stand in test_cin_census_refused: both are opened by one hardened reader."""
    assert "cannot be read as" in refused(tmp_path, {"workers.xml": attack})


@pytest.mark.parametrize("kind", CSV_SETS)
def test_a_csv_that_breaks_off_within_a_line_is_refused_with_the_line(tmp_path: Path, kind: str) -> None:
    files: dict[str, str | bytes] = dict(CSV_SETS[kind])
    name = list(files)[-1]
    text = str(files[name])
    files[name] = text[: text.rindex(",", 0, len(text) - len(text.splitlines()[-1]) // 2)]
    assert re.search(r"line \d+|cut short", refused(tmp_path, files))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("kind", CSV_SETS)
def test_a_csv_means_the_same_in_every_encoding_that_systems_write(tmp_path: Path, kind: str, encoding: str) -> None:
    plain = read(tmp_path, CSV_SETS[kind])
    other = read(tmp_path, CSV_SETS[kind], encoding, "other")
    assert values(other) == values(plain)


def turned(text: str) -> str:
    return "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines()) + "\n"


FORMS: dict[str, Callable[[str], str]] = {
    "headings in another order": turned,
    "semicolons": lambda text: text.replace(",", ";"),
    "tabs": lambda text: text.replace(",", "\t"),
    "quotation marks": lambda text: re.sub(r"[^,\n]+", r'"\g<0>"', text),
    "lines ended as Windows ends them": lambda text: text.replace("\n", "\r\n"),
    "blank lines at the end": lambda text: text + "\n" + "," * text.splitlines()[0].count(",") + "\n\n",
    "empty columns behind": lambda text: text.replace("\n", ",,\n"),
    "a title above": lambda text: f"Westmere, exported 3 February 2014\n\n{text}",
    "a title as wide as the list": lambda text: f"Exported{',' * text.splitlines()[0].count(',')}\n{text}",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("kind", [kind for kind in CSV_SETS if kind != "published"])
def test_a_csv_means_the_same_in_every_form_that_systems_write(
    tmp_path: Path, kind: str, form: Callable[[str], str]
) -> None:
    plain = read(tmp_path, CSV_SETS[kind])
    other = read(tmp_path, {name: form(text) for name, text in CSV_SETS[kind].items()}, name="other")
    assert values(other) == values(plain)


@pytest.mark.parametrize("kind", ["annex_a", "ssda903", "ssd", "workforce"])
def test_a_line_with_more_values_than_headings_is_a_fault_and_the_rest_is_read(tmp_path: Path, kind: str) -> None:
    files = dict(CSV_SETS[kind])
    name = list(files)[-1]
    lines = files[name].splitlines()
    files[name] = "\n".join([*lines[:3], f"{lines[3]},Exeter", *lines[4:-1], lines[-1].rsplit(",", 1)[0], ""])
    reading = read(tmp_path, files)
    assert reading.n_faults["row-moved"] == 1
    [fault] = [row for row in census.rows(reading, "faults") if row["rule"] == "row-moved"]
    assert (fault["line"], fault["severity"], fault["child"]) == (4, "error", "")
    assert N_CHILDREN - 1 in reading.n_rows.values(), "and the line that is short is read"


@pytest.mark.parametrize("kind", ["annex_a", "ssda903", "ssd", "workforce", "published"])
def test_where_more_than_one_line_in_ten_has_moved_nothing_is_read(tmp_path: Path, kind: str) -> None:
    files: dict[str, str | bytes] = dict(CSV_SETS[kind])
    name = list(files)[-1]
    head, *lines = str(files[name]).splitlines()
    files[name] = "\n".join([head, *(f"{line},Exeter" if n % 3 == 0 else line for n, line in enumerate(lines)), ""])
    assert "more values than headings" in refused(tmp_path, files)


HOSTILE = {
    "a formula": "=HYPERLINK(0)",
    "a path": "../../../etc/passwd",
    "an address": "http://198.51.100.1/x",
    "markup": "<script>alert(1)</script>",
    "a nought byte's picture": "\u2400\u202e\ufeff",
    "a long value": "x" * 100_000,
    "a huge number": "9" * 400,
}


@pytest.mark.parametrize("cell", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", ["annex_a", "ssda903", "ssd", "workforce"])
def test_a_hostile_cell_costs_itself_alone(tmp_path: Path, kind: str, cell: str) -> None:
    """It stands where a day or a number is expected: the row is kept without it, and no fault says it."""
    files = dict(CSV_SETS[kind])
    name = list(files)[-1]
    own = {"annex_a": "05/01/2014", "ssda903": "01/05/2013", "ssd": "2013-05-01", "workforce": "SW1234567805,0,1"}[kind]
    spoilt = own.rsplit(",", 1)[0] + f",{cell}" if kind == "workforce" else cell
    files[name] = files[name].replace(own, spoilt, 1)
    reading = read(tmp_path, files)
    assert N_CHILDREN in reading.n_rows.values()
    assert sum(reading.n_faults.get(rule, 0) for rule in ("bad-date", "bad-number", "bad-text")) >= 1
    assert cell[:20] not in str(census.rows(reading, "faults"))


@pytest.mark.parametrize("kind", ["annex_a", "ssda903", "ssd", "workforce"])
def test_a_value_longer_than_any_is_refused_as_what_it_may_be(tmp_path: Path, kind: str) -> None:
    files: dict[str, str | bytes] = dict(CSV_SETS[kind])
    name = list(files)[-1]
    files[name] = str(files[name]).replace(SECRET, f'"{SECRET * 20_000}', 1)
    assert "a quotation mark is not closed" in refused(tmp_path, files)


DEEP = {"arrays": "[" * 100_000, "objects": '{"a":' * 100_000, "closed": "[" * 50_000 + "]" * 50_000}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_json_nested_deeply_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path, {"2022-06-10.json": text})


@pytest.mark.parametrize("value", ["NaN", "1e999", "9" * 5_000, '"\\ud800"'], ids=["nan", "infinite", "huge", "half"])
def test_a_value_of_json_that_is_none_costs_itself_alone(tmp_path: Path, value: str) -> None:
    text = FEED.replace('"2022-06-14"', value, 1)
    path = lay(tmp_path / "sent", {"2022-06-10.json": text})
    try:
        n_children = read_return(path, into=tmp_path / "read").n_rows["person"]
    except UnreadableReturn as problem:
        n_children, said = 0, str(problem)
        is_quoted = "Quux" in said
    else:
        is_quoted = False
    assert n_children in (0, N_CHILDREN), "all of it, or nothing"
    assert not is_quoted
