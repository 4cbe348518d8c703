"""Invents an authority's social workers and writes their workforce return (XML) as at a 30 September.

Elements and their order follow the schema of 2022. The registration numbers begin with ZZ, which no register uses.
With mess: a full-time equivalent that is none, a number of another form, an element of the supplier's own.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

VACANCIES = "12.50"


@dataclass(frozen=True)
class Worker:
    """One invented worker on a 30 September. `left` None: in post."""

    number: str
    agency: bool
    fte: Decimal
    role: str
    began: date
    left: date | None
    cases: int
    days_lost: Decimal


def invent_workers(seed: int, n_workers: int, *, on: date) -> list[Worker]:
    """Workers in post and leavers of the year to a day. The same arguments give the same workers."""
    rng = Random(f"{seed} workers {on.isoformat()}")  # noqa: S311 (repeatable, not secret)
    found = []
    for n in range(n_workers):
        fte = Decimal(rng.choice(("1", "1", "1", "0.8", "0.6", "0.521371")))
        role = rng.choice(("5", "5", "5", "5", "4", "3", "6", "2"))
        has_left, agency = rng.random() < 0.12, rng.random() < 0.15
        began = on - timedelta(days=rng.randint(30, 4000))
        left = on - timedelta(days=rng.randint(1, 360)) if has_left and not agency else None
        cases = rng.randint(8, 24) if role == "5" and left is None else 0
        days = Decimal(rng.choice((0, 0, 2, 5, 31))) / 2
        found.append(Worker(f"ZZ{seed % 1000:03}{n:07}", agency, fte, role, began, left, cases, days))
    return found


def write_workforce(
    path: Path,
    *,
    seed: int,
    n_workers: int,
    on: date,
    code: str = "999",
    vacancies: str = "12.50",
    with_mess: bool = False,
) -> list[Worker]:
    """Write the return; gives the workers it holds. The same arguments give the same bytes."""
    workers = invent_workers(seed, n_workers, on=on)
    agency = [worker for worker in workers if worker.agency]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_header(code, on))
        file.write(
            f"<LALevelVacancies>\n<NumberOfVacancies>{VACANCIES}</NumberOfVacancies>\n"
            f"<NoAgencyFTE>{sum((worker.fte for worker in agency), Decimal(0)):.2f}</NoAgencyFTE>\n"
            f"<NoAgencyHeadcount>{len(agency)}</NoAgencyHeadcount>\n</LALevelVacancies>\n"
        )
        for n, worker in enumerate(workers):
            text = _worker(worker)
            if with_mess:
                text = _spoilt(text, n)
            file.write(text)
        file.write("</Message>\n")
    return workers


def _header(code: str, on: date) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header>\n<CollectionDetails>\n'
        f"<Collection>CSWW</Collection>\n<Year>{on.year}</Year>\n<ReferenceDate>{on.isoformat()}</ReferenceDate>\n"
        f"</CollectionDetails>\n<Source>\n<SourceLevel>L</SourceLevel>\n<LEA>{code}</LEA>\n"
        f"<SoftwareCode>Invented workers</SoftwareCode>\n<DateTime>{on.isoformat()}T12:00:00Z</DateTime>\n"
        "</Source>\n</Header>\n"
    )


def _worker(worker: Worker) -> str:
    parts = [
        ("AgencyWorker", "1" if worker.agency else "0"),
        ("SWENo", worker.number),
        ("FTE", f"{worker.fte:.6f}"),
        ("QualInst", "None named"),
        ("OrgRole", worker.role),
        ("RoleStartDate", worker.began.isoformat()),
    ]
    if worker.left is not None:
        parts += [("RoleEndDate", worker.left.isoformat()), ("LeaverDestination", "1"), ("ReasonLeave", "1")]
    else:
        parts += [("FTE30", f"{worker.fte:.6f}")]
        parts += [("Cases30", str(worker.cases))] if worker.cases else []
    parts += [("WorkingDaysLost", f"{worker.days_lost:.2f}"), ("ContractWeeks", "52.0")]
    parts += [] if worker.left else [("Absat30Sept", "0")]
    inner = "".join(f"<{name}>{value}</{name}>\n" for name, value in parts)
    return f"<CSWWWorker>\n{inner}</CSWWWorker>\n"


def _spoilt(text: str, n: int) -> str:
    if n % 13 == 5:
        return text.replace("<FTE>", "<FTE>about ")
    if n % 17 == 3:
        return text.replace("<SWENo>ZZ", "<SWENo>")
    return text.replace("</CSWWWorker>", "<Payroll>7</Payroll>\n</CSWWWorker>") if n % 19 == 2 else text
