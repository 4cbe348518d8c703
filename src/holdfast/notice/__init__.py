"""Notices as data: requirements, the notice's own text, the checks that answer them, and positions.

Not here: the actions that answer a requirement (plan). Rule: machine checks, a person's judgement and somebody
else's acceptance are three things, never one.
"""
