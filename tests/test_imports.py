"""The dependency rule of docs/pipeline.md: imports point downwards, heavy libraries live in one place each."""

import ast
import tomllib
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "counterclaim"

# Each part may import itself and the parts named here.
MAY_IMPORT = {
    "types": set(),
    "errors": set(),
    "values": {"types"},
    "settings": {"errors"},
    "knowledge": {"errors", "types"},
    "weights": set(),
    "gather": {"knowledge", "settings", "types", "errors"},
    "read": {"knowledge", "settings", "values", "types", "errors", "weights"},
    "fuse": {"knowledge", "settings", "values", "types", "errors"},
    "importing": {"read", "knowledge", "settings", "types", "errors"},
    "signature": {"knowledge", "read", "settings", "types", "errors"},
    "bookmarks": {"gather", "store", "settings"},
    "running": {
        "bookmarks",
        "pipeline",
        "fusing",
        "store",
        "executors",
        "signature",
        "settings",
        "types",
        "errors",
    },
    "store": {"knowledge", "settings", "values", "types", "errors"},
    "export": {"fuse", "store", "knowledge", "settings", "values", "types", "errors"},
    "executors": {"knowledge", "settings", "types", "errors"},
    "fusing": {"gather", "fuse", "store", "knowledge", "types", "errors"},
    "alerting": {"gather", "fuse", "store", "errors"},
    "watching": {
        "alerting",
        "bookmarks",
        "executors",
        "fusing",
        "gather",
        "running",
        "store",
        "settings",
        "types",
        "errors",
    },
    "partitioning": {"pipeline", "gather", "store", "executors", "types", "errors"},
    "pipeline": {
        "running",
        "gather",
        "read",
        "fuse",
        "store",
        "export",
        "executors",
        "signature",
        "settings",
        "types",
        "errors",
    },
    "checking": {"pipeline", "gather", "read", "store", "signature", "knowledge", "types"},
    "deciding": {"read", "fuse", "store", "export", "knowledge", "values", "types", "errors"},
    "serve": {
        "deciding",
        "fusing",
        "partitioning",
        "running",
        "pipeline",
        "fuse",
        "store",
        "export",
        "knowledge",
        "settings",
        "values",
        "types",
        "errors",
    },
    "cli": {
        "bookmarks",
        "serve",
        "checking",
        "deciding",
        "fusing",
        "partitioning",
        "running",
        "watching",
        "pipeline",
        "gather",
        "importing",
        "read",
        "fuse",
        "store",
        "export",
        "executors",
        "signature",
        "knowledge",
        "settings",
        "values",
        "types",
        "errors",
    },
}
ONLY_IN = {
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "onnxruntime": ("read/parse",),
    "ray": ("executors/ray.py",),
    "trafilatura": ("gather/",),
    "fastapi": ("serve/",),
    "jinja2": ("serve/rendering.py",),
    "httpx2": ("gather/web/client.py",),
    "httpcore2": ("gather/web/",),
    "feedparser": ("gather/web/links.py",),
    "protego": ("gather/web/robots.py",),
    "apprise": ("alerting.py",),
    "click": ("cli/",),
    "rich": ("cli/",),
}
MODULES = sorted(SOURCE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def part_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_downwards(path):
    part = part_of(path)
    if part in ("__init__", "__main__"):
        return
    parts = {
        name.split(".")[1]
        for name in imported(path)
        if name.startswith("counterclaim.") and len(name.split(".")) > 1
    }
    assert parts - {part, "__version__"} <= MAY_IMPORT[part]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_heavy_libraries_stay_in_their_room(path):
    relative = str(path.relative_to(SOURCE))
    for library, rooms in ONLY_IN.items():
        if any(name.split(".")[0] == library for name in imported(path)):
            assert relative.startswith(rooms), f"{library} belongs in {' or '.join(rooms)}"


def test_every_part_has_a_rule():
    assert {part_of(path) for path in MODULES} - {"__init__", "__main__"} <= set(MAY_IMPORT)


def test_what_reading_html_needs_is_installed_by_every_pip():
    # jusText asks for lxml[html_clean]; the pip of Debian 12 finds no such extra, and every HTML page would fail.
    project = tomllib.loads((SOURCE.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert any(name.startswith("lxml_html_clean") for name in project["dependencies"])


# -- inside read/ ------------------------------------------------------------------------------------------------------

READ = [path for path in MODULES if path.relative_to(SOURCE).parts[0] == "read"]


def stage_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[1].removesuffix(".py")


def imported_modules(path: Path) -> set[str]:
    """The modules of read/ that a file imports from, as their dotted names below it."""
    prefix = "counterclaim.read."
    return {
        node.module.removeprefix(prefix)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(prefix)
    }


@pytest.mark.parametrize("path", READ, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_stage_knows_another_by_its_door_alone(path):
    inner = {
        module
        for module in imported_modules(path)
        if module.split(".")[0] not in (stage_of(path), "syntax") and "." in module
    }
    assert not inner, (
        f"ask {', '.join(sorted(inner))} through the package: what it offers stands in its __all__"
    )


def test_the_grammar_knows_no_stage():
    asked = {module for path in READ if stage_of(path) == "syntax" for module in imported_modules(path)}
    assert {module.split(".")[0] for module in asked} == {"syntax"}


def test_no_circle_of_modules_stands_in_read():
    names = {
        ".".join(path.relative_to(SOURCE / "read").with_suffix("").parts).removesuffix(".__init__"): path
        for path in READ
    }
    graph = {name: imported_modules(path) & names.keys() - {name} for name, path in names.items()}
    done: set[str] = set()
    while ready := {name for name, asked in graph.items() if name not in done and asked <= done}:
        done |= ready
    assert not set(names) - done, f"these import each other: {', '.join(sorted(set(names) - done))}"
