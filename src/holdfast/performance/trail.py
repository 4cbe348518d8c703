"""What this room writes to the trail, each action with the sentence that tells it."""

from typing import Final

SENTENCES: Final = {
    "return submitted": "{who} submitted {subject}.",
    "return sent again": "{who} sent {subject} again.",
    "return confirmed for another authority": "{who} confirmed {subject}, which names another authority.",
    "return accepted with its losses": "{who} accepted {subject}, though much of it is lost.",
    "arrivals taken in": "{who} took in what arrived by itself: {subject}.",
    "return read": "{who} read {subject}.",
    "return refused": "{who} refused {subject}.",
    "return held to the rules": "{who} held {subject} to the Department's validation rules.",
    "fault assigned": "{who} assigned a fault: {subject}.",
    "fault explained": "{who} explained a fault: {subject}.",
    "fault marked as fixed": "{who} marked a fault as fixed: {subject}.",
    "headings named": "{who} said what the council’s own headings mean: {subject}.",
    "teams named": "{who} said which teams the names in returns mean: {subject}.",
    "published figures submitted": "{who} submitted published figures: {subject}.",
    "published figures sent again": "{who} sent published figures again: {subject}.",
    "extracts taken": "{who} took the extracts of the rooms: {subject}.",
    "release asked for": "{who} asked for a release to be calculated: {subject}.",
    "release calculated": "{who} calculated {subject}.",
    "release answers kept": "{who} kept the answers of {subject}, from before they were kept with it.",
    "release calculated again": "{who} calculated {subject} again, with the same result.",
    "release published": "{who} published {subject}.",
    "target set": "{who} carried out a decision: a target of {subject}.",
    "chart rebased": "{who} carried out a decision: the chart of {subject} is judged anew.",
    "definition adopted": "{who} carried out a decision: the definition {subject} is adopted.",
    "looked for a child among faults": "{who} looked for a child among faults: {subject}.",
    "saw child references beside faults": "{who} saw child references beside faults: {subject}.",
    "saw the records behind a figure": "{who} saw the records behind a figure: {subject}.",
    "saw a worklist": "{who} saw a worklist: {subject}.",
}
