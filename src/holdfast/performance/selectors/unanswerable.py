"""Questions the performance room cannot answer, each a plain sentence that says why and what can be asked instead."""

from collections.abc import Iterable

from holdfast import analytics
from holdfast.access.doors import Missing


class Unanswerable(Exception):
    """A question about figures or records that has no answer here."""


class NoSuchReturn(Unanswerable, Missing):
    """The programme has no return of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no return {number} in this programme.")


class NoSuchIndicator(Unanswerable, Missing):
    """There is no indicator with that code."""

    def __init__(self, indicator: str) -> None:
        super().__init__(f"There is no indicator “{indicator}”. The indicators are: {', '.join(analytics.INDICATORS)}.")


class NotCounted(Unanswerable, Missing):
    """The indicator is newer than the release."""

    def __init__(self, release: str, indicator: str) -> None:
        super().__init__(f"{release.capitalize()} was made before {indicator} was counted. A new release will have it.")


class Withheld(Unanswerable):
    """The indicator is a part of another, and nobody has it but those who may see small counts."""

    def __init__(self, indicator: str) -> None:
        super().__init__(
            f"{indicator} is shown to those who may see small counts: it counts part of what another figure counts, "
            "and the two may differ by a few children."
        )


class NoRelease(Unanswerable, Missing):
    """The programme has no release that this account may see, or not the one asked for."""

    def __init__(self, number: int | None = None) -> None:
        super().__init__(
            "No release has been published yet. A performance analyst publishes one when a return has been read."
            if number is None
            else f"There is no release {number} in this programme that you may see."
        )


class HistoryNotKept(Unanswerable, Missing):
    """The records that a release was counted from are in the store no more, or as a much earlier version wrote them."""

    def __init__(self, release: str) -> None:
        super().__init__(
            f"The records that {release} was counted from are no longer kept here, or are kept as a much earlier "
            "version wrote them, so nothing can be read of a case. Its figures stand. A new release will have them."
        )


class NothingToCompare(Unanswerable):
    """One release alone, or the same one twice."""

    def __init__(self) -> None:
        super().__init__("Choose two different releases. What moved is seen by setting one beside another.")


class NothingToPublish(Unanswerable):
    """There is no draft, or not the one asked for."""

    def __init__(self, number: int | None) -> None:
        super().__init__(
            "There is no draft release to publish. Submit a return first, or calculate a release."
            if number is None
            else f"Release {number} is not a draft of this programme."
        )


class BreakdownNotHeld(Unanswerable):
    """The release cannot break the indicator down that way. `held` are the ways it can."""

    def __init__(self, release: str, indicator: str, wanted: str, held: tuple[str, ...]) -> None:
        self.held = held
        can = ", ".join(held)
        super().__init__(
            f"{release.capitalize()} cannot give {indicator} by {wanted}: "
            "the returns it was made from do not hold it. "
            + (f"It can be given by {can}." if can else "It can only be given for all children together.")
        )


class BreakdownOfAnEarlierRelease(BreakdownNotHeld):
    """Two releases broken down the same way can be subtracted, so only the last published one is broken down."""

    def __init__(self, release: str) -> None:
        self.held = ()
        Exception.__init__(
            self,
            f"{release.capitalize()} is not the last release published, so it is given for all children together: "
            "set beside the last release, its groups could give small counts away.",
        )


class NoSuchBreakdown(Unanswerable, Missing):
    """A way of breaking figures down that there is not. What was asked for is not repeated."""

    def __init__(self) -> None:
        super().__init__("There is no such way to break figures down.")


class NoSuchGroup(Unanswerable, Missing):
    """A group that the breakdown does not have. What was asked for is not repeated."""

    def __init__(self) -> None:
        super().__init__("There is no such group in these figures.")


class NoAnswersYet(NoRelease):
    """A release from before answers were kept with it, whose answers a worker has not made yet: no figure to show."""

    def __init__(self, release: str) -> None:
        Exception.__init__(
            self,
            f"The figures of {release} are being made ready: it is from before they were kept with the release. "
            "Load this page again in a few minutes; a worker must be running (“holdfast worker”).",
        )


class NoSuchOutcome(Unanswerable):
    """An outcome that is not in, not or unknown."""

    def __init__(self) -> None:
        super().__init__("An outcome is one of: in, not, unknown. Leave it out to see all three.")


class NeverHeld(Unanswerable):
    """An indicator is not held in any period of a release: nothing that it needs was sent or given."""

    def __init__(self, release: str, indicator: str) -> None:
        super().__init__(f"{indicator} is not held in any period of {release}, so there are no records behind it.")


class NoSuchPeriod(Unanswerable):
    """A period that the release does not give."""

    def __init__(self, given: Iterable[str]) -> None:
        periods = list(given)
        super().__init__(
            "That is not a period of this release. A period is a month, like "
            f"{periods[0]}, or a financial year, like {periods[-1]}."
        )


class NoSuchWorklist(Unanswerable, Missing):
    """There is no such worklist, or the last release does not count what it is made from."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(f"There is no such worklist in the last release. The worklists are: {', '.join(codes)}.")


class NoSuchChoice(Unanswerable, Missing):
    """A part of a worklist that there is not."""

    def __init__(self, choices: Iterable[str]) -> None:
        names = ", ".join(name for name in choices if name)
        super().__init__(f"A worklist is shown whole, or as one of: {names}.")


class NoSuchTeam(Unanswerable, Missing):
    """A team that no record of the worklist names."""

    def __init__(self) -> None:
        super().__init__("No record of this worklist names that team. Choose one of those that the worklist shows.")


class NotHeldToRules(Unanswerable, Missing):
    """A return was not held to the Department's validation rules, or not yet."""

    def __init__(self, number: int, problem: str = "") -> None:
        super().__init__(f"Return {number} has not been held to the validation rules. {problem}".strip())


class NoSuchFault(Unanswerable, Missing):
    """A return has no such fault of a rule."""

    def __init__(self, rule: str) -> None:
        super().__init__(f"The return has no such fault of rule {rule}. A later return may have closed it.")
