"""What reading one file gave: whose it is, when it was true, how much it holds, and where its tables are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Reading:
    """One file read into Parquet: `folder` holds <table>.parquet for every canonical table, and faults.parquet.

    `authority` is the LEA code as sent, `year` the year the header names, `reference_date` the day the file describes;
    each None when the header does not say. `blocking`: sentences that say why it should not be kept; [] is good.
    """

    kind: str
    authority: str | None
    year: int | None
    reference_date: date | None
    source_sha256: str
    n_rows: Mapping[str, int]
    n_faults: Mapping[str, int]
    blocking: Sequence[str]
    folder: Path
