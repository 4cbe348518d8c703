"""The tables of what others published: figures with their symbols, and models of statistical neighbours.

No row is about a child. Rule: what was printed is kept as it was, and a symbol is never a number.
"""

from types import MappingProxyType

from holdfast.analytics.tables.codes import Codes
from holdfast.analytics.tables.shapes import Table, decimal_column, key_column, text_column, whole_column

SYMBOLS: Codes = MappingProxyType(
    {
        "c": "hidden by the Department, because it is small or would give a small number away",
        "k": "rounds to nought, and is not nought",
        "low": "rounds to nought, and is not nought",
        "u": "not reliable enough to publish",
        "x": "not available",
        "z": "does not apply",
        ":": "not available",
        "": "not given",
    }
)
"""What each symbol stands for, in the Department's guidance to its tables. An empty cell is "not given"."""

PUBLISHED_FIGURES = Table(
    "published_figures",
    (
        key_column("publ_table_id", "<table>|<level>|<area>|<year>|<group>|<measure>|<place among equal ones>."),
        text_column("publ_table", "The table: C1, D3, D5, B1, workforce, population; else its first measure."),
        text_column("publ_release", "Which release it is, by the years it holds.", "Never empty."),
        text_column("publ_level", "National, Regional, Local authority, or as it is printed.", "Never empty."),
        text_column("publ_area_code", "A council's three digits, else the place's own code.", "None printed."),
        text_column("publ_area", "The place in words.", "None printed."),
        text_column("publ_region_code", "The region of a council.", "Not in a region, or none printed."),
        whole_column("publ_year", "The year in which the period ends.", "Not understood."),
        text_column("publ_group", "What the row is of, where the table has several for a place and year.", "One only."),
        text_column("publ_measure", "The heading of the column.", "Never empty."),
        decimal_column("publ_number", "The number.", "A symbol stands for it, or it is none: see what is shown."),
        text_column("publ_symbol", "The symbol printed instead.", "A number is printed.", codes=SYMBOLS),
        text_column("publ_shown", "The cell as it is printed.", "The cell is empty."),
    ),
    ("publ_table_id",),
    "One row per cell of a table that others publish. Supplied by published files.",
    supplied_by=("published",),
    is_of_children=False,
)

PUBLISHED_NEIGHBOURS = Table(
    "published_neighbours",
    (
        key_column("neig_table_id", "<model>|<council>|<place>."),
        text_column("neig_model", "The year of the model: 2021 or 2025.", "Never empty."),
        text_column("neig_area_code", "The council's three digits.", "Never empty."),
        whole_column("neig_place", "The neighbour's place, the nearest first, 1 to 10.", "Never empty."),
        text_column("neig_neighbour_code", "The neighbour's three digits.", "Never empty."),
        text_column("neig_closeness", "How close, in the model's words.", "None printed."),
    ),
    ("neig_table_id",),
    "One row per council and statistical neighbour of a model. Supplied by published files.",
    supplied_by=("published",),
    is_of_children=False,
)

BENCHMARKS = (PUBLISHED_FIGURES, PUBLISHED_NEIGHBOURS)
