"""The documentation says what the program does: commands, settings, knowledge and the README's own lines."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from counterclaim.cli import main
from counterclaim.knowledge import table_names
from counterclaim.settings import SETTINGS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def commands(group: click.Group = main, path: str = "counterclaim"):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


@pytest.mark.slow
def test_generated_parts_are_fresh():
    pages = sorted(map(str, DOCS.glob("*.md")))
    result = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", *pages],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"Run: make docs\n{result.stdout}{result.stderr}"


@pytest.mark.parametrize(
    ("path", "command"), tuple(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_is_documented_and_shows_an_example(path, command):
    assert f"## {path}\n" in (DOCS / "cli.md").read_text(encoding="utf-8")
    assert command.help
    if not isinstance(command, click.Group):
        assert f"{path} " in command.help, "the help ends with an example that can be run"


def test_every_setting_is_documented():
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert [setting.environment for setting in SETTINGS if setting.environment not in page] == []


def test_every_knowledge_table_says_where_it_comes_from():
    page = (ROOT / "src/counterclaim/knowledge/README.md").read_text(encoding="utf-8")
    headings = " ".join(re.findall(r"^#+ (.+)$", page, flags=re.MULTILINE))
    assert [name for name in table_names() if name not in headings] == []


@pytest.mark.parametrize(
    "page", [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name
)
def test_links_between_pages_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [t for t in targets if "://" not in t and not (page.parent / t).exists()] == []


def test_make_targets_named_in_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(
        r"^make (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    ):
        assert re.search(rf"^{target}:.*#", makefile, flags=re.MULTILINE), f"make {target} with a comment"


def python_blocks():
    for page in (ROOT / "README.md", DOCS / "api.md"):
        blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield from (pytest.param(code, id=f"{page.name}-{number}") for number, code in enumerate(blocks))


@pytest.mark.slow
@pytest.mark.weights
@pytest.mark.parametrize("code", tuple(python_blocks()))
def test_the_python_in_the_docs_runs(code):
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip(), "the example prints what it found"


@pytest.mark.slow
@pytest.mark.weights
def test_the_readmes_commands_run(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(
        "The army said on Wednesday that rebels had killed 12 soldiers near Goma.\n", encoding="utf-8"
    )
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text(article.read_text(encoding="utf-8"), encoding="utf-8")
    (pages / "b.txt").write_text(
        "Kenya and Uganda signed a trade deal in Nairobi on Monday.\n", encoding="utf-8"
    )
    (tmp_path / "news.jsonl").write_text(
        '{"id": "1", "text": "Rebels released 12 soldiers on Monday, the army said."}\n'
    )
    lines = re.findall(
        r"^\.venv/bin/counterclaim (.+)$",
        (ROOT / "README.md").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    # `watch` asks the network: tests/watching has a server of its own for it.
    lines = [line for line in lines if not line.startswith("watch ")]
    assert len(lines) >= 5
    named: dict[str, str] = {}
    for line in lines:
        arguments = [named.get(argument, argument) for argument in line.split("#")[0].split()]
        result = subprocess.run(
            [sys.executable, "-m", "counterclaim", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, f"{line}\n{result.stderr}"
        if "run" in arguments:
            (claim, *_), (event, other, *_) = (listed(what, tmp_path) for what in ("claims", "events"))
            named = {"CLAIM": claim["claim"], "EVENT": event["id"], "OTHER": other["id"]}


def listed(what: str, folder: Path) -> list[dict[str, str]]:
    shown = subprocess.run(
        [sys.executable, "-m", "counterclaim", "show", what, "--db", "conflict.db"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in shown.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.weights
def test_the_tutorials_commands_run_in_order(tmp_path):
    page = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    command = f"{sys.executable} -m counterclaim"
    claim = (
        f'$({command} show claims --db news.db --json | head -n 1 | sed -E \'s/.*"claim": "([^"]+)".*/\\1/\')'
    )
    ran = 0
    for block in re.findall(r"```sh\n(.*?)```", page, flags=re.DOTALL):
        if re.search(r"\bmake\b|\bpip\b|\bserve\b", block):
            continue
        script = block.replace(".venv/bin/counterclaim", command).replace("explain CLAIM", f"explain {claim}")
        result = subprocess.run(
            ["bash", "-eu", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, f"{block}\n{result.stderr}"
        assert result.stdout.strip(), block
        ran += 1
    assert ran >= 5
