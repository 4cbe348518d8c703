"""Turns the lines of lists 8 to 10 into rows: children in care, care leavers, and ways to adoption.

List 8 says only where a child is now: one row of each table, which answers for no day (reader.gives). Postcodes, and
how often a child was missing, are not kept. Not here: lists 1 to 7 (rows.py).
"""

from collections.abc import Callable, Mapping

from holdfast.analytics.returns.annex_a.rows import Line, Tables

UASC = "UASC"


def child_in_care(tables: Tables, line: Line) -> None:
    child, began = line.child, line["clae_entered_care_date"]
    tables.backwards("cla_episodes", line, "clae_entered_care_date", "clae_cla_episode_ceased_date")
    placed, status = line["clap_cla_placement_start_date"], line["lega_legal_status_start_date"]
    since = max((day for day in (began, placed, status) if day is not None), default=None)
    period = None if began is None else f"{child}|K|{tables.day(began)}"
    placement = None
    if placed is not None or line["clap_cla_placement_type"] is not None:
        placement = tables.placed(f"{child}|PL|{tables.day(placed)}")
        ids = {"clap_cla_placement_id": placement, "clap_person_id": child, "clap_cla_id": period}
        tables.add("cla_placement", line, ids)
    ids = {
        "clae_cla_episode_id": tables.placed(f"{child}|E|{tables.day(since)}"),
        "clae_person_id": child,
        "clae_cla_episode_start_date": since,
        "clae_cla_id": period,
        "clae_cla_placement_id": placement,
    }
    tables.add("cla_episodes", line, ids)
    if status is not None or line["lega_legal_status"] is not None:
        own = tables.placed(f"{child}|LS|{tables.day(status)}")
        tables.add("legal_status", line, {"lega_legal_status_id": own, "lega_person_id": child})
    if line["immi_immigration_status"]:
        own = tables.placed(f"{child}|I")
        ids = {"immi_immigration_status_id": own, "immi_person_id": child, "immi_immigration_status": UASC}
        tables.add("immigration_status", line, ids)
    _latest(tables, line, period)


def _latest(tables: Tables, line: Line, period: str | None) -> None:
    """The latest review, visit and checks: a row of each that has a day."""
    child = line.child
    if (day := line["clar_cla_review_date"]) is not None:
        own = tables.placed(f"{child}|CR|{tables.day(day)}")
        tables.add("cla_reviews", line, {"clar_cla_review_id": own, "clar_cla_person_id": child, "clar_cla_id": period})
    if (day := line["clav_cla_visit_date"]) is not None:
        own = tables.placed(f"{child}|CV|{tables.day(day)}")
        tables.add("cla_visits", line, {"clav_cla_visit_id": own, "clav_person_id": child, "clav_cla_id": period})
    for kind, column in (("HEALTH_ASSESSMENT", "clah_health_check_date"), ("TEETH_CHECK", "teeth_check_date")):
        if (day := line[column]) is not None:
            ids = {
                "clah_health_check_id": tables.placed(f"{child}|H|{kind}|{tables.day(day)}"),
                "clah_person_id": child,
                "clah_health_check_type": kind,
                "clah_health_check_date": day,
            }
            tables.add("cla_health", line, ids)


def care_leaver(tables: Tables, line: Line) -> None:
    place, suitable = line["clea_care_leaver_accommodation"], line["clea_care_leaver_accom_suitable"]
    ids = {"clea_table_id": tables.placed(f"{line.child}|CL"), "clea_person_id": line.child}
    if place is not None and suitable is None:
        # The code is of both the place and whether it is suitable, so that half of it is not understood.
        line = Line(line.number, line.child, line.values, line.unread | {"clea_care_leaver_accommodation"})
        line = Line(line.number, line.child, {**line.values, "clea_care_leaver_accommodation": None}, line.unread)
    elif place is not None:
        ids["clea_care_leaver_accommodation"] = f"{place}{suitable}"
    tables.add("care_leavers", line, ids)


def adoption(tables: Tables, line: Line) -> None:
    tables.add("permanence", line, {"perm_table_id": tables.placed(f"{line.child}|A"), "perm_person_id": line.child})


LATER_LISTS: Mapping[int, Callable[[Tables, Line], None]] = {8: child_in_care, 9: care_leaver, 10: adoption}
