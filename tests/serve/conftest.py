"""A small store of one invented report, hostile where it can be, and a client of its pages."""

import pytest
from fastapi.testclient import TestClient

from counterclaim.fuse import fuse
from counterclaim.gather.duplicates import collapse
from counterclaim.serve.app import make_app
from counterclaim.store.store import open_store
from counterclaim.types import (
    Actor,
    Article,
    Attribution,
    Claim,
    Count,
    Cue,
    DateRange,
    Dropped,
    EventMention,
    Flag,
    Mention,
    Place,
    Reading,
    Span,
)

# Script, a right-to-left override, and an Arabic name.
TEXT = (
    "The army said <script>alert(1)</script> rebels attacked the fort near Goma\u202egnp.exe on Monday, killing at least 12 "
    "soldiers.\n\nرئيس الوزراء denied it."
)
TOKEN = "open-sesame"


def span(words):
    start = TEXT.index(words)
    return words, start, start + len(words)


def make_reading(number=0, published="2021-03-03"):
    """The report, as if read; of another number another article."""
    rebels = Mention(*span("rebels"), 0, 1, 0, "nominal", Actor(None, "rebels", None, "REB"))
    army = Mention(*span("The army"), 0, 2, 1, "nominal", Actor("COD.MIL", "Congolese army", "COD", "MIL"))
    soldiers = Mention(
        *span("soldiers"), 0, 1, 0, "nominal", Actor("COD.MIL", "Congolese army", "COD", "MIL")
    )
    minister = Mention(*span("رئيس الوزراء"), 0, 1, 0, "name", Actor(None, "رئيس الوزراء", "COD", "GOV"))
    place = Place(
        *span("Goma"), "Goma", 216281, -1.67, 29.23, "COD", "North Kivu", "PPLA", "city", relation="near"
    )
    date = DateRange(*span("on Monday"), "2021-03-01", "2021-03-01", "day")
    count = Count("dead", 12, None, soldiers, *span("at least 12 soldiers"), -1)
    trigger = Span(*span("attacked"))
    said = Attribution(
        "a1", army, Cue(*span("said"), "say"), Span(TEXT[14:110], 14, 110), "says", ("a Facebook post",)
    )
    denied = Attribution("a2", minister, Cue(*span("denied"), "deny"), Span(*span("denied it")), "denies")
    event = EventMention(
        *("e1", "ASSAULT", ("firearms",), ("military",), (), trigger, (rebels,), (soldiers,), place, date),
        *((count,), "a1", "says"),
    )
    denial = EventMention(
        *(
            "e2",
            "ASSAULT",
            (),
            (),
            (),
            Span(*span("denied it")),
            (rebels,),
            (),
            None,
            None,
            (),
            "a2",
            "denies",
        )
    )

    def claim(*values):
        first = values[6] <= TEXT.index("\n\n")
        inside = (0, TEXT.index("\n\n")) if first else (TEXT.index("رئيس"), len(TEXT))
        return Claim(*values, sentence_start_char=inside[0], sentence_end_char=inside[1])

    claims = (
        claim("c1", "e1", "type", "ASSAULT/firearms", "a1", "says", trigger.start_char, trigger.end_char),
        claim("c2", "e1", "actors", "rebels [REB]", "a1", "says", rebels.start_char, rebels.end_char),
        claim("c3", "e1", "recipients", "Congolese army [COD MIL]", "a1", "says", *span("soldiers")[1:]),
        claim("c4", "e1", "place", "near Goma", "a1", "says", place.start_char, place.end_char),
        claim("c5", "e1", "date", "2021-03-01", "a1", "says", date.start_char, date.end_char),
        claim(
            *("c6", "e1", "counts.dead", "12..", "a1", "says", count.start_char, count.end_char),
            "Congolese army [COD MIL]",
        ),
        claim("c7", "e2", "type", "ASSAULT", "a2", "denies", *span("denied it")[1:]),
        claim("c8", "e2", "actors", "rebels [REB]", "a2", "denies", rebels.start_char, rebels.end_char),
    )
    article = Article(
        id=f"abcdef{number:010x}",
        ref=f"{number}.txt",
        text=TEXT,
        title="<b>Fort</b> attacked",
        url="javascript:alert(1)",
        outlet="The <i>Herald</i>",
        published=published,
        published_from="given",
        dropped=(Dropped("<img src=x onerror=alert(1)>", "advertising"),),
    )
    flags = (Flag("unverified", *span("denied it"), "<u>nobody</u> could check"),)
    return Reading(article, (said, denied), (event, denial), (place,), (), claims, flags, "test")


def fill(location, readings):
    """A store of these readings, fused."""
    with open_store(str(location), create=True) as store:
        for one in readings:
            store.write_reading(one, one.article.id)
        stories = collapse([one.article for one in readings])
        store.write_fusion(stories, fuse(readings, stories))
    return str(location)


@pytest.fixture(scope="session")
def location(tmp_path_factory):
    """For tests that only look."""
    return fill(tmp_path_factory.mktemp("looked-at") / "store.db", [make_reading()])


@pytest.fixture(scope="session")
def app(location):
    return make_app(location, tokens={TOKEN: "Ann"})


@pytest.fixture
def client(app):
    return TestClient(app)
