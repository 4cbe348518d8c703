"""What a whole file says of itself: which column was lost, all or most of it, and what was written in a way of its own.

Not here: what is wrong with one value (blocks.py, rules.py). Rule: a loss is as loud as it is large, with "n of
n" in words; what is understood all the same is said once, and not once for each value.
"""

from collections import Counter
from collections.abc import Iterator

from holdfast.analytics.returns.cells import is_most
from holdfast.analytics.returns.cin_census.blocks import Blocks
from holdfast.analytics.returns.cin_census.shapes import ELEMENTS, NOT_NEEDED, OTHER_NAMES, in_other_letters
from holdfast.analytics.returns.values import Readable
from holdfast.analytics.returns.writing import Gathered


def losses(gathered: Gathered, blocks: Blocks, n_children: int, n_unkeyable: int) -> list[str]:
    """Each loss that stops a file until somebody accepts it, in a sentence. `n_unkeyable`: children not kept."""
    found = [_in_other_letters(name, n) for name, n in sorted(blocks.other_letters.items())]
    if is_most(n_unkeyable, n_children):
        found.append(f"{n_unkeyable:,} of {n_children:,} children have no reference (LAchildID) that can be read.")
    read, unread, missing = (_added(gathered, name) for name in ("n_read", "n_unread", "n_missing"))
    for column, element in ELEMENTS.items():
        lost = unread[column] + missing[column]
        sent = read[column] + lost
        if column not in NOT_NEEDED and is_most(lost, sent):
            why = "could not be understood" if not missing[column] else "are missing or could not be understood"
            found.append(f"{lost:,} of {sent:,} values of {element} {why}.")
    return found


def _added(gathered: Gathered, name: str) -> Counter[str]:
    """By column, over every table: the conference's marks stand in the tables that its elements stand in."""
    counts: Counter[str] = Counter()
    for rows in gathered.tables.values():
        counts.update(getattr(rows, name))
    return counts


def _in_other_letters(name: str, n: int) -> str:
    elements = "element is" if n == 1 else "elements are"
    return (
        f"{n:,} {elements} named {name[:60]}, where the census has {in_other_letters(name)}: not one of them was read."
    )


def other_forms(blocks: Blocks) -> Iterator[tuple[str, str, str]]:
    """What was understood though it was not written as the census writes it: rule, column and words, once for each."""
    yield from _values(
        "midnight", blocks.readers["date"], "date carries a time of midnight", "dates carry a time of midnight"
    )
    yield from _values("yes-and-no", blocks.readers["flag"], "flag is written Y or N", "flags are written Y or N")
    for name, n in sorted(blocks.other_names.items()):
        is_named = "element is" if n == 1 else "elements are"
        yield "other-name", name, f"{n:,} {is_named} named {name}. Each was read as {OTHER_NAMES[name]}."
    if n := blocks.other_ways["loose-factors"]:
        stand = "factor stands" if n == 1 else "factors stand"
        yield (
            "loose-factors",
            "AssessmentFactors",
            f"{n:,} {stand} directly inside an assessment. Each was read as its.",
        )
    if n := blocks.other_ways["several-lists"]:
        lists = "list of codes is" if n == 1 else "lists of codes are"
        yield "several-lists", "", f"{n:,} {lists} in several elements, one after another. Each was read as one list."


def _values(rule: str, reader: Readable, one: str, many: str) -> Iterator[tuple[str, str, str]]:
    n = reader.n_other
    if not n:
        return
    counted = f"1 {one}" if n == 1 else f"{n:,} {many}"
    whole = f"All {counted}" if not reader.has_own and n > 1 else f"{counted[0].upper()}{counted[1:]}"
    rest = ", and others are as the census has them" if reader.has_own else ""
    yield rule, "", f"{whole}{rest}. Each was read as what it can only mean."
