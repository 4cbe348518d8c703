"""Small census files of invented children, and files that no reader should take. Written by hand, checked by eye."""

from datetime import date, timedelta
from pathlib import Path

AUTHORITY = "998"
AS_AT = date(2014, 1, 31)


def _child(number: int, episodes: str) -> str:
    return (
        f"<Child><ChildIdentifiers><LAchildID>CHILD-{number:06d}</LAchildID><UPNunknown>UN7</UPNunknown>"
        "<PersonBirthDate>2005-05-01</PersonBirthDate><GenderCurrent>1</GenderCurrent></ChildIdentifiers>"
        "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>"
        "<Disabilities><Disability>NONE</Disability></Disabilities></ChildCharacteristics>"
        f"{episodes}</Child>\n"
    )


def _episode(referred: date, *, nfa: bool, odd: bool = False) -> str:
    closed = "2013-02-30" if odd else (referred + timedelta(days=5)).isoformat()
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>1A</ReferralSource>"
        f"<CINclosureDate>{closed}</CINclosureDate><ReasonForClosure>RC8</ReasonForClosure>"
        f"<ReferralNFA>{'true' if nfa else 'false'}</ReferralNFA></CINdetails>"
    )


def census(
    *,
    authority: str = AUTHORITY,
    as_at: date | None = AS_AT,
    n_children: int = 40,
    first: date = date(2013, 4, 2),
    n_odd: int = 1,
) -> str:
    """A census of invented children referred one a week; every fifth again 60 days later (where that is not
    after the file's day), every tenth with no action.

    The first `n_odd` children carry a closure date that does not exist: one fault each.
    """
    children = []
    for number in range(1, n_children + 1):
        referred = first + timedelta(days=7 * (number - 1))
        episodes = _episode(referred, nfa=number % 10 == 0, odd=number <= n_odd)
        if number % 5 == 0 and referred + timedelta(days=60) <= (as_at or AS_AT):
            episodes += _episode(referred + timedelta(days=60), nfa=False)
        children.append(_child(number, episodes))
    reference = f"<ReferenceDate>{as_at}</ReferenceDate>" if as_at else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>'
        f"<Year>2014</Year>{reference}</CollectionDetails><Source><SourceLevel>L</SourceLevel>"
        f"<LEA>{authority}</LEA><SoftwareCode>Invented</SoftwareCode><Release>1</Release><SerialNo>001</SerialNo>"
        "<DateTime>2014-01-31T23:59:59</DateTime></Source></Header>\n<Children>\n"
        + "".join(children)
        + "</Children>\n</Message>\n"
    )


def write(folder: Path, text: str | bytes, name: str = "census.xml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


UNREADABLE = {
    "truncated": census().encode()[:3000],
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "wrong root": b"<?xml version='1.0'?><Accounts><Child/></Accounts>",
    "doctype": b"<?xml version='1.0'?><!DOCTYPE Message [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><Message>&a;</Message>",
    "laughs": b"<!DOCTYPE Message [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><Message>&b;</Message>",
}
