"""Lines that several homes say alike: a measure, something late, a requirement, a clock; and links to the rest."""

from collections.abc import Sequence

from holdfast.agreements.selectors import Outstanding
from holdfast.governance.selectors.meetings import page_of
from holdfast.notice.selectors.positions import PositionLine
from holdfast.pages.words import counted, date_words, lower_first
from holdfast.performance.selectors.indicators import ScorecardLine, headline
from holdfast.performance.selectors.worklists import ClockCounts
from holdfast.performance.selectors.written import printed_words, when_words
from holdfast.plan.models import Action
from holdfast.plan.owning import is_in_line, may_answer
from holdfast.web.home.answer import Thing, brief, sentences
from holdfast.web.home.asked import WORSENING, Asked, Dated

ELSEWHERE = (
    ("Every requirement and where it stands", "positions"),
    ("What answers each requirement, and the gaps", "coverage"),
    ("The scorecard", "scorecard"),
    ("How each indicator is counted", "definitions"),
    ("Worklists", "worklists"),
    ("Audits", "audits"),
    ("The programme of audits, and what of it is done", "audit_programme"),
    ("What audits found", "audit_findings"),
    ("Children who may not be safe", "criticals"),
    ("Who knows the thresholds, and uses them alike", "thresholds"),
    ("Early help, agency by agency", "early_help"),
    ("The plan", "plan"),
    ("Meetings of the Board and of other bodies", "meetings"),
    ("What is agreed, and who is waited for", "agreements"),
    ("What was decided", "decisions"),
    ("Challenges", "challenges"),
    ("The risk register", "risks"),
    ("The safeguarding board’s duties", "duties"),
    ("Support and mentoring", "support"),
    ("Members’ scrutiny", "scrutiny"),
    ("Steps of the intervention", "intervention"),
    ("Reports", "editions"),
    ("Returns and their faults", "returns"),
    ("Releases", "releases"),
    ("People and bodies", "people"),
    ("Who did what", "trail"),
    ("Accounts", "accounts"),
)


def elsewhere(asked: Asked) -> list[tuple[str, str]]:
    """Everything else that the account may open, the Board's next meeting first."""
    found = [(words, asked.url(name)) for words, name in ELSEWHERE]
    meeting = asked.next_meeting
    coming = [(f"{meeting}, {date_words(meeting.held_on)}", page_of(meeting))] if meeting is not None else []
    return coming + [(words, url) for words, url in found if url]


def meets(asked: Asked) -> str:
    """When the Board meets next, and whether its pack is out; "" where no meeting is planned."""
    meeting = asked.next_meeting
    if meeting is None:
        return ""
    pack = "its pack is out" if meeting.packs.exists() else "its pack is not out yet"
    return f"the {meeting.body} meets on {date_words(meeting.held_on)}; {pack}"


def missing(asked: Asked) -> str:
    """What is not there yet, and who makes it happen; "" when the programme has a notice, a plan and a release."""
    notice = "" if asked.positions is not None else "No notice has been loaded yet: the programme office loads it"
    plan = "" if asked.has_plan else "No plan has been entered yet: the programme office enters it"
    release = ""
    if asked.release is None:
        release = "No release of figures has been published yet: the performance analyst submits a return and publishes"
    return sentences(notice, plan, release)


def figure_of(line: ScorecardLine) -> str:
    """ "61.4% (397 of 647) in January 2014", of a stock "at 31 January 2014"; the year's where no month is settled."""
    shown = line.latest_month or line.latest_year
    if shown is None:
        return "no figure yet"
    when = when_words(shown, line.definition)
    said = f"{printed_words(shown, line.definition)} {when if when.startswith('at ') else f'in {when}'}"
    return f"{said}; {lower_first(line.open_briefly)}" if line.open_briefly else said


def answering(asked: Asked, indicator: str) -> list[Action]:
    """The open actions that name an indicator."""
    return [action for action in asked.actions if action.is_open and action.indicator == indicator]


def getting_worse(asked: Asked) -> str:
    """How many measures are, of how many, and whether an open action names them."""
    worsening = asked.said(WORSENING)
    n_alone = sum(not answering(asked, line.definition.id) for line in worsening)
    n_of_children = sum(line.definition.is_of_children for line in asked.scorecard)
    words = f"{len(worsening) or 'none'} of {counted(len(asked.scorecard), 'measure')} "
    if n_of_children not in (0, len(asked.scorecard)):
        words += f"({n_of_children} of them of children) "
    words += "is getting worse" if len(worsening) < 2 else "are getting worse"
    if not worsening:
        return words
    if n_alone == len(worsening):
        return f"{words}, with no open action"
    return f"{words}, {n_alone or 'none'} of them with no open action"


def by_luck(asked: Asked) -> str:
    """What a list of the measures that changed says of luck among so many; "" where there is no measure."""
    return headline(asked.scorecard)[1] if asked.scorecard else ""


def worse(asked: Asked) -> list[Thing]:
    """The measures that are getting worse and stand out among so many, those without an open action first, each with
    whom to ask."""
    standing_out = headline(asked.scorecard)[0]
    found = [line for line in asked.said(WORSENING) if line in standing_out]
    lines = sorted(found, key=lambda line: bool(answering(asked, line.definition.id)))
    return [
        Thing(
            line.definition.title,
            asked.url("indicator", line.definition.id),
            figure_of(line),
            _asks(asked, answering(asked, line.definition.id)),
            "Worse",
            "red",
        )
        for line in lines
    ]


def _asks(asked: Asked, actions: Sequence[Action]) -> str:
    if not actions and asked.is_director:
        return "No open action names it: say which will."
    if not actions:
        return "No open action names it. Ask the director which will."
    first = min(actions, key=lambda action: (action.due_on, action.ref))
    return f"{first.ref} answers it, due {date_words(first.due_on)}. Ask the {owner_of(first)} whether it works."


def owner_of(dated: Dated) -> str:
    """ "head of protection": the post's title as it stands in the middle of a sentence."""
    title = dated.owner.title
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def late_words(late: Sequence[Dated]) -> str:
    """ "4 actions and 1 milestone"."""
    n_actions = sum(isinstance(dated, Action) for dated in late)
    n_milestones = len(late) - n_actions
    actions = counted(n_actions, "action") if n_actions else ""
    milestones = counted(n_milestones, "milestone") if n_milestones else ""
    return " and ".join(filter(None, (actions, milestones))) or "nothing"


def late_things(asked: Asked, late: Sequence[Dated]) -> list[Thing]:
    """What is late: by how long, and what to ask of whom."""
    return [
        Thing(
            f"{dated.ref} {dated.title}",
            asked.url("plan_action" if isinstance(dated, Action) else "plan_milestone", dated.ref),
            f"due {date_words(dated.due_on)}, {counted((asked.today - dated.due_on).days, 'day')} ago",
            _late_asks(dated, asked),
            "Late",
            "red",
        )
        for dated in late
    ]


def _late_asks(dated: Dated, asked: Asked) -> str:
    is_mine = asked.is_mine(dated)
    say = "Say" if is_mine else f"Ask the {owner_of(dated)}"
    said = dated.explanation(asked.today) if isinstance(dated, Action) else None
    if said is not None and said.recovery:
        return f"Recovery: {brief(said.recovery)} {say} whether it holds."
    if said is not None:
        return f"{said.get_cause_display()}. {say} what will recover it."
    return f"{'It is yours: say' if is_mine else say} why, and what will recover it."


def agreement_things(asked: Asked, waiting: Sequence[Outstanding]) -> list[Thing]:
    """Versions that wait for an answer: for how long, and what to do about it."""
    return [
        Thing(
            str(one.version),
            one.url,
            f"waits for {one.party.name}, {_waiting_words(one)}",
            "Read it, then answer." if one in asked.to_answer else f"Ask {one.party.name} for an answer.",
            "Overdue" if one.days_overdue else "Waits for you" if one in asked.to_answer else "Waiting",
            "red" if one.days_overdue else "purple" if one in asked.to_answer else "yellow",
        )
        for one in waiting
    ]


def _waiting_words(one: Outstanding) -> str:
    by = one.version.agree_by
    if one.days_overdue:
        return f"{counted(one.days_overdue, 'day')} past {date_words(by)}" if by else ""
    return f"{counted(one.days_waiting, 'day')}, to be agreed by {date_words(by)}" if by else f"{one.days_waiting} days"


def evidence_waiting(asked: Asked) -> list[Thing]:
    """Evidence that somebody else offered and this account may accept or return, the longest waiting first."""
    waiting = [
        (item, action)
        for action in asked.actions
        if action.closure_by(asked.today) is None and may_answer(asked.user, action)
        for item in action.counting_evidence(asked.today)
        if item.answer_by(asked.today) is None and item.offered_by_id != getattr(asked.user, "pk", None)
    ]
    return [
        Thing(
            f"{action.ref} {action.title}",
            asked.url("plan_action", action.ref),
            f"“{item.title}” was offered on {date_words(item.offered_on)}",
            "Open it, then accept or return it.",
            "Waits for you",
            "purple",
        )
        for item, action in sorted(waiting, key=lambda pair: pair[0].offered_on)
    ]


def evidence_returned(asked: Asked) -> list[Thing]:
    """Actions for which this account speaks whose last evidence was returned, with the reason."""
    found = []
    for action in asked.actions:
        given = action.counting_evidence(asked.today)
        answer = given[-1].answer_by(asked.today) if given else None
        if answer is not None and not answer.is_accepted and is_in_line(asked.user, action):
            found.append((action, answer))
    return [
        Thing(
            f"{action.ref} {action.title}",
            asked.url("plan_action", action.ref),
            f"its evidence was returned on {date_words(answer.answered_on)}",
            f"{brief(answer.reason)} Offer it again.",
            "Returned",
            "orange",
        )
        for action, answer in found
    ]


def coming_things(asked: Asked, coming: Sequence[Dated]) -> list[Thing]:
    """What is due next, with whose it is."""
    return [
        Thing(
            f"{dated.ref} {dated.title}",
            asked.url("plan_action" if isinstance(dated, Action) else "plan_milestone", dated.ref),
            f"due {date_words(dated.due_on)}, in {counted((dated.due_on - asked.today).days, 'day')}"
            if dated.due_on > asked.today
            else "due today",
            "It is yours." if asked.is_mine(dated) else f"The {owner_of(dated)} owns it.",
        )
        for dated in coming
    ]


def requirement_things(asked: Asked, *wanted: str) -> list[Thing]:
    """Requirements at the positions wanted, in that order, with what the records say."""
    lines = [line for line in asked.positions or () if line.position in wanted]
    return [
        Thing(
            str(line.requirement),
            asked.url("requirement", line.requirement.ref),
            _records_say(line, wanted) or line.position,
            f"Due {date_words(line.due.on)}." if line.due.on else "It has no one date: it holds all the time.",
            line.position.capitalize(),
            line.colour,
        )
        for line in sorted(lines, key=lambda line: wanted.index(line.position))
    ]


def _records_say(line: PositionLine, wanted: Sequence[str]) -> str:
    """What the records show, as far as they are why it stands there."""
    said = next((found.sentence for _, found in line.answers if found.state in wanted), "")
    return brief(said).rstrip(".")


def clock_things(asked: Asked) -> list[Thing]:
    """Children past a limit and still waiting: how many, and the longest. The clock with most of them first."""
    found = [counts for counts in asked.clocks if counts.counts["late"]]
    return [
        Thing(
            counts.clock.title,
            asked.url("worklist", counts.clock.code, query="show=late")
            or asked.url("indicator", counts.clock.indicator),
            f"{waiting_words(counts)} on {date_words(counts.release.as_at)}{longest_words(counts)}",
            "Ask whether each child has been seen.",
            "Late",
            "red",
        )
        for counts in sorted(found, key=lambda counts: -counts.counts["late"])
    ]


def waiting_words(counts: ClockCounts) -> str:
    """ "20 of 80 past the limit (not known for 9 more)"."""
    n_unknown = counts.counts["unknown"]
    unknown = f" (not known for {n_unknown:,} more)" if n_unknown else ""
    return f"{counts.counts['late']:,} of {counts.n_known:,} past the limit{unknown}"


def longest_words(counts: ClockCounts) -> str:
    return f", the longest after {counts.longest:,} {counts.unit}" if counts.longest is not None else ""
