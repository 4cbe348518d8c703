"""Indicators: a question asked of one record at a time, answered in, not in, or not known.

definition.py says what each must state; definitions/ has one file each; blocks.py and records.py are what they are
made of; held.py is what they are given. Counting them is calculate.py. Rule: nothing here names an engine.
"""
