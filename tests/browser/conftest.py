"""The demonstration set in the workbench, and a real browser that looks at it; skipped with a reason where either is missing."""

import re
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest

from counterclaim.cli import main
from counterclaim.serve.app import make_app
from counterclaim.serve.rendering import has_vendor
from tests.serve.conftest import TOKEN

ROOT = Path(__file__).parents[2]
AXE = ROOT / "build" / "browser" / "axe.js"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
# Software rendering: a machine that tests has no graphics card.
ARGUMENTS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]


def find_missing():
    """Why no browser can look; empty where one can."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "playwright is not installed: pip install playwright"
    if CHROMIUM is None:
        return "no chromium: apt install chromium"
    if not has_vendor() or not AXE.is_file():
        return "the map and the charts are not there: make vendor"
    return ""


def serve(location, **options):
    """A server of this store in a thread: its address and what ends it."""
    import uvicorn

    from counterclaim.serve.patience import PatientProtocol

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(make_app(str(location), **options), port=port, log_level="error", http=PatientProtocol)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)

    def stop():
        server.should_exit = True
        thread.join(10)

    return f"http://127.0.0.1:{port}", stop


@pytest.fixture(scope="session")
def browser():
    missing = find_missing()
    if missing:
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory, browser):
    """The store that `make demo` fills."""
    from click.testing import CliRunner

    location = tmp_path_factory.mktemp("demo") / "demo.db"
    result = CliRunner().invoke(
        main, ["run", str(ROOT / "samples" / "september-2022"), "--db", str(location)]
    )
    assert result.exit_code == 0, result.output
    return location


@pytest.fixture(scope="session")
def site(demonstration):
    address, stop = serve(demonstration, tokens={TOKEN: "Ann"})
    yield address
    stop()


@pytest.fixture
def page(browser, site):
    """A page that fails the test when anything is wrong in its console."""
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    wrong = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    # What a test asks for on purpose.
    assert [one for one in wrong if not re.search(r"status of 40[034]", one)] == []
