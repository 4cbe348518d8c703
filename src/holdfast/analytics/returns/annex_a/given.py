"""What the lists of Annex A give: which tables and columns each fills, and for which days it answers.

Not here: what a line becomes (rows.py, looked_after.py). Rule: a list that is not there gives nothing.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from holdfast.analytics.calendar import add_months
from holdfast.analytics.returns.annex_a.lists import CHILD, LISTS
from holdfast.analytics.returns.reading import Gives

MONTHS_BACK = 6
# By list: the tables it fills, with the ids that the reader makes for each.
IDS: Mapping[int, Mapping[str, str]] = {
    1: {"contacts": "cont_contact_id cont_person_id"},
    2: {"early_help_episodes": "earl_episode_id earl_person_id"},
    3: {"cin_episodes": "cine_referral_id cine_person_id"},
    4: {"cin_assessments": "cina_assessment_id cina_person_id cina_referral_id"},
    5: {
        "s47_enquiry": "s47e_s47_enquiry_id s47e_referral_id s47e_person_id",
        "initial_cp_conference": "icpc_icpc_id icpc_s47_enquiry_id icpc_person_id icpc_referral_id",
    },
    6: {"cin_episodes": "cine_referral_id cine_person_id", "cin_visits": "cinv_cin_visit_id cinv_person_id"},
    7: {
        "cp_plans": "cppl_cp_plan_id cppl_referral_id cppl_person_id",
        "cp_reviews": "cppr_cp_review_id cppr_person_id cppr_cp_plan_id",
        "cp_visits": "cppv_cp_visit_id cppv_person_id cppv_cp_plan_id",
    },
    8: {
        "cla_episodes": "clae_cla_episode_id clae_person_id clae_cla_episode_start_date clae_cla_id "
        "clae_cla_placement_id",
        "legal_status": "lega_legal_status_id lega_person_id",
        "cla_placement": "clap_cla_placement_id clap_person_id clap_cla_id",
        "cla_reviews": "clar_cla_review_id clar_cla_person_id clar_cla_id",
        "cla_visits": "clav_cla_visit_id clav_person_id clav_cla_id",
        "cla_health": "clah_health_check_id clah_person_id clah_health_check_type",
        "immigration_status": "immi_immigration_status_id immi_person_id",
    },
    9: {"care_leavers": "clea_table_id clea_person_id"},
    10: {"permanence": "perm_table_id perm_person_id"},
}
PREFIXES = {
    "contacts": "cont_",
    "early_help_episodes": "earl_",
    "cin_episodes": "cine_",
    "cin_assessments": "cina_",
    "s47_enquiry": "s47e_",
    "initial_cp_conference": "icpc_",
    "cin_visits": "cinv_",
    "cp_plans": "cppl_",
    "cp_reviews": "cppr_",
    "cp_visits": "cppv_",
    "cla_episodes": "clae_",
    "legal_status": "lega_",
    "cla_placement": "clap_",
    "cla_reviews": "clar_",
    "cla_visits": "clav_",
    "cla_health": "clah_",
    "immigration_status": "immi_",
    "care_leavers": "clea_",
    "permanence": "perm_",
}
# The tables whose list holds all of the last six months (and all that was still open), so that it answers for them.
WHOLE = {1: "contacts", 2: "early_help_episodes", 3: "cin_episodes", 4: "cin_assessments", 7: "cp_plans"}
LAST_SEEN = "cinv_cin_visit_date"
"""What list 6 says of the day a child was last seen: the latest visit, and a fact of the case."""
OF_ENQUIRIES = ("s47_enquiry", "initial_cp_conference")


def columns_of(present: Mapping[int, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """The columns of each table that lists with these columns fill."""
    found: dict[str, dict[str, None]] = {}
    people = [
        name for name in ("pers_sex", "pers_ethnicity", "pers_dob") if any(name in own for own in present.values())
    ]
    if present:
        found["person"] = dict.fromkeys([CHILD, *people])
    if LAST_SEEN in present.get(6, ()):
        found["cin_episodes"] = {"cine_last_seen_date": None}
    for number, own in sorted(present.items()):
        for table, ids in IDS.get(number, {}).items():
            named = [name for name in LISTS[number].columns if name in own and name.startswith(PREFIXES[table])]
            if named:
                found.setdefault(table, {}).update(dict.fromkeys([*ids.split(), *named]))
    return {table: tuple(names) for table, names in found.items()}


def gives_with(present: Mapping[int, frozenset[str]]) -> Callable[[date], Gives]:
    """What lists with these columns give: the six months up to the day they describe, and of the others no day.

    The first day is the one after the same day six months earlier: a list of "the last 6 months" that was made on any
    day of the month holds it for certain. Who a child is, and care leavers as they are, is of the day itself.
    """

    def gives(as_at: date) -> Gives:
        columns, since = columns_of(present), dict[str, date]()
        first = add_months(as_at, -MONTHS_BACK) + timedelta(days=1)
        since |= {table: first for number, table in WHOLE.items() if number in present}
        if 5 in present:
            since |= dict.fromkeys(OF_ENQUIRIES, first)
        if "person" in columns:
            since["person"] = first
        if 9 in present:
            since["care_leavers"] = as_at
        return Gives(columns, since)

    return gives


EVERY = {number: frozenset(shape.columns) for number, shape in LISTS.items() if number in IDS}
gives = gives_with(EVERY)
