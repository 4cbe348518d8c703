"""What a report of audits says of moderation: how two gradings of one case agreed, and each auditor's.

Rule: in the open copy a count, or a coefficient, that would give a small count away is not shown.
"""

from holdfast.audits.selectors.cycle import Group
from holdfast.audits.selectors.findings import FEWEST_OF_ONE
from holdfast.pages.words import lower_first
from holdfast.performance.selectors.agreeing import TOO_FEW, WHY_TOO_FEW, AgreementWords
from holdfast.performance.selectors.shares import share_of
from holdfast.reports.audit_report_parts import Said, Words, table_of


def agreement_lines(group: Group, said: Said) -> list[str]:
    words = group.random or group.every
    if words is None:
        return ["No case of these was graded twice, so nothing shows how far the grades may be trusted."]
    if _is_told(words, said):
        whose = "Of the cases drawn at random to be graded again, a" if group.random else "A"
        lines = [f"{whose}uditors were kinder in {words.kinder.words}, and harsher in {words.harsher.words}."]
        every = group.every
        if group.random and every and every.n > words.n and _is_told(every, said) and not _apart(group, said):
            lines.append(
                f"Of all that were graded twice, chosen for their grade among them: kinder in {every.kinder.of}."
            )
        return [*lines, *_too_few(group)]
    return ["How often auditors were kinder than moderators is not shown: a count would be small."]


def _too_few(group: Group) -> list[str]:
    """That no coefficient is said, of any of the cases graded twice, and how many it takes."""
    own = [words for words in (group.random, group.every) if words is not None]
    if not own or not all(words.kappa.startswith(TOO_FEW) for words in own):
        return []
    return [f"Weighted kappa and Gwet’s AC2: {lower_first(own[0].kappa)}. {WHY_TOO_FEW}"]


def _is_told(words: AgreementWords, said: Said) -> bool:
    """Whether every count of two gradings may be read: together they are all the cases, so one gives another away."""
    return all(said(share) == share.words for share in (words.same, words.near, words.kinder, words.harsher))


def agreement_table(group: Group, said: Said) -> Words:
    """Both readings side by side. A coefficient would give hidden counts away, so it is hidden with them."""

    def cells(words: AgreementWords | None, *, is_part: bool = False) -> list[str]:
        if words is None:
            return ["None"] * 8
        if is_part or not _is_told(words, said):
            return [f"{words.n:,}", *[said(share_of(1, 1))] * 7]
        shares = (words.same, words.near, words.kinder, words.harsher)
        return [f"{words.n:,}", *map(said, shares), words.kappa, words.ac2, words.shift]

    names = ("Graded twice", "The same grade", "The same or one apart", "Auditor kinder", "Auditor harsher")
    names += ("Weighted kappa", "Gwet’s AC2", "Mean shift, in grades (above 0: auditors kinder)")
    columns = (cells(group.random), cells(group.every, is_part=_apart(group, said)))
    rows = [[name, *pair] for name, *pair in zip(names, *columns, strict=True) if not all(map(_says_nothing, pair))]
    head = ["Two gradings of one case", "Drawn at random, who speak for all", "Every case graded twice"]
    is_shown = any(words and _is_told(words, said) for words in (group.random, group.every))
    return table_of("Moderation", head, rows if is_shown else [])


def _says_nothing(cell: str) -> bool:
    return cell == "None" or cell.startswith(TOO_FEW)


def _apart(group: Group, said: Said) -> bool:
    """Whether the cases that were not drawn at random are told by taking one column from the other, and are few."""
    if group.random is None or group.every is None or not _is_told(group.random, said):
        return False
    pairs = (
        (getattr(group.random, name), getattr(group.every, name)) for name in ("same", "near", "kinder", "harsher")
    )
    rest = [share_of(every.n_in - random.n_in, every.n - random.n) for random, every in pairs]
    return any(said(share) != share.words for share in rest)


def drift_table(group: Group, said: Said, is_open: bool) -> Words | None:
    """Auditor by auditor; not in the open copy where there are so few that everybody knows who each is."""
    if is_open and len(group.drift) < FEWEST_OF_ONE:
        return None
    rows = [
        [
            f"Auditor {place}" if is_open else one.auditor,
            f"{one.words.n:,}",
            said(one.words.kinder),
            said(one.words.harsher),
        ]
        for place, one in enumerate(sorted(group.drift, key=lambda one: (-one.words.n, one.auditor)), 1)
    ]
    caption = f"Each auditor of {FEWEST_OF_ONE} or more cases that were graded twice"
    return table_of(caption, ["Auditor", "Graded twice", "Kinder", "Harsher"], rows, (1,))
