"""Which columns of which tables an answer hangs on, read from the definition's own expression.

So nobody has to list them, and a list cannot be wrong. What is only carried along, so that a record can be told apart
by it, is not needed: without it that breakdown is not held, and the figure is. Rule: whatever a filter, a join or an
order looks at counts as needed too.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ibis.expr import operations as ops

from holdfast.analytics.indicators.blocks import ANSWER_SCHEMA
from holdfast.analytics.indicators.definition import Definition
from holdfast.analytics.indicators.held import Held
from holdfast.analytics.tables.contracts import TABLES


def needs_of(definition: Definition) -> Mapping[str, frozenset[str]]:
    """Table -> the columns of it that the definition's answers hang on. Every table it names is there.

    What it reads only `where_given` is left out: without it the answers are held.
    """
    needed = _needed(definition.rows)
    names = {table: frozenset(TABLES[table].column_names) for table in definition.tables}
    found = {table: own & {column for named, column in needed if named == table} for table, own in names.items()}
    return {table: own - set(definition.where_given) for table, own in found.items()}


@lru_cache(maxsize=512)
def _needed(rows: Callable[[Held], Any]) -> frozenset[tuple[str, str]]:
    trace = _Trace()
    asked = rows(Held(first_day=date(2010, 4, 1), as_at=date(2014, 3, 31))).op()
    trace.relation(asked)
    for name in ANSWER_SCHEMA:
        trace.column(asked, name)
    return frozenset(trace.needed)


class _Trace:
    """Follows columns through an expression, down to the tables. `needed`: (table, column)."""

    def __init__(self) -> None:
        self.needed: set[tuple[str, str]] = set()
        self._seen: set[Any] = set()

    def column(self, relation: Any, name: str) -> None:
        """What one column of a relation is made from."""
        if (relation, name) in self._seen:
            return
        self._seen.add((relation, name))
        if isinstance(relation, ops.UnboundTable):
            self.needed.add((relation.name, name))
            return
        self.relation(relation)
        if isinstance(relation, ops.Set):
            self.column(relation.left, name)
            self.column(relation.right, name)
        else:
            self._value(relation.values[name])

    def relation(self, relation: Any) -> None:
        """What decides which rows a relation has, and in what order: everything in it but the columns it gives."""
        if relation in self._seen or isinstance(relation, ops.UnboundTable):
            return
        self._seen.add(relation)
        for part in relation.__children__:
            if isinstance(part, ops.Relation):
                self.relation(part)
        for link in getattr(relation, "rest", ()):
            self.relation(link.table)
        for value in _deciding(relation):
            self._value(value)

    def _value(self, value: Any) -> None:
        for field in value.find(ops.Field, filter=ops.Value):
            self.column(field.rel, field.name)


def _deciding(relation: Any) -> Iterator[Any]:
    """The values by which a relation chooses, joins, groups or orders its rows."""
    yield from getattr(relation, "predicates", ())
    yield from getattr(relation, "keys", ())
    yield from getattr(relation, "groups", {}).values()
    for link in getattr(relation, "rest", ()):
        yield from link.predicates
    if isinstance(relation, ops.Distinct):
        yield from relation.values.values()
