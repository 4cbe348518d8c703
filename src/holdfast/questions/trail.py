"""What this room writes to the trail, each action with the sentence that tells it. Never an answer."""

from typing import Final

SENTENCES: Final = {
    "question set written": "{who} wrote {subject}.",
    "answering begun": "{who} began to answer {subject}.",
    "answers saved": "{who} saved answers to {subject}.",
    "answers taken in": "{who} took in the answers of {subject}, filled in elsewhere.",
    "answers of an older page set aside": "{who} sent answers to {subject} from a page that was out of date.",
    "answers handed in": "{who} handed in {subject}.",
}
