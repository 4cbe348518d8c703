"""Indicators: a question asked of one record at a time, answered in, not in, or not known.

definition.py says what each must state; definitions/ has one file each; questions.py has the shapes of a question,
asked of records.py and made of blocks.py; held.py is what they are given. Counting them is calculation.py. Rule:
nothing here names an engine.
"""
