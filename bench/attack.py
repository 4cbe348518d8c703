"""A reader with everything that the demonstration publishes tries to recover each hidden count (tests' attacker)."""

import json
import sys
from pathlib import Path
from typing import Any

from analytics.attacker import attack, said_of_hidden
from holdfast.analytics.answers import Answers, kept_answers
from holdfast.analytics.store import Store


def releases_of(store: Store) -> list[Answers]:
    """The answers of the first release published, then each made beside the one before it."""
    found = {path.name: store.said("answers", path.name)[0] for path in (store.root / "answers").iterdir()}
    names: list[str] = []
    while after := [name for name, facts in found.items() if facts["after"] == (names[-1] if names else "")]:
        names += after[:1]
    return [kept_answers(store, name) for name in names]


def run(data: str) -> dict[str, Any]:
    """`data`: the folder of a demonstration that is there already."""
    releases = releases_of(Store(Path(data) / "store"))
    found = attack(releases)
    recovered = found.recovered()
    return {
        "releases": len(releases),
        "counts": len(found.true),
        "hidden": len(found.hidden),
        **{f"ties: {name}": n for name, n in sorted(found.tried.items())},
        "recovered": len(recovered),
        "of them 1 to 5": sum(1 <= found.true[cell] <= 5 for cell in recovered),
        "hidden groups whose sum is 1 to 5": len(found.small_sums()),
        "said or drawn of what is hidden": len(said_of_hidden(releases)),
    }


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1]), indent=2))
