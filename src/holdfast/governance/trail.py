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
    "agenda made": "{who} made the agenda of {subject}.",
    "item added": "{who} put {subject} on an agenda.",
    "item changed": "{who} changed {subject} on an agenda.",
    "item reserved": "{who} reserved {subject}.",
    "paper attached": "{who} attached a paper to {subject}.",
    "forward plan added to": "{who} put {subject} in the forward plan.",
    "entry minuted": "{who} minuted under {subject}.",
    "entry changed": "{who} changed an entry under {subject}.",
    "minutes approved": "{who} recorded the approval of the {subject}.",
    "meeting moved": "{who} moved {subject}.",
    "meeting cancelled": "{who} cancelled {subject}.",
    "decision recorded": "{who} recorded decision {subject}.",
}
