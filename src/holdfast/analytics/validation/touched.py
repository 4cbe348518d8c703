"""Which indicators a rule touches: those whose answers hang on a column that one of the rule's elements fills.

Read from the definitions' own expressions (indicators/needs.py), so that no list can be wrong. Not here: by how much.
"""

from collections.abc import Mapping
from functools import lru_cache

from holdfast.analytics.returns.cin_census.shapes import SHAPES
from holdfast.analytics.tables.contracts import TABLES
from holdfast.analytics.validation.modules import KEYS
from holdfast.analytics.validation.rule import Rule
from holdfast.analytics.validation.rulesets import census_rules

NESTING = frozenset(element for elements in KEYS.values() for element in elements)
# The table that a block of the census fills first; a conference's dates, in any block, are the conference's.
TABLE_OF = {
    "ChildIdentifiers": "person",
    "ChildCharacteristics": "person",
    "Disabilities": "disability",
    "CINdetails": "cin_episodes",
    "Assessments": "cin_assessments",
    "CINplanDates": "cin_plans",
    "Section47": "s47_enquiry",
    "ChildProtectionPlans": "cp_plans",
    "Reviews": "cp_reviews",
}
FACTORS = ("assessment_factors", "cinf_assessment_factor")


@lru_cache(maxsize=16)
def indicators_touched(year: str) -> Mapping[str, tuple[str, ...]]:
    """Rule -> the ids of the indicators it touches, in order; () for none. Raises NoRulesForYear."""
    from holdfast.analytics.indicators.definitions import INDICATORS
    from holdfast.analytics.indicators.needs import needs_of

    needs = {
        name: {(table, column) for table, columns in needs_of(definition).items() for column in columns}
        for name, definition in INDICATORS.items()
    }
    return {
        code: tuple(name for name, needed in needs.items() if needed & columns_of(rule))
        for code, rule in census_rules(year).items()
    }


def columns_of(rule: Rule) -> frozenset[tuple[str, str]]:
    """(table, column): what the rule's elements fill. Keys count only where the rule is about nothing else."""
    about = [(module, element) for module, element in rule.needs if element in rule.fields]
    named = [(module, element) for module, element in about if element not in NESTING] or about
    return frozenset(column for module, element in named for column in _filled(module, element))


def _filled(module: str, element: str) -> list[tuple[str, str]]:
    if element == "AssessmentFactors":
        return [FACTORS]
    own = TABLE_OF.get(module)
    columns = [shape.elements[element][0] for shape in SHAPES if shape.table == own and element in shape.elements]
    return [(table.name, column) for column in columns for table in TABLES.values() if column in table.column_names]
