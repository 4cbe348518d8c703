"""Random small histories of invented children, crowded round the days where a clock, a month or a year turns."""

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from holdfast.analytics.calendar import add_months, working_day_after
from holdfast.analytics.indicators.held import schema_of
from spec.audit_histories import add_audits

FIRST_DAY, AS_AT, LAST_TIME = date(2010, 4, 1), date(2014, 1, 31), date(2013, 3, 31)
TURNS = [
    "2008-02-29", "2009-12-31", "2010-01-04", "2010-03-31", "2011-02-28", "2011-03-31", "2012-02-29", "2012-11-30",
    "2013-02-28", "2013-03-31", "2013-04-15", "2013-05-24", "2013-06-19", "2013-08-31", "2013-11-30", "2014-01-31",
]  # fmt: skip
TABLES = ("person", "cin_episodes", "cin_assessments", "s47_enquiry", "initial_cp_conference", "cp_plans", "cp_reviews")
CONTACTS = ("contacts",)
OF_MANAGERS = ("case_supervision", "management_decisions")
OF_THE_PROGRAMME = ("plan_actions", "requirements", "requirements_evidenced", "meeting_seats")
OF_AUDITS = ("audits", "audit_answers", "audit_grades", "audit_criticals", "audit_actions", "audits_planned")
Tables = dict[str, list[dict[str, Any]]]


class Inventor:
    """Fills tables with what a Random says. Every reference is to an invented child."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.tables: Tables = {name: [] for name in (*TABLES, *CONTACTS, *OF_MANAGERS, *OF_THE_PROGRAMME, *OF_AUDITS)}

    def day(self) -> date:
        return date.fromisoformat(self.random.choice(TURNS)) + timedelta(days=self.random.randint(-3, 3))

    def near(self, start: date | None, *, working: int = 0, months: int = 0, missing: float = 0.2) -> date | None:
        """A day at the end of a clock that started then, or a day or two either side; or any day after; or none."""
        if start is None or self.random.random() < missing:
            return None
        if self.random.random() < 0.3:
            return start + timedelta(days=self.random.randint(-2, 900))
        limit = add_months(start, months)
        if working and start >= date(2010, 1, 1):
            limit = working_day_after(start, working) or start
        return limit + timedelta(days=self.random.choice([-30, -2, -1, 0, 0, 1, 2, 3, 40]))

    def pick(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def add(self, table: str, **row: Any) -> None:
        as_at = self.pick(AS_AT, AS_AT, AS_AT, LAST_TIME)
        whole = {**dict.fromkeys(schema_of(table)), "as_at": as_at, **row}
        self.tables[table].append({**whole, "row_number": len(self.tables[table]) + 1})

    def person(self, child: str) -> None:
        born = self.pick(None, self.day(), date(1996, 2, 29), date(2003, 4, 2), date(2008, 2, 29), date(1995, 6, 30))
        expected = self.pick(None, self.day())
        sex, ethnicity = self.pick("F", "M", None), self.pick("WBRI", "", None)
        self.add(
            "person",
            pers_person_id=child,
            pers_dob=born,
            pers_expected_dob=expected,
            pers_sex=sex,
            pers_ethnicity=ethnicity,
        )

    def referral(self, child: str, referral: str, referred: date | None) -> date | None:
        """One referral and what hangs on it; gives the day it closed."""
        closed = self.near(referred, months=self.pick(0, 1, 3, 6))
        self.add(
            "cin_episodes",
            cine_referral_id=referral,
            cine_person_id=child,
            cine_referral_date=referred,
            cine_close_date=closed,
            cine_close_reason=self.pick("RC2", "RC8", "RC9", None),
            cine_referral_nfa=self.pick(True, False, False, None),
            cine_referral_source_code=self.pick("1A", "2B", "", None),
            cine_cin_primary_need_code=self.pick("N1", None),
            cine_referral_team=self.pick("North", None),
            cine_allocated_team=self.pick("North", "South", None),
        )
        for k in range(self.random.randint(0, 2)):
            self.add(
                "cin_assessments",
                cina_assessment_id=f"{referral}|A{k}",
                cina_person_id=child,
                cina_referral_id=self.pick(referral, referral, referral, None, "elsewhere"),
                cina_assessment_start_date=self.near(referred, months=0),
                cina_assessment_auth_date=self.near(referred, working=45, missing=0.4),
                cina_assessment_team=self.pick("North", None),
            )
        for k in range(self.random.randint(0, 2)):
            self.enquiry(child, self.pick(referral, referral, None), f"{referral}|S{k}", self.near(referred))
        if self.random.random() < 0.5:
            self.plan(child, self.pick(referral, referral, None), f"{referral}|P", self.near(referred))
        return closed

    def enquiry(self, child: str, referral: str | None, enquiry: str, started: date | None) -> None:
        self.add(
            "s47_enquiry",
            s47e_s47_enquiry_id=enquiry,
            s47e_person_id=child,
            s47e_referral_id=referral,
            s47e_s47_start_date=started,
            s47e_s47_nfa=self.pick(True, False, False, None),
        )
        held = self.near(started, working=15)
        for k in range(self.pick(0, 1, 1, 2)):
            self.add(
                "initial_cp_conference",
                icpc_icpc_id=f"{enquiry}|C{k}",
                icpc_s47_enquiry_id=self.pick(enquiry, enquiry, None),
                icpc_person_id=child,
                icpc_referral_id=referral,
                icpc_icpc_date=self.pick(held, held, self.near(started, working=15)),
                icpc_icpc_transfer_in=self.pick(None, None, False, True),
            )

    def plan(self, child: str, referral: str | None, plan: str, started: date | None) -> None:
        self.add(
            "cp_plans",
            cppl_cp_plan_id=plan,
            cppl_person_id=child,
            cppl_referral_id=referral,
            cppl_cp_plan_start_date=started,
            cppl_cp_plan_end_date=self.near(started, months=self.pick(12, 24), missing=0.6),
            cppl_previous_cp_plans=self.pick(0, 1, 2, None),
            cppl_cp_plan_team=self.pick("South", None),
        )
        last = started
        for k in range(self.random.randint(0, 5)):
            held = self.near(last, months=3 if k == 0 else 6, missing=0.1)
            last = held or last
            review = {"cppr_cp_review_id": f"{plan}|R{k}", "cppr_cp_plan_id": plan}
            self.add("cp_reviews", **review, cppr_person_id=child, cppr_cp_review_date=held)

    def managed(self, child: str) -> None:
        """What managers did on a child's cases: discussions near months' ends, decisions near the referrals."""
        for k in range(self.random.randint(0, 4)):
            on = self.pick(None, *[self.day() - timedelta(days=self.pick(0, 28, 31))] * 6)
            row = {"supv_supervision_id": f"{child}|U{k}", "supv_supervision_date": on}
            self.add("case_supervision", **row, supv_person_id=child)
        for referral in [r for r in self.tables["cin_episodes"] if r["cine_person_id"] == child]:
            for k in range(self.random.randint(0, 2)):
                self.add(
                    "management_decisions",
                    mdec_decision_id=f"{referral['cine_referral_id']}|D{k}",
                    mdec_person_id=child,
                    mdec_referral_id=self.pick(None, referral["cine_referral_id"], "elsewhere"),
                    mdec_decision_date=self.near(referral["cine_referral_date"], working=self.pick(1, 1, 2)),
                    mdec_decision_about=self.pick("REF", "REF", "REF", "ALL", None),
                    mdec_reasons_recorded=self.pick(True, True, False, None),
                )

    def action(self, ref: str) -> None:
        due = self.pick(None, *[self.day()] * 5)
        self.add(
            "plan_actions",
            plan_action_id=ref,
            plan_action_agency=self.pick("council", "police"),
            plan_action_original_due_on=due,
            plan_action_due_on=self.near(due, months=1, missing=0.0),
            plan_action_done_on=self.near(due, months=0, missing=0.4),
            plan_action_withdrawn_on=self.near(due, months=0, missing=0.7),
        )

    def seat(self, ref: str) -> None:
        came = self.pick("attended", "deputy", "apologies", None)
        day = self.pick(None, *[self.day()] * 5)
        agency = self.pick("council", "police")
        self.add("meeting_seats", seat_attendance_id=ref, seat_agency=agency, seat_meeting_on=day, seat_came=came)

    def requirement(self, ref: str) -> None:
        """One requirement, and the stretches of days on which it stood evidenced: none overlaps another."""
        began = self.pick(None, *[self.day()] * 5)
        self.add("requirements", requ_requirement_id=ref, requ_from=began)
        stood = self.near(began, months=1)
        for k in range(self.random.randint(0, 3)):
            until = None if stood is None else self.near(stood, months=1, missing=0.3)
            if stood is None or (until is not None and until <= stood):
                break
            row = {"evid_table_id": f"{ref}|{k}", "evid_requirement_id": ref}
            self.add("requirements_evidenced", **row, evid_from=stood, evid_until=until)
            stood = until and until + timedelta(days=self.pick(1, 30))


def add_contacts(inventor: Inventor) -> None:
    """Contacts round the days of referrals; and of each assessment, whether the child was seen in it."""
    for n, referral in enumerate(list(inventor.tables["cin_episodes"])):
        day = inventor.near(referral["cine_referral_date"], working=0, missing=0.1)
        inventor.add(
            "contacts",
            cont_contact_id=f"K{n}",
            cont_person_id=inventor.pick(referral["cine_person_id"], referral["cine_person_id"], "elsewhere"),
            cont_contact_date=inventor.pick(day, day, inventor.day()),
            cont_contact_source_code=inventor.pick("1A", "2B", None),
        )
    for assessment in inventor.tables["cin_assessments"]:
        assessment["cina_assessment_child_seen"] = inventor.pick(True, True, False, None)


def invented(seed: int, n_children: int) -> Tables:
    """The same history for the same two numbers."""
    inventor = Inventor(Random(seed))
    for n in range(n_children):
        child, closed = f"C{n}", None
        if inventor.random.random() < 0.8:
            inventor.person(child)
        for k in range(inventor.random.randint(0, 4)):
            again = inventor.near(closed, months=inventor.pick(0, 3, 6, 12), missing=0.3)
            referred = again if again and inventor.random.random() < 0.9 else inventor.pick(None, *[inventor.day()] * 6)
            closed = inventor.referral(child, f"{child}|{k}", referred)
        inventor.action(f"A{n}")
        inventor.requirement(f"R{n}")
        inventor.seat(f"S{n}")
    inventor.random = Random(f"audits of {seed}")
    add_audits(inventor, [f"C{n}" for n in range(n_children)], n_children * 2)
    inventor.random = Random(f"contacts of {seed}")
    add_contacts(inventor)
    inventor.random = Random(f"managers of {seed}")
    for n in range(n_children):
        inventor.managed(f"C{n}")
    return inventor.tables


histories = st.builds(invented, st.integers(0, 100_000), st.integers(1, 12))
