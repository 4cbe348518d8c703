"""What every page is made of: shells and components, fields, words, tables, breadcrumbs, and one way to ask.

Here: `asking` (a form, a post, a redirect), `fields` (what a person may type), `words` (dates, counts and lists in
English), `tables` (a column is one value), `files` (tables as CSV or a workbook), `crumbs`, `paging`, and the
templates that every room extends and includes.
Not here: any page of its own, or any fact. Rule: a room includes templates of its own and of this room, no others.
"""
