"""The tables of children looked after and care leavers: episodes, legal status, placements, reviews, visits, missing.

Names follow the SSD. An episode here is one row of the SSDA903: a change of placement or of legal status begins a new
one. Placements and legal statuses last across it where they do not change. Not here: reading files (returns/). Rule:
no postcode and nobody's name, what a child was convicted of or misused is not kept, and neither is who adopts.
"""

from holdfast.analytics.tables import codes as census
from holdfast.analytics.tables import codes_looked_after as c
from holdfast.analytics.tables.shapes import (
    NOT_KNOWN,
    NOT_SENT,
    Lasting,
    Table,
    child_column,
    date_column,
    decimal_column,
    flag_column,
    key_column,
    text_column,
    whole_column,
)

_SUPPLIERS = ("ssda903", "ssd", "daily_feed", "annex_a")
_BY = "Supplied by the SSDA903, the SSD, the daily feed and Annex A; no census carries it."
_PERIOD = text_column(
    "clae_cla_id", "The period of care: <child>|K|<day it began>.", "The return does not say when the period began."
)

CLA_EPISODES = Table(
    "cla_episodes",
    (
        key_column("clae_cla_episode_id", "<child>|E|<start date>|<place among those of that day, from 1>."),
        child_column("clae_person_id"),
        date_column("clae_cla_episode_start_date", "The day it began (DECOM).", NOT_KNOWN),
        text_column("clae_cla_episode_start_reason", "Why it began (RNE).", NOT_KNOWN, codes=c.START_REASON),
        text_column("clae_cla_primary_need_code", "The child's need (CIN).", NOT_KNOWN, codes=census.PRIMARY_NEED),
        date_column("clae_cla_episode_ceased_date", "The day it ceased (DEC).", "Goes on at the as-at date."),
        text_column("clae_cla_episode_ceased_reason", "Why (REC).", "Goes on, or not known.", codes=c.CEASED_REASON),
        _PERIOD,
        text_column("clae_referral_id", "The episode of need (cin_episodes).", "The supplier does not link it."),
        text_column("clae_cla_placement_id", "The placement (cla_placement).", "The supplier does not link it."),
        date_column("clae_entered_care_date", "The day the period of care began.", "Not given."),
        date_column("clae_cla_last_iro_contact_date", "The reviewing officer's last contact with the child."),
    ),
    ("clae_cla_episode_id",),
    f"One row per episode of being looked after. {_BY}",
    supplied_by=_SUPPLIERS,
    lasts=Lasting("clae_cla_episode_start_date", "clae_cla_episode_ceased_date", belongs_to=None),
    moves_on=frozenset({"clae_cla_last_iro_contact_date"}),
)

LEGAL_STATUS = Table(
    "legal_status",
    (
        key_column("lega_legal_status_id", "<child>|LS|<start date>|<place among those of that day, from 1>."),
        child_column("lega_person_id"),
        text_column("lega_legal_status", "The legal status (LS).", NOT_KNOWN, codes=c.LEGAL_STATUS),
        date_column("lega_legal_status_start_date", "The day it began.", NOT_KNOWN),
        date_column("lega_legal_status_end_date", "The day it ended.", "Goes on at the as-at date."),
    ),
    ("lega_legal_status_id",),
    f"One row per legal status of a child looked after, for as long as it lasted. {_BY}",
    supplied_by=_SUPPLIERS,
    lasts=Lasting("lega_legal_status_start_date", "lega_legal_status_end_date", belongs_to=None),
)

CLA_PLACEMENT = Table(
    "cla_placement",
    (
        key_column("clap_cla_placement_id", "<child>|PL|<start date>|<place among those of that day, from 1>."),
        child_column("clap_person_id"),
        date_column("clap_cla_placement_start_date", "The day it began.", NOT_KNOWN),
        text_column("clap_cla_placement_type", "What it is (PLACE).", NOT_KNOWN, codes=c.PLACEMENT),
        text_column("clap_cla_placement_urn", "Ofsted's number of the provider (URN).", "None, or not recorded."),
        decimal_column("clap_cla_placement_distance", "Miles from home.", NOT_SENT),
        text_column("clap_cla_id", _PERIOD.means, _PERIOD.null_means),
        text_column("clap_cla_placement_provider", "Whose it is (PLACE_PROVIDER).", NOT_KNOWN, codes=c.PROVIDER),
        date_column("clap_cla_placement_end_date", "The day it ended.", "Goes on at the as-at date."),
        text_column(
            "clap_cla_placement_change_reason",
            "Why it ended (REASON_PLACE_CHANGE).",
            "Goes on, ended with the care, or not recorded.",
            codes=c.CHANGE_REASON,
        ),
    ),
    ("clap_cla_placement_id",),
    f"One row per placement, for as long as it lasted. {_BY}",
    supplied_by=_SUPPLIERS,
    lasts=Lasting("clap_cla_placement_start_date", "clap_cla_placement_end_date", belongs_to=None),
)

CLA_REVIEWS = Table(
    "cla_reviews",
    (
        key_column("clar_cla_review_id", "<child>|CR|<review date>|<place among those of that day, from 1>."),
        child_column("clar_cla_person_id"),
        text_column("clar_cla_id", _PERIOD.means, _PERIOD.null_means),
        date_column("clar_cla_review_due_date", "The day by which it was due.", NOT_SENT),
        date_column("clar_cla_review_date", "The day it was held (REVIEW).", NOT_KNOWN),
        flag_column("clar_cla_review_cancelled", "It was cancelled.", NOT_SENT),
        text_column(
            "clar_cla_review_participation", "How the child took part (REVIEW_CODE).", NOT_KNOWN, codes=c.PARTICIPATION
        ),
    ),
    ("clar_cla_review_id",),
    f"One row per review of a child looked after. {_BY} Annex A gives the latest alone.",
    supplied_by=_SUPPLIERS,
    dated="clar_cla_review_date",
)

CLA_VISITS = Table(
    "cla_visits",
    (
        key_column("clav_cla_visit_id", "<child>|CV|<visit date>|<place among those of that day, from 1>."),
        child_column("clav_person_id"),
        text_column("clav_cla_id", _PERIOD.means, _PERIOD.null_means),
        date_column("clav_cla_visit_date", "The day of the visit.", NOT_KNOWN),
        flag_column("clav_cla_visit_seen", "The child was seen.", NOT_KNOWN),
        flag_column("clav_cla_visit_seen_alone", "The child was seen alone.", NOT_KNOWN),
    ),
    ("clav_cla_visit_id",),
    "One row per social work visit to a child looked after. Supplied by the SSD and Annex A (the latest alone); no "
    "census carries it.",
    supplied_by=("ssd", "annex_a"),
    dated="clav_cla_visit_date",
)

CLA_PREVIOUS_PERMANENCE = Table(
    "cla_previous_permanence",
    (
        key_column("lapp_table_id", "<child>|PP|<order date as sent>|<place among those, from 1>."),
        child_column("lapp_person_id"),
        date_column(
            "lapp_previous_permanence_order_date",
            "The day of the earlier order (DATE_PERM).",
            "Not known; or sent without its day (z in the place of a part) and not understood.",
        ),
        text_column(
            "lapp_previous_permanence_option", "What it was (PREV_PERM).", NOT_KNOWN, codes=c.PREVIOUS_PERMANENCE
        ),
        text_column("lapp_previous_permanence_la", "The code of the council that arranged it (LA_PERM).", NOT_KNOWN),
    ),
    ("lapp_table_id",),
    "One row per earlier permanent arrangement of a child looked after. Supplied by the SSDA903 and the SSD; no census "
    "carries it.",
    supplied_by=("ssda903", "ssd"),
)

CLA_HEALTH = Table(
    "cla_health",
    (
        key_column("clah_health_check_id", "<child>|H|<type>|<date, if there is one>|<place, from 1>."),
        child_column("clah_person_id"),
        text_column(
            "clah_health_check_type",
            "HEALTH_ASSESSMENT, TEETH_CHECK or HEALTH_CHECK (development, under five); else the supplier's code.",
            NOT_KNOWN,
        ),
        date_column("clah_health_check_date", "The day of it.", "The return says only whether it was done in a year."),
        text_column("clah_health_check_status", "1: done. 0: not done. Else the supplier's code.", NOT_KNOWN),
    ),
    ("clah_health_check_id",),
    "One row per health check of a child looked after. Supplied by the SSDA903 (OC2: for a whole year, without a day), "
    "the SSD and Annex A (the latest alone); no census carries it.",
    supplied_by=("ssda903", "ssd", "annex_a"),
    dated="clah_health_check_date",
    moves_on=frozenset({"clah_health_check_status"}),
)

SDQ_SCORES = Table(
    "sdq_scores",
    (
        key_column("csdq_table_id", "<child>|Q|<date, if there is one>|<place, from 1>."),
        child_column("csdq_person_id"),
        date_column("csdq_sdq_completed_date", "The day it was completed.", NOT_SENT),
        text_column("csdq_sdq_reason", "Why there is no score (SDQ_REASON).", "There is one.", codes=c.SDQ_REASON),
        whole_column("csdq_sdq_score", "The total, 0 to 40 (SDQ_SCORE).", "There is none; the reason may say why."),
    ),
    ("csdq_table_id",),
    "One row per strengths and difficulties score. Supplied by the SSDA903 (OC2: for a whole year, without a day), the "
    "SSD and the daily feed; no census carries it.",
    supplied_by=("ssda903", "ssd", "daily_feed"),
    dated="csdq_sdq_completed_date",
    moves_on=frozenset({"csdq_sdq_reason", "csdq_sdq_score"}),
)

MISSING = Table(
    "missing",
    (
        key_column("miss_table_id", "<child>|M|<start date>|<place among those of that day, from 1>."),
        child_column("miss_person_id"),
        date_column("miss_missing_episode_start_date", "The day it began (MIS_START).", NOT_KNOWN),
        text_column("miss_missing_episode_type", "Missing, or away (MISSING).", NOT_KNOWN, codes=c.MISSING_TYPE),
        date_column("miss_missing_episode_end_date", "The day it ended (MIS_END).", "Goes on at the as-at date."),
        flag_column("miss_missing_rhi_offered", "A return interview was offered.", "Not recorded, or does not apply."),
        flag_column("miss_missing_rhi_accepted", "It was accepted.", "Not recorded, or does not apply."),
    ),
    ("miss_table_id",),
    "One row per time a child was missing or away from their placement. Supplied by the SSDA903 and the SSD; no census "
    "carries it.",
    supplied_by=("ssda903", "ssd"),
    lasts=Lasting("miss_missing_episode_start_date", "miss_missing_episode_end_date", belongs_to=None),
)

CARE_LEAVERS = Table(
    "care_leavers",
    (
        key_column("clea_table_id", "<child>|CL|<place among the child's, from 1>."),
        child_column("clea_person_id"),
        text_column("clea_care_leaver_eligibility", "Why support is owed, as coded by the supplier.", NOT_KNOWN),
        text_column("clea_care_leaver_in_touch", "In touch (IN_TOUCH).", NOT_KNOWN, codes=c.IN_TOUCH),
        date_column("clea_care_leaver_latest_contact", "The day of the last contact.", NOT_SENT),
        text_column("clea_care_leaver_accommodation", "Where they live (ACCOM).", NOT_KNOWN, codes=c.ACCOMMODATION),
        text_column(
            "clea_care_leaver_accom_suitable",
            "1: suitable. 2: not suitable. From the last character of ACCOM where nothing else says it.",
            NOT_KNOWN,
        ),
        text_column("clea_care_leaver_activity", "What they do (ACTIV).", NOT_KNOWN, codes=c.ACTIVITY),
        date_column("clea_pathway_plan_review_date", "The last review of the pathway plan.", NOT_SENT),
        text_column("clea_care_leaver_allocated_team", "The team (department).", NOT_SENT),
        text_column("clea_care_leaver_worker_id", "The worker's reference (professionals).", NOT_SENT),
    ),
    ("clea_table_id",),
    "One row per young person who left care and is still owed support, as they are on the day the return describes. "
    f"{_BY}",
    supplied_by=_SUPPLIERS,
    moves_on=frozenset(
        {
            "clea_care_leaver_eligibility",
            "clea_care_leaver_in_touch",
            "clea_care_leaver_latest_contact",
            "clea_care_leaver_accommodation",
            "clea_care_leaver_accom_suitable",
            "clea_care_leaver_activity",
            "clea_pathway_plan_review_date",
            "clea_care_leaver_allocated_team",
            "clea_care_leaver_worker_id",
        }
    ),
)

PERMANENCE = Table(
    "permanence",
    (
        key_column("perm_table_id", "<child>|A|<place among the child's, from 1>."),
        child_column("perm_person_id"),
        date_column("perm_adm_decision_date", "The decision that the child should be adopted (DATE_INT).", NOT_KNOWN),
        date_column("perm_ffa_cp_decision_date", "The decision to foster for adoption.", "None, or not recorded."),
        date_column("perm_placement_order_date", "The placement order.", "None, or not recorded."),
        date_column("perm_placed_for_adoption_date", "Placed for adoption (DATE_PLACED).", "Not placed."),
        date_column("perm_matched_date", "Matched with adopters (DATE_MATCH).", "Not matched."),
        flag_column("perm_adopted_by_carer_flag", "The adopter was the foster carer (FOSTER_CARE).", NOT_KNOWN),
        date_column("perm_placed_ffa_cp_date", "Placed in fostering for adoption.", "Not placed so."),
        date_column("perm_decision_reversed_date", "No longer to be adopted (DATE_PLACED_CEASED).", "It stands."),
        text_column(
            "perm_decision_reversed_reason",
            "Why (REASON_PLACED_CEASED).",
            "The decision stands, or not recorded.",
            codes=c.PLACED_CEASED,
        ),
        date_column("perm_permanence_order_date", "The final order.", "None yet, or not recorded."),
        text_column("perm_permanence_order_type", "What it was, as coded by the supplier.", "None, or not recorded."),
    ),
    ("perm_table_id",),
    "One row per way to adoption or another permanent home. Supplied by the SSDA903 (AD1 and placed for adoption), the "
    "SSD, the daily feed and Annex A; no census carries it.",
    supplied_by=_SUPPLIERS,
)

IMMIGRATION_STATUS = Table(
    "immigration_status",
    (
        key_column("immi_immigration_status_id", "<child>|I|<place among the child's, from 1>."),
        child_column("immi_person_id"),
        text_column(
            "immi_immigration_status",
            "UASC: an unaccompanied asylum-seeking child. Else the supplier's code.",
            NOT_KNOWN,
        ),
        date_column("immi_immigration_status_start_date", "The day it began.", NOT_SENT),
        date_column("immi_immigration_status_end_date", "The day it ended (DUC).", "Goes on, or not recorded."),
    ),
    ("immi_immigration_status_id",),
    f"One row per immigration status of a child. {_BY}",
    supplied_by=_SUPPLIERS,
)

LOOKED_AFTER = (
    CLA_EPISODES,
    LEGAL_STATUS,
    CLA_PLACEMENT,
    CLA_REVIEWS,
    CLA_VISITS,
    CLA_PREVIOUS_PERMANENCE,
    CLA_HEALTH,
    SDQ_SCORES,
    MISSING,
    CARE_LEAVERS,
    PERMANENCE,
    IMMIGRATION_STATUS,
)
