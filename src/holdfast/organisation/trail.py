"""What this room writes to the trail, each action with the sentence that tells it."""

from typing import Final

SENTENCES: Final = {
    "council added": "{who} added the council {subject}.",
    "programme added": "{who} added the programme {subject}.",
    "agency added": "{who} added the agency {subject}.",
    "team added": "{who} added the team {subject}.",
    "body added": "{who} added the body {subject}.",
    "body changed": "{who} said who speaks for {subject}, and whether it goes on.",
    "alias added": "{who} added another name of {subject}.",
    "post added": "{who} added the post {subject}.",
    "post holder changed": "{who} said who holds the post {subject}.",
    "account added": "{who} added the account {subject}.",
    "account closed": "{who} closed the account {subject}.",
    "account opened again": "{who} opened the account {subject} again.",
    "role granted": "{who} gave {subject} a role.",
    "role granted: asked for": "{who} asked for a role for {subject}. It takes a second administrator.",
    "role ended": "{who} ended a role of {subject}.",
    "second step removed for them": "{who} removed the second step of {subject}.",
    "second step removed for them: asked for": "{who} asked to remove the second step of {subject}. It takes another.",
}
