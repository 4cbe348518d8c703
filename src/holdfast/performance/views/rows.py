"""What the components show: rows of tables and of summary lists, in words, from what selectors gave.

Not here: any choice of what may be seen (selectors) or any calculation. Rule: every cell arrives formatted.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest

from holdfast import analytics
from holdfast.jobs.models import Job
from holdfast.jobs.queue import has_lapsed, has_worker
from holdfast.pages.tables import Cell, Column, Table, link, table, tag
from holdfast.pages.words import day_or, lower_first, upper_first
from holdfast.performance.models import READ_A_RETURN, Release, Return

if TYPE_CHECKING:
    from holdfast.organisation.models import Team
    from holdfast.performance.selectors.cover import SourceOfTable
    from holdfast.performance.selectors.own_teams import NamedTeam
    from holdfast.performance.selectors.returns import FaultRule, FaultsSeen

STATE_COLOURS = {"queued": "blue", "read": "green", "refused": "red", "draft": "yellow", "published": "green"}
NO_WORKER = "No worker is running. Ask whoever runs the service to start one: holdfast worker."
SHORT = {"cin": "CIN", "cla": "CLA", "cp": "CP", "s47": "section 47", "nfa": "no further action"}
SEVERITY_COLOURS = {"blocking": "red", "error": "orange", "query": "yellow"}


def release_asked(request: HttpRequest) -> int | None:
    """The release asked for by number; None, which is the last published, for anything odd."""
    asked = request.GET.get("release", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def day(when: date | None) -> str:
    """27 February 2014; "not known" when there is none."""
    return day_or(when, "not known")


def receipt(returned: Return) -> str:
    """What to tell somebody who has just submitted a file."""
    if not returned.was_sent_before:
        return f"Return {returned.number} is kept and waiting to be read."
    if returned.state == Return.State.QUEUED:
        return f"This file was sent before, as return {returned.number}. It will be read again; nothing is doubled."
    return f"This file was sent before, as return {returned.number}. Nothing was added."


def returns_table(returns: Iterable[Return], jobs: Iterable[Job]) -> Table:
    """`jobs`: the work that waits or runs, by which a return that is being read is told."""
    reading = {job.payload.get("return"): job for job in jobs if job.kind == READ_A_RETURN}
    columns = [
        Column[Return]("Return", lambda one: _return_link(one, one.programme.code)),
        Column("Describes", lambda one: day(one.as_at)),
        Column("State", lambda one: tag(_state_words(one, reading.get(one.pk)), STATE_COLOURS[one.state])),
        Column("Rows", lambda one: f"{one.n_rows_in_all:,}", numeric=True),
        Column("Faults", lambda one: f"{one.n_faults_in_all:,}", numeric=True),
        Column("Submitted", lambda one: f"{day(one.submitted_at)}, by {one.submitter}"),
    ]
    return table("Returns submitted", columns, returns)


def _return_link(one: Return, programme: str) -> Cell:
    return link(f"Return {one.number}", "return_page", programme, one.number, hint=one.name)


def jobs_table(jobs: Iterable[Job]) -> Table:
    columns = [
        Column[Job]("Work", lambda job: upper_first(in_plain_words(job.kind))),
        Column("State", lambda job: job.get_state_display()),
        Column("Asked for", lambda job: day(job.queued_at)),
        Column("What came of it", _came_of),
    ]
    return table("Jobs", columns, jobs)


def _came_of(job: Job) -> str:
    return job.step or job.problem or job.outcome or "Nothing yet, and no problem so far."


def how_far(job: Job | None) -> dict[str, Any]:
    """How far work is that somebody waits for; {} when it has ended."""
    if job is None:
        return {}
    if job.state == Job.State.QUEUED:
        words = "Waiting to be read." if has_worker() else f"It waits, and {lower_first(NO_WORKER)}"
        return {"progress": {"words": f"{job.problem} It will be tried again." if job.problem else words}}
    if has_lapsed(job):
        stopped = "It stopped before its end, and starts again from the beginning. Nothing is lost."
        return {"progress": {"words": stopped if has_worker() else f"{stopped} {NO_WORKER}"}}
    again = f" It is being read again from the beginning, because it stopped before (time {job.attempts})."
    words = f"Being read: {lower_first(job.step)}." if job.step else "Being read."
    return {
        "progress": {
            "words": f"{words}{again if job.attempts > 1 else ''}",
            "n_done": job.n_done,
            "n_total": job.n_total,
        }
    }


def calculation_words(job: Job | None) -> dict[str, Any]:
    """What came of the last release that was asked for, so that asking for one never ends in silence."""
    if job is None:
        return {}
    unfinished = "It is waiting to be calculated." if has_worker() else f"It waits, and {lower_first(NO_WORKER)}"
    words = job.problem or job.outcome or (unfinished if job.finished_at is None else "")
    return {"last_asked": f"Last asked for on {day(job.queued_at)}. {words}" if words else ""}


def in_plain_words(code: str) -> str:
    """A rule's or a table's own name, read as words: "cin_episodes" is "CIN episodes"."""
    words = code.replace("-", " ").replace("_", " ").split(" ")
    return " ".join(SHORT.get(word, word) for word in words)


def _state_words(returned: Return, reading: Job | None) -> str:
    is_read_now = reading is not None and reading.state == Job.State.RUNNING and not has_lapsed(reading)
    return "Being read" if is_read_now else returned.get_state_display()


def _whose_words(returned: Return) -> str:
    """Whose a return is: as the file says, or as somebody confirmed of it."""
    if not returned.is_authority_confirmed:
        none = "not known yet" if returned.state == Return.State.QUEUED else "The file does not say"
        return returned.authority or none
    council = returned.programme.council
    says = returned.authority or returned.confirmed_as.replace(Return.NAMES_NONE, "")
    if says == council.code:
        return says
    own = f"it says {says}" if says else "the file itself does not say"
    return f"{council.name} ({council.code}), as was confirmed: {own}"


def return_facts(returned: Return, reading: Job | None = None) -> list[dict[str, Any]]:
    """`reading`: the work that reads it, while it waits or runs."""
    facts = [
        {"key": "State", "value": _state_words(returned, reading), "tag": STATE_COLOURS[returned.state]},
        {"key": "Describes", "value": day(returned.as_at)},
        {"key": "Authority", "value": _whose_words(returned)},
        {"key": "Submitted", "value": f"{day(returned.submitted_at)}, by {returned.submitter}"},
        {"key": "Size", "value": f"{returned.n_bytes:,} bytes"},
        {"key": "SHA-256 of the files together" if returned.parts else "SHA-256 of the file", "value": returned.sha256},
    ]
    if returned.parts:
        facts.append({"key": "Files", "value": "\n".join(part["name"] for part in returned.parts)})
    if returned.load_id:
        facts.append({"key": "Kept as load", "value": returned.load_id})
    return facts


def rules_table(rules: Sequence["FaultRule"], programme: str, number: int) -> Table:
    def named(one: "FaultRule") -> Cell:
        words = upper_first(in_plain_words(one.rule))
        return link(words, "faults", programme, number, hint=one.words, rule=one.rule)

    columns = [
        Column["FaultRule"]("Rule", named),
        Column("Severity", lambda one: tag(one.severity.capitalize(), SEVERITY_COLOURS.get(one.severity, "grey"))),
        Column("Table", lambda one: upper_first(in_plain_words(one.table)) or "Whole file"),
        Column("DfE rule", lambda one: one.census_rule or "none"),
        Column("Faults", lambda one: f"{one.n_faults:,}", numeric=True),
    ]
    return table("Faults, by rule", columns, rules)


def read_table(held: Mapping[str, int | None]) -> Table:
    """How many rows each table has; None is one that the return does not hold."""
    columns = [
        Column[tuple[str, int | None]]("Table", lambda one: upper_first(in_plain_words(one[0]))),
        Column("Rows", lambda one: "not held" if one[1] is None else f"{one[1]:,}", numeric=True),
    ]
    return table("Rows read, by table", columns, held.items())


def fault_rows(seen: "FaultsSeen") -> dict[str, Any]:
    """One rule's faults. What is the same for all is said above them, and has no column; nor has a child's reference
    for those who may not see one."""
    columns = [
        Column["analytics.Fault"]("Line of the file", lambda fault: f"{fault.line:,}" if fault.line else "not known"),
        Column("Table", lambda fault: upper_first(in_plain_words(fault.table)) or "Whole file"),
        Column("Row", lambda fault: f"{fault.row_number:,}" if fault.row_number else ""),
        Column("Column", lambda fault: fault.column or ""),
    ]
    if len({fault.words for fault in seen.page.rows}) > 1:
        columns.append(Column("What is wrong", lambda fault: fault.words))
    if seen.shows_children:
        columns.append(Column("Child", lambda fault: fault.child or "not known"))
    shown = table("Faults under this rule", columns, seen.page.rows)
    return {"fault_table": shown, "query": f"{urlencode({'rule': seen.rule})}&"}


def releases_table(releases: Iterable[Release], programme: str) -> Table:
    def named(one: Release) -> Cell:
        return link(f"Release {one.number}", "release_page", programme, one.number, hint=one.calculation_id[:8])

    columns = [
        Column[Release]("Release", named),
        Column("State", lambda one: tag(one.get_state_display(), STATE_COLOURS[one.state])),
        Column("Data as at", lambda one: day(one.as_at)),
        Column("Figures", lambda one: f"{one.n_figures:,}", numeric=True),
        Column("What moved", lambda one: one.moved_words),
        Column("Published", _published_words),
    ]
    return table("Releases", columns, releases)


def _published_words(release: Release) -> str:
    return f"{day(release.published_at)}, by {release.publisher}" if release.is_published else "not published"


def release_facts(release: Release) -> list[dict[str, Any]]:
    can = ", ".join(analytics.breakdown_words(one) for one in release.can_break_down)
    return [
        {"key": "State", "value": release.get_state_display(), "tag": STATE_COLOURS[release.state]},
        {"key": "Data as at", "value": day(release.as_at)},
        {"key": "Calculated", "value": f"{day(release.calculated_at)}, on {release.engine}"},
        {"key": "Published", "value": _published_words(release)},
        {"key": "Figures", "value": f"{release.n_figures:,}"},
        {"key": "Can be broken down by", "value": can or "nothing: these returns hold no breakdown"},
        {"key": "Calculation", "value": release.calculation_id},
        {"key": "Snapshot", "value": release.snapshot_id},
    ]


def sources_table(returns: Iterable[Return], programme: str, *, are_linked: bool) -> Table:
    """The returns a release was made from; linked for those who may open one."""
    columns = [
        Column[Return]("Return", lambda one: _return_link(one, programme) if are_linked else f"Return {one.number}"),
        Column("Describes", lambda one: day(one.as_at)),
        Column("Rows", lambda one: f"{one.n_rows_in_all:,}", numeric=True),
        Column("Faults", lambda one: f"{one.n_faults_in_all:,}", numeric=True),
        Column("SHA-256 of the file", lambda one: {"text": "", "hint": one.sha256}),
    ]
    return table("Made from these returns", columns, returns)


def cover_table(found: Iterable["SourceOfTable"]) -> Table:
    """Which source answers for which days of each table."""
    columns = [
        Column["SourceOfTable"]("Table", lambda one: upper_first(in_plain_words(one.table))),
        Column("Days it is held for", lambda one: one.days),
        Column("From", lambda one: one.kind),
        Column("Stands before", lambda one: one.over or "no other"),
        Column("Conflicts it settled", lambda one: one.settled or "none"),
    ]
    return table("Which days each table is held for", columns, found)


def named_teams_table(named: "Sequence[NamedTeam]", teams: "Sequence[Team]") -> Table:
    """Every name that returns give a team, and what it means."""
    titles = {team.code: team.name for team in teams}
    columns = [
        Column["NamedTeam"]("In the returns", lambda one: one.name),
        Column("Means", lambda one: _meaning_words(one, titles)),
    ]
    return table("Teams in the newest returns", columns, named)


def _meaning_words(one: "NamedTeam", titles: Mapping[str, str]) -> str:
    if one.team is None:
        return "nothing yet: its records are shown to nobody whose role is over a team"
    means = titles.get(one.team, "no team that is set up here")
    return f"{means}, as was said" if one.is_said else means
