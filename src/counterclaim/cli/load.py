"""`counterclaim load`: take what `run --out` read into a store."""

from pathlib import Path

import click

from counterclaim.cli.output import db_option, json_option, print_json
from counterclaim.cli.progress import make_progress


@click.command("load", no_args_is_help=True)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@db_option
@json_option
def command(*, folder: Path, db: str, as_json: bool | None) -> None:
    """
    Take a folder that `run --out` made into a store, collapse copies, and fuse what is claimed into events.

    What the store holds already stays as it is; a server's rows are copied in, a part at a time.

    \b
    Example:
      counterclaim load parquet/ --db postgresql://user@host/news
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    # Here and not above, so that --help answers at once.
    from counterclaim.fusing import fuse_store  # noqa: PLC0415
    from counterclaim.partitioning import load_into  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db, create=True) as store, make_progress() as progress:
        loading = progress.add_task("Loading")
        fusing = progress.add_task("Fusing", visible=False)
        loaded = load_into(
            store, folder, watch=lambda done, total: progress.update(loading, completed=done, total=total)
        )
        progress.remove_task(loading)
        fused = fuse_store(
            store,
            watch=lambda done, total: progress.update(fusing, completed=done, total=total, visible=True),
        )
        summary = {"loaded": loaded, **fused._asdict(), "db": store.location}
    if as_json:
        print_json(summary)
        return
    click.echo(
        f"Loaded {loaded} new articles. The store holds {fused.articles} articles in {fused.stories} stories, "
        f"{fused.claims} claims about {fused.events} events.\nSee them: counterclaim show events --db {summary['db']}"
    )
