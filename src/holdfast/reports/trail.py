"""What this room writes to the trail, each action with the sentence that tells it."""

from typing import Final

SENTENCES: Final = {
    "report frozen": "{who} froze {subject}.",
    "report asked for again": "{who} asked for {subject} again; nothing in it had changed.",
}
