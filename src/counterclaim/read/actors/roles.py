"""
Titles against dated roles: "President" for somebody who was prime minister that day.

In: mentions of people that leaders.tsv knows, with the titles printed before their names. Out: flags.
Example: "French Prime Minister Emmanuel Macron" in 2023 -> role_mismatch, detail "president of FRA since 2017-05-14".
Limit: without a date of publication nothing is compared; offices that leaders.tsv does not date are not either.
"""

from counterclaim.read.actors.lexicon import Entry, Tenure, load_lexicon, row_words, tenures_at
from counterclaim.read.actors.records import Phrase
from counterclaim.types import Article, Flag, Mention


def find_role_mismatches(
    phrases: tuple[Phrase, ...], article: Article, mentions: tuple[Mention, ...]
) -> tuple[Flag, ...]:
    """A flag for each title that contradicts what its bearer was on the day of publication."""
    if article.published is None:
        return ()
    by_start = {phrase.start: phrase for phrase in phrases if not phrase.absorbed}
    tenures = load_lexicon().tenures
    flags: list[Flag] = []
    for mention in mentions:
        if mention.kind != "name" or mention.actor.actor_id is None or mention.actor.actor_id not in tenures:
            continue
        phrase = by_start.get(mention.start)
        if phrase is None or phrase.end != mention.end:
            continue
        known = tenures[mention.actor.actor_id]
        held = tenures_at(known, article.published)
        title = _contradicted(phrase, held, frozenset(tenure.office for tenure in known))
        if title is not None:
            flags.append(
                Flag(
                    "role_mismatch",
                    mention.text,
                    mention.start_char,
                    mention.end_char,
                    _detail(mention, title, held),
                )
            )
    return tuple(flags)


def _contradicted(phrase: Phrase, held: list[Tenure], ever: frozenset[str]) -> Entry | None:
    words = frozenset(phrase.words)
    if words & (row_words("actor_words", "former", "words") | row_words("actor_words", "lesser", "words")):
        return None
    if any("elect" in word or word.startswith("ex-") for word in words):
        return None
    offices = {tenure.office for tenure in held}
    for part in phrase.parts:
        if part.kind != "title":
            continue
        entry = part.entry_of("title")
        if entry is None or "unique" not in entry.detail or offices & _compatible(entry.key):
            continue
        # Out of office that day, only a title they are known to have held at another time contradicts.
        if held or entry.key in ever:
            return entry
    return None


def _compatible(office: str) -> frozenset[str]:
    """The offices that a title may also denote: a president may be head of state in other words."""
    if office in {"president", "head_of_state", "supreme_leader"}:
        return frozenset((office, "head_of_state"))
    return frozenset((office,))


def _detail(mention: Mention, title: Entry, held: list[Tenure]) -> str:
    if not held:
        return f"{mention.actor.name} is called {title.name} but did not hold that office that day"
    was = " and ".join(
        f"{tenure.office.replace('_', ' ')} of {tenure.country} since {tenure.start}" for tenure in held
    )
    return f"{mention.actor.name} is called {title.name} but was {was}"
