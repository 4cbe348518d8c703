"""What this room writes to the trail, each action with its sentence.

Never a case reference, an answer, a grade or a count of either: who reads the trail need not see audits, and a case
that was drawn because its grade was the lowest has that grade.
"""

from typing import Final

SENTENCES: Final = {
    "programme of audits written": "{who} wrote the {subject}.",
    "audit added": "{who} added {subject}.",
    "sample drawn": "{who} drew {subject}.",
    "drawn case left out": "{who} left a case out of {subject}, and said why.",
    "team of a drawn case said": "{who} said which team a case of {subject} is of.",
    "audits made of a sample": "{who} made audits of the cases of {subject}.",
    "finding recorded": "{who} recorded {subject}.",
    "finding said in other words": "{who} said {subject} in other words.",
    "finding answered by an action": "{who} said which action answers {subject}.",
    "findings reported": "{who} reported findings in: {subject}.",
    "lessons briefing made": "{who} made {subject}.",
    "audit allocated": "{who} allocated {subject}.",
    "audit begun": "{who} began {subject}.",
    "audit handed in": "{who} handed in {subject} with its grade.",
    "audits taken in": "{who} took in {subject} that were done elsewhere.",
    "second grades taken in": "{who} took in {subject}, each given blind elsewhere.",
    "audit withdrawn": "{who} withdrew {subject}.",
    "contact out of hours kept": "{who} wrote down {subject} to ring out of hours.",
    "conflict declared": "{who} declared that {subject} is not theirs to audit.",
    "moderation allocated": "{who} allocated the moderation of {subject}.",
    "second grade given": "{who} graded {subject} without having seen the first grade.",
    "panel called": "{who} called a panel for {subject}.",
    "conflict on a panel declared": "{who} said whether they have a conflict about {subject}.",
    "calibration case set": "{who} set {subject}.",
    "calibration case graded": "{who} graded {subject}.",
    "calibration case closed": "{who} closed {subject} with the agreed grade.",
    "final grade decided": "{who} decided the final grade of {subject}.",
    "multi-agency audit begun": "{who} began {subject}.",
    "agency asked for its return": "{who} asked an agency for its return: {subject}.",
    "agency’s return begun": "{who} began an agency’s return: {subject}.",
    "agency’s return handed in": "{who} handed in an agency’s return: {subject}.",
    "panel of agencies opened": "{who} opened the panel of {subject}.",
    "panel of agencies judged": "{who} recorded the panel’s judgement of {subject}.",
    "lesson for an agency recorded": "{who} recorded a lesson for an agency: {subject}.",
    "lesson for an agency in the plan": "{who} put a lesson for an agency into the plan: {subject}.",
    "child may not be safe": "{who} found, in {subject}, a child who may not be safe today.",
    "step for a child’s safety recorded": "{who} recorded a step for the child of {subject}.",
    "audit asks for something": "{who} recorded what {subject} asks for.",
    "what an audit asked for is done": "{who} said that what {subject} asked for is done.",
    "what an audit asked for is verified": "{who} verified that what {subject} asked for was done.",
}
