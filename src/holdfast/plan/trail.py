"""What this room writes to the trail, each action with the sentence that tells it."""

from typing import Final

SENTENCES: Final = {
    "plan loaded": "{who} loaded the plan: {subject}.",
    "objective added": "{who} added the objective {subject}.",
    "action added": "{who} added the action {subject}.",
    "milestone added": "{who} added the milestone {subject}.",
    "date moved by decision": "{who} recorded that a decision moved the date of {subject}.",
    "action done": "{who} marked {subject} as done.",
    "milestone met": "{who} marked {subject} as met.",
    "lateness explained": "{who} said why {subject} is late.",
    "progress updated": "{who} said how {subject} is going.",
    "evidence offered": "{who} offered evidence of {subject}.",
    "evidence accepted": "{who} accepted evidence of {subject}.",
    "evidence returned": "{who} returned evidence of {subject}.",
    "impact reviewed": "{who} reviewed what {subject} changed.",
    "action closed": "{who} closed {subject} as complete.",
    "action reopened": "{who} reopened {subject}.",
    "action changed": "{who} changed {subject}.",
    "milestone changed": "{who} changed {subject}.",
    "milestone changed by decision": "{who} changed what {subject} must reach, by a decision.",
    "requirement handed over": "{who} named who takes over {subject} when the notice ends.",
    "plan imported": "{who} imported the plan from a spreadsheet: {subject}.",
    "objective changed": "{who} changed {subject}.",
    "objective withdrawn": "{who} withdrew the objective {subject}.",
    "action withdrawn": "{who} withdrew the action {subject}.",
    "milestone withdrawn": "{who} withdrew the milestone {subject}.",
    "mark of done taken back": "{who} took back the mark of done on {subject}.",
    "mark of met taken back": "{who} took back the mark of met on {subject}.",
}
