"""
Who a phrase speaks of: from its core and everything that modifies it to actors with country and sector.

In: a phrase and the date of publication. Out: actors (several where countries are coordinated) and the rule.
Example: "Armenia's Defense Ministry" -> ARM.GOV.MOD, Armenian Defence Ministry, ARM, GOV.
Limit: a person known only from the text gets the country and sector of the titles beside the name, nothing more.
"""

from dataclasses import dataclass, replace
from functools import cache

from counterclaim.read.actors.lexicon import Entry, Tenure, load_lexicon, row_words, surname, tenures_at
from counterclaim.read.actors.metonyms import find_participle_reading, find_reading
from counterclaim.read.actors.phrases import Part, Phrase, Tokens
from counterclaim.types import Actor

# Sectors that are arms of the state: with a country, all who serve in one are the same actor.
STATE = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))
_SECTOR_NOUNS = {
    "GOV": "government",
    "MIL": "armed forces",
    "COP": "police",
    "JUD": "judiciary",
    "LEG": "parliament",
    "SPY": "intelligence services",
}
_HYPHENS = frozenset("-–‐‑")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose somebody is: a country, or a body that lends country and sector."""

    country: str | None
    state: str | None = None
    sector: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """
    What a phrase stands for.

    Attributes:
        anaphoric: It can only be understood from earlier text ("the ministry", "its soldiers").
        missing: Nothing but the country is missing ("police", "the army").
    """

    actors: tuple[Actor, ...]
    kind: str
    rule: str
    anaphoric: bool = False
    anonymous: bool = False
    titles: tuple[Entry, ...] = ()
    person: str | None = None


def find_owners(tokens: Tokens, phrase: Phrase) -> tuple[Owner, ...]:
    """The countries and bodies that modify a phrase: adjectives first, then what stands behind it, then its owner."""
    shared = [_owner_of(part) for part in phrase.shared]
    owners = [owner for owner in shared if owner is not None]
    nearest: Owner | None = None
    hyphenated: list[Owner] = []
    for part in reversed(phrase.parts):
        if part.kind == "word" or is_participial(tokens, part):
            continue
        if part.kind in {"capital", "metonym"} and find_reading(tokens, phrase, modifying="compound") is None:
            continue
        owner = _owner_of(part)
        if owner is None:
            continue
        if nearest is None:
            nearest = owner
        elif (
            part.end < len(tokens)
            and tokens.text[part.end] in _HYPHENS
            and part.kind in {"adjective", "country"}
        ):
            # "Turkish-Syrian border guards" serve both.
            hyphenated.insert(0, owner)
        elif nearest.country is None and owner.country is not None:
            nearest = replace(nearest, country=owner.country, state=owner.state)
    if nearest is not None:
        if (
            nearest.state is None
            and phrase.tail
            and phrase.tail_word in row_words("actor_words", "inhabited", "words")
        ):
            # "an Islamic State affiliate in the Philippines": of the group, but there.
            there = next((owner for tail in phrase.tail for owner in _owners_through(tokens, tail)), None)
            nearest = replace(nearest, country=there.country) if there is not None else nearest
        return (*owners, *hyphenated, nearest)
    if phrase.tail:
        tails = [owner for tail in phrase.tail for owner in _owners_through(tokens, tail)]
        if tails:
            return tuple(tails)
    if phrase.owner is not None:
        if phrase.owner.core is not None and phrase.owner.core.kind == "capital":
            if find_reading(tokens, phrase, modifying="possessive") is None:
                return tuple(owners)
        return _owners_through(tokens, phrase.owner)
    return tuple(owners)


def is_participial(tokens: Tokens, part: Part) -> bool:
    """Whether a part is the first half of "Moscow-led", "US-backed": whose help, not whose."""
    at = part.end
    return (
        at + 1 < len(tokens)
        and tokens.text[at] in _HYPHENS
        and (
            tokens.pos[at + 1] in {"VERB", "ADJ"}
            or tokens.lower[at + 1].endswith(("ed", "led", "based", "born"))
        )
        and not tokens.text[at + 1][:1].isupper()
    )


def _owner_of(part: Part) -> Owner | None:
    entry = part.entry_of(
        "adjective", "country", "demonym", "capital", "metonym", "organisation", "group", "person"
    )
    if entry is None or part.kind in {"title", "role", "office", "surname", "name"}:
        return None
    if entry.kind in {"organisation", "group"}:
        return Owner(entry.country, sector=entry.sector, entry=entry)
    if entry.kind == "metonym":
        return Owner(entry.country, entry.country, entry.sector, entry)
    sector = entry.sector if entry.sector == "PRE" else None
    return Owner(entry.country, entry.key if entry.kind != "person" else entry.country, sector)


def _owners_through(tokens: Tokens, phrase: Phrase) -> tuple[Owner, ...]:
    """Whose a phrase is when another phrase owns it: "France's", "of the Libyan army's", "the Kremlin's"."""
    core = phrase.core
    if core is None:
        return find_owners(tokens, phrase)
    own = _owner_of(core)
    if own is not None:
        return (own,)
    beyond = find_owners(tokens, phrase)
    entry = core.entry
    if entry is not None and core.kind in {"office", "title", "role"} and entry.sector:
        if not beyond:
            return ()
        return tuple(replace(owner, sector=owner.sector or entry.sector) for owner in beyond)
    return beyond


# --- cores ------------------------------------------------------------------------------------------------------------


def resolve(tokens: Tokens, phrase: Phrase, published: str | None) -> Resolved | None:
    """The actors of a phrase; None where it speaks of nobody."""
    core = phrase.core
    if core is None:
        return None
    kind = core.kind
    if kind in {"person", "surname", "name"}:
        return resolve_person(tokens, phrase, core, published)
    if kind in {"country", "demonym", "adjective"}:
        return _resolve_country(tokens, phrase, core)
    if kind in {"capital", "metonym"}:
        return _resolve_seat(tokens, phrase, core)
    if kind in {"organisation", "group"}:
        return _resolve_body(tokens, phrase, core)
    if kind == "body":
        return _resolve_unknown_body(tokens, phrase, core)
    if kind in {"office", "title", "role"}:
        return _resolve_noun(tokens, phrase, core, published)
    return None


def _words(phrase: Phrase) -> frozenset[str]:
    return frozenset(phrase.words)


def _is_definite(phrase: Phrase) -> bool:
    return bool(phrase.words) and phrase.words[0] in row_words("actor_words", "deictic", "words")


def _is_seated(phrase: Phrase) -> bool:
    return phrase.preposition in row_words("actor_words", "seated", "words")


def _is_located(phrase: Phrase) -> bool:
    return phrase.preposition in row_words("actor_words", "locative", "words")


def _located_with(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether the phrase, or the one it is coordinated with, stands after a word of place."""
    if phrase.preposition:
        return _is_located(phrase)
    index = phrase.head
    for _ in range(8):
        if tokens.dep[index] not in {"conj", "appos"}:
            return False
        index = tokens.head[index]
        for back in range(index - 1, max(index - 4, -1), -1):
            if tokens.pos[back] == "ADP":
                return tokens.lower[back] in row_words("actor_words", "locative", "words")
            if tokens.pos[back] not in {"DET", "ADJ", "PROPN", "NOUN"}:
                break
    return False


def _resolve_country(tokens: Tokens, phrase: Phrase, core: Part) -> Resolved | None:
    demonym = core.entry_of("demonym")
    country = core.entry_of("country")
    adjective = core.entry_of("adjective")
    if country is not None and not (demonym is not None and demonym.plural):
        before = phrase.words[: core.start - phrase.start]
        if _located_with(tokens, phrase) or "former" in before:
            return None
        if any(word in row_words("actor_words", "region", "words") for word in before):
            return None
        if is_participial(tokens, core):
            return None
        actor = Actor(country.key, country.name, country.country, country.sector)
        return Resolved((actor,), "name", country.rule)
    if demonym is not None and (demonym.plural or _is_noun_use(tokens, phrase, core)):
        people = not _is_definite(phrase) or len(phrase.words) > 2 or not demonym.plural
        text = tokens.doc[phrase.start : phrase.end].text
        actor = Actor(None, text, demonym.country, "CVL" if people else None)
        return Resolved((actor,), "nominal", demonym.rule)
    if adjective is not None and _is_definite(phrase) and tokens.dep[phrase.head] in {"nsubj", "nsubj:pass"}:
        if tokens.head[phrase.head] >= phrase.end:
            text = tokens.doc[phrase.start : phrase.end].text
            return Resolved((Actor(None, text, adjective.country, None),), "nominal", adjective.rule)
    return None


def _is_noun_use(tokens: Tokens, phrase: Phrase, core: Part) -> bool:
    """Whether a word that may be adjective or noun is a noun here: "an Armenian", "three Japanese"."""
    before = phrase.words[: core.start - phrase.start]
    if not before or core.end != phrase.end:
        return False
    return tokens.pos[core.end - 1] in {"NOUN", "PROPN"} and (
        before[-1] in {"a", "an", "one", "another"} or tokens.pos[core.start - 1] == "NUM"
    )


def _resolve_seat(tokens: Tokens, phrase: Phrase, core: Part) -> Resolved | None:
    entry = core.entry
    if entry is None:
        return None
    if _is_dateline(tokens, core):
        return None
    before = phrase.words[: core.start - phrase.start]
    if any(word in row_words("actor_words", "region", "words") for word in before):
        return None
    rule = find_reading(tokens, phrase)
    if rule is None or is_participial(tokens, core):
        return None
    return Resolved((_seat_actor(entry),), "metonym", rule if entry.kind == "capital" else entry.rule)


def _is_dateline(tokens: Tokens, core: Part) -> bool:
    """Whether a city in capitals opens a report: "TBILISI, Sept 14 (Reuters) -"."""
    if not tokens.text[core.start].isupper() or len(tokens.text[core.start]) < 4 or core.end >= len(tokens):
        return False
    opens = tokens.sent_start[core.start] or core.start == 0 or tokens.text[core.start - 1].isspace()
    return (
        opens
        and tokens.text[core.end] in {",", "(", "-", "–", "—", ":", "/"}
        and not _shouts(tokens, core.end)
    )


def _shouts(tokens: Tokens, index: int) -> bool:
    """Whether the words around are in capitals too."""
    near = [word for word in tokens.text[max(0, index - 4) : index + 5] if word.isalpha()]
    return sum(map(str.isupper, near)) > 0.7 * len(near)


def _seat_actor(entry: Entry) -> Actor:
    if entry.kind == "metonym":
        return Actor(entry.key, entry.name, entry.country, entry.sector)
    if entry.sector == "PRE":
        return Actor(entry.key, entry.name, entry.country, "PRE")
    return _sector_actor(entry.key, entry.country or entry.key, "GOV")


def _sector_actor(state: str, country: str, sector: str) -> Actor:
    adjective = load_lexicon().country_adjectives.get(state, state)
    return Actor(f"{state}.{sector}", f"{adjective} {_SECTOR_NOUNS[sector]}", country, sector)


def _resolve_body(tokens: Tokens, phrase: Phrase, core: Part) -> Resolved | None:
    entry = core.entry
    if entry is None or is_participial(tokens, core):
        return None
    if _is_seated(phrase) or _in_dateline(tokens, core):
        return None
    actor = Actor(entry.key, entry.name, entry.country, entry.sector, entry.other)
    return Resolved((actor,), "name", entry.rule)


def _in_dateline(tokens: Tokens, core: Part) -> bool:
    """Whether an agency stands in brackets before the dash that opens a report: "(Reuters) -"."""
    before, after = core.start - 1, core.end
    if before < 0 or after + 1 >= len(tokens) or tokens.text[before] != "(" or tokens.text[after] != ")":
        return False
    return tokens.text[after + 1] in {"-", "–", "—", "--"} or core.start < 12


def _resolve_unknown_body(tokens: Tokens, phrase: Phrase, core: Part) -> Resolved | None:
    if _is_seated(phrase) or _in_dateline(tokens, core):
        return None
    return resolve_unknown_body(tokens, phrase, core, None)


def resolve_unknown_body(tokens: Tokens, phrase: Phrase, core: Part, beside: Phrase | None) -> Resolved:
    """An organisation that no table knows, with what a phrase in apposition says of it."""
    owners = find_owners(tokens, phrase)
    if beside is not None:
        lent = _resolve_noun(tokens, beside, beside.core, None) if beside.core is not None else None
        if lent is not None and lent.actors:
            name = tokens.doc[core.start : core.end].text
            first = lent.actors[0]
            return Resolved(
                (Actor(None, name, first.country, first.sector, first.other_sectors),), "name", lent.rule
            )
    country = next((owner.country for owner in owners if owner.country), None)
    if country is None:
        country = next((entry.country for entry in core.entries if entry.country), None)
    titles = _role_entries(phrase)
    sector = next((entry.sector for entry in reversed(titles) if entry.sector), None)
    name = tokens.doc[core.start : core.end].text
    return Resolved((Actor(None, name, country, sector),), "name", "unknown/body")


def _role_entries(phrase: Phrase) -> tuple[Entry, ...]:
    """The titles, roles and offices that stand before the core."""
    found = [part.entry for part in phrase.parts if part.kind in {"title", "role", "office"}]
    return tuple(entry for entry in found if entry is not None)


# --- persons ----------------------------------------------------------------------------------------------------------


def resolve_person(
    tokens: Tokens, phrase: Phrase, core: Part, published: str | None, beside: Phrase | None = None
) -> Resolved | None:
    """
    The person a name stands for.

    Args:
        beside: The phrase in apposition that says what the person is: "the Kenyan envoy".
    """
    owners = find_owners(tokens, phrase)
    titles = _role_entries(phrase)
    if beside is not None:
        owners = owners or find_owners(tokens, beside)
        added = beside.core.entry if beside.core is not None else None
        titles = (*_role_entries(beside), *((added,) if added else ()), *titles)
    known = find_person(tokens, core, titles, owners, published)
    former = bool(_words(phrase) & row_words("actor_words", "former", "words"))
    if known is not None:
        tenures = load_lexicon().tenures[known]
        actor = person_actor(tenures, published, former=former)
        if actor.sector not in STATE and not former:
            # The text gives an office that the tables do not date so: the text speaks, and roles.py flags it.
            lent = next((entry.sector for entry in reversed(titles) if entry.sector in STATE), None)
            actor = replace(actor, sector=lent or actor.sector)
        held = tenures_at(tenures, published) if published else []
        return Resolved((actor,), "name", (held or tenures)[-1].rule, titles=titles, person=known)
    if (
        core.kind == "surname"
        and not titles
        and not owners
        and tokens.pos[core.start] not in {"PROPN", "X", "NOUN"}
    ):
        return None
    if not titles and core.end - core.start == 1 and _names_place(tokens, phrase):
        return None
    name = tokens.doc[core.start : core.end].text
    country, sector, other, _ = _borrow(titles, owners)
    if former and sector in STATE:
        sector, other = "ELI", ()
    if core.kind == "surname" and not titles and tokens.doc[core.start].ent_type_ != "PERSON":
        return None
    rule = titles[-1].rule if titles else "unknown/person"
    return Resolved((Actor(None, name, country, sector, other),), "name", rule, titles=titles)


def _names_place(tokens: Tokens, phrase: Phrase) -> bool:
    """Whether a single name stands where places stand: "in X", "the town of X"."""
    if _is_located(phrase):
        return True
    if phrase.preposition != "of" or phrase.start < 2:
        return False
    return tokens.lower[phrase.start - 2] in row_words("actor_words", "settlement", "words")


def _borrow(
    titles: tuple[Entry, ...], owners: tuple[Owner, ...]
) -> tuple[str | None, str | None, tuple[str, ...], Owner | None]:
    """Country and sector that titles and owners lend to whoever carries them."""
    owner = owners[0] if owners else None
    country = owner.country if owner else None
    for entry in reversed(titles):
        if entry.sector:
            return country, entry.sector, entry.other, owner
    if owner is not None and owner.sector:
        return country, owner.sector, (), owner
    if owner is not None and titles and titles[-1].key in {"leader"}:
        return country, "GOV", (), owner
    return country, None, (), owner


def find_person(
    tokens: Tokens, core: Part, titles: tuple[Entry, ...], owners: tuple[Owner, ...], published: str | None
) -> str | None:
    """The slug of the known person a name stands for, with its titles and countries as evidence."""
    lexicon = load_lexicon()
    full = [entry for entry in core.entries if entry.kind == "person"]
    if full:
        return _best(full, published)
    countries = {owner.country for owner in owners if owner.country}
    offices = {entry.key for entry in titles if entry.kind == "title"}
    if core.kind == "surname":
        candidates = [entry for entry in core.entries if entry.kind == "surname"]
        fitting = [
            entry
            for entry in candidates
            if (not countries or entry.country in countries)
            and (
                entry.detail == "alone"
                or _held(lexicon.tenures[entry.key], offices)
                or (offices and countries)
            )
        ]
        if len({entry.key for entry in fitting}) > 1:
            dated = [
                entry for entry in fitting if published and tenures_at(lexicon.tenures[entry.key], published)
            ]
            exact = [entry for entry in dated or fitting if _held(lexicon.tenures[entry.key], offices)]
            fitting = exact or dated or fitting
            if len({entry.key for entry in fitting}) > 1 and not (published and offices):
                alone = [entry for entry in fitting if entry.detail == "alone"]
                if len({entry.key for entry in alone}) != 1:
                    return None
                fitting = alone
        return _best(fitting, published) if fitting else None
    # "Recep T. Erdogan": another spelling of the first name, made certain by country and office.
    if core.end - core.start > 1 and countries and offices:
        last = surname(tokens.doc[core.start : core.end].text)
        for person, tenures in lexicon.tenures.items():
            if (
                surname(tenures[0].name) == last
                and tenures[0].country in countries
                and _held(tenures, offices)
            ):
                return person
    return None


def _held(tenures: list[Tenure], offices: set[str]) -> bool:
    return any(tenure.office in offices for tenure in tenures)


def _best(entries: list[Entry], published: str | None) -> str:
    """The candidate in office at the date, else the first listed."""
    if published and len(entries) > 1:
        tenures = load_lexicon().tenures
        for entry in entries:
            if tenures_at(tenures[entry.key], published):
                return entry.key
    return entries[0].key


def person_actor(tenures: list[Tenure], published: str | None, *, former: bool = False) -> Actor:
    """The known person as an actor on a date: in office, or a former official, or not yet anybody."""
    first = tenures[0]
    if published is None:
        return Actor(first.person, first.name, first.country, "ELI" if former else tenures[-1].sector)
    held = tenures_at(tenures, published)
    if held:
        # Somebody may hold two offices at once; the later line is the higher or newer one.
        return Actor(first.person, first.name, held[-1].country, held[-1].sector)
    before = all(tenure.start > published for tenure in tenures)
    return Actor(first.person, first.name, first.country, None if before and not former else "ELI")


# --- nouns: offices, titles, roles ------------------------------------------------------------------------------------


def _resolve_noun(tokens: Tokens, phrase: Phrase, core: Part, published: str | None) -> Resolved | None:
    entry = core.entry
    if entry is None:
        return None
    # "the military" is a noun whatever the tagger says; a bare "military" at the end of nothing is not.
    if tokens.pos[core.end - 1] == "ADJ" and core.end - core.start == 1 and not entry.plural:
        if phrase.start == core.start:
            return None
    owners = find_owners(tokens, phrase)
    if core.kind == "office" and _is_seated(phrase):
        return None
    if (
        tokens.dep[phrase.head] in {"compound", "amod"}
        and phrase.start <= tokens.head[phrase.head] - 1 < phrase.end
    ):
        return None
    entry = _best_noun(core, entry, owned=bool(owners))
    needs = entry.detail.split(";")
    named = any(
        part.kind in {"name", "body", "person", "surname", "group", "organisation"}
        or is_participial(tokens, part)
        for part in phrase.parts
    )
    capitalised = _unknown_name(tokens, phrase, core)
    anaphoric = not named and capitalised is None and _needs_antecedent(phrase, owners)
    counted = entry.key == "civilian" and any(
        tokens.pos[at] == "NUM" for at in range(phrase.start, core.start)
    )
    if "modifier" in needs and not (owners or named or anaphoric or counted or capitalised is not None):
        return None
    if "modifier" in needs and "former" in phrase.words:
        return None
    if "plural" in needs and not entry.plural and not _words(phrase) & {"ethnic", "another"}:
        return None
    if "speaker" in needs and phrase.end < len(tokens) and tokens.lower[phrase.end] in {"of", "for"}:
        return None
    if "speaker" in needs and not phrase.parts:
        withheld = row_words("actor_words", "withheld", "words")
        if not (entry.plural or _words(phrase) & withheld or _is_indefinite(phrase)):
            return None
        if core.start > phrase.start and tokens.pos[core.start - 1] in {"NOUN", "PROPN"}:
            return None
    earlier = _role_entries(phrase)
    former = bool(_words(phrase) & row_words("actor_words", "former", "words"))
    anonymous = _is_anonymous(phrase, core, entry)
    made = _noun_actors(tokens, phrase, entry, earlier, owners, capitalised, former=former)
    kind = "name" if core.kind == "office" and owners else "nominal"
    titles = (*earlier, entry) if core.kind == "title" else earlier
    return Resolved(made, kind, entry.rule, anaphoric and not owners, anonymous, titles)


def _best_noun(core: Part, entry: Entry, *, owned: bool) -> Entry:
    """Among readings of one noun: offices before titles before roles, and of two roles the one whose needs are met."""
    for kind in ("office", "title"):
        found = core.entry_of(kind)
        if found is not None:
            return found
    readings = [reading for reading in core.entries if reading.kind == "role"]
    for reading in readings:
        needs = reading.detail.split(";")
        if ("modifier" not in needs or owned) and ("plural" not in needs or reading.plural):
            return reading
    return readings[0] if readings else entry


def _needs_antecedent(phrase: Phrase, owners: tuple[Owner, ...]) -> bool:
    if owners or any(part.kind in {"name", "body", "person", "surname"} for part in phrase.parts):
        return False
    if phrase.core is not None and phrase.core.kind == "office" and not _is_indefinite(phrase):
        return True
    if phrase.pronoun is not None:
        return True
    if (
        phrase.owner is not None
        and phrase.owner.core is not None
        and phrase.owner.core.kind in {"role", "title", "office"}
    ):
        return True
    return _is_definite(phrase) or any(_is_definite(tail) for tail in phrase.tail)


def _is_indefinite(phrase: Phrase) -> bool:
    return bool(phrase.words) and phrase.words[0] in {"a", "an", "another", "one", "some", "several", "many"}


def _unknown_name(tokens: Tokens, phrase: Phrase, core: Part) -> str | None:
    """The phrase as a name where capitalised words that no table knows stand before a noun: "the Maute group"."""
    named = [
        index
        for index in range(phrase.start, core.start)
        if tokens.pos[index] == "PROPN"
        and tokens.text[index][:1].isupper()
        and not any(part.start <= index < part.end for part in phrase.parts)
    ]
    if not named or (named[0] == phrase.start and tokens.sent_start[phrase.start] and len(named) == 1):
        return None
    return tokens.doc[named[0] : core.end].text


def _is_anonymous(phrase: Phrase, core: Part, entry: Entry) -> bool:
    if core.kind == "office" or entry.body:
        return False
    if phrase.words and phrase.words[0] == "the":
        return False
    withheld = _words(phrase) & row_words("actor_words", "withheld", "words")
    indefinite = bool(phrase.words) and phrase.words[0] in {"a", "an", "one"}
    spoken = "anonymous" in entry.detail
    return spoken or (core.kind == "title" and (bool(withheld) or indefinite or entry.plural))


def _noun_actors(
    tokens: Tokens,
    phrase: Phrase,
    entry: Entry,
    earlier: tuple[Entry, ...],
    owners: tuple[Owner, ...],
    capitalised: str | None,
    *,
    former: bool,
) -> tuple[Actor, ...]:
    sector, other = entry.sector, entry.other
    if sector is None:
        lender = next((title for title in reversed(earlier) if title.sector), None)
        if lender is not None:
            sector, other = lender.sector, lender.other
    text = tokens.doc[phrase.start : phrase.end].text
    if former and sector in STATE:
        return tuple(Actor(None, text, owner.country, "ELI") for owner in owners) or (
            Actor(None, text, None, "ELI"),
        )
    if entry.key == "elite":
        return tuple(Actor(None, text, owner.country, "ELI") for owner in owners) or (
            Actor(None, text, None, "ELI"),
        )
    actors: list[Actor] = []
    for owner in owners or (Owner(None),):
        actor = _owned_actor(
            phrase, entry, sector, other, owner, capitalised or text, lesser=_is_lesser(phrase)
        )
        if actor not in actors:
            actors.append(actor)
    return tuple(actors)


def noun_actors(tokens: Tokens, phrase: Phrase, entry: Entry, owners: tuple[Owner, ...]) -> tuple[Actor, ...]:
    """The actors of a phrase whose owners earlier text has supplied: "its soldiers", "the country's army"."""
    former = bool(_words(phrase) & row_words("actor_words", "former", "words"))
    return _noun_actors(tokens, phrase, entry, _role_entries(phrase), owners, None, former=former)


def _is_lesser(phrase: Phrase) -> bool:
    return bool(_words(phrase) & row_words("actor_words", "lesser", "words"))


def _owned_actor(
    phrase: Phrase,
    entry: Entry,
    sector: str | None,
    other: tuple[str, ...],
    owner: Owner,
    text: str,
    *,
    lesser: bool,
) -> Actor:
    body = owner.entry
    if body is not None and body.kind == "group":
        if _words(phrase) & row_words("actor_words", "offshoot", "words"):
            return Actor(None, text, owner.country or body.country, body.sector, body.other)
        # "Hamas fighters", "the Taliban leadership": the group itself acts in its people.
        if entry.kind == "title" or sector not in {None, "REB", "UAF", "PRM", "PTY", body.sector}:
            return Actor(None, text, body.country, body.sector, body.other)
        return Actor(body.key, body.name, body.country, body.sector, body.other)
    if body is not None:
        if entry.sector is None:
            return Actor(None, text, owner.country, body.sector or "GOV", body.other)
        return Actor(None, text, owner.country, sector or owner.sector, other)
    country, state = owner.country, owner.state
    if country is None or state is None:
        return Actor(None, text, country, sector or owner.sector, other)
    if owner.sector == "PRE":
        return Actor(None, text, country, "PRE", tuple(s for s in (sector,) if s))
    if sector is None:
        sector = owner.sector or ("GOV" if entry.key == "leader" or entry.kind == "title" else None)
    adjective = load_lexicon().country_adjectives.get(state, state)
    if entry.kind == "office":
        code = _office_code(entry)
        if not code and sector in STATE:
            return _sector_actor(state, country, sector)
        return Actor(f"{state}.{sector}.{code}", f"{adjective} {_office_name(entry)}", country, sector)
    if entry.kind == "title" and "unique" in entry.detail and not entry.plural and not lesser:
        return Actor(
            f"{state}.{sector}.{entry.key.upper()}", f"{adjective} {entry.name}", country, sector, other
        )
    if sector in STATE and entry.kind == "role" and not other and entry.plural:
        return _sector_actor(state, country, sector)
    if sector in STATE and entry.kind == "role" and entry.body:
        return _sector_actor(state, country, sector)
    return Actor(None, text, country, sector, other)


@cache
def _offices() -> dict[str, tuple[str, str]]:
    from counterclaim.knowledge import load_table

    return {row["id"]: (row["code"], row.split("names")[0]) for row in load_table("offices")}


def _office_code(entry: Entry) -> str:
    return _offices()[entry.key][0]


def _office_name(entry: Entry) -> str:
    """The first of the office's names, so that "Defense Ministry" and "Ministry of Defence" are one."""
    return _offices()[entry.key][1]
