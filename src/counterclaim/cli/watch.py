"""`counterclaim watch`: ask feeds for what is new, read it, and tell who wanted to be told."""

from pathlib import Path

import click

from counterclaim.cli.output import db_option, json_option, make_harmless, print_json, wants_json
from counterclaim.cli.progress import make_progress
from counterclaim.cli.read import confidence_option


@click.command("watch", no_args_is_help=True)
@click.argument("sources", type=click.Path(dir_okay=False, path_type=Path), metavar="SOURCES.toml")
@db_option
@click.option("--once", is_flag=True, help="End when nothing is due, as a timer wants it.")
@click.option("--check", is_flag=True, help="Only say what the file holds.")
@confidence_option
@json_option
def command(
    *, sources: Path, db: str, once: bool, check: bool, min_confidence: float, as_json: bool | None
) -> None:
    """
    Ask feeds, news sitemaps and lists of addresses for new pages, read them into a store, and send alerts.

    SOURCES.toml says what to ask, how often, and who wants to be told of what: docs/watch.md describes it. Stopped or killed, it
    goes on where it was when it is started again: no page is read twice, none is left out.

    \b
    Example:
      counterclaim watch sources.toml --db news.db
      counterclaim watch sources.toml --db news.db --once
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.gather.web.sources import read_plan  # noqa: PLC0415  --help needs none of it

    plan = read_plan(sources)
    if check:
        for source in plan.sources:
            missing = source.is_file and not Path(source.url).exists()
            click.echo(
                f"{source.url} every {source.every:g} s{' (there is no such file yet)' if missing else ''}"
            )
        for rule in plan.rules:
            click.echo(f"{rule.when} → {len(rule.to)} recipients")
        return
    from counterclaim.cli.run import make_watch, read_budget  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415
    from counterclaim.watching import How, Round, watch_plan  # noqa: PLC0415

    is_quiet = True

    def tell(this: Round) -> None:
        nonlocal is_quiet
        is_quiet = False
        for url, why in this.silent:
            click.echo(make_harmless(f"{url}: {why}"), err=True)
        counts = {
            name: getattr(this, name)
            for name in ("found", "read", "known", "rejected", "put_off", "alerts", "sent", "unsent")
        }
        if wants_json(as_json):
            print_json(counts | ({"events": this.fused.events} if this.fused else {}))
        else:
            click.echo(
                ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count)
                or "nothing new"
            )

    with open_store(db, create=True) as store, make_progress() as progress:
        watch_plan(
            store,
            plan,
            tell=tell,
            once=once,
            how=How(make_watch(progress, None), min_confidence, read_budget()),
        )
    if is_quiet:
        click.echo("Nothing was due.", err=True)
