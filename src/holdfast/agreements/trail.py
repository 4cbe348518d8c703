"""What this room writes to the trail, each action with the sentence that tells it."""

from typing import Final

SENTENCES: Final = {
    "subject of agreement added": "{who} added something to be agreed: {subject}.",
    "version put forward": "{who} put {subject} forward for agreement.",
    "agreement answered": "{who} answered on {subject}.",
    "agreement recorded from a minute": "{who} recorded from a minute an answer on {subject}.",
    "version withdrawn": "{who} withdrew {subject}.",
    "agreement reviewed": "{who} recorded a review of {subject}.",
}
