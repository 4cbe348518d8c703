"""The checks that the Board's own records can answer: that it exists, who sits on it, when it met, what it discussed.

Each is `check(asking, requirement, **params)`, registered with the notice room under its own name. Rule: a past day is
answered from what was true on it.
"""

from holdfast.notice.answers import register_check


def register() -> None:
    for name, check in CHECKS.items():
        register_check(name, check)


CHECKS: dict[str, object] = {}
