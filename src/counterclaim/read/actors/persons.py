"""
People: known ones by name, title, country and date; unknown ones by what their titles say.

In: a phrase with a name at its core. Out: the person's actor on the day of publication.
Example: "Indian Prime Minister Modi" -> narendra-modi, IND, GOV.
Limit: two known people of one surname and one country are told apart by office and date only.
"""

from dataclasses import replace

from counterclaim.read.actors.lexicon import Entry, Tenure, load_lexicon, row_words, surname, tenures_at
from counterclaim.read.actors.owners import find_owners, find_sector, role_entries
from counterclaim.read.actors.phrases import is_located, words
from counterclaim.read.actors.records import STATE, Owner, Part, Phrase, Resolved
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Actor


def resolve_person(
    tree: Tree, phrase: Phrase, core: Part, published: str | None, beside: Phrase | None = None
) -> Resolved | None:
    """
    The person a name stands for.

    Args:
        beside: The phrase in apposition that says what the person is: "the Kenyan envoy".
    """
    owners = find_owners(tree, phrase)
    titles = role_entries(phrase)
    if beside is not None:
        owners = owners or find_owners(tree, beside)
        added = beside.core.entry if beside.core is not None else None
        titles = (*role_entries(beside), *((added,) if added else ()), *titles)
    entry = core.entry
    if entry is not None and entry.own:
        return resolve_own(phrase, entry, titles, owners)
    known = find_person(tree, core, titles, owners, published)
    former = bool(words(phrase) & row_words("actor_words", "former", "words"))
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
        and tree.pos[core.start] not in {"PROPN", "X", "NOUN"}
    ):
        return None
    if not titles and core.end - core.start == 1 and is_located(phrase):
        return None
    name = tree.written(core.start, core.end)
    country, sector, other, _ = borrow(titles, owners)
    if former and sector in STATE:
        sector, other = "ELI", ()
    if core.kind == "surname" and not titles and tree.entity[core.start] != "PERSON":
        return None
    rule = titles[-1].rule if titles else "unknown/person"
    return Resolved((Actor(None, name, country, sector, other),), "name", rule, titles=titles)


def resolve_own(
    phrase: Phrase, entry: Entry, titles: tuple[Entry, ...], owners: tuple[Owner, ...]
) -> Resolved:
    """A name of the user's table; what the table leaves open, the titles beside it say."""
    country, sector, other, _ = borrow(titles, owners)
    if words(phrase) & row_words("actor_words", "former", "words") and (sector or entry.sector) in STATE:
        sector, other = "ELI", ()
    elif entry.sector:
        sector, other = entry.sector, entry.other
    actor = Actor(entry.key, entry.name, entry.country or country, sector, other)
    return Resolved((actor,), "name", entry.rule, titles=titles, person=entry.key)


def borrow(
    titles: tuple[Entry, ...], owners: tuple[Owner, ...]
) -> tuple[str | None, str | None, tuple[str, ...], Owner | None]:
    """Country and sector that titles and owners lend to whoever carries them."""
    owner = owners[0] if owners else None
    country = owner.country if owner else None
    sector, other = find_sector(titles)
    body = owner.entry if owner else None
    if body is not None and body.kind == "group" and sector in {"MIL", "GOV"}:
        return country, body.sector, body.other, owner  # a commander of rebels is of no state's army
    if sector:
        return country, sector, other, owner
    if owner is not None and owner.sector:
        return country, owner.sector, (), owner
    if owner is not None and titles and titles[-1].key == "leader":
        return country, "GOV", (), owner
    return country, None, (), owner


def find_person(
    tree: Tree, core: Part, titles: tuple[Entry, ...], owners: tuple[Owner, ...], published: str | None
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
                or held(lexicon.tenures[entry.key], offices)
                or (offices and countries)
            )
        ]
        if len({entry.key for entry in fitting}) > 1:
            dated = [
                entry for entry in fitting if published and tenures_at(lexicon.tenures[entry.key], published)
            ]
            exact = [entry for entry in dated or fitting if held(lexicon.tenures[entry.key], offices)]
            fitting = exact or dated or fitting
            if len({entry.key for entry in fitting}) > 1 and not (published and offices):
                alone = [entry for entry in fitting if entry.detail == "alone"]
                if len({entry.key for entry in alone}) != 1:
                    return None
                fitting = alone
        return _best(fitting, published) if fitting else None
    # "Recep T. Erdogan": another spelling of the first name, made certain by country and office.
    if core.end - core.start > 1 and countries and offices:
        last = surname(tree.written(core.start, core.end))
        for person, tenures in lexicon.tenures.items():
            if (
                surname(tenures[0].name) == last
                and tenures[0].country in countries
                and held(tenures, offices)
            ):
                return person
    return None


def held(tenures: list[Tenure], offices: set[str]) -> bool:
    """Whether one of the tenures is of one of the offices."""
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
