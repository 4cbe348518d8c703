"""Who the child is: the person, and each disability. Not here: what was done (referrals.py, protection.py)."""

from holdfast.analytics.tables import codes as c
from holdfast.analytics.tables.shapes import NOT_KNOWN, OF_CHILDREN, Table
from holdfast.analytics.tables.shapes import child_column as _child
from holdfast.analytics.tables.shapes import date_column as _date
from holdfast.analytics.tables.shapes import key_column as _key
from holdfast.analytics.tables.shapes import text_column as _text

PERSON = Table(
    "person",
    (
        _text("pers_person_id", "The council's own reference for the child.", "Never empty.", "LAchildID, N00097"),
        _text("pers_upn", "Unique pupil number.", "Not known; pers_upn_unknown may say why.", "UPN, N00001"),
        _text(
            "pers_former_upn", "An earlier unique pupil number.", "There was none, or none is recorded.", "FormerUPN"
        ),
        _text(
            "pers_upn_unknown",
            "Why there is no UPN.",
            "There is a UPN, or no reason.",
            "UPNunknown, N00135",
            c.UPN_UNKNOWN,
        ),
        _text(
            "pers_sex",
            "Sex. F, M, U or I; the older GenderCurrent 2, 1, 0 and 9 are turned into these.",
            NOT_KNOWN,
            "Sex, N00783 (from 2024/25); GenderCurrent, N00065 (before)",
            c.SEX,
        ),
        _text("pers_ethnicity", "Ethnicity as recorded by the council.", NOT_KNOWN, "Ethnicity", c.ETHNICITY),
        _date("pers_dob", "Date of birth.", "Not recorded, or not yet born.", "PersonBirthDate, N00066"),
        _date(
            "pers_expected_dob", "Expected date of birth.", "Born, or not recorded.", "ExpectedPersonBirthDate, N00098"
        ),
        _date("pers_death_date", "Date of death.", "Not known to have died.", "PersonDeathDate, N00108"),
    ),
    ("pers_person_id",),
    "One row per child. Supplied by the CIN census (ChildIdentifiers, ChildCharacteristics), Annex A and the SSD.",
    supplied_by=(*OF_CHILDREN, "ssda903"),
    moves_on=frozenset({"pers_upn_unknown"}),
)

DISABILITY = Table(
    "disability",
    (
        _key("disa_table_id", "<child>|D|<code>|<place among equal ones>."),
        _child("disa_person_id"),
        _text(
            "disa_disability_code",
            "One disability. NONE says there is none.",
            NOT_KNOWN,
            "Disability, N00099",
            c.DISABILITY,
        ),
    ),
    ("disa_table_id",),
    "One row per disability of a child. No row: nothing was recorded, which is not the same as NONE.",
    supplied_by=OF_CHILDREN,
    set_of=("person", "disa_person_id"),
)
