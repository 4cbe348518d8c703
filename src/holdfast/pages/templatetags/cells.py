"""Two tags: the rows of a table's body, for a table that a template makes itself, and what a bare “c” in them means.

How rows look is in table_rows.py.
"""

from django import template

from holdfast.pages.table_rows import body_rows, hidden_key

register = template.Library()
register.simple_tag(body_rows)
register.simple_tag(hidden_key)
