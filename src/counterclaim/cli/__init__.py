"""
The command line: one module per verb, loaded when the verb is used.

Comes in: what the user typed. Goes out: results on standard output, everything else on standard error, and
an exit code: 0 done, 2 the request or its input cannot be used as it is or the output cannot be written, 130 stopped by Ctrl-C,
143 by SIGTERM, 129 by SIGHUP.
"""

import difflib
import errno
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import IO, Any

import click

from counterclaim import __version__
from counterclaim.cli.output import forget_log, logs_json, say
from counterclaim.cli.stopping import Stopped, let_go_of_output, open_standard_streams, stoppable
from counterclaim.errors import CounterclaimError

# One thread a process, as the encoder has it: the judge's small products gain nothing from more, and threads that wait for each
# other take the processors that other readers need. Before NumPy is loaded; who sets it has their way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

VERBS = (
    "read",
    "parse",
    "actors",
    "run",
    "fetch",
    "watch",
    "load",
    "show",
    "explain",
    "judge",
    "correct",
    "add",
    "corrections",
    "export",
    "serve",
    "evaluate",
    "gazetteer",
    "upgrade",
    "check",
    "doctor",
)


class Failure(click.ClickException):
    """A message for the user, printed after ``Error:``."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """As a line of the log, where that is JSON."""
        if logs_json():
            say(self.format_message(), "error")
        else:
            super().show(file)


class Verbs(click.Group):
    """A group whose commands live in modules of this package, imported only when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which one meets them."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command; None if there is no such verb."""
        del ctx
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"counterclaim.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb meant, or a usage error that names the nearest one."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            nearest = difflib.get_close_matches(args[0], VERBS, n=1)
            hint = f"Did you mean {nearest[0]!r}?" if nearest else f"Commands: {', '.join(VERBS)}."
            raise click.UsageError(f"There is no command {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """The command line; what standard output or the disk does not take ends it with a sentence, wherever that is noticed."""
        open_standard_streams()
        forget_log()
        try:
            with stoppable():
                return super().main(*args, **kwargs)
        except OSError as error:
            if not kwargs.get("standalone_mode", True):
                raise
            # Not by click: where standard error is full too, there is nobody to tell.
            with suppress(OSError):
                say(f"Error: {describe(error)}")
            let_go_of_output()
            sys.exit(Failure.exit_code)
        except Stopped as stopped:
            # In the middle of parsing or of printing a message: there is nothing to put away.
            if not kwargs.get("standalone_mode", True):
                raise
            let_go_of_output()
            sys.exit(stopped.code)

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; what this package raises on purpose, and what the system refuses, becomes a message and exit code 2."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except CounterclaimError as error:
            raise Failure(str(error)) from error
        except OSError as error:
            let_go_of_output()
            raise Failure(describe(error)) from error
        except MemoryError as error:
            raise Failure(
                "There is not enough memory. Give less at once, or close other programs."
            ) from error
        except KeyboardInterrupt as stopped:
            say("\nStopped.")
            let_go_of_output()
            ctx.exit(stopped.code if isinstance(stopped, Stopped) else 130)
        return result


def describe(error: OSError) -> str:
    """What the system refused, as a sentence that says what to do."""
    what = error.strerror or str(error)
    if isinstance(error, BrokenPipeError):
        return "What reads the output has closed it, so the rest is not printed. Results in a store or a file are kept."
    if error.filename is not None:
        return f"{error.filename}: {what}. Check the path and who may use it."
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The output cannot be written: {what}. Make room, or write to another place."
    if error.errno == errno.EMFILE:
        return f"{what}. Raise the limit (ulimit -n 4096), or give fewer --jobs."
    return f"The output cannot be written: {what}."


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="counterclaim")
def main() -> None:
    """
    Read news of conflict and diplomacy into events in which every value keeps who said it.

    \b
    Try it:
      echo "KARACHI, 3 March 2021 (AFP) - Police said gunmen killed two guards." | counterclaim read -
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    # The language and the tables are hundreds of thousands of objects that stay till the end: looking through
    # them for garbage at Python's default of every 700 new objects is 0.1 of the 1.8 seconds of a first article.
    gc.set_threshold(10_000)
