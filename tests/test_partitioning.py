"""Readings in a folder of Parquet: whole, once, and the same events as in a store from the start."""

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from benchmarks.fusing import make_stories
from click.testing import CliRunner
from sqlalchemy import select

from counterclaim import partitioning, pipeline
from counterclaim.cli import main
from counterclaim.errors import InputError
from counterclaim.fusing import fuse_store
from counterclaim.gather import pages
from counterclaim.gather.archives import read_archive
from counterclaim.partitioning import How, load_into, read_into
from counterclaim.store import tables
from counterclaim.store.partitions import commit, find_region, list_parts, write_part
from counterclaim.store.rows import load_readings
from counterclaim.store.store import NewReading, open_store
from tests.fuse.test_incremental import SETS
from tests.gather.test_archives import answer, packed, record
from tests.handmade import report, tell, when, where, who
from tests.misbehaving import page
from tests.store.killed_runs import make_page, read_page

pytest.importorskip("pyarrow")
SAMPLES = str(Path(__file__).parent.parent / "samples")


def made(number=60, days=3, seed=4):
    return [reading for _, copies in make_stories(number, days, seed) for reading in copies]


def put(folder, readings, name="i", size=20):
    for number, start in enumerate(range(0, len(readings), size)):
        some = [(one, f"{one.article.id:0>64}") for one in readings[start : start + size]]
        commit(folder, write_part(folder, f"{name}-{number:06}", name, "made up", some, []))


def events(store):
    with store.read() as connection:
        return sorted(map(tuple, connection.execute(select(tables.tellings)).all()))


def test_a_folder_loaded_into_a_store_gives_the_readings_that_were_written(tmp_path):
    readings = made()
    put(tmp_path / "out", readings)
    with open_store(str(tmp_path / "a.db"), create=True) as store:
        assert load_into(store, tmp_path / "out") == len(readings)
        assert load_into(store, tmp_path / "out") == 0
        with store.read() as connection:
            loaded = {one.article.id: one for one in load_readings(connection)}
        assert loaded == {one.article.id: one for one in readings}


def test_parts_by_day_and_region_give_the_events_of_all_at_once(tmp_path):
    readings = made(120)
    by_place = {}
    for one in readings:
        country = next((event.place.country for event in one.events if event.place), "")
        by_place.setdefault((one.article.published, country), []).append(one)
    with open_store(str(tmp_path / "a.db"), create=True) as store:
        for number, part in enumerate(by_place.values()):
            # Each partition is loaded and fused by itself; events that cross midnight or a border stand in several.
            put(tmp_path / str(number), part, name=str(number))
            load_into(store, tmp_path / str(number))
            fuse_store(store)
        parted = events(store)
    with open_store(str(tmp_path / "b.db"), create=True) as store:
        store.write_readings([NewReading(one, f"{one.article.id:0>64}") for one in readings])
        fuse_store(store)
        assert parted == events(store)


def load_by_part(tmp_path, readings, reverse):
    """The events of a store into which the parts of these readings are loaded one by one, each fused before the next; and how many parts."""
    by_place = {}
    for one in readings:
        by_place.setdefault((one.article.published or "", find_region(one)), []).append(one)
    with open_store(str(tmp_path / f"parted-{reverse}.db"), create=True) as store:
        for number, place in enumerate(sorted(by_place, reverse=reverse)):
            folder = tmp_path / f"{reverse}-{number}"
            put(folder, by_place[place], name=str(number))
            load_into(store, folder)
            fuse_store(store)
        return events(store), len(by_place)


def fuse_at_once(tmp_path, readings):
    with open_store(str(tmp_path / "whole.db"), create=True) as store:
        store.write_readings([NewReading(one, f"{one.article.id:0>64}") for one in readings])
        fuse_store(store)
        return events(store)


EDIRNE = where("Edirne", "TUR", 41.68, 26.56, geonameid=11)
TURKEY, BULGARIA = who("Turkey", "TUR", "GOV", actor_id="TUR"), who("Bulgaria", "BGR", "GOV", actor_id="BGR")


def raid(day, told, *, place=EDIRNE, by=TURKEY, at="near Edirne", word="shelled"):
    date = when(told, day)
    return report(
        f"Bulgaria {word} guards of Turkey {at} on {told}, {by['text']} said.",
        tell("ASSAULT", word, actors=[BULGARIA], recipients=[TURKEY], place=place, date=date, by=by),
        published=day,
        ref=f"{day} {told} {by['text']} {at} {word}",
    )


@pytest.mark.parametrize("reverse", [False, True], ids=["in order", "backwards"])
@pytest.mark.parametrize(
    ("readings", "parts"),
    [
        # One paper printed before midnight, the other after it, and dated it so.
        ([raid("2024-05-06", "Monday"), raid("2024-05-07", "Tuesday", by=BULGARIA)], 2),
        # One names the town, and so the region; the other names none.
        (
            [
                raid("2024-05-06", "Monday"),
                raid("2024-05-06", "Monday", place=None, at="at dawn", by=BULGARIA),
            ],
            2,
        ),
    ],
    ids=["midnight", "border"],
)
def test_an_event_that_crosses_the_boundary_of_parts_is_one(tmp_path, readings, parts, reverse):
    parted, number = load_by_part(tmp_path, readings, reverse)
    assert number == parts
    assert len({event for event, *_ in parted}) == 1
    assert parted == fuse_at_once(tmp_path, readings)


def test_what_is_days_apart_stays_apart_in_parts_as_at_once(tmp_path):
    readings = [raid("2024-05-06", "Monday"), raid("2024-05-16", "Thursday", by=BULGARIA)]
    parted, _ = load_by_part(tmp_path, readings, reverse=False)
    assert len({event for event, *_ in parted}) == 2
    assert parted == fuse_at_once(tmp_path, readings)


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_story_set_in_parts_gives_the_events_of_fusing_it_at_once(tmp_path, name):
    readings = SETS[name]
    assert load_by_part(tmp_path, readings, reverse=True)[0] == fuse_at_once(tmp_path, readings)


def test_duckdb_asks_the_folder_as_it_lies(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    readings = made()
    put(tmp_path, readings)
    query = f"SELECT day, count(*) FROM read_parquet('{tmp_path}/claims/**/*.parquet', hive_partitioning = true) GROUP BY day"
    counted = {str(day): number for day, number in duckdb.sql(query).fetchall()}
    expected = {}
    for one in readings:
        expected[one.article.published] = expected.get(one.article.published, 0) + len(one.claims)
    assert counted == expected


def test_a_folder_of_something_else_is_not_written_to(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="something else"):
        read_into(tmp_path, [SAMPLES], How("s"))


def test_a_cluster_without_a_folder_is_said_to_need_one():
    result = CliRunner().invoke(main, ["run", SAMPLES, "--executor", "ray"])
    assert result.exit_code == 2
    assert "--out" in result.output


@pytest.mark.weights
def test_run_into_a_folder_and_load_gives_the_store_that_run_makes(tmp_path):
    run = partial(CliRunner().invoke, main, catch_exceptions=False)
    out, first, second = (str(tmp_path / name) for name in ("out", "a.db", "b.db"))
    assert run(["run", SAMPLES, "--out", out, "--json"]).exit_code == 0
    again = run(["run", SAMPLES, "--out", out, "--json"])
    assert '"read": 0' in again.output
    assert run(["load", out, "--db", first]).exit_code == 0
    assert run(["run", SAMPLES, "--db", second]).exit_code == 0
    with open_store(first) as ours, open_store(second) as theirs:
        assert events(ours) == events(theirs)


@pytest.mark.slow
def test_a_run_over_an_archive_that_is_killed_goes_on_at_its_last_part(tmp_path):
    pytest.importorskip("fastwarc", reason="needs the warc extra")
    archive, whole, killed = (tmp_path / name for name in ("may.warc.gz", "whole", "killed"))
    records = [record(number, answer(page(f"Report {number}", make_page(number)))) for number in range(60)]
    records[5] = record(5, answer(b"<p>Shells</p>"), length=9000)
    records[9] = record(9, answer(b"<p> </p>"))
    archive.write_bytes(b"".join(packed(*records)))
    command = [sys.executable, "-m", "tests.store.killed_parts", archive, "20", "3", whole, killed]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *left, read = done.stdout.splitlines()[-1 - len(list(killed.iterdir())) :]
    parts = [int(number) for line in left for number in line.split()]
    assert len(parts) >= 20
    assert len(set(parts)) >= 4, "kills fall before some parts and after others"

    def rows(folder, name):
        return sorted(str(one) for part in list_parts(folder) for one in getattr(part, name))

    expected = [rows(whole, name) for name in ("pages", "refused")]
    assert list(map(len, expected)) == [58, 2]
    for folder in killed.iterdir():
        assert [rows(folder, name) for name in ("pages", "refused")] == expected
    # A kill costs what is not in place yet: the pages of one part.
    assert int(read) <= 59 * len(left) + 4 * len(parts)


def test_what_is_in_place_of_an_archive_is_not_looked_at_again(tmp_path, monkeypatch):
    pytest.importorskip("fastwarc", reason="needs the warc extra")
    monkeypatch.setattr(pipeline, "read_page", read_page)
    monkeypatch.setattr(partitioning, "ARTICLES", 3)
    monkeypatch.setattr(partitioning, "LARGE", 0)
    archive, out = tmp_path / "may.warc.gz", tmp_path / "out"
    archive.write_bytes(
        b"".join(packed(*(record(n, answer(page(f"Report {n}", make_page(n)))) for n in range(12))))
    )
    how = How("hand")
    first = read_into(out, [str(archive)], how)
    assert (first.read, first.parts) == (12, 4)
    # As if it had been stopped after its second part.
    for path in (out / "_parts").iterdir():
        if path.suffix == ".done" or path.stem.endswith(("02", "03")):
            path.unlink()
    starts = []
    monkeypatch.setattr(
        pages, "read_archive", lambda path, say, start: starts.append(start) or read_archive(path, say, start)
    )
    again = read_into(out, [str(archive)], how)
    assert (again.read, again.parts) == (6, 2)
    assert starts == [[*list_parts(out)][1].at]
    assert starts[0] > 0


def slow_item(item, *, folder):
    """What a worker does, slowly enough that a machine can be lost meanwhile, and writing down that it was called."""
    Path(folder, "_called").mkdir(exist_ok=True, parents=True)
    Path(folder, "_called", f"{item}.{os.getpid()}.{time.time_ns()}").touch()
    time.sleep(0.5)
    readings = made(40, 2, seed=item)
    readings = [one for one in readings if one.article.id]
    some = [(one, f"{item:0>32}{one.article.id:0>32}") for one in readings]
    yield write_part(Path(folder), f"{item}-0", str(item), "made up", some, [])


@pytest.mark.slow
@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning"
)  # Ray reads settings of its own that it calls deprecated
def test_on_a_cluster_that_loses_a_machine_nothing_is_lost_and_nothing_twice(tmp_path):
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'counterclaim[ray]'")
    from ray.cluster_utils import Cluster

    from counterclaim.executors.ray import map_items

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "object_store_memory": 2**27})
    try:
        nodes = [cluster.add_node(num_cpus=2, object_store_memory=2**27) for _ in range(2)]
        cluster.wait_for_nodes()
        work = partial(slow_item, folder=str(tmp_path))
        items = list(range(60))
        for number, part in enumerate(map_items(work, items, workers=4, address=cluster.address)):
            commit(tmp_path, part)
            if number == 5:
                cluster.remove_node(nodes[1], allow_graceful=False)
        assert len(cluster.list_all_nodes()) == 2
    finally:
        cluster.shutdown()
    found = {}
    for part in list_parts(tmp_path):
        found[int(part.item)] = sorted(page.article for page in part.pages)
    assert found == {item: sorted(one.article.id for one in made(40, 2, seed=item)) for item in items}
    assert len(list((tmp_path / "articles").rglob("*.parquet"))) == sum(
        file.startswith("articles/") for part in list_parts(tmp_path) for file in part.files
    )
