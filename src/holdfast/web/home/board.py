"""Lines of a home that the Board's own records give: what it is to decide, challenges open, risks over their target."""

from holdfast.pages.words import counted, date_words, listed
from holdfast.web.home.answer import Thing, brief
from holdfast.web.home.asked import Asked


def board_words(asked: Asked) -> str:
    """ "1 decision waits, 2 challenges are open and 1 risk is over its target"; "" when there is none of them."""
    n_waiting, n_open, n_over = len(asked.awaited), len(asked.challenges), len(asked.risks_over)
    said = [
        counted(n_waiting, "decision waits", "decisions wait") if n_waiting else "",
        counted(n_open, "challenge is open", "challenges are open") if n_open else "",
        counted(n_over, "risk is over its target", "risks are over their targets") if n_over else "",
    ]
    return listed([words for words in said if words])


def decision_things(asked: Asked) -> list[Thing]:
    """What is to be decided, with the meeting that is to decide it."""
    return [
        Thing(
            item.title,
            asked.url("agenda_item", item.meeting.body.code, item.meeting.number, item.order),
            f"to be decided by the {item.meeting.body} on {date_words(item.meeting.held_on)}",
            "Read what is asked, and what was considered.",
            "To decide",
            "purple",
        )
        for item in asked.awaited
    ]


def challenge_things(asked: Asked) -> list[Thing]:
    """Challenges that are open, those that nobody has answered first and then the oldest, with how long."""
    return [
        Thing(
            f"Challenge {line.challenge.number}: {brief(line.challenge.about).rstrip('.')}",
            asked.url("challenge", line.challenge.number),
            f"open for {line.age}",
            f"{line.challenge.challenger} asked the {line.challenge.challenged}: "
            + ("close it, or ask again." if line.answers else "ask for an answer."),
            line.state,
            "yellow" if line.answers else "orange",
        )
        for line in sorted(asked.challenges, key=lambda line: bool(line.answers))
    ]


def risk_things(asked: Asked) -> list[Thing]:
    """Risks over what they were agreed to come down to, the largest first."""
    return [
        Thing(
            f"Risk {line.risk.number}: {line.risk.title}",
            asked.url("risk", line.risk.number),
            f"{line.score_words}, to come down to {line.target_words}. {line.looked_at}",
            f"Ask the {line.risk.owner} what will bring it down.",
            "Over its target",
            "orange",
        )
        for line in asked.risks_over
    ]
