"""Code lists of the canonical tables, as the CIN census gives them, and the census years that each code holds for.

Source: DfE CIN census schemas 2017 to 2024 (simple types named beside each list) and rules 4180, 8945Q and 8950Q, in
our own short words. Rule: a code is never removed, because an old file must still be read; it is given its last year.
"""

from collections.abc import Mapping
from types import MappingProxyType

Codes = Mapping[str, str]
"""A code as a file sends it, and what it means."""

SEX: Codes = MappingProxyType(
    {"F": "Female", "M": "Male", "U": "Not recorded, or unborn", "I": "Indeterminate (until 2024)"}
)
"""pers_sex. Sex from the census of 2024/25 (F, M, U); GenderCurrent before that (1, 2, 0, 9)."""

SEX_AS_SENT: Codes = MappingProxyType({"1": "M", "2": "F", "0": "U", "9": "I"})
"""What a file sends until LAST_GENDER_YEAR, and the code we hold for it. Some suppliers sent the digits as Sex."""

LAST_GENDER_YEAR = 2024
"""The last census year (the year to 31 March) that has GenderCurrent; from the next it is Sex (rule 4180)."""

ETHNICITY: Codes = MappingProxyType(
    {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WOTH": "Any other White background",
        "WROM": "Gypsy or Roma",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "Any other mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "Any other Asian background",
        "BCRB": "Caribbean",
        "BAFR": "African",
        "BOTH": "Any other Black background",
        "CHNE": "Chinese",
        "OOTH": "Any other ethnic group",
        "REFU": "Refused",
        "NOBT": "Not yet obtained",
    }
)

DISABILITY: Codes = MappingProxyType(
    {
        "NONE": "No disability",
        "MOB": "Mobility",
        "HAND": "Hand function",
        "PC": "Personal care",
        "INC": "Incontinence",
        "COMM": "Communication",
        "LD": "Learning",
        "HEAR": "Hearing",
        "VIS": "Vision",
        "BEH": "Behaviour",
        "CON": "Consciousness",
        "AUT": "Autism",
        "DDA": "Other",
    }
)

REFERRAL_SOURCE: Codes = MappingProxyType(
    {
        "1A": "Individual: family member, relative or carer",
        "1B": "Individual: acquaintance",
        "1C": "Individual: self",
        "1D": "Individual: other",
        "2A": "Schools",
        "2B": "Education services",
        "3A": "Health: GP",
        "3B": "Health: health visitor",
        "3C": "Health: school nurse",
        "3D": "Health: other primary care",
        "3E": "Health: A&E",
        "3F": "Health: other",
        "4": "Housing",
        "5A": "Local authority: social care",
        "5B": "Local authority: other internal",
        "5C": "Local authority: external",
        "5D": "Local authority: early help (from 2023)",
        "6": "Police",
        "7": "Other legal agency",
        "8": "Other",
        "9": "Anonymous",
        "10": "Unknown",
    }
)

PRIMARY_NEED: Codes = MappingProxyType(
    {
        "N1": "Abuse or neglect",
        "N2": "Child's disability",
        "N3": "Parental disability or illness",
        "N4": "Family in acute stress",
        "N5": "Family dysfunction",
        "N6": "Socially unacceptable behaviour",
        "N7": "Low income",
        "N8": "Absent parenting",
        "N9": "Cases other than children in need",
        "N0": "Not stated",
    }
)

CLOSE_REASON: Codes = MappingProxyType(
    {
        "RC1": "Adopted",
        "RC2": "Died",
        "RC3": "Child arrangements order (residence order before 2014)",
        "RC4": "Special guardianship order",
        "RC5": "Moved to another local authority",
        "RC6": "Moved to adult social care",
        "RC7": "Services ceased for another reason, including no longer in need",
        "RC8": "Closed after assessment, no further action",
        "RC9": "Closed after assessment, referred to early help (from 2023)",
    }
)

CATEGORY_OF_ABUSE: Codes = MappingProxyType(
    {
        "NEG": "Neglect",
        "PHY": "Physical abuse",
        "SAB": "Sexual abuse",
        "EMO": "Emotional abuse",
        "MUL": "Multiple (not recommended)",
    }
)

FACTORS: Codes = MappingProxyType(
    {
        "1A": "Alcohol: child",
        "1B": "Alcohol: parent or carer",
        "1C": "Alcohol: another in the household",
        "2A": "Drugs: child",
        "2B": "Drugs: parent or carer",
        "2C": "Drugs: another in the household",
        "3A": "Domestic abuse: child the victim",
        "3B": "Domestic abuse: parent or carer the victim",
        "3C": "Domestic abuse: another in the household the victim",
        "4A": "Mental health: child",
        "4B": "Mental health: parent or carer",
        "4C": "Mental health: another in the household",
        "5A": "Learning disability: child",
        "5B": "Learning disability: parent or carer",
        "5C": "Learning disability: another in the household",
        "6A": "Physical disability or illness: child",
        "6B": "Physical disability or illness: parent or carer",
        "6C": "Physical disability or illness: another in the household",
        "7A": "Young carer",
        "8B": "Privately fostered: overseas, may return",
        "8C": "Privately fostered: overseas, staying",
        "8D": "Privately fostered: from the United Kingdom in an educational placement",
        "8E": "Privately fostered: from the United Kingdom, making own arrangements",
        "8F": "Privately fostered: other",
        "9A": "Unaccompanied asylum seeker",
        "10A": "Missing",
        "11A": "Sexual exploitation",
        "12A": "Trafficking",
        "13A": "Gangs",
        "14A": "Socially unacceptable behaviour",
        "15A": "Self-harm",
        "16A": "Neglect",
        "17A": "Emotional abuse",
        "18A": "Physical abuse (until 2020)",
        "18B": "Physical abuse: child on child (from 2021)",
        "18C": "Physical abuse: adult on child (from 2021)",
        "19A": "Sexual abuse (until 2020)",
        "19B": "Sexual abuse: child on child (from 2021)",
        "19C": "Sexual abuse: adult on child (from 2021)",
        "20": "Other",
        "21": "No factors identified",
        "22A": "Female genital mutilation",
        "23A": "Abuse linked to faith or belief",
        "24A": "Child criminal exploitation (from 2022)",
    }
)

# The schemas give these codes without words; only UN1 (rule 8770Q) and UN7 (rule 8772) are explained by the rules.
UPN_UNKNOWN: Codes = MappingProxyType(
    {
        "UN1": "Not of school age, so none given yet",
        **{f"UN{n}": f"Reason {n} of the census guide of the year" for n in range(2, 7)},
        "UN7": "A referral that led to no further action",
    }
)

_FROM_2021, _UNTIL_2020 = (2021, None), (None, 2020)
YEARS: tuple[tuple[Codes, Mapping[str, tuple[int | None, int | None]]], ...] = (
    (SEX, {"I": (None, LAST_GENDER_YEAR)}),
    (REFERRAL_SOURCE, {"5D": (2023, None)}),
    (CLOSE_REASON, {"RC9": (2023, None)}),
    (
        FACTORS,
        {
            **dict.fromkeys(("18A", "19A"), _UNTIL_2020),
            **dict.fromkeys(("18B", "18C", "19B", "19C"), _FROM_2021),
            "24A": (2022, None),
        },
    ),
)
"""The codes that are not of every census, with their first and last census year (the year to 31 March); None: no end.

SOURCE: the schemas of 2017 to 2024, compared; the sex of 2024/25 by rule 4180.
"""

FIRST_LISTED = 2017


def codes_of(codes: Codes, year: int) -> Codes:
    """The codes of a list that the census of a year has: all of them before FIRST_LISTED, whose lists are not held."""
    if year < FIRST_LISTED:
        return codes
    spans = next((spans for named, spans in YEARS if named is codes), {})
    return {code: words for code, words in codes.items() if _is_within(spans.get(code, (None, None)), year)}


def _is_within(span: tuple[int | None, int | None], year: int) -> bool:
    first, last = span
    return (first is None or first <= year) and (last is None or year <= last)
