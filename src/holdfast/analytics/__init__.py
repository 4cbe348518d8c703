"""The analytical core: files in; tables, numbers and drawings out. This is the only door (no Django, clock or user).

    from holdfast import analytics
    analytics.read_return(...)

Each name is fetched from its module when first asked for, so importing this costs nothing; what checks types reads the
imports below it instead, so a wrong name or argument is an error before anything runs. Not here: anything that knows a
person, a request or today's date. Rules: what is not in DOOR is nobody else's business; a new name goes into both
lists; a module is never called what a name of the door is, since importing it would hide the name.
"""

from importlib import import_module
from typing import TYPE_CHECKING

# name -> the module that has it. One line each; keep in the order of the work: read, keep, count, judge, draw.
DOOR: dict[str, str] = {
    "TABLES": "tables.contracts",
    "Column": "tables.contracts",
    "Table": "tables.contracts",
    "BREAKDOWNS": "breakdowns",
    "breakdown_named": "breakdowns",
    "breakdown_words": "breakdowns",
    "group_words": "breakdowns",
    "Fault": "faults",
    "UnreadableReturn": "faults",
    "read_return": "returns",
    "Reading": "returns",
    "recognise": "returns",
    "effect_of": "effect",
    "effect_of_new": "effect",
    "Effect": "effect",
    "Gives": "returns",
    "say_what_is_later": "returns.later",
    "Recognised": "returns",
    "why_unknown": "returns",
    "readers": "returns",
    "listening": "progress",
    "tell": "progress",
    "copy_database": "databases",
    "DatabaseNotRead": "databases",
    "read_published": "returns.published.figures",
    "published_contents": "returns.published.reader",
    "Contents": "returns.published.reader",
    "symbols_words": "returns.published.reader",
    "Published": "returns.published.figures",
    "PublishedValue": "returns.published.figures",
    "COUNTERPARTS": "returns.published.figures",
    "SYMBOLS": "tables.benchmarks",
    "median_of": "returns.published.figures",
    "model_for": "returns.published.figures",
    "OwnNames": "returns.annex_a.own",
    "own_names": "returns.annex_a.own",
    "HEADING_WITHIN": "returns.tabular",
    "headings_seen": "returns.annex_a.preview",
    "rows_seen": "returns.annex_a.preview",
    "RowSeen": "returns.annex_a.preview",
    "SheetSeen": "returns.annex_a.preview",
    "Suggestion": "returns.annex_a.preview",
    "KINDS_WITH_OWN_HEADINGS": "returns.annex_a.preview",
    "headings_of": "returns.annex_a.preview",
    "list_titles": "returns.annex_a.preview",
    "write_extract": "returns.extracted",
    "NotToContract": "returns.extracted",
    "validate_census": "validation.running",
    "CensusFault": "validation.running",
    "census_rules": "validation.rulesets",
    "census_years": "validation.rulesets",
    "NoRulesForYear": "validation.rulesets",
    "validate_census_file": "validation.whole_file",
    "why_these_rules": "validation.whole_file",
    "Validated": "validation.whole_file",
    "named_rows": "validation.whole_file",
    "fixed_and_new": "validation.whole_file",
    "teams_of_children": "teams",
    "indicators_touched": "validation.touched",
    "Store": "store",
    "NoSuchFolder": "store",
    "Load": "store",
    "snapshot": "history",
    "snapshot_named": "history",
    "Snapshot": "history",
    "INDICATORS": "indicators.definitions",
    "Definition": "indicators.definition",
    "WHY_COLUMNS": "unknowns",
    "engine": "engines",
    "UnknownEngine": "engines",
    "EngineUnavailable": "engines",
    "calculate": "calculation",
    "rehearse": "calculation",
    "Calculation": "calculation",
    "NoSuchIndicator": "calculation",
    "closings": "closed_cases",
    "Closing": "closed_cases",
    "OpenCase": "closed_cases",
    "open_cases": "closed_cases",
    "cases_known_to": "closed_cases",
    "SIGNS": "closing_signs",
    "supervision": "supervised",
    "Supervision": "supervised",
    "Supervised": "supervised",
    "SUPERVISED_KINDS": "supervised",
    "undecided": "decided",
    "Undecided": "decided",
    "Matter": "decided",
    "MATTERS": "decided",
    "WITHIN": "standards",
    "within_of": "standards",
    "MOST_DAYS": "standards",
    "measures": "standards",
    "outcomes": "standards",
    "working_days": "calendar",
    "figures": "calculated",
    "release": "calculated",
    "not_held": "calculated",
    "NotHeld": "calculated",
    "rows": "calculated",
    "children_of": "calculated",
    "records_of": "calculated",
    "Row": "calculated",
    "BreakdownNotHeld": "calculated",
    "NotInRelease": "calculated",
    "answer": "answering",
    "told": "answering",
    "kept_answers": "answers",
    "Answers": "answers",
    "Answer": "answers",
    "Said": "answers",
    "AnswersMissing": "answers",
    "POLICIES": "disclosure",
    "HIDDEN": "disclosure",
    "SMALL": "hidden_counts",
    "keep_moves": "moves",
    "kept_moves": "moves",
    "Move": "moves",
    "CAUSES": "causes",
    "Lateness": "causes",
    "lateness": "causes",
    "Figure": "figure",
    "Period": "figure",
    "period": "figure",
    "per_cent": "figure",
    "from_to": "figure",
    "shares": "figure",
    "count_words": "figure",
    "date_words": "figure",
    "as_spans": "cover",
    "spans_words": "cover",
    "protect": "disclosure",
    "Protected": "disclosure",
    "protect_alike": "alike_counts",
    "alike": "alike_counts",
    "wilson": "intervals",
    "byar": "intervals",
    "newcombe": "intervals",
    "grading_agreement": "agreement",
    "GradingAgreement": "agreement",
    "Estimate": "agreement",
    "size_for_change": "sampling",
    "frame_hash": "sampling",
    "draw_sample": "sampling",
    "drawn_order": "sampling",
    "first_drawn": "sampling",
    "in_proportion": "sampling",
    "xmr": "spc",
    "p_chart": "spc",
    "RULE_SETS": "spc",
    "assess": "claims",
    "Assessment": "claims",
    "CLAIMS": "claims",
    "BETTER": "claims",
    "WORSE": "claims",
    "Rebase": "claims",
    "Target": "claims",
    "by_luck_words": "claims",
    "distance_words": "claims",
    "headline_list": "claims",
    "headline_words": "claims",
    "draw": "charts",
    "draw_bars": "bars",
    "Drawing": "answers",
    "invent": "synthetic.authority",
    "write_cin_census": "synthetic.cin_xml",
    "Besides": "synthetic.demo",
    "demo_returns": "synthetic.demo",
    "write_large_census": "synthetic.large",
}

__all__ = ["DOOR"]

if TYPE_CHECKING:
    from holdfast.analytics.agreement import Estimate as Estimate
    from holdfast.analytics.agreement import GradingAgreement as GradingAgreement
    from holdfast.analytics.agreement import grading_agreement as grading_agreement
    from holdfast.analytics.alike_counts import alike as alike
    from holdfast.analytics.alike_counts import protect_alike as protect_alike
    from holdfast.analytics.answering import answer as answer
    from holdfast.analytics.answering import told as told
    from holdfast.analytics.answers import Answer as Answer
    from holdfast.analytics.answers import Answers as Answers
    from holdfast.analytics.answers import AnswersMissing as AnswersMissing
    from holdfast.analytics.answers import Drawing as Drawing
    from holdfast.analytics.answers import Said as Said
    from holdfast.analytics.answers import kept_answers as kept_answers
    from holdfast.analytics.bars import draw_bars as draw_bars
    from holdfast.analytics.breakdowns import BREAKDOWNS as BREAKDOWNS
    from holdfast.analytics.breakdowns import breakdown_named as breakdown_named
    from holdfast.analytics.breakdowns import breakdown_words as breakdown_words
    from holdfast.analytics.breakdowns import group_words as group_words
    from holdfast.analytics.calculated import BreakdownNotHeld as BreakdownNotHeld
    from holdfast.analytics.calculated import NotHeld as NotHeld
    from holdfast.analytics.calculated import NotInRelease as NotInRelease
    from holdfast.analytics.calculated import Row as Row
    from holdfast.analytics.calculated import children_of as children_of
    from holdfast.analytics.calculated import figures as figures
    from holdfast.analytics.calculated import not_held as not_held
    from holdfast.analytics.calculated import records_of as records_of
    from holdfast.analytics.calculated import release as release
    from holdfast.analytics.calculated import rows as rows
    from holdfast.analytics.calculation import Calculation as Calculation
    from holdfast.analytics.calculation import NoSuchIndicator as NoSuchIndicator
    from holdfast.analytics.calculation import calculate as calculate
    from holdfast.analytics.calculation import rehearse as rehearse
    from holdfast.analytics.calendar import working_days as working_days
    from holdfast.analytics.causes import CAUSES as CAUSES
    from holdfast.analytics.causes import Lateness as Lateness
    from holdfast.analytics.causes import lateness as lateness
    from holdfast.analytics.charts import draw as draw
    from holdfast.analytics.claims import BETTER as BETTER
    from holdfast.analytics.claims import CLAIMS as CLAIMS
    from holdfast.analytics.claims import WORSE as WORSE
    from holdfast.analytics.claims import Assessment as Assessment
    from holdfast.analytics.claims import Rebase as Rebase
    from holdfast.analytics.claims import Target as Target
    from holdfast.analytics.claims import assess as assess
    from holdfast.analytics.claims import by_luck_words as by_luck_words
    from holdfast.analytics.claims import distance_words as distance_words
    from holdfast.analytics.claims import headline_list as headline_list
    from holdfast.analytics.claims import headline_words as headline_words
    from holdfast.analytics.closed_cases import Closing as Closing
    from holdfast.analytics.closed_cases import OpenCase as OpenCase
    from holdfast.analytics.closed_cases import cases_known_to as cases_known_to
    from holdfast.analytics.closed_cases import closings as closings
    from holdfast.analytics.closed_cases import open_cases as open_cases
    from holdfast.analytics.closing_signs import SIGNS as SIGNS
    from holdfast.analytics.cover import as_spans as as_spans
    from holdfast.analytics.cover import spans_words as spans_words
    from holdfast.analytics.databases import DatabaseNotRead as DatabaseNotRead
    from holdfast.analytics.databases import copy_database as copy_database
    from holdfast.analytics.decided import MATTERS as MATTERS
    from holdfast.analytics.decided import Matter as Matter
    from holdfast.analytics.decided import Undecided as Undecided
    from holdfast.analytics.decided import undecided as undecided
    from holdfast.analytics.disclosure import HIDDEN as HIDDEN
    from holdfast.analytics.disclosure import POLICIES as POLICIES
    from holdfast.analytics.disclosure import Protected as Protected
    from holdfast.analytics.disclosure import protect as protect
    from holdfast.analytics.effect import Effect as Effect
    from holdfast.analytics.effect import effect_of as effect_of
    from holdfast.analytics.effect import effect_of_new as effect_of_new
    from holdfast.analytics.engines import EngineUnavailable as EngineUnavailable
    from holdfast.analytics.engines import UnknownEngine as UnknownEngine
    from holdfast.analytics.engines import engine as engine
    from holdfast.analytics.faults import Fault as Fault
    from holdfast.analytics.faults import UnreadableReturn as UnreadableReturn
    from holdfast.analytics.figure import Figure as Figure
    from holdfast.analytics.figure import Period as Period
    from holdfast.analytics.figure import count_words as count_words
    from holdfast.analytics.figure import date_words as date_words
    from holdfast.analytics.figure import from_to as from_to
    from holdfast.analytics.figure import per_cent as per_cent
    from holdfast.analytics.figure import period as period
    from holdfast.analytics.figure import shares as shares
    from holdfast.analytics.hidden_counts import SMALL as SMALL
    from holdfast.analytics.history import Snapshot as Snapshot
    from holdfast.analytics.history import snapshot as snapshot
    from holdfast.analytics.history import snapshot_named as snapshot_named
    from holdfast.analytics.indicators.definition import Definition as Definition
    from holdfast.analytics.indicators.definitions import INDICATORS as INDICATORS
    from holdfast.analytics.intervals import byar as byar
    from holdfast.analytics.intervals import newcombe as newcombe
    from holdfast.analytics.intervals import wilson as wilson
    from holdfast.analytics.moves import Move as Move
    from holdfast.analytics.moves import keep_moves as keep_moves
    from holdfast.analytics.moves import kept_moves as kept_moves
    from holdfast.analytics.progress import listening as listening
    from holdfast.analytics.progress import tell as tell
    from holdfast.analytics.returns import Gives as Gives
    from holdfast.analytics.returns import Reading as Reading
    from holdfast.analytics.returns import Recognised as Recognised
    from holdfast.analytics.returns import read_return as read_return
    from holdfast.analytics.returns import readers as readers
    from holdfast.analytics.returns import recognise as recognise
    from holdfast.analytics.returns import why_unknown as why_unknown
    from holdfast.analytics.returns.annex_a.own import OwnNames as OwnNames
    from holdfast.analytics.returns.annex_a.own import own_names as own_names
    from holdfast.analytics.returns.annex_a.preview import KINDS_WITH_OWN_HEADINGS as KINDS_WITH_OWN_HEADINGS
    from holdfast.analytics.returns.annex_a.preview import RowSeen as RowSeen
    from holdfast.analytics.returns.annex_a.preview import SheetSeen as SheetSeen
    from holdfast.analytics.returns.annex_a.preview import Suggestion as Suggestion
    from holdfast.analytics.returns.annex_a.preview import headings_of as headings_of
    from holdfast.analytics.returns.annex_a.preview import headings_seen as headings_seen
    from holdfast.analytics.returns.annex_a.preview import list_titles as list_titles
    from holdfast.analytics.returns.annex_a.preview import rows_seen as rows_seen
    from holdfast.analytics.returns.extracted import NotToContract as NotToContract
    from holdfast.analytics.returns.extracted import write_extract as write_extract
    from holdfast.analytics.returns.later import say_what_is_later as say_what_is_later
    from holdfast.analytics.returns.published.figures import COUNTERPARTS as COUNTERPARTS
    from holdfast.analytics.returns.published.figures import Published as Published
    from holdfast.analytics.returns.published.figures import PublishedValue as PublishedValue
    from holdfast.analytics.returns.published.figures import median_of as median_of
    from holdfast.analytics.returns.published.figures import model_for as model_for
    from holdfast.analytics.returns.published.figures import read_published as read_published
    from holdfast.analytics.returns.published.reader import Contents as Contents
    from holdfast.analytics.returns.published.reader import published_contents as published_contents
    from holdfast.analytics.returns.published.reader import symbols_words as symbols_words
    from holdfast.analytics.returns.tabular import HEADING_WITHIN as HEADING_WITHIN
    from holdfast.analytics.sampling import draw_sample as draw_sample
    from holdfast.analytics.sampling import drawn_order as drawn_order
    from holdfast.analytics.sampling import first_drawn as first_drawn
    from holdfast.analytics.sampling import frame_hash as frame_hash
    from holdfast.analytics.sampling import in_proportion as in_proportion
    from holdfast.analytics.sampling import size_for_change as size_for_change
    from holdfast.analytics.spc import RULE_SETS as RULE_SETS
    from holdfast.analytics.spc import p_chart as p_chart
    from holdfast.analytics.spc import xmr as xmr
    from holdfast.analytics.standards import MOST_DAYS as MOST_DAYS
    from holdfast.analytics.standards import WITHIN as WITHIN
    from holdfast.analytics.standards import measures as measures
    from holdfast.analytics.standards import outcomes as outcomes
    from holdfast.analytics.standards import within_of as within_of
    from holdfast.analytics.store import Load as Load
    from holdfast.analytics.store import NoSuchFolder as NoSuchFolder
    from holdfast.analytics.store import Store as Store
    from holdfast.analytics.supervised import SUPERVISED_KINDS as SUPERVISED_KINDS
    from holdfast.analytics.supervised import Supervised as Supervised
    from holdfast.analytics.supervised import Supervision as Supervision
    from holdfast.analytics.supervised import supervision as supervision
    from holdfast.analytics.synthetic.authority import invent as invent
    from holdfast.analytics.synthetic.cin_xml import write_cin_census as write_cin_census
    from holdfast.analytics.synthetic.demo import Besides as Besides
    from holdfast.analytics.synthetic.demo import demo_returns as demo_returns
    from holdfast.analytics.synthetic.large import write_large_census as write_large_census
    from holdfast.analytics.tables.benchmarks import SYMBOLS as SYMBOLS
    from holdfast.analytics.tables.contracts import TABLES as TABLES
    from holdfast.analytics.tables.contracts import Column as Column
    from holdfast.analytics.tables.contracts import Table as Table
    from holdfast.analytics.teams import teams_of_children as teams_of_children
    from holdfast.analytics.unknowns import WHY_COLUMNS as WHY_COLUMNS
    from holdfast.analytics.validation.rulesets import NoRulesForYear as NoRulesForYear
    from holdfast.analytics.validation.rulesets import census_rules as census_rules
    from holdfast.analytics.validation.rulesets import census_years as census_years
    from holdfast.analytics.validation.running import CensusFault as CensusFault
    from holdfast.analytics.validation.running import validate_census as validate_census
    from holdfast.analytics.validation.touched import indicators_touched as indicators_touched
    from holdfast.analytics.validation.whole_file import Validated as Validated
    from holdfast.analytics.validation.whole_file import fixed_and_new as fixed_and_new
    from holdfast.analytics.validation.whole_file import named_rows as named_rows
    from holdfast.analytics.validation.whole_file import validate_census_file as validate_census_file
    from holdfast.analytics.validation.whole_file import why_these_rules as why_these_rules
else:

    def __getattr__(name):
        """The named thing, fetched from its module and remembered. Raises AttributeError for what is not in DOOR."""
        module = DOOR.get(name)
        if module is None:
            raise AttributeError(f"holdfast.analytics has no {name!r}: add it to DOOR if it belongs there.")
        found = getattr(import_module(f"{__name__}.{module}"), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted(DOOR)
