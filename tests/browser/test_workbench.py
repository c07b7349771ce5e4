"""What an analyst does, in a real browser: look, filter, read the sentence, correct it and take it back."""

from dataclasses import replace

import pytest

from counterclaim.fusing import fuse_store
from counterclaim.store.rows import load_readings
from counterclaim.store.store import open_store
from tests.browser.conftest import AXE, serve
from tests.serve.conftest import TOKEN, fill, make_reading

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.weights]

WIDTHS = (375, 900, 1440)
PAGES = (
    *(
        "/",
        "/events",
        "/events/{event}",
        "/articles",
        "/articles/{article}",
        "/claims/{article}:c1",
        "/actors",
    ),
    *(
        "/actors/ARM",
        "/actors/nikol-pashinyan",
        "/places",
        "/places/{place}",
        "/outlets",
        "/dyads",
        "/dyads?a=ARM&b=AZE",
    ),
    *("/search?q=shelling", "/rejections", "/review", "/about", "/api", "/sign-in", "/none"),
)
COLOURS = """(canvas) => {
  const copy = document.createElement("canvas");
  copy.width = canvas.width; copy.height = canvas.height;
  const context = copy.getContext("2d");
  context.drawImage(canvas, 0, 0);
  const data = context.getImageData(0, 0, copy.width, copy.height).data;
  const seen = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const key = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return seen.size;
}"""


@pytest.fixture
def names(page):
    """The main event, and an article that tells of it."""
    event = page.request.get("/events.json").json()["events"][0]["id"]
    article = page.request.get(f"/events/{event}.json").json()["members"][0].partition(":")[0]
    place = page.request.get("/places.json").json()["places"][0]["value"]
    return {"event": event, "article": article, "place": place}


def sign_in(page):
    page.goto("/sign-in")
    page.fill("main [name=token]", TOKEN)
    page.click("main button")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible_in_light_and_dark_and_fits_three_widths(page, names, path):
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(path.format(**names))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        # A finger's breadth for rounding.
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 1, width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert find_serious(page, "{}") == []
    # Only colours differ.
    page.emulate_media(color_scheme="dark")
    assert find_serious(page, "{ runOnly: ['color-contrast'] }") == []


@pytest.mark.parametrize(
    "path", ["/events/{event}", "/articles/{article}", "/claims/{article}:c1", "/review"]
)
def test_what_those_signed_in_see_is_accessible_and_fits_a_phone(page, names, path):
    sign_in(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(path.format(**names))
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 1
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 1
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert find_serious(page, "{}") == []


def find_serious(page, options):
    found = page.evaluate(f"() => axe.run({{ exclude: ['.maplibregl-map'] }}, {options})")
    return [
        f"{one['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:2]
    ]


def test_pages_serve_without_javascript(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/events")
    page.check("input[name=type][value=ASSAULT]")
    page.click("form.filters button:has-text('Filter')")
    assert page.locator("table.events tbody tr").count() > 1
    page.click("table.events tbody a >> nth=0")
    page.click("details.cell summary >> nth=0")
    assert page.locator("details.cell[open] q mark").first.is_visible()
    context.close()


def test_from_a_toll_to_its_sentence_in_two_clicks(page, names):
    page.goto(f"/events/{names['event']}")
    page.click("details.cell summary:has-text('135')")
    assert "135" in page.locator("details.cell[open] q mark").first.inner_text()
    page.click("details.cell[open] >> text=in the article")
    mark = page.locator("mark:target")
    assert "135" in mark.inner_text()
    assert mark.is_visible()


def test_filters_narrow_the_list_and_can_be_taken_away(page):
    page.goto("/events")
    before = page.locator("table.events tbody tr").count()
    page.check("input[name=type][value=ASSAULT]")
    page.check("input[name=grade][value=contested]")
    page.click("form.filters button:has-text('Filter')")
    rows = page.locator("table.events tbody tr")
    assert 0 < rows.count() < before
    assert all("Assault" in text and "contested" in text for text in rows.all_inner_texts())
    page.click("text=all events")
    assert page.locator("table.events tbody tr").count() == before


def test_the_map_is_drawn_and_filters_by_its_own_box(page):
    page.goto("/events")
    page.wait_for_function("() => document.querySelector('.map')?.dataset.drawn === 'true'", timeout=60_000)
    assert page.locator(".map canvas").first.evaluate(COLOURS) > 5
    page.click("text=Only what is on this part of the map")
    assert "box=" in page.url
    assert page.locator("table.events tbody a").count() > 0


def test_charts_are_drawn(page, names):
    page.goto("/")
    bars = page.locator(".timeline svg rect")
    bars.first.wait_for()
    assert bars.count() > 3
    page.goto(f"/events/{names['event']}")
    chart = page.locator(".tolls")
    page.wait_for_function("() => document.querySelector('.tolls').dataset.drawn", timeout=60_000)
    drawn = chart.screenshot()
    chart.evaluate(
        "(box) => box.querySelectorAll('figure svg *, svg[viewBox] *').forEach((one) => one.remove())"
    )
    assert chart.screenshot() != drawn


def test_who_says_it_shows_on_pointing(page, names):
    page.goto(f"/articles/{names['article']}")
    page.locator("#text mark.cue").first.hover()
    assert page.locator(".tip").inner_text()


def test_a_correction_survives_reading_anew_and_is_undone_with_one_click(page, names, demonstration):
    sign_in(page)
    matrix = page.request.get(f"/events/{names['event']}.json").json()
    claim = next(
        value["claim"]
        for row in matrix["rows"]
        for name, cell in row["cells"].items()
        if name.startswith("counts.dead")
        for value in cell
        if value["value"] == "135"
    )
    page.goto(f"/claims/{claim}")
    page.fill("main [name=count]", "153")
    page.fill("main [name=reason]", "two digits changed places")
    page.click("text=Say what it is")
    assert "153" in page.locator("h1").inner_text()
    assert page.locator(".person s").first.inner_text().startswith("135")
    article = claim.partition(":")[0]
    with open_store(str(demonstration)) as store:
        with store.read() as connection:
            (reading,) = load_readings(connection, [article], as_read=True)
        store.write_reading(replace(reading, signature="another version"), f"{article}-again")
        fuse_store(store)
    page.reload()
    assert "153" in page.locator("h1").inner_text()
    # Another figure may make it another event.
    page.click("main a[href^='/events/']")
    assert "153" in page.locator("table.matrix").inner_text()
    page.click("button:has-text('Undo')")
    assert "153" not in page.locator("table.matrix").inner_text()
    assert "135" in page.locator("table.matrix").inner_text()


def test_the_queue_is_worked_by_keyboard_alone(page):
    sign_in(page)
    page.goto("/review?order=random")
    first = page.locator(".queue").first.get_attribute("id")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("a")
    page.wait_for_function(f"() => document.querySelector('.queue') && !document.getElementById('{first}')")
    latest = page.request.get("/review.json").json()["corrections"][0]
    assert (latest["verb"], latest["undone_at"]) == ("accept", None)
    page.keyboard.press("u")
    page.wait_for_function(f"() => document.getElementById('{first}')")
    assert page.request.get("/review.json").json()["corrections"][0]["undone_by"] == "Ann"


def test_hostile_text_runs_nothing(browser, tmp_path):
    location = fill(tmp_path / "hostile.db", [make_reading()])
    address, stop = serve(location)
    context = browser.new_context(base_url=address)
    page = context.new_page()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    for path in (
        "/",
        "/events",
        "/articles/abcdef",
        "/claims/abcdef:c1",
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/outlets",
    ):
        page.goto(path)
        assert page.locator("main script, main img, main b >> text=Fort").count() == 0
    assert said == []
    context.close()
    stop()
