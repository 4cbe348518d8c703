"""Reading samples: which were drawn, one with its cases, how often a figure was drawn from. The account comes first.

Case references are for who sees every audit, as in audits. Rule: a draw made again is shown with why wherever the
sample is, for ever.
"""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from holdfast.access.doors import Actor, Missing, check
from holdfast.access.permissions import Permission
from holdfast.audits.models import Sample, SampledCase
from holdfast.organisation.models import Programme
from holdfast.questions.models import SetVersion


class NoSuchSample(Missing):
    """The programme has no sample of that number, or no such case in it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no sample {number} here, or no such case in it.")


def samples(user: Actor, code: str) -> QuerySet[Sample]:
    """Every sample, the newest first, each with how many of its cases have an audit and how many were left out."""
    check(user, Permission.SEE_EVERY_AUDIT, code)
    found = Sample.objects.filter(programme__code=code)
    related = ("programme", "version__question_set", "release__programme", "drawn_by", "finding")
    counts = {
        "n_cases": Count("cases", filter=Q(cases__left_out_on__isnull=True)),
        "n_left_out": Count("cases", filter=Q(cases__left_out_on__isnull=False)),
        "n_audits": Count("cases__audit"),
        "n_handed_in": Count("cases__audit", filter=Q(cases__audit__handed_in_on__isnull=False)),
    }
    return found.select_related(*related).annotate(**counts).order_by("-drawn_on", "-number")


def one_sample(user: Actor, code: str, number: int) -> Sample:
    """One of them. Raises Refused or NoSuchSample."""
    found = samples(user, code).filter(number=number).first()
    if found is None:
        raise NoSuchSample(number)
    return found


def cases_of(sample: Sample) -> list[SampledCase]:
    """The cases of a sample that was fetched for the account, in drawn order, those left out among them."""
    related = ("team", "replaces", "replaced_by", "audit__auditor", "audit__programme", "left_out_by")
    return list(sample.cases.select_related(*related))


def one_case(user: Actor, code: str, number: int, key: int) -> SampledCase:
    """One case of a sample. Raises Refused or NoSuchSample."""
    sample = one_sample(user, code, number)
    case = SampledCase.objects.filter(sample=sample, pk=key).select_related("sample__programme", "team").first()
    if case is None:
        raise NoSuchSample(number)
    return case


def drawn_before(programme: Programme, version: SetVersion, indicator: str, period: str) -> Sequence[Sample]:
    """The samples drawn from one figure's period for the same questions, the newest first."""
    asks = {"version__question_set": version.question_set, "indicator": indicator, "period": period}
    return list(Sample.objects.filter(programme=programme, **asks).order_by("-draw"))


def frames_of(user: Actor, code: str, audits: Sequence[int]) -> list[Sample]:
    """The samples that some audits, by number, were drawn in. For who sees every audit."""
    check(user, Permission.SEE_EVERY_AUDIT, code)
    first, last = min(audits, default=0), max(audits, default=0)
    drawn = Sample.objects.filter(programme__code=code, cases__audit__number__range=(first, last))
    own = SampledCase.objects.filter(sample__in=drawn, audit__isnull=False).values_list("sample_id", "audit__number")
    wanted, numbers = set(audits), list(own)
    return [sample for sample in drawn.distinct() if any(n in wanted for of, n in numbers if of == sample.pk)]


def page_of(sample: Sample) -> str:
    return reverse("audit_sample", args=[sample.programme.code, sample.number])
