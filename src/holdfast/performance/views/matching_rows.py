"""What the pages of matching a file's columns show: where somebody is, what is left, and every sheet.

Rule: every cell arrives formatted; of a sheet's rows only what they are made of is said, and no value of a child.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from holdfast.pages.tables import Cell, Column, link, table
from holdfast.pages.words import counted, listed, lower_first

if TYPE_CHECKING:
    from holdfast import analytics
    from holdfast.performance.selectors.own_headings import MatchingStep

ROWS_NOT_SHOWN: Final = (
    "Open the file beside this page: rows are numbered as a spreadsheet numbers them. What stands in them may be "
    "about children, so it is not shown here. Said of each row is how many of its cells are filled, which of them are "
    "headings that are known, and how many look like values. Which row it is holds for later files too."
)
MOST_NAMED: Final = 4  # of the headings that are known in a row


def to_match_words(n_lists: int, n_headings: int) -> str:
    """ "9 lists with 55 headings mean nothing yet"; "" where all is matched."""
    if not n_lists:
        return ""
    lists = "1 list or sheet" if n_lists == 1 else f"{n_lists} lists or sheets"
    if not n_headings:
        return f"{lists} of which something has still to be said."
    heads = "1 heading" if n_headings == 1 else f"{n_headings} headings"
    return f"{lists} with {heads} that {'means' if n_headings == 1 else 'mean'} nothing yet."


def matching_rows(step: "MatchingStep", programme: str, token: str, number: int) -> dict[str, Any]:
    """Where somebody is in matching, what else is left, and every sheet."""
    if not step.sheets:
        where = ""
    elif not step.place:
        where = "First, which list is each of these sheets?"
    else:
        sheet = step.sheets[0]
        where = f"List {step.place} of {step.n_lists}: {sheet.name}, which is list {sheet.number}"
    rest = to_match_words(step.n_lists_left, step.n_headings_left).removesuffix(".")
    return {
        "where": where,
        "left": f"After this: {lower_first(rest)}." if rest and step.sheets else "",
        "skip_to": step.skip_to,
        "problems": [] if step.sheets and not step.place else _problems(step),
        "sheet_table": _sheet_table(step, (programme, token, number)),
    }


def _problems(step: "MatchingStep") -> list[str]:
    """What stops a list from being read, and what is doubted of the one that is asked about."""
    said = [
        f"{sheet.name}: {sheet.problem}"
        for sheet in step.seen
        if sheet.problem and sheet.is_list and (sheet.asks_for_row or not sheet.row or sheet in step.sheets)
    ]
    return [*said, *map(_lacking_words, step.lacking)]


def _lacking_words(sheet: "analytics.SheetSeen") -> str:
    return (
        f"{sheet.name} cannot be read as list {sheet.number}: it has no column {listed(sheet.needs)}, and each of its "
        "columns means something else. Say its columns again, or say another row or list; else it is left out."
    )


def _unread_words(sheet: "analytics.SheetSeen") -> str:
    """ "2 columns are not read (C and F)": of those that cannot be shown, which nobody has said anything of."""
    n, letters = len(sheet.unsaid), listed(sorted(sheet.unsaid.values(), key=lambda letter: (len(letter), letter)))
    return f"{counted(n, 'column')} {'is' if n == 1 else 'are'} not read ({letters})" if n else ""


def _sheet_table(step: "MatchingStep", page: tuple[str, str, int]) -> Any:
    """Every sheet, with what is understood of it, and where to say each of it again."""
    lists = [sheet for sheet in step.seen if sheet.number]

    def what(place: int) -> Cell:
        sheet = step.seen[place]
        words = (
            "none of the lists" if sheet.number == 0 else f"List {sheet.number}" if sheet.number else "not known yet"
        )
        return link(words, "match_columns", *page, hidden=f": say again which list {sheet.name} is", lists="again")

    def row(place: int) -> Cell:
        sheet = step.seen[place]
        words = f"Row {sheet.row}" if sheet.row else "not known"
        return link(words, "heading_row", *page, place, hidden=f": say which row of {sheet.name} holds its headings")

    def columns(place: int) -> Cell:
        sheet = step.seen[place]
        if not sheet.number or sheet.asks_for_row:
            return ""
        left = counted(sheet.n_questions, "heading") if sheet.n_questions else ""
        words = f"{left} left" if left else _unread_words(sheet) or "Every heading is known"
        asked = str(lists.index(sheet) + 1)
        return link(words, "match_columns", *page, hidden=f": say what the columns of {sheet.name} mean", list=asked)

    heads = [
        Column[int]("Sheet", lambda place: step.seen[place].name),
        Column("Which list", what),
        Column("Headings taken from", row),
        Column("Its columns", columns),
    ]
    return table("The sheets as they are understood", heads, range(len(step.seen)))


def row_choices(rows: "Sequence[analytics.RowSeen]") -> list[tuple[int, str]]:
    """Each row's number, and what it is made of, in words."""
    return [(row.number, f"Row {row.number}: {_row_words(row)}") for row in rows]


def _row_words(row: "analytics.RowSeen") -> str:
    """ "7 cells, 3 of them headings that are known (DOB, Sex and Team)"; "9 cells, 8 of them like values"."""
    said = [counted(row.n_filled, "cell")]
    if row.known:
        more = [f"{len(row.known) - MOST_NAMED} more"] if len(row.known) > MOST_NAMED else []
        said.append(f"{len(row.known)} of them headings that are known ({listed([*row.known[:MOST_NAMED], *more])})")
    if row.n_values:
        said.append(f"{row.n_values} of them like values")
    return ", ".join(said)


def matched_words(left: "MatchingStep") -> str:
    """What to say once something was matched: that it is kept, and what is left."""
    if left.sheets:
        n_headings = left.n_headings_left + sum(sheet.n_questions for sheet in left.sheets if sheet.number)
        rest = f"Left: {to_match_words(left.n_lists_left + len(left.sheets), n_headings)}"
    elif left.headless or left.lacking:
        names = listed([sheet.name for sheet in (*left.headless, *left.lacking)])
        rest = f"{names} cannot be read yet: what is wrong is said below."
    else:
        unread = [
            f"of {sheet.name}, {words}" for sheet in left.seen if sheet.number and (words := _unread_words(sheet))
        ]
        rest = "Nothing is left to match."
        if unread:
            rest = (
                f"Every heading that can be shown is known. But {listed(unread)}: there is no heading over it, or one "
                "that may be about a child. Where it is wanted, see what the columns mean, and say what this one does."
            )
    return f"What you said is kept, and the next file with these headings is read by it. {rest}"
