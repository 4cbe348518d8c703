"""How the report was made, in plain sentences: its date, its release, what is hidden, and what the words mean."""

from datetime import date
from typing import Final

from holdfast.pages.words import date_words
from holdfast.performance.models import Release

POSITIONS: Final = (
    "A requirement’s position comes from checks of records, a person’s judgement and somebody else’s acceptance, kept "
    "apart. It is met only when all agree, on evidence that the judgement names and that whoever accepted it opened. "
    "Where people agree and the records do not show it, the position says so. A judgement that nobody has accepted "
    "moves nothing, unless it is bad news. What was judged, linked, added or done after the date of "
    "the report is left out. Where the records keep no dates, the check says that it cannot answer for that day."
)
CLAIMS: Final = (
    "The words improving, worsening, no clear change and their like come from the statistics of each series, not from "
    "anybody’s opinion: the months since the notice together, against the same months of the two years before it, "
    "widened by what those two years show beyond chance. A rate is not called better because more was counted: the "
    "number itself must have moved. That more or fewer were counted is said from a fifth on, which is our own line: no "
    "source sets one. Charts follow the rules of Making Data Count (2023), by the same baseline."
)
UNKNOWN: Final = (
    "A record that does not say whether it counts is not known. It is left out of the percentage, and the number of "
    "such records is printed beside it."
)
HIDDEN: Final = (
    "A count of 1 to 5 is shown as “c”, and so is any number from which one could be worked out. A percentage made "
    "from a hidden count is hidden too. A 0 that is shown is a true nought."
)
FOLLOWING: Final = (
    "Each indicator gives its release, its code and version, and a link to its page. From there those permitted can go "
    "down to the definition, the release, the returns behind it and the records."
)


def chapter(on: date, release: Release | None) -> list[dict[str, str]]:
    """Each point of the note, in the order it is printed."""
    points = (
        (
            "This edition",
            "It does not change. When the records change, the report made again is a new edition and this is kept.",
        ),
        ("The date", _date(on, release)),
        ("Positions", POSITIONS),
        (
            "Which indicators",
            "Every indicator that the release holds is listed, but parts of another that are withheld whole, because "
            "they would give small numbers away. Which of them the Board has agreed is on the page of what is agreed.",
        ),
        ("What may be said", CLAIMS),
        ("Not known", UNKNOWN),
        ("Small numbers", HIDDEN),
        ("Following a figure", FOLLOWING),
    )
    return [{"title": title, "text": text} for title, text in points]


def _date(on: date, release: Release | None) -> str:
    if release is None:
        return f"The report is for {date_words(on)}. No release of figures had been published."
    said = f"The report is for {date_words(on)}. No period that ends after it is shown."
    if not release.was_published_by(on):
        said = f"{said} No release had been published by that day, so the figures are from the one published last."
    as_at = date_words(release.as_at)
    if release.as_at > on:
        return f"{said} The data is as at {as_at}, so it holds what was recorded late, after the date of the report."
    return f"{said} The data is as at {as_at}."
