"""Which team holds a child's case, as the newest return that says so has it: the census itself names no team.

Not here: who leads a team (organisation). A child of whom no return says it has none here, and is "not known" to
whoever asks.
"""

from collections.abc import Iterable

import pyarrow.parquet as pq

from holdfast.analytics.store import Store

TABLE = "cin_episodes"
COLUMNS = ("cine_person_id", "cine_referral_date", "cine_allocated_team", "cine_referral_team")


def teams_of_children(store: Store, load_ids: Iterable[str]) -> dict[str, str]:
    """Child -> the team of its latest referral that has one, from the newest of these loads that names any."""
    teams: dict[str, str] = {}
    for load in sorted((store.load(load_id) for load_id in load_ids), key=lambda load: load.as_at, reverse=True):
        path = load.table(TABLE)
        if path is None or not set(COLUMNS) <= set(pq.read_schema(path).names):
            continue
        rows = zip(*(pq.read_table(path, columns=[name])[name].to_pylist() for name in COLUMNS), strict=True)
        said = [(str(day or ""), child, allocated or referred) for child, day, allocated, referred in rows]
        own = {child: team for _, child, team in sorted(said, key=lambda row: row[:2]) if team}
        teams = {**own, **teams}
    return teams
