"""The command line: every command, whichever file of `commands` it is in.

Exit status: 0 done; 1 refused, with a plain sentence on stderr; 2 usage. What `--json` prints is documented in
docs/formats/ and stable. A command with `--json` that is refused, or not understood, prints an error as JSON too.
"""

import sys
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from holdfast.web import upkeep
from holdfast.web.commands import (
    agreements,
    audited,
    audits,
    decisions,
    faults,
    figures,
    meetings,
    notice,
    options,
    plan,
    practice,
    programmes,
    questions,
    releases,
    reports,
    returns,
    running,
)

STOPPED = "It was stopped before it was done. Nothing that was kept is lost."
app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
for noun in (
    returns,
    faults,
    releases,
    figures,
    notice,
    plan,
    agreements,
    meetings,
    decisions,
    reports,
    questions,
    audits,
    audited,
    practice,
    programmes,
    running,
    upkeep,
):
    app.add_typer(noun.app)


def main() -> None:
    """Run a command. A refusal by the product is a sentence on stderr and status 1, never a traceback."""
    try:
        status = app(prog_name="holdfast", standalone_mode=False)
    except TyperException as misused:
        misused.show()  # type: ignore[attr-defined]  # which every one has that parsing raises
        _end(misused.exit_code, misused.format_message())
    except Exception as problem:  # whatever it is, a reader of stderr gets a sentence
        from holdfast.web.refusing import in_words

        said = STOPPED if isinstance(problem, typer.Abort) else in_words(problem)
        options.trail_refusal(problem, sys.argv[1:])
        typer.echo(said, err=True)
        _end(1, said)
    sys.exit(status)


def _end(status: int, said: str) -> NoReturn:
    """End with a status; where JSON was asked for, whoever reads it is given the same words as an object."""
    if "--json" in sys.argv[1:]:
        options.say({"error": {"status": status, "message": said}})
    sys.exit(status)
