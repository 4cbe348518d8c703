"""The administrator's home: whether the service is well. Never a figure about children, nor a word of the programme."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.urls import reverse

from holdfast.access import clock
from holdfast.access.doors import Actor
from holdfast.access.selectors import refusals
from holdfast.access.upkeep import Upkeep, upkeep
from holdfast.jobs.selectors import WorkState, work_state
from holdfast.organisation import selectors as organisation
from holdfast.pages.words import counted, date_words, day_or
from holdfast.web.home.answer import Home, Thing, five, sentences

SOON_DAYS = 30
LOOKED_BACK_DAYS = 7
KEPT_DAYS = 2
"""A backup or a verification older than this missed a night. Our own line."""
OUT_OF_THE_ORDINARY = 5
"""Refusals of one account in a week that somebody should ask about. Our own line."""


def administrator(user: Actor, code: str) -> Home:
    """Failed and waiting work, accounts without a second step, roles that end soon, refusals out of the ordinary."""
    state, accounts = work_state(user, code), list(organisation.accounts(user, code).filter(is_active=True))
    with_step = set(Authenticator.objects.filter(user__in=accounts).values_list("user_id", flat=True))
    without = [account for account in accounts if account.pk not in with_step]
    page = reverse("accounts", args=[code])
    second = f"{len(without)} of {counted(len(accounts), 'account')} have no second step"
    done = f"{counted(state.n_failed, 'job')} failed and {counted(state.n_waiting, 'job')} "
    done += f"{'waits' if state.n_waiting == 1 else 'wait'} on {date_words(clock.today())}"
    worker = "a worker runs" if state.has_worker else "no worker runs"
    kept = upkeep(user, code)
    return Home(
        sentences(f"{done}; {worker}", second, _kept_words(kept)),
        five(
            _work(state),
            _not_kept(kept),
            _no_second_step(without, page),
            _ending(user, code, page),
            _refused(user, code, page),
        ),
        "Nothing failed, the service is backed up and verified, every account has a second step, no role ends soon "
        "and nobody was refused often.",
        [("Every account", page)],
    )


def _kept_words(kept: Upkeep) -> str:
    """When a backup was last made, and when all was last verified and what came of it."""
    found = "as it was written"
    if kept.problems:
        found = f"with {kept.problems}"
    verified = f"on {date_words(kept.verified_on)}, {found}" if kept.verified_on else "never"
    return f"last backup: {day_or(kept.backed_up_on, 'never')}; last verified: {verified}"


def _not_kept(kept: Upkeep) -> list[Thing]:
    """What verifying found; and a backup or a verification that is late, or was never made."""
    found = []
    if kept.problems:
        what, figure = "Something is not as it was written", f"{kept.problems}, on {day_or(kept.verified_on, '')}"
        found.append(Thing(what, "", figure, "Run holdfast verify: it names each.", "Changed", "red"))
    asked = (
        (kept.backed_up_on, "backup", "Run holdfast backup FILE, every night, to another disk."),
        (kept.verified_on, "verification", "Run holdfast verify every night, and keep what it prints elsewhere."),
    )
    for on, name, words in asked:
        if on is None:
            found.append(Thing(f"There was never a {name}", "", "none is noted here", words, "Never", "red"))
        elif on < clock.today() - timedelta(days=KEPT_DAYS):
            found.append(Thing(f"The last {name} is old", "", f"of {date_words(on)}", words, "Old", "orange"))
    return found


def _work(state: WorkState) -> list[Thing]:
    """What failed, and what waits, the worst first: nothing is done without a worker."""
    found = []
    if not state.has_worker:
        words = "Start one beside the pages: holdfast worker."
        found.append(Thing("No worker runs", "", "returns are kept, and not read", words, "Stopped", "red"))
    if state.n_failed:
        what = f"{counted(state.n_failed, 'job')} failed"
        words = "Ask the analyst to send the file again."
        found.append(Thing(what, "", "tried until it gave up", words, "Failed", "red"))
    if state.waits_since is not None:
        what = f"{counted(state.n_waiting, 'job')} waiting"
        since = f"the oldest since {date_words(state.waits_since)}"
        found.append(Thing(what, "", since, "Look again in a few minutes.", "Waiting", "yellow"))
    return found


def _no_second_step(without: list[organisation.Account], page: str) -> list[Thing]:
    if not without:
        return []
    names = "; ".join(account.display_name for account in without[:3])
    more = f"; and {len(without) - 3} more" if len(without) > 3 else ""
    return [
        Thing(
            "Accounts without a second step",
            page,
            f"{counted(len(without), 'account')}: {names}{more}",
            "Ask each to add one: a password alone can be guessed.",
            "At risk",
            "orange",
        )
    ]


def _ending(user: Actor, code: str, page: str) -> list[Thing]:
    """Roles whose last day is near, the soonest first."""
    today = clock.today()
    ending = organisation.holdings(user, code).filter(to_on__range=(today, today + timedelta(days=SOON_DAYS)))
    return [
        Thing(
            f"{holding.account.display_name}’s role ends",
            page,
            f"last day {date_words(holding.to_on)}" if holding.to_on else "",
            "Ask whether it should go on.",
            "Ends soon",
            "yellow",
        )
        for holding in ending.order_by("to_on")
    ]


def _refused(user: Actor, code: str, page: str) -> list[Thing]:
    """Accounts refused more often in a week than a wrong turning explains."""
    since = clock.now() - timedelta(days=LOOKED_BACK_DAYS)
    return [
        Thing(
            f"{by} was refused often",
            page,
            f"{counted(n, 'refusal')} in the {LOOKED_BACK_DAYS} days to {date_words(clock.today())}",
            "Ask what they need, or whether it was them.",
            "Look",
            "orange",
        )
        for by, n in refusals(user, code, since)
        if n >= OUT_OF_THE_ORDINARY
    ]
