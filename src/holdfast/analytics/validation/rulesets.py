"""The rules of each census year: a folder for each, which holds only what that year brought or changed.

The next year's rules are a folder. Not here: the rules, or what they find.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from holdfast.analytics import validation
from holdfast.analytics.validation.rule import Rule

FOLDER = "census_"


class NoRulesForYear(LookupError):
    """The rules of this census year are not held. `str()` says which are."""

    def __init__(self, year: str) -> None:
        self.year = year
        super().__init__(f"There are no validation rules for the census of {year} here. The years held are: {held()}.")


def held() -> str:
    return ", ".join(census_years())


@lru_cache(maxsize=1)
def census_years() -> tuple[str, ...]:
    """The census years whose rules are held, in order, such as "2025/26"."""
    names = sorted(found.name for found in iter_modules(validation.__path__) if found.ispkg)
    return tuple(name.removeprefix(FOLDER).replace("_", "/") for name in names)


def year_ending(year: int) -> str:
    """The census year that ends on 31 March of this year: 2026 gives "2025/26"."""
    return f"{year - 1}/{year % 100:02d}"


@lru_cache(maxsize=8)
def census_rules(year: str) -> Mapping[str, Rule]:
    """Code -> rule, of the year: each as the last folder up to it has it. Raises NoRulesForYear."""
    if year not in census_years():
        raise NoRulesForYear(year)
    rules: dict[str, Rule] = {}
    for own in census_years()[: census_years().index(year) + 1]:
        rules |= introduced(own)
    return dict(sorted(rules.items()))


@lru_cache(maxsize=8)
def introduced(year: str) -> Mapping[str, Rule]:
    """Code -> rule, of those that the year brought or changed."""
    folder = import_module(f"{validation.__name__}.{FOLDER}{year.replace('/', '_')}")
    modules = [import_module(f"{folder.__name__}.{found.name}") for found in iter_modules(folder.__path__)]
    own = [held for module in modules for held in vars(module).values() if isinstance(held, Rule)]
    return {found.code: found for found in own}
