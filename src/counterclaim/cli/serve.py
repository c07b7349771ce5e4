"""`counterclaim serve`: what a store holds, as web pages on this machine."""

import click

from counterclaim.cli.output import db_option, say
from counterclaim.errors import ExtraMissing


@click.command("serve")
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
def command(*, db: str, host: str, port: int) -> None:
    """
    Show a store as web pages on this machine.

    Pages work without JavaScript; each has a .json twin. There are no accounts: keep the default address, or put a
    proxy with accounts before it. Needs the extra: pip install 'counterclaim[server]'.

    \b
    Example:
      counterclaim serve --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    try:
        import uvicorn  # noqa: PLC0415  an extra
    except ImportError as missing:
        raise ExtraMissing("uvicorn", "server") from missing

    from counterclaim.serve.app import make_app  # noqa: PLC0415

    app = make_app(db)
    say(f"Serving {db} at http://{host}:{port}  (Ctrl-C stops)")
    uvicorn.run(app, host=host, port=port, log_level="warning")
