"""What made all this: versions, knowledge, weights, how well it reads, and what the codes mean."""

import json

from counterclaim import __version__
from counterclaim.knowledge import knowledge_hash, load_table, table_names
from counterclaim.serve.rendering import HOME, has_vendor
from counterclaim.serve.views import Json
from counterclaim.serve.words import list_codes
from counterclaim.store.events import Connection
from counterclaim.store.queries import count_all, find_days, list_runs, list_signatures

KINDS = ("type", "mode", "context", "sector", "grade", "status", "stance", "realis", "precision")


def load(connection: Connection) -> Json:
    """What made this store, how well it reads, and what the codes mean."""
    first, last = find_days(connection)
    return {
        "version": __version__,
        "knowledge": knowledge_hash(),
        "tables": {name: len(load_table(name)) for name in table_names()},
        "signatures": list_signatures(connection),
        "runs": list_runs(connection),
        "counts": count_all(connection),
        "first": first,
        "last": last,
        "has_map": has_vendor(),
        "accuracy": _load_accuracy(),
        "codes": {
            kind: [
                {"code": code, "name": one.name, "meaning": one.meaning}
                for code, one in list_codes(kind).items()
            ]
            for kind in KINDS
        },
    }


def _load_accuracy() -> list[Json]:
    """The floors that this version is tested to hold, as they came with the package."""
    # In the wheel, or beside the sources.
    places = (HOME / "accuracy.json", HOME.parents[2] / "evaluation" / "floors.json")
    path = next((one for one in places if one.is_file()), None)
    if path is None:
        return []
    floors = json.loads(path.read_text(encoding="utf-8"))["floors"]
    return [
        {"scorer": name, "measure": measure, "floor": value}
        for name, scores in floors.items()
        for measure, value in scores.items()
    ]
