"""What rooms above know of who may be given a post: they register it here, and every appointment asks it."""

from collections.abc import Callable
from datetime import date

from holdfast.access.models import Account
from holdfast.organisation.models import Post

Rule = Callable[[Post, Account, date], None]
"""Says nothing of an appointment from a day on, or raises Forbidden, in words."""
_rules: list[Rule] = []


def register_appointment_rule(rule: Rule) -> None:
    """Called once by a room whose rules an appointment could break, when the application starts."""
    _rules.append(rule)


def check_appointment(post: Post, holder: Account, on: date) -> None:
    """Raises Forbidden where a rule of another room forbids it."""
    for rule in _rules:
        rule(post, holder, on)
