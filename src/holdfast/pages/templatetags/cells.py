"""Three tags: the rows of a table's body, for a table that a template makes itself, and what a bare “c” means, in them
and in a summary list.

How rows look is in table_rows.py.
"""

from django import template

from holdfast.pages.table_rows import body_rows, hidden_key, list_key

register = template.Library()
register.simple_tag(body_rows)
register.simple_tag(hidden_key)
register.simple_tag(list_key)
