"""A census file held to the Department's rules, said in words and as data. Nothing is stored, and no account is asked.

Not here: the rules (analytics), or the faults of a return that was read (faults.py). Rule: rows and lines are said, and
never a child's reference or any value.
"""

from pathlib import Path
from typing import Any

from holdfast import analytics


def validated_file(path: Path, year: str = "") -> "analytics.Validated":
    """The file held to the rules that a return of it would be held to, or of `year`.

    Raises UnreadableReturn, NoRulesForYear.
    """
    return analytics.validate_census_file(path, year)


def validated_data(found: "analytics.Validated") -> dict[str, Any]:
    """For --json: documented keys. A rule that names no row of its own is about the whole return."""
    return {
        "year": found.year,
        "own_year": found.file.year,
        "why": found.why,
        "sha256": found.file.sha256,
        "rows": dict(found.file.n_rows),
        "rules": len(analytics.census_rules(found.year)),
        "not_run": [{"rule": rule, "why": why} for rule, why in found.not_run.items()],
        "faults": [
            {
                "rule": fault.rule,
                "severity": fault.severity,
                "module": fault.module,
                "fields": list(fault.fields),
                "message": fault.message,
                "rows": list(fault.row_numbers),
                "lines": found.lines(fault),
            }
            for fault in found.found
        ],
    }


def validated_words(found: "analytics.Validated") -> list[str]:
    """A plain line for each fault, after one that says how much was held to how many rules."""
    n_rows = f"{sum(found.file.n_rows.values()):,}"
    rules = analytics.census_rules(found.year)
    n_run = len(rules) - len(set(found.not_run) & set(rules))
    lines = [f"{n_rows} rows of {found.file.n_rows['ChildIdentifiers']:,} children held to the rules of {found.year}."]
    lines += [found.why] if found.why else []
    lines.append(f"{n_run} of {len(rules)} rules were run; {len(found.found)} found something.")
    for fault in found.found:
        said = found.lines(fault)
        rows = "1 row" if len(said) == 1 else f"{len(said):,} rows"
        places = f"{rows}, first on line {said[0]:,}" if said else "the whole return"
        lines.append(f"  {fault.rule} {fault.severity}, {fault.module}, {places}: {fault.message}")
    lines += [f"  {rule} not run. {why}" for rule, why in found.not_run.items()]
    return lines
