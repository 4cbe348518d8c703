"""The command line: every command, whichever file of `commands` it is in.

Exit status: 0 done; 1 refused, with a plain sentence on stderr; 2 usage. What `--json` prints is documented in
docs/formats/ and stable.
"""

import sys

import typer

from holdfast.web import upkeep
from holdfast.web.commands import (
    agreements,
    decisions,
    faults,
    figures,
    meetings,
    notice,
    plan,
    programmes,
    questions,
    releases,
    reports,
    returns,
    running,
)

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
    programmes,
    running,
    upkeep,
):
    app.add_typer(noun.app)


def main() -> None:
    """Run a command. A refusal by the product is a sentence on stderr and status 1, never a traceback."""
    try:
        app(prog_name="holdfast")
    except Exception as problem:  # whatever it is, a reader of stderr gets a sentence
        from holdfast.web.refusing import in_words

        typer.echo(in_words(problem), err=True)
        sys.exit(1)
