"""What this room writes to the trail, each action with the sentence that tells it."""

from typing import Final

SENTENCES: Final = {
    "body constituted": "{who} set out how the {subject} meets.",
    "seat filled": "{who} put {subject} on the body.",
    "seat ended": "{who} ended the seat of {subject}.",
    "meeting planned": "{who} planned {subject}.",
    "cycle of meetings made": "{who} planned the meetings of the {subject}.",
    "meeting held": "{who} said that {subject} was held.",
    "attendance recorded": "{who} said who came to {subject}.",
    "meeting moved": "{who} moved {subject}.",
    "meeting cancelled": "{who} cancelled {subject}.",
}
