"""Writes small CIN census files for tests, and reads them back as plain rows. Invented children only."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from holdfast.analytics.faults import Fault
from holdfast.analytics.returns import Reading, read_return

HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
    "<ReferenceDate>{as_at}</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>999</LEA></Source></Header>"
)


def message(*children: str, as_at: str = "2014-03-31", year: int | None = None, header: str | None = None) -> str:
    """A whole file. `children` are Child elements."""
    said = HEADER.format(year=year or int(as_at[:4]), as_at=as_at) if header is None else header
    return f"<Message>{said}<Children>{''.join(children)}</Children></Message>"


def child(
    reference: str | None = "A1", *episodes: str, identifiers: str = "<Sex>F</Sex>", about: str | None = None
) -> str:
    """A Child element. `episodes` are CINdetails elements; `about` is the inside of ChildCharacteristics."""
    named = "" if reference is None else f"<LAchildID>{reference}</LAchildID>"
    described = "<Ethnicity>WBRI</Ethnicity>" if about is None else about
    return (
        f"<Child><ChildIdentifiers>{named}{identifiers}</ChildIdentifiers>"
        f"<ChildCharacteristics>{described}</ChildCharacteristics>{''.join(episodes)}</Child>"
    )


def episode(referred: str = "2013-04-01", *inside: str, nfa: str = "false", need: str = "N1") -> str:
    """A CINdetails element, with whatever else is inside it."""
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>6</ReferralSource>"
        f"<PrimaryNeedCode>{need}</PrimaryNeedCode><ReferralNFA>{nfa}</ReferralNFA>{''.join(inside)}</CINdetails>"
    )


def read(folder: Path, text: str | bytes, name: str = "census") -> Reading:
    """Read a file with these contents."""
    path = folder / f"{name}.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_return(path, into=folder / name, kind="cin_census")


def rows(reading: Reading, table: str) -> list[dict[str, Any]]:
    return pq.read_table(reading.folder / f"{table}.parquet").to_pylist()


def faults(reading: Reading, rule: str | None = None) -> list[Fault]:
    found = [Fault(**row) for row in rows(reading, "faults")]
    return [fault for fault in found if rule in (None, fault.rule)]


def day(text: str) -> date:
    return date.fromisoformat(text)
