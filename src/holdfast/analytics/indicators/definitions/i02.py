"""I02 contacts that became a referral: the same child referred on the day of the contact or the next working day.

No return says which contact became which referral, so that the two are put together by child and day: our own reading.
"""

from datetime import date
from typing import Any

from holdfast.analytics.expressions import ibis
from holdfast.analytics.indicators import questions
from holdfast.analytics.indicators.blocks import look_up, unread
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.examples import Example
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.indicators.records import described
from holdfast.analytics.unknowns import NOT_UNDERSTOOD, OPEN, in_words


def rows(held: Held) -> Any:
    """One row per contact and period in which it was made. Its referral source is who made it, in the same codes."""
    contact, referral = held["contacts"], held["cin_episodes"]
    contact = contact.filter(contact.cont_contact_date.notnull()).select(
        unit_id=contact.cont_contact_id,
        child=contact.cont_person_id,
        contacted_on=contact.cont_contact_date,
        referral_source=contact.cont_contact_source_code,
    )
    contact = look_up(held, contact, "contacted_on", limit_on="working_days_1_later")
    referral = referral.select(
        referred_child=referral.cine_person_id,
        referred_on=referral.cine_referral_date,
        is_day_unread=unread(referral, "cine_referral_date"),
    )
    own = contact.select(contact_id="unit_id", own_child="child", own_day="contacted_on")
    pair = own.inner_join(referral, own.own_child == referral.referred_child)
    followed = pair.group_by("contact_id").aggregate(
        referred_on=pair.referred_on.min(where=pair.referred_on >= pair.own_day),
        n_unread=ibis.ifelse(pair.is_day_unread, 1, 0).sum(),
    )
    contact = contact.left_join(followed, contact.unit_id == followed.contact_id).drop("contact_id")
    is_over = (contact.limit_on < held.day_after_known("cin_episodes", contact.contacted_on)).coalesce(False)
    is_in = (contact.referred_on <= contact.limit_on).coalesce(False)
    contact = contact.mutate(is_over=is_over, is_lost=(contact.n_unread > 0).coalesce(False) & ~is_in)
    known = contact.is_over & ~contact.is_lost
    return questions.happened(
        held,
        described(held, contact.mutate(became=ibis.cases((known, is_in), else_=ibis.null("boolean")))),
        on="contacted_on",
        is_in="became",
        why={NOT_UNDERSTOOD: "is_lost", OPEN: lambda c: ~c.is_over},
        elapsed=lambda c: c.referred_on.delta(c.contacted_on, unit="day"),
        due_on="limit_on",
    )


NEXT_WORKING_DAY = Example(
    words="Contacts on Friday 22 November 2013. Referred that day, or on Monday, the next working day, it became a "
    "referral, whatever came of that; on Tuesday, the day before the contact, or never, it did not. Two contacts "
    "before "
    "one referral both became it. A contact with no day is left out.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2013-11",),
    tables={
        "contacts": """
            cont_contact_id | cont_person_id | cont_contact_date
            K1              | C1             | 2013-11-22
            K2              | C2             | 2013-11-22
            K3              | C2             | 2013-11-22
            K4              | C3             | 2013-11-22
            K5              | C4             | 2013-11-22
            K6              | C5             | 2013-11-22
            K7              | C1             |
        """,
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | cine_referral_nfa
            R1               | C1             | 2013-11-22         | no
            R2               | C2             | 2013-11-25         | yes
            R3               | C3             | 2013-11-26         | no
            R4               | C4             | 2013-11-21         | no
        """,
    },
    rows="""
        unit_id | in_numerator | elapsed | due_on
        K1      | yes          | 0       | 2013-11-25
        K2      | yes          | 3       | 2013-11-25
        K3      | yes          | 3       | 2013-11-25
        K4      | no           | 4       | 2013-11-25
        K5      | no           |         | 2013-11-25
        K6      | no           |         | 2013-11-25
    """,
)

NOT_OVER = Example(
    words="The data ends on Monday 31 March 2014. A contact of the Friday before is known; one of that Monday is not, "
    "even where the child was referred at once, because the next working day is not in it. A referral of the child "
    "whose "
    "day was not understood might be the one, so it is not known; where another is, it is.",
    shows=frozenset({"boundary", "missing"}),
    periods=("2014-03",),
    tables={
        "contacts": """
            cont_contact_id | cont_person_id | cont_contact_date
            K1              | C1             | 2014-03-28
            K2              | C2             | 2014-03-31
            K3              | C3             | 2014-03-03
            K4              | C4             | 2014-03-03
        """,
        "cin_episodes": """
            cine_referral_id | cine_person_id | cine_referral_date | unread
            R2               | C2             | 2014-03-31         |
            R3               | C3             |                    | cine_referral_date
            R4               | C4             | 2014-03-04         |
            R5               | C4             |                    | cine_referral_date
        """,
    },
    rows="""
        unit_id | in_numerator | unknown_because
        K1      | no           |
        K2      |              | open
        K3      |              | not understood
        K4      | yes          |
    """,
)

I02 = Definition(
    id="I02",
    version=1,
    title="Contacts that became a referral",
    question="Of the contacts made about children, how many became a referral?",
    numerator="Contacts whose child has a referral dated on the day of the contact or the next working day, whatever "
    "came "
    "of that referral.",
    denominator="Contacts made in the period. Each counts: two about one child before one referral both became it.",
    left_out="Contacts with no date. Not known: contacts so recent that the next working day is not in the data, and "
    "those "
    "whose child has a referral with a date that was not understood.",
    kind="cohort",
    period_rule="Cohort: the contact was made in the period, so a figure is complete one working day later.",
    in_head="Became a referral",
    base_head="Contacts",
    counted="contacts",
    why="How many contacts become a referral, source by source, says whether partners and the council draw the line "
    "in the "
    "same place: many contacts that lead nowhere are families who were told of, and not helped here.",
    unit="per cent",
    polarity="neither",
    clock="",
    source="Annex A list 1 (Date of Contact, Contact Source) and SSD contacts, with the referrals of the "
    "return that answers for them. By referral source, a contact stands under who made it, in the codes of a "
    "referral's.",
    unverified=(
        "That a referral on the day or the next working day is what a contact became is our own reading of Working "
        "Together (a decision within one working day), since no return links the two: unverified.",
    ),
    owner="Head of service, referral and assessment",
    reviewed_on=date(2026, 11, 1),
    review_by=date(2027, 11, 1),
    tables=("contacts", "cin_episodes", "person"),
    gaming_risk="Recording as referrals what used to be contacts, or no contact at all where no referral follows.",
    paired_with=("I03", "I06"),
    chart="p",
    elapsed_unit="days",
    limit_words="the day of the contact or the next working day",
    rows=rows,
    examples=(NEXT_WORKING_DAY, NOT_OVER),
    breakdowns=("referral_source", "age_band", "sex", "ethnicity"),
    unknown_words=in_words(
        is_open="came too recently to say",
        not_understood="are of a child with a referral whose date was not understood",
    ),
)
