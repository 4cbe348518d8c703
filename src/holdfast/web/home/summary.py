"""The answer under the question: where the programme stands, in two or three short sentences of counts."""

from holdfast.notice import selectors as notice
from holdfast.web.home.asked import Asked


def summary(asked: Asked) -> str:
    """ "Of 71 requirements, 2 are not met, 5 are at risk and 40 have no evidence. 3 things in the plan are late." """
    return " ".join(filter(None, (_requirements(asked), _late(asked), _worsening(asked))))


def _requirements(asked: Asked) -> str:
    if asked.positions is None:
        return ""
    n = dict(notice.counts(asked.positions))
    not_met, at_risk, without = n["not met"], n["at risk"], n["no evidence"]
    said = f"{not_met} {_are(not_met)} not met, {at_risk} {_are(at_risk)} at risk"
    have = "has" if without == 1 else "have"
    return f"Of {len(asked.positions)} requirements, {said} and {without} {have} no evidence."


def _late(asked: Asked) -> str:
    if not asked.has_plan:
        return ""
    n = len(asked.late)
    return f"{n} thing{'' if n == 1 else 's'} in the plan {_are(n)} late." if n else "Nothing in the plan is late."


def _worsening(asked: Asked) -> str:
    if asked.worsening is None:
        return ""
    n = len(asked.worsening)
    return f"{n} indicator{'' if n == 1 else 's'} {_are(n)} getting worse." if n else ""


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
