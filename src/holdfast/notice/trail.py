"""What this room writes to the trail, each action with the sentence that tells it."""

from typing import Final

SENTENCES: Final = {
    "notice loaded": "{who} loaded the notice {subject}.",
    "notice loaded again, unchanged": "{who} loaded the notice {subject} again, unchanged.",
    "notice's text attached": "{who} attached the notice's own text: {subject}.",
    "notice's text attached again, unchanged": "{who} attached the notice's own text again, unchanged: {subject}.",
    "summary of the notice attached": "{who} attached a summary of {subject} in our own words, not its own.",
    "recommendations loaded": "{who} loaded the recommendations of {subject}.",
    "requirement judged": "{who} judged {subject}.",
    "judgement accepted": "{who} accepted the judgement of {subject}.",
    "judgement declined": "{who} declined the judgement of {subject}.",
    "judgement withdrawn": "{who} withdrew a judgement of {subject}.",
    "evidence linked": "{who} linked evidence to {subject}.",
    "evidence opened": "{who} opened evidence of {subject}.",
    "evidence withdrawn": "{who} withdrew evidence from {subject}.",
    "condition recorded as met": "{who} recorded that the condition of {subject} is met.",
}
