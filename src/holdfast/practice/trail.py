"""What this room writes to the trail, each action with its sentence. Never a case reference, a reason or a decision."""

from typing import Final

SENTENCES: Final = {
    "who was told recorded": "{who} recorded who of {subject} was told.",
    "record of who was told withdrawn": "{who} withdrew a record of who of {subject} was told.",
    "exercise set": "{who} set {subject} of invented cases.",
    "invented case written": "{who} wrote {subject}.",
    "invented case decided": "{who} decided {subject}.",
    "early help reported": "{who} reported a month of early help of {subject}.",
    "lateness explained": "{who} said why {subject} is late.",
    "line of the route marked": "{who} marked what {subject} says of a child below the threshold.",
    "standards begun": "{who} began {subject}.",
    "clause written": "{who} wrote {subject}.",
    "exercise closed": "{who} closed {subject}.",
}
