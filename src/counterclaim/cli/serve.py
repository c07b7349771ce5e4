"""`counterclaim serve`: what a store holds, as web pages on this machine."""

import secrets

import click

from counterclaim.cli.output import db_option, say
from counterclaim.errors import ExtraMissing, InputError
from counterclaim.settings import read_setting

# Shorter tokens can be guessed.
SHORTEST_TOKEN = 12
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  only where somebody asks for it


@click.command("serve")
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option(
    "--editor",
    "editors",
    multiple=True,
    metavar="NAME",
    help="Who may correct: a token is made and printed. Repeat for several.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name by which browsers may call this server, if it is behind a proxy.",
)
def command(*, db: str, host: str, port: int, editors: tuple[str, ...], names: tuple[str, ...]) -> None:
    """
    Show a store as web pages on this machine.

    Pages work without JavaScript; each has a .json twin, and /api lists them. Whoever reaches the server may read. To correct,
    sign in with a token: of --editor, or of COUNTERCLAIM_TOKENS ("ann:TOKEN ben:TOKEN"). Tokens travel as they are: beyond
    this machine, put a proxy with HTTPS before it. Needs the extra: pip install 'counterclaim[server]'.

    \b
    Example:
      counterclaim serve --db demo.db --editor Ann
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    try:
        import uvicorn  # noqa: PLC0415  an extra
    except ImportError as missing:
        raise ExtraMissing("uvicorn", "server") from missing

    from counterclaim.serve.app import make_app  # noqa: PLC0415
    from counterclaim.serve.patience import MOST_CONNECTIONS, PatientProtocol  # noqa: PLC0415
    from counterclaim.store.opening import without_password  # noqa: PLC0415

    tokens = read_tokens(read_setting("tokens"))
    made = {secrets.token_urlsafe(18): _check(name) for name in editors}
    hosts = [*names, "localhost", "127.0.0.1", "[::1]", *([] if host in ANYWHERE else [host])]
    # Who listens everywhere and names no names is called by whatever name the network has for it.
    app = make_app(db, tokens=tokens | made, hosts=["*"] if host in ANYWHERE and not names else hosts)
    say(f"Serving {without_password(db)} at http://{host}:{port}  (Ctrl-C stops)")
    for token, name in made.items():
        say(f"{name} signs in with the token {token}")
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        ws="none",
        http=PatientProtocol,
        limit_concurrency=MOST_CONNECTIONS,
    )


def read_tokens(text: str) -> dict[str, str]:
    """
    Each token with its name, from ``NAME:TOKEN NAME:TOKEN``.

    Raises:
        InputError: one has no name or a token that can be guessed.
    """
    tokens: dict[str, str] = {}
    for part in text.split():
        name, _, token = part.partition(":")
        if len(token) < SHORTEST_TOKEN:
            raise InputError(
                f"COUNTERCLAIM_TOKENS wants NAME:TOKEN with tokens of {SHORTEST_TOKEN} characters or more; that of "
                f"{name!r} is shorter. Make one: python -c 'import secrets; print(secrets.token_urlsafe())'"
            )
        tokens[token] = _check(name)
    return tokens


def _check(name: str) -> str:
    from counterclaim.deciding import check_name  # noqa: PLC0415

    return check_name(name)
