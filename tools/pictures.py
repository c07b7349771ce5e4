"""
The README's pictures, taken from the real pages in Chromium.

    python -m tools.pictures demo.db [--if-changed]

What they show is the demonstration set. MADE_FROM beside them tells which templates, styles and scripts they were taken with; with
--if-changed they are taken only where these are others by now.
"""

import hashlib
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser.conftest import ARGUMENTS, CHROMIUM, serve

from counterclaim.serve.rendering import HOME
from counterclaim.store.queries import find_event
from counterclaim.store.store import open_store

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
WIDTH, HEIGHT = 1200, 760


def main() -> None:
    """Take them all."""
    db = sys.argv[1]
    made_from = FOLDER / "MADE_FROM"
    now = hash_pages()
    if "--if-changed" in sys.argv and made_from.is_file() and made_from.read_text().strip() == now:
        print("The pages look as they did when the pictures were taken.")
        return
    with open_store(db) as store, store.read() as connection:
        event = find_event(connection, None)["id"]
    pictures = {"briefing": "/", "event": f"/events/{event}", "dyad": "/dyads?a=ARM&b=AZE"}
    FOLDER.mkdir(parents=True, exist_ok=True)
    address, stop = serve(db)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, base_url=address)
        for name, path in pictures.items():
            page.goto(path)
            if page.locator(".map").count():
                page.wait_for_function("() => document.querySelector('.map').dataset.drawn", timeout=60_000)
            if name == "event":
                page.click("details.cell summary:has-text('135')")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
        browser.close()
    stop()
    made_from.write_text(now + "\n")


def hash_pages() -> str:
    """Of everything of ours that decides how a page looks."""
    digest = hashlib.sha256()
    for path in sorted([*HOME.glob("templates/**/*.html"), *HOME.glob("static/*.*")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    main()
