"""Published figures submitted and set beside our own: who may, what stands, what is said, and nothing before then."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import SYSTEM, Refused
from holdfast.access.models import TrailRow
from holdfast.analytics.disclosure import Protected
from holdfast.analytics.figure import financial_year
from holdfast.jobs import kept
from holdfast.performance.keeping import PUBLISHED
from holdfast.performance.models import PublishedFile
from holdfast.performance.selectors import indicators, verification
from holdfast.performance.selectors.beside import beside
from holdfast.performance.services import publishing
from holdfast.performance.services.publishing import NotPublishedFigures
from performance import census

HEAD = "indicator,level,code,name,region_code,year,number,out_of,per_cent,neighbours,model,source"
C1_HEAD = (
    "time_period,geographic_level,region_code,region_name,old_la_code,la_name,"
    "referral_count,rereferral_count,rereferral_percent,no_further_action_count,no_further_action_percent"
)
TEN = range(201, 211)


def single(*rows: str) -> str:
    return "\n".join([HEAD, *rows, ""])


def table(year: int, *shares: str, england: str = "24.7") -> str:
    """C1 for one year: England, the region, ours, and as many of the ten neighbours as there are shares."""
    ours = f"{year},Local authority,R1,West,{census.AUTHORITY},Ours,50,10,20,5,10"
    ten = [
        f"{year},Local authority,R2,East,{code},Other,100,c,{share},1,1"
        for code, share in zip(TEN, shares, strict=False)
    ]
    places = [f"{year},National,,,,,1000,247,{england},10,1", f"{year},Regional,R1,West,,,100,25,25,1,1"]
    return "\n".join([C1_HEAD, *places, ours, *ten, ""])


MODEL = "old_la_code,la_name,region_ind,region_name,SN_1,SN_1P\n" + ",".join(
    [census.AUTHORITY, "Ours", "7", "West", *(f"{code},Close" for code in TEN)]
)


@pytest.fixture
def send_published(council, tmp_path: Path):
    def submit(content: str, name: str = "table.csv", by=SYSTEM):
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        return publishing.submit_published(by=by, at=clock.now(), programme=council, file=file, name=name)

    return submit


@pytest.fixture
def seen(published):
    """What stands beside an indicator that holds the year to March 2013 in full, and part of the next."""

    def look(indicator: str = "I04", user=SYSTEM, **more):
        series = indicators.series(user, published.programme.code, indicator)
        years = [Protected(financial_year(2013), "", 12, 48, 0), *series.of_kind("year")]
        return beside(user, replace(series, figures=years, **more))

    return look


@pytest.fixture
def full_year() -> int:
    return 2013


def test_before_anything_is_sent_the_words_say_what_will_appear_and_who_can_make_it_happen(seen):
    found = seen()
    assert found.is_missing
    assert "performance analyst submits" in found.words
    assert seen("I20").words.startswith("The Department publishes no figure")
    assert not seen("I20").is_missing


def test_full_years_stand_beside_each_other_with_the_median_its_k_and_its_model(seen, send_published, full_year):
    send_published(table(full_year, "10", "20", "30", "40", "50", "c"))
    send_published(MODEL, "model.csv")
    found = seen()
    assert [year.year for year in found.years] == [full_year]
    year = found.years[0]
    assert year.england.words == "24.7"
    assert (year.region.words, year.published.words) == ("25.0", "20.0")
    assert year.neighbours_words == "30.0 (5 of 10, 2025 model)"
    assert "England 24.7 per cent" in found.words
    assert "the median of the 5 of our 10 statistical neighbours" in found.words
    assert "made after the year" in found.differs
    assert any("table C1" in source and "table.csv" in source for source in found.sources)
    assert any("2025 model" in source for source in found.sources)


def test_a_year_that_was_over_before_the_notice_says_so(seen, send_published, full_year):
    """The year ends on 31 March 2013. A notice of that day is no later than the year; one of the day after is."""
    send_published(table(full_year))
    assert seen(notice_on=date(2013, 3, 31)).years[0].when == "year to 31 March 2013"
    found = seen(notice_on=date(2013, 4, 1))
    assert found.years[0].when == "year to 31 March 2013, before the notice"
    assert found.words.startswith("In the year to 31 March 2013, before the notice, ours was 25.0% (12 of 48); ")


def test_a_median_has_one_decimal_as_the_shares_beside_it_have(seen, send_published, full_year):
    send_published(table(full_year, "4.8", "4.9", "4.8", "4.9", "4.7", "5.1"))
    send_published(MODEL, "model.csv")
    year = seen().years[0]
    assert (year.neighbours_words, float(year.neighbours.number)) == ("4.9 (6 of 10, 2025 model)", 4.85)


@pytest.mark.parametrize(("mode", "is_said"), [("demo", True), ("live", False)])
def test_a_demonstration_says_that_ours_were_made_to_agree(seen, send_published, full_year, settings, mode, is_said):
    settings.MODE = mode
    send_published(table(full_year))
    assert ("ours are invented, and were made to come out at or near" in seen().differs) == is_said


def test_four_neighbours_have_no_median_and_a_symbol_stays_a_symbol(seen, send_published, full_year):
    send_published(table(full_year, "10", "20", "30", "40", "x", england="u"))
    send_published(MODEL, "model.csv")
    year = seen().years[0]
    assert year.neighbours is None
    assert year.neighbours_words == "given for 4 of 10 only"
    assert (year.england.words, year.england.number) == ("u (not reliable enough to publish)", None)


def test_a_part_year_or_another_year_is_never_set_beside(seen, send_published, full_year):
    send_published(table(full_year + 1, "10"))
    assert not seen().years
    assert seen().words.startswith("No full year of ours")


def test_the_file_sent_last_stands_and_a_table_stands_before_a_single_figure(seen, send_published, full_year):
    send_published(single(f"I04,England,,England,,{full_year},,,1.0,,,A paper"), "single.csv")
    assert seen().years[0].england.words == "1.0"
    assert seen().sources[0].startswith("A paper. From the file single.csv")
    send_published(table(full_year))
    assert seen().years[0].england.words == "24.7"
    send_published(table(full_year, england="24.9"), "later.csv")
    assert seen().years[0].england.words == "24.9"


def test_a_single_median_is_given_as_it_was_copied(seen, send_published, full_year):
    rows = [f"I04,neighbours' median,,,,{full_year},,,20.0,8,2021,A paper"]
    send_published(single(*rows, f"I03,England,,England,,{full_year},593470,,,,,A paper"))
    assert seen().years[0].neighbours_words == "20.0 (8 of 10, 2021 model)"
    assert seen("I03").years[0].england.words == "593,470"


def test_the_same_file_is_kept_once_and_each_sending_is_in_the_trail(council, send_published, full_year):
    assert send_published(table(full_year)) == send_published(table(full_year), "again.csv")
    assert PublishedFile.objects.count() == 1
    assert str(PublishedFile.objects.get()).endswith("(table.csv)")
    actions = [row.action for row in TrailRow.objects.all()][-2:]
    assert actions == ["published figures submitted", "published figures sent again"]


def test_who_may_not_submit_is_refused_and_what_cannot_be_read_is_not_kept(people, send_published, full_year, data):
    with pytest.raises(Refused):
        send_published(table(full_year), by=people["director"])
    with pytest.raises(NotPublishedFigures, match="cannot be read as a file of published figures"):
        send_published("a,b\n1,2\n", by=people["performance-analyst"])
    assert not kept.folder(PUBLISHED).exists()
    assert not PublishedFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(send_published, monkeypatch):
    monkeypatch.setattr("holdfast.performance.services.publishing.MOST_BYTES", 10)
    with pytest.raises(NotPublishedFigures, match="larger than"):
        send_published("a,b\n" * 10)


def test_a_changed_file_is_found_and_not_shown(seen, send_published, full_year):
    file = send_published(table(full_year))
    kept.path_of(PUBLISHED, file.sha256).write_text("another", encoding="utf-8")
    assert any("table.csv" in problem and "changed" in problem for problem in verification.verify_store(SYSTEM))


def test_the_pages_ask_keep_and_show(client_for, published, full_year, tmp_path):
    code = published.programme.code
    analyst, director = client_for("performance-analyst"), client_for("director")
    assert "No published figures yet" in director.get(reverse("published", args=[code])).content.decode()
    page = analyst.get(reverse("indicator", args=[code, "I04"])).content.decode()
    assert "Submit published figures" in page
    assert "Submit published figures" not in director.get(reverse("indicator", args=[code, "I04"])).content.decode()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    with wrong.open("rb") as file:
        answer = analyst.post(reverse("submit_published", args=[code]), {"file": file})
    assert "cannot be read as a file of published figures" in answer.content.decode()
    right = tmp_path / "right.csv"
    right.write_text(table(full_year), encoding="utf-8")
    with right.open("rb") as file:
        answer = analyst.post(reverse("submit_published", args=[code]), {"file": file})
    assert answer.status_code == 302
    assert "right.csv" in director.get(reverse("published", args=[code])).content.decode()
    page = director.get(reverse("indicator", args=[code, "I04"])).content.decode()
    assert "No full year of ours has ended that the submitted tables hold too." in page
