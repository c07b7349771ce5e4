"""`counterclaim fetch`: read pages of the web, and those that feeds name, into a store."""

import click

from counterclaim.cli.output import db_option, json_option, make_harmless, print_json, wants_json
from counterclaim.cli.progress import make_progress
from counterclaim.cli.read import confidence_option
from counterclaim.errors import InputError


@click.command("fetch", no_args_is_help=True)
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@db_option
@click.option(
    "--delay",
    type=click.FloatRange(0),
    default=2.0,
    show_default=True,
    help="Seconds between two requests to one host.",
)
@click.option(
    "--allow", multiple=True, metavar="HOST|NETWORK", help="A private host or network that may be asked."
)
@confidence_option
@json_option
def command(
    *,
    urls: tuple[str, ...],
    db: str,
    delay: float,
    allow: tuple[str, ...],
    min_confidence: float,
    as_json: bool | None,
) -> None:
    """
    Fetch pages, and those that feeds, sitemaps or lists name, and read them into a store.

    What a site's robots.txt forbids is not fetched, a host is asked once in --delay seconds, and addresses of this machine and
    its network are refused unless --allow names them. Pages that the store holds are not fetched again.

    \b
    Example:
      counterclaim fetch https://example.org/2024/05/07/report.html https://example.org/feed.xml --db news.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.cli.run import make_watch, read_budget  # noqa: PLC0415  --help needs none of it
    from counterclaim.gather.web.sources import Plan  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415
    from counterclaim.watching import How, fetch  # noqa: PLC0415

    with open_store(db, create=True) as store, make_progress() as progress:
        this = fetch(
            store,
            urls,
            Plan((), delay=delay, allow=allow),
            how=How(make_watch(progress, None), min_confidence, read_budget()),
        )
    for url, why in this.silent:
        click.echo(make_harmless(f"{url}: {why}"), err=True)
    summary = {name: getattr(this, name) for name in ("found", "read", "known", "rejected")}
    summary |= {"events": this.fused.events if this.fused else None, "db": store.location}
    if wants_json(as_json):
        print_json(summary)
    else:
        click.echo(
            f"{this.read} read, {this.rejected} could not be read; {this.found} addresses were new.\n"
            f"See what they say: counterclaim show events --db {store.location}"
        )
    if this.silent and not this.found and not this.read:
        raise InputError("None of the addresses gave a page. Correct them, or try again later.")
