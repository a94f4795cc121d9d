"""`acseg`: the entry point, where every command is registered. Nothing heavy is imported before a command runs.

Exit codes: 0 done, 1 failed, 2 wrong use. Results go to stdout, errors (one clear line) and progress to stderr.
"""

from __future__ import annotations

import io
import logging
import sys
from typing import Annotated, NoReturn

import typer

from acseg_core.errors import AcsegError, ProjectDamagedError, ProjectReplacedError
from acseg_core.version import __version__
from acseg_desktop.cli import (
    add,
    bands,
    demo,
    doctor,
    export,
    formats,
    import_,
    init,
    labels,
    models,
    naming,
    parts,
    propose,
    remove,
    status,
    suggest,
    train,
)
from acseg_desktop.cli.evaluate import eval_app
from acseg_desktop.cli.terminal import fail

app = typer.Typer(
    name="acseg",
    help="Bootstrap segmentation labels: propose regions, name them, export them as COCO masks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # "[text]" and "[1].png" are text, and no markup: neither help nor errors lose anything
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(eval_app, name="eval")
for command in (
    demo.demo,
    demo.gui,
    init.init,
    init.relocate,
    init.restore,
    add.add,
    remove.remove,
    bands.bands,
    propose.propose,
    propose.recut,
    naming.cluster,
    labels.labels,
    suggest.suggest,
    naming.name,
    import_.import_,
    export.export,
    formats.formats,
    parts.split,
    parts.merge,
    train.train,
    models.models,
    status.status,
    doctor.doctor,
):
    app.command(command.__name__.rstrip("_"))(command)


def main() -> NoReturn:
    """Entry point of the `acseg` script."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show is no failure
    try:
        app(prog_name="acseg")
    except ProjectDamagedError as error:
        fail(f"{error}; run `acseg restore PROJECT`" if error.backup else str(error))
    except ProjectReplacedError as error:
        remedy = f"; to go on with that, run `acseg restore PROJECT --from '{error.kept}' --force`"
        fail(f"{error}{remedy if error.kept else ''}")
    except AcsegError as error:
        fail(str(error))
    except OSError as error:
        fail(
            f"{error.filename or 'reading or writing a file failed'}: {error.strerror or error}; check the path and "
            "the disk"
        )
    except Exception as error:
        logging.getLogger(__name__).debug("internal error", exc_info=True)
        kind = type(error).__name__
        fail(f"internal error ({kind}: {error}); please report it with what `acseg --verbose ...` prints")
    sys.exit(0)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"acseg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show log messages, and a traceback if something fails.")
    ] = False,
) -> None:
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.ERROR,
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    logging.getLogger("acseg").setLevel(logging.DEBUG if verbose else logging.ERROR)
