"""The invented files: published totals, counted plainly; the same bytes each time; nothing before its time."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from holdfast.analytics import demo_returns, invent, write_cin_census, write_large_census
from holdfast.analytics.synthetic.calibration import Shape, county, spread
from plain_census import PlainEpisode, history, read_plainly, totals

# Explore Education Statistics, children in need 2013 to 2025 (files c1, b1, d3, d5), local authority 878.
PUBLISHED = {
    date(2013, 3, 31): {
        "referrals": 5648, "re_referrals": 1301, "referral_nfa": 505, "plans_started": 547, "repeat_plans": 93,
        "in_need_at_end": 4648, "plans_at_end": 446, "long_plans_at_end": 10,
    },
    date(2014, 3, 31): {
        "referrals": 8717, "re_referrals": 1426, "referral_nfa": 162, "plans_started": 809, "repeat_plans": 137,
        "in_need_at_end": 5731, "plans_at_end": 600, "long_plans_at_end": 11,
    },
}  # fmt: skip

Files = dict[date, list[PlainEpisode]]


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, date]]:
    """The demonstration's files at full size."""
    return demo_returns(tmp_path_factory.mktemp("returns"), 1)


@pytest.fixture(scope="module")
def files(returns: list[tuple[Path, date]]) -> Files:
    return {as_at: read_plainly(path) for path, as_at in returns}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, date]]:
    """A twentieth of the size, without mess."""
    return demo_returns(tmp_path_factory.mktemp("small"), 3, children_scale=0.05, with_mess=False)


@pytest.mark.parametrize("ends_on", sorted(PUBLISHED))
def test_the_files_come_to_the_published_totals_exactly(files: Files, ends_on: date) -> None:
    so_far = history([file for as_at, file in files.items() if as_at <= ends_on])
    starts_on = date(ends_on.year - 1, 4, 1)
    assert totals(so_far, files[ends_on], starts_on, ends_on) == PUBLISHED[ends_on]


def test_another_seed_gives_another_authority_with_the_same_totals(tmp_path: Path) -> None:
    authority = invent(2)
    assert authority.shortfalls == ()
    written = []
    for year in (2013, 2014):
        path = tmp_path / f"{year}.xml"
        write_cin_census(authority, path, as_at=date(year, 3, 31), year_start=date(year - 1, 4, 1))
        written.append(read_plainly(path))
    year = totals(history(written), written[1], date(2013, 4, 1), date(2014, 3, 31))
    assert year == PUBLISHED[date(2014, 3, 31)]


def told_of(**demands: int) -> str:
    """What an invented authority says when its first year is asked for the impossible."""
    shape = county().scaled(0.02)
    first, second = shape.years[:2]
    demanding = replace(shape, years=(replace(first, **demands), second), opening={**shape.opening, "plans_at_end": 99})
    return " ".join(invent(1, shape=demanding).shortfalls)


def test_a_target_that_cannot_be_met_is_said_in_words_not_hidden() -> None:
    assert "plans had no family to fall to" in told_of(plans_started=400, repeat_plans=150)
    assert "cases could not yet be closed" in told_of(in_need_at_end=0)
    assert "re-referrals had no family to come from" in told_of(re_referrals=100, in_need_at_end=100_000)


def test_the_years_that_nobody_published_are_marked_so() -> None:
    assert [year.ends_on for year in county().years if year.published] == sorted(PUBLISHED)
    assert all("invented" in year.source for year in county().years if not year.published)


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    def hashes(folder: str, seed: int) -> list[str]:
        written = demo_returns(tmp_path / folder, seed, children_scale=0.05)
        return [sha256(path.read_bytes()).hexdigest() for path, _ in written]

    first = hashes("a", 7)
    assert hashes("b", 7) == first
    assert not set(hashes("c", 8)) & set(first)


def test_the_returns_are_oldest_first_and_stop_when_asked(tmp_path: Path) -> None:
    written = demo_returns(tmp_path, 1, until=date(2014, 1, 31), children_scale=0.02, code="123")
    assert [as_at for _, as_at in written] == [
        date(2011, 3, 31),
        date(2012, 3, 31),
        date(2013, 3, 31),
        date(2014, 1, 31),
    ]
    header = etree.parse(str(written[-1][0])).find("Header")
    assert header is not None
    assert header.findtext("Source/LEA") == "123"
    assert header.findtext("CollectionDetails/Year") == "2014"
    assert header.findtext("CollectionDetails/ReferenceDate") == "2014-01-31"


def test_the_generator_knows_no_real_council() -> None:
    folder = Path(invent.__code__.co_filename).parent
    assert not [path.name for path in folder.glob("*.py") if "878" in path.read_text() or "Devon" in path.read_text()]


def test_a_child_is_only_a_reference(returns: list[tuple[Path, date]]) -> None:
    text = returns[3][0].read_text()
    assert "<UPN>" not in text
    assert "Name" not in text


def test_no_file_knows_anything_of_a_later_day(returns: list[tuple[Path, date]]) -> None:
    expected_later = {"ExpectedPersonBirthDate", "InitialCPCtarget"}
    for path, as_at in returns:
        for _, element in etree.iterparse(str(path)):
            text = element.text or ""
            if len(text) == 10 and text[4] == text[7] == "-" and element.tag not in expected_later:
                assert text <= as_at.isoformat(), (path.name, element.tag, element.sourceline)


def test_a_part_year_file_has_fewer_referrals_than_the_full_year_shows_for_its_months(files: Files) -> None:
    def referred(as_at: date) -> list[tuple[str, date]]:
        months = (date(2013, 4, 1), date(2014, 1, 31))
        return [(e.child, e.referral) for e in files[as_at] if months[0] <= e.referral <= months[1]]

    then, later = referred(date(2014, 1, 31)), referred(date(2014, 3, 31))
    assert set(then) < set(later)
    assert 20 <= len(later) - len(then) <= 300


def test_later_files_restate_what_an_earlier_one_said(files: Files) -> None:
    then, later = (history([files[as_at]]) for as_at in (date(2014, 1, 31), date(2014, 3, 31)))
    both = set(then) & set(later)
    cut = date(2014, 1, 31)
    closed_before = sum(1 for key in both if then[key].closed is None and (later[key].closed or date.max) <= cut)
    sources = sum(1 for key in both if then[key].source is None and later[key].source)
    needs = sum(1 for key in both if then[key].need == "N0" and later[key].need not in ("N0", None))
    corrected = sum(
        1
        for key in both
        for first, second in zip(then[key].assessments, later[key].assessments, strict=False)
        if first[0] == second[0] and first[1] and second[1] and first[1] != second[1]
    )
    assert min(closed_before, sources, needs, corrected) > 0


def test_re_referrals_are_counted_from_a_year_that_the_files_can_see(files: Files) -> None:
    """The first file cannot know of cases closed before it: its share is too low, and the next one's is not."""
    shares = []
    for as_at in (date(2011, 3, 31), date(2012, 3, 31)):
        so_far = history([file for day, file in files.items() if day <= as_at])
        year = totals(so_far, files[as_at], date(as_at.year - 1, 4, 1), as_at)
        shares.append(year["re_referrals"] / year["referrals"])
    assert shares[0] < 0.17 < 0.21 < shares[1]


def test_august_and_december_are_quiet_and_demand_rises_after_may_2013(files: Files) -> None:
    n: dict[str, int] = {}
    for episode in history(list(files.values())).values():
        month = episode.referral.isoformat()[:7]
        n[month] = n.get(month, 0) + 1
    for year in (2011, 2012, 2013):
        assert n[f"{year}-08"] < 0.85 * n[f"{year}-07"]
        assert n[f"{year}-12"] < 0.85 * n[f"{year}-11"]
    assert sum(n[f"2013-{month:02}"] for month in (6, 7, 9, 10)) > 1.4 * sum(
        n[f"2012-{month:02}"] for month in (6, 7, 9, 10)
    )


def test_the_mess_is_there(returns: list[tuple[Path, date]], files: Files) -> None:
    everything = [episode for file in files.values() for episode in file]
    texts = "".join(path.read_text() for path, _ in returns)
    assert {episode.source for episode in everything} >= {None, "2C"}
    assert "N10" in {episode.need for episode in everything}
    assert "WHIT" in texts
    assert "-02-30<" in texts
    assert any(plan[2] is None for episode in everything for plan in episode.plans)
    assert any(episode.closed and episode.closed < episode.referral for episode in everything)
    assert any(done and done < start for episode in everything for start, done, _ in episode.assessments)
    assert any(
        held is None and flag == "false" and episode.closed
        for episode in everything
        for _, _, held, flag in episode.enquiries
    )
    assert any(flag is None for episode in everything for *_, flag in episode.enquiries)
    assert any(episode.expected and episode.born is None for episode in everything)
    assert (
        sum(text.count("<Ethnicity>NOBT</Ethnicity>") > 50 for text in [path.read_text() for path, _ in returns]) == 6
    )


def test_some_children_are_sent_twice(returns: list[tuple[Path, date]]) -> None:
    n_twice = 0
    for path, _ in returns:
        references = [element.text for _, element in etree.iterparse(str(path), tag="LAchildID")]
        n_twice += len(references) - len(set(references))
    assert n_twice >= 2


def test_without_mess_no_child_is_sent_twice(small: list[tuple[Path, date]]) -> None:
    for path, _ in small:
        references = [element.text for _, element in etree.iterparse(str(path), tag="LAchildID")]
        assert len(references) == len(set(references))


def lenient_schema(shared: Path, year: int) -> etree.XMLSchema:
    """The published schema, but that no previous plans is 0 (rule 8730), which its positiveInteger forbids."""
    text = (shared / "reference" / "cin_schema" / f"CIN_schema_{year}.xsd").read_bytes()
    return etree.XMLSchema(etree.fromstring(text.replace(b"positiveInteger", b"nonNegativeInteger")))


@pytest.mark.shared
def test_files_without_mess_follow_the_schema_of_2017(shared: Path, small: list[tuple[Path, date]]) -> None:
    schema = lenient_schema(shared, 2017)
    for path, _ in small:
        schema.assertValid(etree.parse(str(path)))


@pytest.mark.shared
def test_a_file_with_child_in_need_plans_follows_the_schema_of_2022(shared: Path, tmp_path: Path) -> None:
    authority = invent(5, 0.03, with_mess=False)
    path = tmp_path / "census.xml"
    write_cin_census(authority, path, as_at=date(2012, 3, 31), year_start=date(2011, 4, 1), with_in_need_plans=True)
    assert "<CINPlanDates>" in path.read_text()
    lenient_schema(shared, 2022).assertValid(etree.parse(str(path)))


def test_a_large_census_has_the_children_asked_for_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    write_large_census(tmp_path / "a.xml", 2_500, 1)
    write_large_census(tmp_path / "b.xml", 2_500, 1)
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()
    references = [element.text for _, element in etree.iterparse(str(tmp_path / "a.xml"), tag="LAchildID")]
    assert len(references) == len(set(references)) == 2_500
    assert 1_800 < (tmp_path / "a.xml").stat().st_size / 2_500 < 2_500


def test_a_total_shared_out_by_weight_sums_to_itself_with_the_largest_remainders_first() -> None:
    assert spread(10, [1, 1, 1]) == [4, 3, 3]
    assert spread(0, [1, 2]) == [0, 0]


@given(st.integers(0, 20_000), st.lists(st.floats(0.01, 9.0), min_size=1, max_size=12))
def test_parts_sum_to_their_total_and_are_within_one_of_their_share(total: int, weights: list[float]) -> None:
    parts = spread(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= 1


def test_a_moving_share_runs_straight_between_its_knots_and_flat_outside_them() -> None:
    shape: Shape = county()
    knots = shape.knots["conferences_in_time"]
    assert shape.share_on("conferences_in_time", knots[0][0] - 100) == knots[0][1]
    assert shape.share_on("conferences_in_time", knots[-1][0] + 100) == knots[-1][1]
    for (left, low), (right, high) in pairwise(knots):
        middle = shape.share_on("conferences_in_time", (left + right) // 2)
        assert min(low, high) <= middle <= max(low, high)
