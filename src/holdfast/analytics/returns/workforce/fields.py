"""The fields of the social work workforce return, in lower case, and what becomes of each.

SOURCE: the return's schema of 2022 (Message, LALevelVacancies, CSWWWorker). Left behind: a worker's birth date, sex,
ethnicity and where they qualified, since no measure needs them. A worker is a digest of the registration number: the
register is public, so the digest keeps names out of sight and is not proof against somebody who tries every number.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Final

WORKERS: Final[Mapping[str, str]] = {
    "work_agency": "agencyworker",
    "work_fte": "fte",
    "work_role": "orgrole",
    "work_role_start_date": "rolestartdate",
    "work_start_origin": "startorigin",
    "work_role_end_date": "roleenddate",
    "work_destination": "leaverdestination",
    "work_leaving_reason": "reasonleave",
    "work_fte30": "fte30",
    "work_cases30": "cases30",
    "work_days_lost": "workingdayslost",
    "work_contract_weeks": "contractweeks",
    "work_absent_at30": "absat30sept",
    "work_absence_reason": "reasonabsence",
    "work_status": "cfkssstatus",
}
POSTS: Final[Mapping[str, str]] = {
    "post_vacancies_fte": "numberofvacancies",
    "post_agency_fte": "noagencyfte",
    "post_agency_headcount": "noagencyheadcount",
}
NUMBER: Final = "sweno"
YEAR, DAY, AUTHORITY = "year", "referencedate", "lea"
LEFT_BEHIND: Final = frozenset(
    {
        *("personbirthdate", "gendercurrent", "sex", "ethnicity", "qualinst", "quallevel", "stepupgrad"),
        *("frontlinegrad", "la", YEAR, DAY, AUTHORITY),
    }
)
REGISTERED = re.compile(r"[A-Z]{2}\d{10}", re.ASCII)


def worker_of(number: str) -> str:
    """A worker's reference from a registration number. Raises KeyError for what is not one."""
    number = number.strip().upper()
    if not REGISTERED.fullmatch(number):
        raise KeyError
    return hashlib.sha256(f"social worker {number}".encode()).hexdigest()[:16]
