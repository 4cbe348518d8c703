"""Which table of the SSD becomes which canonical table, and how the ids of its rows are made.

An id follows from what the row says (child, day, place), as the census reader makes it, so that one record has one id
whichever return it came in; where the SSD's own id is the only one, it is kept. Not here: the reading (reader.py).
SOURCE: the SSD's specification. A column has the SSD's name, so nothing is listed but what differs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from holdfast.analytics.tables.contracts import TABLES


@dataclass(frozen=True)
class Plan:
    """`source` is the SSD's table; `own` its key, and `child` the field of the child's reference ("" when about none).

    `letter` None: the id is <child>|<the SSD's own id>. Otherwise it is <stem>|<letter>|<day>|<place>, the stem being
    the id of the first linked record that is known, or the child's reference. `links`: fields that name a row of
    another table. `teams`: fields that hold a team's id, shown by its name where the extract has the teams.
    """

    source: str
    own: str
    child: str
    letter: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    stems: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    day: str | None = None

    @property
    def table(self) -> str:
        return self.source

    @property
    def fields(self) -> dict[str, str]:
        """The SSD's field of each canonical column that comes from one as it is."""
        made = {self.own, self.child, *self.links}
        return {name: name for name in TABLES[self.table].column_names if name not in made}

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every field that is read."""
        return tuple(dict.fromkeys(each for each in (self.own, self.child, *self.links, *self.fields) if each))


PERIODS: Final = "periods"
"""Not a table: the periods of care, by the SSD's own id, that the episodes name (clae_cla_id)."""
_REFERRAL = "cin_episodes"
PLANS: Final = (
    Plan("person", "pers_person_id", "pers_person_id"),
    Plan("disability", "disa_table_id", "disa_person_id", "D", day="disa_disability_code"),
    Plan("contacts", "cont_contact_id", "cont_person_id"),
    Plan("early_help_episodes", "earl_episode_id", "earl_person_id"),
    Plan("cin_episodes", "cine_referral_id", "cine_person_id", "", teams=("cine_referral_team",)),
    Plan(
        "cin_assessments",
        "cina_assessment_id",
        "cina_person_id",
        "A",
        links={"cina_referral_id": _REFERRAL},
        stems=("cina_referral_id",),
        teams=("cina_assessment_team",),
    ),
    Plan(
        "cin_plans",
        "cinp_cin_plan_id",
        "cinp_person_id",
        "N",
        links={"cinp_referral_id": _REFERRAL},
        stems=("cinp_referral_id",),
        teams=("cinp_cin_plan_team",),
    ),
    Plan("cin_visits", "cinv_cin_visit_id", "cinv_person_id"),
    Plan(
        "s47_enquiry",
        "s47e_s47_enquiry_id",
        "s47e_person_id",
        "S",
        links={"s47e_referral_id": _REFERRAL},
        stems=("s47e_referral_id",),
        teams=("s47e_s47_completed_by_team",),
    ),
    Plan(
        "initial_cp_conference",
        "icpc_icpc_id",
        "icpc_person_id",
        "C",
        links={"icpc_s47_enquiry_id": "s47_enquiry", "icpc_referral_id": _REFERRAL},
        stems=("icpc_s47_enquiry_id", "icpc_referral_id"),
        teams=("icpc_icpc_team",),
    ),
    Plan(
        "cp_plans",
        "cppl_cp_plan_id",
        "cppl_person_id",
        "P",
        links={"cppl_referral_id": _REFERRAL, "cppl_icpc_id": "initial_cp_conference"},
        stems=("cppl_referral_id",),
    ),
    Plan(
        "cp_reviews",
        "cppr_cp_review_id",
        "cppr_person_id",
        "R",
        links={"cppr_cp_plan_id": "cp_plans"},
        stems=("cppr_cp_plan_id",),
    ),
    Plan("cp_visits", "cppv_cp_visit_id", "cppv_person_id", links={"cppv_cp_plan_id": "cp_plans"}),
    Plan("pre_proceedings", "prep_table_id", "prep_person_id", "L"),
    Plan("cla_placement", "clap_cla_placement_id", "clap_person_id", "PL"),
    Plan(
        "cla_episodes",
        "clae_cla_episode_id",
        "clae_person_id",
        "E",
        links={"clae_referral_id": _REFERRAL, "clae_cla_placement_id": "cla_placement"},
    ),
    Plan("legal_status", "lega_legal_status_id", "lega_person_id", "LS"),
    Plan("cla_reviews", "clar_cla_review_id", "clar_cla_person_id", "CR", links={"clar_cla_id": PERIODS}),
    Plan("cla_visits", "clav_cla_visit_id", "clav_person_id", "CV", links={"clav_cla_id": PERIODS}),
    Plan("cla_previous_permanence", "lapp_table_id", "lapp_person_id", "PP", day="lapp_previous_permanence_order_date"),
    Plan("cla_health", "clah_health_check_id", "clah_person_id", "H"),
    Plan("sdq_scores", "csdq_table_id", "csdq_person_id", "Q"),
    Plan("missing", "miss_table_id", "miss_person_id", "M"),
    Plan("care_leavers", "clea_table_id", "clea_person_id", "CL", teams=("clea_care_leaver_allocated_team",)),
    Plan("permanence", "perm_table_id", "perm_person_id", "A"),
    Plan("immigration_status", "immi_immigration_status_id", "immi_person_id", "I"),
    Plan(
        "involvements",
        "invo_involvements_id",
        "invo_person_id",
        "W",
        links={"invo_referral_id": _REFERRAL},
        teams=("invo_professional_team",),
    ),
    Plan("department", "dept_team_id", ""),
    Plan("professionals", "prof_professional_id", "", teams=("prof_professional_department",)),
)
FACTORS: Final = "assessment_factors"
FACTORS_OWN, FACTORS_LINK, FACTORS_LIST = "cinf_table_id", "cinf_assessment_id", "cinf_assessment_factors_json"
OUTCOME: Final = "s47e_s47_outcome_json"
OPPOSITE: Final = {"y": "N", "t": "N", "1": "N", "true": "N", "n": "Y", "f": "Y", "0": "Y", "false": "Y"}
CONFERENCE_FLAG: Final = "CP_CONFERENCE_FLAG"
"""Of an enquiry's outcome, which the SSD keeps as JSON with somebody's comments, only this is read."""
TEAM_NAME: Final = "dept_team_name"
NOT_USED: Final = frozenset(
    {
        *("family", "address", "mother", "cla_convictions", "cla_immunisations", "cla_substance_misuse"),
        *("cla_care_plan", "send", "ehcp_requests", "ehcp_assessment", "ehcp_named_plan", "ehcp_active_plans"),
        *("sen_need", "voice_of_child", "linked_identifiers", "s251_finance", "version_log", "api_data_staging"),
        *("cohort", "dim_date", "pre_cla_care_plan"),
    }
)
"""Tables of the SSD that are not read: no measure needs them, and several hold what is nobody's to keep here."""
EXPECTED: Final = frozenset(
    {"person", "cin_episodes", "cin_assessments", "s47_enquiry", "initial_cp_conference", "cp_plans", "cp_reviews"}
)
"""Tables without which figures are missing, so that their absence is said."""


def without_comments(column: str, cell: str | None) -> str | None:
    """A cell as it may be written down: of an enquiry's outcome only whether a conference was decided on."""
    if column != OUTCOME or cell is None:
        return cell
    try:
        said = json.loads(cell)
    except ValueError:
        said = cell.strip()
    if isinstance(said, dict):
        flag = said.get(CONFERENCE_FLAG)
        return None if flag is None or isinstance(flag, dict | list) else str(flag)[:20]
    return str(said) if str(said).lower() in OPPOSITE else None  # it was taken out before, when a database was copied


def not_required(flag: str | None, nfa: str | None) -> str | None:
    """Whether no conference was required, as a flag that can be read, from what was decided and from the SSD's NFA.

    An enquiry that led to no further action needed none. One that led to something else may have needed none either,
    so that "N" alone does not say.
    """
    if flag is not None and flag.strip():
        return OPPOSITE.get(flag.strip().lower(), flag)
    is_no = nfa is not None and nfa.strip().lower() in ("n", "no", "f", "0", "false")
    return None if is_no else nfa
