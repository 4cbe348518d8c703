"""What the command line says when a command cannot finish: one plain sentence, whatever stopped it.

Not here: the sentences of the rooms, which each refusal carries itself. Rule: of a fault that nobody foresaw, the kind
and the places in the code are said and never its message, which may hold a value of a file.
"""

import traceback
from pathlib import Path

NO_DATABASE = (
    "The database cannot be used. After installing, or a new version, make the folder that HOLDFAST_DATA names and run "
    "“holdfast manage migrate”; otherwise check that the database is running."
)


def in_words(problem: BaseException) -> str:
    """The sentence for a command that stopped with `problem`."""
    room = type(problem).__module__
    if room.startswith("holdfast.") or type(problem).__name__ == "ImproperlyConfigured":
        return str(problem)
    if room.startswith("django.db"):
        return NO_DATABASE
    if isinstance(problem, OSError) and problem.strerror:
        return f"{_file(problem)}{problem.strerror}. Check the place, and that you may use it. Nothing was lost."
    return (
        f"The work stopped with a fault in the service ({type(problem).__name__} at {where(problem)}). "
        "Nothing that was kept is lost. Tell the people who run this service."
    )


def where(problem: BaseException) -> str:
    """The places in the code that a fault passed through, last first."""
    frames = traceback.extract_tb(problem.__traceback__)[-4:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def _file(problem: OSError) -> str:
    return f"{problem.filename}: " if problem.filename else ""
