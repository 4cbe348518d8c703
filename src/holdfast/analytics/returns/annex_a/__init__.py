"""Annex A: the lists of children that Ofsted asks a council for, and that councils make every month for themselves.

`lists` says what each list is made of, `matching` which sheet and heading is which, `reader` puts it together; `rows`
and `looked_after` turn a line into rows of tables. docs/formats/annex-a.md says what is kept and what is not.
"""
