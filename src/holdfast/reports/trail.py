"""What this room writes to the trail, each action with the sentence that tells it."""

from typing import Final

SENTENCES: Final = {
    "report frozen": "{who} froze {subject}.",
    "chair's report begun": "{who} began: {subject}.",
    "chair's report written": "{who} wrote in: {subject}.",
    "chair's report given newer figures": "{who} put newer figures beside: {subject}.",
    "chair's draft shared": "{who} shared: {subject}.",
    "chair's draft shared no more": "{who} shared no more: {subject}.",
    "chair's report sent": "{who} sent {subject} to Ministers.",
    "pack asked for": "{who} asked for: {subject}.",
    "report of audits frozen": "{who} froze: {subject}.",
    "report of audits sent": "{who} recorded that it went to a board: {subject}.",
    "report asked for again": "{who} asked for {subject} again; nothing in it had changed.",
}
