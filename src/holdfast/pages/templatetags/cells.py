"""One tag: the rows of a table's body, for a table that a template makes itself. How they look is in table_rows.py."""

from django import template

from holdfast.pages.table_rows import body_rows

register = template.Library()
register.simple_tag(body_rows)
