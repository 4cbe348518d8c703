"""Home blocks about the plan: what is late, and what is due next."""

from holdfast.web.home.asked import Asked
from holdfast.web.home.block import Block, Nothing


def late(asked: Asked) -> Block:
    return Block("Late", nothing=Nothing("Nothing is late", is_missing=False))


def due_next(asked: Asked) -> Block:
    return Block("Due next", nothing=Nothing("Nothing has a date yet"))
