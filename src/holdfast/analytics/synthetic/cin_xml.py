"""Writes a CIN census file (XML) of an invented authority: only what had happened, and been recorded, by a day.

Elements and their order follow the schema of 2017 (CIN_schema_2017.xsd), the oldest at hand; child in need plans were
asked for from 2021 and are written only when asked for here. NumberOfPreviousCPP is 0 where there was none, as rule
8730 allows, although that schema says positiveInteger. No UPN is written: a well-formed one might be a real pupil's.
What falls inside the census year follows the published validation rules named beside each line.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from holdfast.analytics.synthetic.authority import Authority
from holdfast.analytics.synthetic.events import Assessment, Child, Enquiry, Episode, Plan
from holdfast.analytics.synthetic.recording import census_year_end

FIRST = date(1985, 1, 1).toordinal()
ISO = [(date(1985, 1, 1) + timedelta(days=n)).isoformat() for n in range(14_000)]  # quicker than asking each time


def iso(day: int) -> str:
    return ISO[day - FIRST]


def write_cin_census(
    authority: Authority, path: Path, *, as_at: date, year_start: date, with_in_need_plans: bool = False
) -> int:
    """Write the census year from `year_start` as it was known on `as_at`; gives the number of children written.

    For a part-year file, `as_at` is simply earlier than the year's end. The same authority and days give the same
    bytes.
    """
    frame = Frame(year_start.toordinal(), as_at.toordinal(), authority.shape.factors_from, with_in_need_plans)
    n_children = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(header(authority.code, as_at))
        buffer: list[str] = []
        for child in authority.children:
            episodes = frame.shown(child)
            if episodes:
                n_children += 1
                buffer.extend(frame.child(child, episodes))
            if len(buffer) > 2_000:
                file.write("".join(buffer))
                buffer.clear()
        file.write("".join(buffer))
        file.write("</Children>\n</Message>\n")
    return n_children


def header(code: str, as_at: date) -> str:
    """The file's own header. The time it was made follows from what it holds, so that the bytes are repeatable."""
    year = date.fromordinal(census_year_end(as_at.toordinal())).year
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header>\n<CollectionDetails>\n'
        "<Collection>CIN</Collection>\n"
        f"<Year>{year}</Year>\n<ReferenceDate>{as_at.isoformat()}</ReferenceDate>\n</CollectionDetails>\n"
        f"<Source>\n<SourceLevel>L</SourceLevel>\n<LEA>{code}</LEA>\n<SoftwareCode>Invented children</SoftwareCode>\n"
        f"<Release>1</Release>\n<SerialNo>001</SerialNo>\n<DateTime>{as_at.isoformat()}T23:59:59</DateTime>\n</Source>\n"
        "</Header>\n<Children>\n"
    )


class Frame:
    """One census year as known on one day: what of a child's record is in it, and how it is written."""

    def __init__(self, year_start: int, as_at: int, factors_from: int, with_in_need_plans: bool) -> None:
        self.start = year_start
        self.as_at = as_at
        self.factors_from = factors_from
        self.with_in_need_plans = with_in_need_plans

    def shown(self, child: Child) -> list[Episode]:
        """Episodes on record and open at some time in the year; if no further action, referred in it (8569Q)."""
        return [
            episode
            for episode in child.episodes
            if episode.recorded <= self.as_at
            and (episode.referral >= self.start or not (episode.nfa or 0 < episode.closed < self.start))
        ]

    def child(self, child: Child, episodes: list[Episode]) -> Iterator[str]:
        """The child's block; or two, when the council sent the child twice."""
        head = self._identifiers(child, episodes) + self._characteristics(child)
        blocks = [[episodes[0]], episodes[1:]] if child.sent_twice and len(episodes) > 1 else [episodes]
        for block in blocks:
            yield f"<Child>\n{head}{''.join([self._episode(episode) for episode in block])}</Child>\n"

    def _identifiers(self, child: Child, episodes: list[Episode]) -> str:
        unborn = child.born_recorded > self.as_at or child.born > self.as_at
        upn = ""
        if all(episode.nfa for episode in episodes):
            upn = "<UPNunknown>UN7</UPNunknown>\n"
        elif unborn or self.as_at - child.born < 1461:
            upn = "<UPNunknown>UN1</UPNunknown>\n"
        if unborn:
            birth = f"<ExpectedPersonBirthDate>{iso(child.expected)}</ExpectedPersonBirthDate>\n"
        else:
            birth = f"<PersonBirthDate>{iso(child.born)}</PersonBirthDate>\n"
        sex = _written("GenderCurrent", "0" if unborn else child.sex, child.odd)
        died = f"<PersonDeathDate>{iso(child.died)}</PersonDeathDate>\n" if child.died_recorded <= self.as_at else ""
        reference = f"<LAchildID>{child.reference}</LAchildID>\n"
        return f"<ChildIdentifiers>\n{reference}{upn}{birth}{sex}{died}</ChildIdentifiers>\n"

    def _characteristics(self, child: Child) -> str:
        ethnicity = child.ethnicity if child.ethnicity_recorded <= self.as_at else "NOBT"
        text = _written("Ethnicity", ethnicity, child.odd)
        if child.born_recorded <= self.as_at and not (child.odd and "Disabilities" in child.odd):
            codes = "".join([f"<Disability>{code}</Disability>\n" for code in child.disabilities or ("NONE",)])
            text += f"<Disabilities>\n{codes}</Disabilities>\n"
        return f"<ChildCharacteristics>\n{text}</ChildCharacteristics>\n"

    def _episode(self, episode: Episode) -> str:
        """One episode, its elements in the schema's order."""
        as_at, odd = self.as_at, episode.odd
        parts = [f"<CINdetails>\n<CINreferralDate>{iso(episode.referral)}</CINreferralDate>\n"]
        if episode.source_recorded <= as_at:
            parts.append(_written("ReferralSource", episode.source, odd))
        if not episode.nfa:
            parts.append(_written("PrimaryNeedCode", episode.need if episode.need_recorded <= as_at else "N0", odd))
        if episode.closed_recorded <= as_at:
            parts.append(_written("CINclosureDate", iso(episode.closed), odd))
            parts.append(f"<ReasonForClosure>{episode.reason}</ReasonForClosure>\n")
        if episode.conference >= self.start and episode.conference_recorded <= as_at:
            parts.append(f"<DateOfInitialCPC>{iso(episode.conference)}</DateOfInitialCPC>\n")
        parts.extend([self._assessment(item) for item in episode.assessments])
        if self.with_in_need_plans:
            parts.extend([self._in_need_plan(start, end) for start, end in episode.in_need_plans])
        parts.extend([self._enquiry(item) for item in episode.enquiries])
        parts.append(f"<ReferralNFA>{'true' if episode.nfa else 'false'}</ReferralNFA>\n")
        parts.extend([self._plan(item) for item in episode.plans])
        parts.append("</CINdetails>\n")
        return "".join(parts)

    def _assessment(self, item: Assessment) -> str:
        """Nothing when it was authorised before the year (8696), or is still open from before it (8736)."""
        as_at, odd = self.as_at, item.odd
        done = item.authorised_recorded <= as_at
        if item.start_recorded > as_at or (item.authorised if done else item.start) < self.start:
            return ""
        text = "<Assessments>\n" + _written("AssessmentActualStartDate", iso(item.start), odd)
        if done:
            shown = item.first_authorised if item.corrected_recorded > as_at else item.authorised
            text += _written("AssessmentAuthorisationDate", iso(shown), odd)
            if item.authorised >= self.factors_from and not (odd and "FactorsIdentifiedAtAssessment" in odd):
                codes = "".join([f"<AssessmentFactors>{code}</AssessmentFactors>\n" for code in item.factors])
                text += f"<FactorsIdentifiedAtAssessment>\n{codes}</FactorsIdentifiedAtAssessment>\n"
        return text + "</Assessments>\n"

    def _in_need_plan(self, start: int, end: int) -> str:
        """Nothing when it ended before the year (4013) or had not started."""
        if start > self.as_at or 0 < end < self.start:
            return ""
        ended = f"<CINPlanEndDate>{iso(end)}</CINPlanEndDate>\n" if 0 < end <= self.as_at else ""
        return f"<CINPlanDates>\n<CINPlanStartDate>{iso(start)}</CINPlanStartDate>\n{ended}</CINPlanDates>\n"

    def _enquiry(self, item: Enquiry) -> str:
        """Nothing when its conference (8715), decision, or start while undecided (8740) was before the year."""
        as_at, odd = self.as_at, item.odd
        known = item.outcome_recorded <= as_at
        last = max(item.start, item.conference, item.not_required) if known else item.start
        if item.start_recorded > as_at or last < self.start:
            return ""
        text = "<Section47>\n" + _written("S47ActualStartDate", iso(item.start), odd)
        unneeded = known and item.not_required > 0
        if not unneeded:
            text += f"<InitialCPCtarget>{iso(item.target)}</InitialCPCtarget>\n"
        if known and item.conference:
            text += _written("DateOfInitialCPC", iso(item.conference), odd)
        return text + _written("ICPCnotRequired", "true" if unneeded else "false", odd) + "</Section47>\n"

    def _plan(self, item: Plan) -> str:
        """Nothing when it ended before the year (8930). Every review on record is sent, of earlier years too."""
        as_at, odd = self.as_at, item.odd
        if item.start_recorded > as_at or 0 < item.end < self.start:
            return ""
        ended = f"<CPPendDate>{iso(item.end)}</CPPendDate>\n" if item.end_recorded <= as_at else ""
        latest = item.latest if item.latest_recorded <= as_at else item.category
        previous = (
            f"<NumberOfPreviousCPP>{item.previous}</NumberOfPreviousCPP>\n" if item.previous_recorded <= as_at else ""
        )
        held = [day for day, on in zip(item.reviews, item.reviews_recorded, strict=True) if on <= as_at]
        reviews = ""
        if held:
            dates = "".join([f"<CPPreviewDate>{iso(day)}</CPPreviewDate>\n" for day in held])
            wrong = f"<CPPreviewDate>{odd['CPPreviewDate']}</CPPreviewDate>\n" if odd and "CPPreviewDate" in odd else ""
            reviews = f"<Reviews>\n{wrong}{dates}</Reviews>\n"
        return (
            f"<ChildProtectionPlans>\n<CPPstartDate>{iso(item.start)}</CPPstartDate>\n{ended}"
            f"<InitialCategoryOfAbuse>{item.category}</InitialCategoryOfAbuse>\n"
            f"<LatestCategoryOfAbuse>{latest}</LatestCategoryOfAbuse>\n{previous}{reviews}</ChildProtectionPlans>\n"
        )


def _written(element: str, value: str, odd: dict[str, str] | None) -> str:
    """An element with its true value, or with the odd one in its place; "" leaves it out."""
    if odd and element in odd:
        value = odd[element]
    return f"<{element}>{value}</{element}>\n" if value else ""
