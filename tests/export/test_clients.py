"""Every export of the demonstration set, opened by the programs that people open such files with: no row is lost."""

import csv
import json
import re
import sqlite3
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.export import FORMATS
from counterclaim.knowledge import load_table

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "september-2022"
ENDINGS = {"geojson": "geojson", "plover": "jsonl", "ftm": "jsonl", "jsonl": "jsonl", "events-jsonl": "jsonl"}
TABS = ("polecat", "gdelt", "gdelt-mentions", "phoenix")
HEADERLESS = ("gdelt", "gdelt-mentions", "phoenix")
TABLES = ("csv", "events-csv", "ucdp", "acled", *TABS)

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store and every export of it, in one folder."""
    made = tmp_path_factory.mktemp("exports")
    call("run", str(SAMPLES), "--db", str(made / "demo.db"))
    return made


def call(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stderr


@cache
def export(folder: Path, name: str, *options: str) -> tuple[Path, int]:
    """The file and how many records it holds, by what the command says."""
    ending = ENDINGS.get(name) or ("parquet" if "parquet" in name else "tsv" if name in TABS else "csv")
    path = folder / f"{name}{'-complete' if options else ''}.{ending}"
    said = call("export", name, "--output", str(path), "--db", str(folder / "demo.db"), *options)
    found = re.search(r"Wrote (\d+) ", said)
    assert found
    return path, int(found[1])


def columns_of(name: str) -> list[str]:
    return [row["column"] for row in load_table("formats/columns") if row["format"] == name]


def read_with_pandas(path: Path, name: str) -> int:
    pandas = pytest.importorskip("pandas")
    tabs = name in TABS
    frame = pandas.read_csv(
        path,
        sep="\t" if tabs else ",",
        header=None if name in HEADERLESS else 0,
        names=columns_of(name) if name in HEADERLESS else None,
        quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
    )
    assert list(frame.columns) == columns_of(name)
    return len(frame)


def read_with_polars(path: Path, name: str) -> int:
    polars = pytest.importorskip("polars")
    tabs = name in TABS
    frame = polars.read_csv(
        path,
        separator="\t" if tabs else ",",
        has_header=name not in HEADERLESS,
        quote_char=None if tabs else '"',
        infer_schema_length=None,
    )
    assert frame.width == len(columns_of(name))
    return frame.height


def read_with_duckdb(path: Path, name: str) -> int:
    duckdb = pytest.importorskip("duckdb")
    tabs = name in TABS
    quoting = ", quote = '', escape = ''" if tabs else ""
    query = (
        f"SELECT count(*), count(columns(*)) FROM read_csv('{path}', delim = '{chr(9) if tabs else ','}', "
        f"header = {str(name not in HEADERLESS).lower()}{quoting}, all_varchar = true)"
    )
    return int(duckdb.sql(query).fetchall()[0][0])


def read_with_pyarrow(path: Path, name: str) -> int:
    tables = pytest.importorskip("pyarrow.csv")
    tabs = name in TABS
    parse = tables.ParseOptions(delimiter="\t" if tabs else ",", quote_char=False if tabs else '"')
    names = columns_of(name) if name in HEADERLESS else None
    read = tables.ReadOptions(column_names=names)
    return int(tables.read_csv(path, read_options=read, parse_options=parse).num_rows)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "read",
    [read_with_pandas, read_with_polars, read_with_duckdb, read_with_pyarrow],
    ids=lambda one: one.__name__,
)
def test_a_table_has_as_many_rows_for_its_reader_as_were_written(
    folder: Path, read: Callable[[Path, str], int], name: str
) -> None:
    path, number = export(folder, name)
    assert read(path, name) == number > 0


@pytest.mark.parametrize("name", ["parquet", "events-parquet"])
def test_parquet_is_read_by_all_who_read_it(folder: Path, name: str) -> None:
    path, number = export(folder, name)
    assert pytest.importorskip("pyarrow.parquet").read_table(path).num_rows == number > 0
    frame = pytest.importorskip("pandas").read_parquet(path)
    assert (len(frame), list(frame.columns)) == (number, columns_of(name))
    assert pytest.importorskip("polars").read_parquet(path).height == number
    assert pytest.importorskip("duckdb").sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(number,)]


@pytest.mark.parametrize("name", ["jsonl", "events-jsonl", "plover", "ftm"])
def test_json_lines_are_read_by_frames_and_databases(folder: Path, name: str) -> None:
    path, number = export(folder, name)
    assert len(pytest.importorskip("pandas").read_json(path, lines=True)) == number > 0
    assert pytest.importorskip("duckdb").sql(f"SELECT count(*) FROM read_json('{path}')").fetchall() == [
        (number,)
    ]


def test_geojson_is_read_by_geopandas_and_its_lists_stay_lists_in_geoparquet(folder: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    path, number = export(folder, "geojson")
    frame = geopandas.read_file(path)
    assert len(frame) == number > 0
    target = path.with_suffix(".parquet")
    frame.to_parquet(target)
    schema = pytest.importorskip("pyarrow.parquet").read_schema(target)
    for column in ("modes", "contexts", "contested", "claimants"):
        assert str(schema.field(column).type).startswith("list<"), column
    assert len(geopandas.read_parquet(target)) == number


def test_followthemoney_takes_every_entity(folder: Path) -> None:
    model = pytest.importorskip("followthemoney").model
    path, number = export(folder, "ftm")
    entities = [model.get_proxy(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(entities) == number > 0
    for entity in entities:
        entity.schema.validate(entity.to_dict())


def test_conllu_is_read_by_its_library_with_ids_that_are_no_paths(folder: Path) -> None:
    conllu = pytest.importorskip("conllu")
    result = CliRunner().invoke(main, ["parse", str(SAMPLES)], catch_exceptions=False)
    sentences = conllu.parse(result.stdout)
    ids = [sentence.metadata["sent_id"] for sentence in sentences]
    assert len(set(ids)) == len(ids) == result.stdout.count("# sent_id") > 0
    assert not any(set("/ \\") & set(one) for one in ids)
    documents = [one.metadata["newdoc id"] for one in sentences if "newdoc id" in one.metadata]
    assert len(set(documents)) == len(documents) == export(folder, "jsonl")[1]
    for sentence in sentences:
        assert [token["id"] for token in sentence] == list(range(1, len(sentence) + 1))
        glued = "".join(
            token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ")
            for token in sentence
        )
        assert glued.strip() == sentence.metadata["text"]


def test_frictionless_finds_every_table_as_its_dictionary_says(folder: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    for name in (*TABLES, "jsonl", "geojson"):
        export(folder, name)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    listed = {one["path"]: one for one in package["resources"]}
    assert {export(folder, name)[0].name for name in TABLES} <= set(listed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in TABLES:
            path, number = export(folder, name)
            resource = frictionless.Resource.from_descriptor(listed[path.name], basepath=str(folder))
            report = resource.validate()
            assert report.valid, (name, report.flatten(["rowNumber", "fieldName", "message"])[:3])
            assert report.tasks[0].stats["rows"] == number


@pytest.mark.parametrize("name", [one.name for one in FORMATS.values() if one.completes])
def test_complete_files_lack_nothing_and_are_read_as_well(folder: Path, name: str) -> None:
    rule = () if name.startswith("gdelt") else ("--rule", "low-best-high")
    path, number = export(folder, name, "--complete", *rule)
    assert number < export(folder, name)[1] or number > 0
    if number:
        assert read_with_pandas(path, name) == number


def test_views_tell_what_a_reader_of_the_store_asks(folder: Path) -> None:
    with sqlite3.connect(folder / "demo.db") as database:
        (claims,) = database.execute("SELECT count(*) FROM claims").fetchone()
        rows = database.execute(
            "SELECT value, sentence FROM claims_with_sentences WHERE field = 'counts.dead'"
        )
        assert database.execute("SELECT count(*) FROM claims_with_sentences").fetchone() == (claims,)
        assert all(sentence for _, sentence in rows)
        values = database.execute("SELECT count(*), sum(claims) FROM events_with_values").fetchone()
    assert 0 < values[0] <= values[1] <= claims
