"""What this room writes to the trail, each action with its sentence. Never a case reference or an answer."""

from typing import Final

SENTENCES: Final = {
    "programme of audits written": "{who} wrote the {subject}.",
    "audit added": "{who} added {subject}.",
    "sample drawn": "{who} drew {subject}.",
    "drawn case left out": "{who} left a case out of {subject}, and said why.",
    "team of a drawn case said": "{who} said which team a case of {subject} is of.",
    "audits made of a sample": "{who} made audits of the cases of {subject}.",
    "audit allocated": "{who} allocated {subject}.",
    "audit begun": "{who} began {subject}.",
    "audit handed in": "{who} handed in {subject} with its grade.",
    "audit withdrawn": "{who} withdrew {subject}.",
    "contact out of hours kept": "{who} said whom to ring out of hours: {subject}.",
    "conflict declared": "{who} declared that {subject} is not theirs to audit.",
    "moderation allocated": "{who} allocated the moderation of {subject}.",
    "second grade given": "{who} graded {subject} without having seen the first grade.",
    "final grade decided": "{who} decided the final grade of {subject}.",
    "child may not be safe": "{who} found, in {subject}, a child who may not be safe today.",
    "step for a child’s safety recorded": "{who} recorded a step for the child of {subject}.",
    "audit asks for something": "{who} recorded what {subject} asks for.",
    "what an audit asked for is done": "{who} said that what {subject} asked for is done.",
    "what an audit asked for is verified": "{who} verified that what {subject} asked for was done.",
}
