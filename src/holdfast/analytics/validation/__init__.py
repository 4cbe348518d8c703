"""The census's own validation rules, one function each, and running them over its modules as tables.

A folder for each census year holds what that year brought or changed. Not here: faults that a reader sees as it reads
(returns/), or what people do about them (the performance room).
"""
