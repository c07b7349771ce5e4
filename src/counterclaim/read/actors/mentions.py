"""
From phrases to mentions: which phrases speak of an actor, and the modifiers that say whose something is.

In: the phrases of a text. Out: mentions in the order of the text, with honest offsets.
Example: "Azerbaijani positions" -> an adjective mention "Azerbaijani"; "Armenia's attitude" -> a mention "Armenia".
Limit: of "the ministers and generals of Chad" only the second noun gets its country.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors.lexicon import Entry, row_words, surname
from counterclaim.read.actors.metonyms import find_participle_reading, find_reading
from counterclaim.read.actors.nouns import office_code
from counterclaim.read.actors.owners import find_owners, is_participial
from counterclaim.read.actors.persons import resolve_person
from counterclaim.read.actors.phrases import find_countries
from counterclaim.read.actors.records import STATE, Part, Phrase, Resolved
from counterclaim.read.actors.resolve import resolve, resolve_unknown_body, seat_actor
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Actor, Article, Mention

_PERSONS = frozenset(("person", "surname", "name"))
_NOUNS = frozenset(("title", "role", "office"))

# What closes an apposition.
_CLOSING = frozenset((",", ".", ";", ")", "–", "—", "who", "which", "-"))


def find_mentions(tree: Tree, phrases: tuple[Phrase, ...], article: Article) -> tuple[Mention, ...]:
    """Every phrase that speaks of an actor and can be understood without earlier text, in order."""
    return tuple(_Finder(tree, phrases, article.published).run())


class _Finder:
    """One pass over the phrases of a text; remembers the names it has met."""

    def __init__(self, tree: Tree, phrases: tuple[Phrase, ...], published: str | None) -> None:
        self.tree = tree
        self.phrases = phrases
        self.published = published
        self.surnames: dict[str, str | None] = {}
        self.local: dict[str, Actor] = {}
        self.freed: set[int] = set()
        self.found: list[Mention] = []
        # Officials without a country: their place among the mentions, and the code of their office.
        self.placeless: list[tuple[int, str]] = []

    def run(self) -> list[Mention]:
        index = 0
        while index < len(self.phrases):
            phrase = self.phrases[index]
            if phrase.absorbed and id(phrase) not in self.freed:
                index += 1
                continue
            beside = self._apposed(index)
            if beside is not None and self._join(phrase, beside):
                index += 1
                while index < len(self.phrases) and self.phrases[index] is not beside:
                    between = self.phrases[index]
                    if between.start >= phrase.end and not between.absorbed:
                        self._take(between)  # "Kenya's envoy to Chad, Lee Hart"
                    index += 1
                index += 1
                continue
            self._take(phrase)
            index += 1
        self._place_titles()
        self.found.sort(key=lambda mention: (mention.start, mention.end))
        return self.found

    def _place_titles(self) -> None:
        """Give an official whose title names no country the one that the paragraph, or the whole text, speaks of."""
        if not self.placeless:
            return
        paragraphs = self.tree.paragraph_of
        named = find_countries(self.tree, self.phrases, paragraphs)
        everywhere = set().union(*named.values())
        for number, office in self.placeless:
            mention = self.found[number]
            owner = self._office_country(mention, office, paragraphs)
            if owner is not None:
                self.found[number] = replace(mention, actor=replace(mention.actor, country=owner))
                continue
            near = named.get(paragraphs[mention.start], set()) or everywhere
            country = state_country(next(iter(near))) if len(near) == 1 else None
            if country is not None:
                self.found[number] = replace(mention, actor=replace(mention.actor, country=country))

    def _office_country(self, mention: Mention, office: str, paragraphs: Sequence[int]) -> str | None:
        """Whose office it is, where the text spoke of it with a country: "Defence Ministry spokesman X"."""
        if not office:
            return None
        earlier = [
            (paragraphs[other.start], other.actor.country)
            for other in self.found
            if other.start < mention.start
            and other.actor.country is not None
            and (other.actor.actor_id or "").endswith("." + office)
        ]
        here = {country for number, country in earlier if number == paragraphs[mention.start]}
        states = here or {country for _, country in earlier}
        return next(iter(states)) if len(states) == 1 else None

    # -- one phrase ----------------------------------------------------------------------------------------------------

    def _take(self, phrase: Phrase) -> None:
        resolved = resolve(self.tree, phrase, self.published)
        if resolved is None:
            self._free(phrase)
            self._take_modifiers(phrase, whole=True)
            return
        if resolved.anaphoric or self._is_short_name(phrase, resolved):
            return
        self._emit(phrase, resolved)
        self._take_modifiers(phrase, whole=False)

    def _free(self, phrase: Phrase) -> None:
        """Give back what a phrase that speaks of nobody had taken in behind it."""
        for tail in phrase.tail:
            self.freed.add(id(tail))

    def _emit(self, phrase: Phrase, resolved: Resolved, antecedent: int | None = None) -> None:
        for actor in resolved.actors:
            known = self._known(phrase, resolved, actor)
            self.found.append(
                make_mention(
                    self.tree, phrase.start, phrase.end, phrase.head, resolved, known or actor, antecedent
                )
            )
            unplaced = resolved.titles and resolved.person is None and actor.country is None and known is None
            # "Diplomats said": where they serve says nothing of whose they are.
            is_abroad = resolved.kind == "nominal" and any(
                "abroad" in title.detail.split(";") for title in resolved.titles[-1:]
            )
            if unplaced and not is_abroad and actor.sector in STATE and len(resolved.actors) == 1:
                self.placeless.append((len(self.found) - 1, _office_of(resolved.titles)))
            self._remember(phrase, resolved, actor)

    def _known(self, phrase: Phrase, resolved: Resolved, actor: Actor) -> Actor | None:
        """What the text said of an unknown name before: "the Maute group", later "Maute fighters"."""
        if actor.actor_id is not None:
            return None
        known = self.local.get(actor.name) if resolved.kind == "name" else None
        if known is None and actor.country is None and (stem := self._stem(phrase, actor)):
            known = self.local.get(stem)
        return known

    def _stem(self, phrase: Phrase, actor: Actor) -> str:
        """The words of an unknown body's name before its noun: Maute of "Maute group"; empty where there are none."""
        core = phrase.core
        if core is None or core.kind not in {"role", "office"}:
            return ""
        noun = self.tree.written(core.start, core.end)
        stem = actor.name.removesuffix(noun).strip()
        return stem if stem != actor.name and stem[:1].isupper() else ""

    def _remember(self, phrase: Phrase, resolved: Resolved, actor: Actor) -> None:
        core = phrase.core
        if resolved.kind != "name" or core is None:
            return
        if core.kind in {"role", "office"} and actor.actor_id is None and (actor.country or actor.sector):
            for called in (actor.name, self._stem(phrase, actor)):
                if called[:1].isupper():
                    self.local.setdefault(called, actor)
        if core.kind not in {*_PERSONS, "body"}:
            return
        name = self.tree.written(core.start, core.end)
        if actor.country or actor.sector:
            self.local.setdefault(name, actor)
        if core.kind in _PERSONS and (" " in name or resolved.person):
            self.surnames.setdefault(surname(name), resolved.person)

    def _is_short_name(self, phrase: Phrase, resolved: Resolved) -> bool:
        """Whether the phrase is the family name of somebody already named in full: coreference links it."""
        core = phrase.core
        if core is None or core.kind not in _PERSONS:
            return False
        name = self.tree.written(core.start, core.end)
        if (" " in name and surname(name) != name) or name not in self.surnames:
            return False
        if resolved.titles and resolved.person is not None:
            return resolved.person != self.surnames[name]
        return True

    # -- apposition ----------------------------------------------------------------------------------------------------

    def _apposed(self, index: int) -> Phrase | None:
        """The phrase in apposition to the one at an index: "Lee Hart, the Kenyan envoy,"."""
        phrase = self.phrases[index]
        if phrase.core is None or index + 1 == len(self.phrases):
            return None
        lower = self.tree.words
        end, following = self._behind(index)
        if (
            following is None
            or following.core is None
            or (following.absorbed and id(following) not in self.freed)
        ):
            return None
        between = [word for word in lower[end : following.start] if not word.isspace()]
        if between not in ([","], ["("]):
            return None
        if lower[end] == "(":
            fits = self._is_acronym(phrase.core, following, following.core)
        else:
            fits = self._may_call(phrase, phrase.core, following, following.core) and self._stands_apart(
                following
            )
        return following if fits else None

    def _behind(self, index: int) -> tuple[int, Phrase | None]:
        """Where a phrase ends with its tail ("Kenya's envoy to Chad, Lee Hart", "the mayor of Sarh, Lee Hart"), and what follows."""
        phrase = self.phrases[index]
        ahead = [other for other in self.phrases[index + 1 : index + 6] if other.start >= phrase.end]
        end = phrase.end
        word = self.tree.words[end] if end < len(self.tree) else ""
        if len(ahead) > 1 and word in {"to", "of", "in"} and ahead[0].preposition == word:
            end = ahead.pop(0).end
        return end, ahead[0] if ahead else None

    def _is_acronym(self, core: Part, following: Phrase, short: Part) -> bool:
        """As in "the Forces for Freedom (FFF)"."""
        words = self.tree.words
        return (
            following.end < len(words)
            and words[following.end] == ")"
            and following.end - following.start == 1
            and self.tree.forms[following.start].isupper()
            and short.kind in {"body", "name"}
            and core.kind in {"body", "role", "office"}
        )

    def _may_call(self, phrase: Phrase, core: Part, following: Phrase, other: Part) -> bool:
        """Whether the kinds of the two can be one: a name and a noun, a body and what it is, an office and who holds it."""
        kinds = core.kind, other.kind
        if kinds[0] in {"name", "person", "surname", "body"} and kinds[1] in _NOUNS:
            return kinds != ("body", "title")
        if kinds[0] in {"role", "office"} and kinds[1] == "role":
            called = self.tree.forms[core.end - 1][:1].isupper()
            return any(entry.body for entry in core.entries) and (
                called or (phrase.words[0] in {"the", "a"} and kinds[0] != "office")
            )
        if kinds[0] in {"title", "role"} and kinds[1] in _PERSONS:
            entry = core.entry
            return not (entry is None or entry.plural or entry.body or following.parts)
        return False

    def _stands_apart(self, following: Phrase) -> bool:
        """Whether the phrase is set off as an apposition is, and is no item of a list."""
        words, end = self.tree.words, following.end
        closed = end >= len(words) or words[end] in _CLOSING
        listed = end + 2 < len(words) and words[end] == "," and words[end + 1] in {"and", "or"}
        bare = not any(part.kind in _PERSONS for part in following.parts)
        return bare and not listed and (closed or self.tree.dep[following.head] == "appos")

    def _join(self, phrase: Phrase, beside: Phrase) -> bool:
        """Emit a phrase and its apposition as two mentions of one actor; False where that makes no sense."""
        if phrase.core is None or beside.core is None:
            return False
        tree = self.tree
        if (beside.core.kind in {"body", "name"} and phrase.core.kind not in {"title", "role"}) or (
            phrase.core.kind in {"role", "office"} and beside.core.kind in {"role", "body"}
        ):
            return self._join_body(phrase, beside)
        if phrase.core.kind == "body":
            resolved: Resolved | None = resolve_unknown_body(tree, phrase, phrase.core, beside)
            first, second = phrase, beside
        elif phrase.core.kind in _PERSONS:
            resolved = resolve_person(tree, phrase, phrase.core, self.published, beside)
            first, second = phrase, beside
            if resolved is not None and self._is_short_name(phrase, resolved):
                return False
        else:
            resolved = resolve_person(tree, beside, beside.core, self.published, phrase)
            first, second = beside, phrase
        if resolved is None or len(resolved.actors) != 1:
            return False
        self._emit(first, resolved)
        actor = self.found[-1].actor
        nominal = Resolved((actor,), "nominal", resolved.rule, titles=resolved.titles)
        start = tree.idx[first.start]
        self.found.append(
            make_mention(
                tree,
                second.start,
                second.end,
                second.head,
                nominal,
                actor,
                start if second.start > first.start else None,
            )
        )
        return True

    def _join_body(self, phrase: Phrase, beside: Phrase) -> bool:
        """Two descriptions of one body: "the Maute group, an affiliate of ...", "the Observatory (SOHR)"."""
        first = resolve(self.tree, phrase, self.published)
        if first is None or first.anaphoric or len(first.actors) != 1:
            return False
        actor = first.actors[0]
        second = resolve(self.tree, beside, self.published)
        if second is not None and not second.anaphoric and len(second.actors) == 1 and actor.actor_id is None:
            lent = second.actors[0]
            actor = replace(
                actor,
                country=lent.country or actor.country,
                sector=lent.sector or actor.sector,
            )
        tree = self.tree
        self.found.append(make_mention(tree, phrase.start, phrase.end, phrase.head, first, actor, None))
        self._remember(phrase, first, actor)
        start = tree.idx[phrase.start]
        named = Resolved(
            (actor,), "nominal" if beside.core and beside.core.kind == "role" else "name", first.rule
        )
        self.found.append(make_mention(tree, beside.start, beside.end, beside.head, named, actor, start))
        if named.kind == "name":
            self.local[tree.written(beside.start, beside.end)] = actor
        return True

    # -- modifiers -----------------------------------------------------------------------------------------------------

    def _take_modifiers(self, phrase: Phrase, *, whole: bool) -> None:
        """
        Mentions inside a phrase: owners and modifiers of what is not itself an actor.

        Args:
            whole: The phrase speaks of nobody; else only "Moscow-led" and the like are left to say.
        """
        tree = self.tree
        if whole and phrase.owner is not None:
            self._take_owner(phrase, phrase.owner)
        parts = list(phrase.parts) + list(phrase.shared)
        if (
            whole
            and phrase.core is not None
            and phrase.core.kind in {"adjective", "country", "organisation", "group"}
        ) and (phrase.core.kind == "adjective" or is_participial(tree, phrase.core)):
            parts.append(phrase.core)
        for part in parts:
            if part.start > phrase.start and tree.words[part.start - 1] == "former" and whole:
                continue  # "former Soviet republics"
            participial = is_participial(tree, part)
            if not whole and not participial:
                continue
            actor_rule = self._modifier(phrase, part, participial=participial)
            if actor_rule is not None:
                actor, rule = actor_rule
                made = Resolved((actor,), "adjective", rule)
                self.found.append(make_mention(tree, part.start, part.end, part.end - 1, made, actor, None))

    def _take_owner(self, phrase: Phrase, owner: Phrase) -> None:
        core = owner.core
        if core is None:
            self._take_modifiers(owner, whole=True)
            if owner.owner is not None:
                self._take_owner(owner, owner.owner)
            return
        if core.kind == "capital":
            rule = find_reading(self.tree, phrase, modifying="possessive")
            entry = core.entry
            if rule is not None and entry is not None:
                actor = seat_actor(entry)
                made = Resolved((actor,), "metonym", rule)
                self.found.append(
                    make_mention(self.tree, owner.start, owner.end, core.end - 1, made, actor, None)
                )
            return
        resolved = resolve(self.tree, _freestanding(owner), self.published)
        if resolved is None:
            self._take_modifiers(owner, whole=True)
        elif not resolved.anaphoric and not self._is_short_name(owner, resolved):
            self._emit(owner, resolved)

    def _modifier(self, phrase: Phrase, part: Part, *, participial: bool) -> tuple[Actor, str] | None:
        """The actor that a modifier names, with the rule; None where it names none."""
        tree = self.tree
        entry = part.entry_of(
            "adjective", "country", "demonym", "organisation", "group", "metonym", "capital"
        )
        if participial:
            rule = find_participle_reading(tree, part.end)
            if rule is None or entry is None:
                return None
            if entry.kind == "capital":
                return seat_actor(entry), rule
            return modifier_actor(entry), entry.rule
        if entry is not None and part.kind not in _NOUNS:
            if entry.kind == "capital":
                rule = find_reading(tree, phrase, modifying="compound")
                return None if rule is None else (seat_actor(entry), rule)
            return modifier_actor(entry), entry.rule
        noun = part.entry
        if noun is None or part.kind not in {"office", "role"} or "modifier" in noun.detail:
            return None
        if part.kind == "role" and tree.pos[part.end - 1] not in {"NOUN", "PROPN"}:
            return None
        owners = find_owners(tree, phrase)
        if not owners and speaks_of_loss(tree, phrase, part):
            return None  # "reported fifty military deaths": whose, coreference finds out.
        doing = tree.lemmas[phrase.end - 1] in row_words("actor_words", "undertaking", "words")
        if not owners and doing and tree.pos[part.end - 1] == "ADJ":
            return None  # "a military operation": what kind, not whose.
        country = owners[0].country if owners else None
        text = tree.written(part.start, part.end)
        return Actor(None, text, country, noun.sector, noun.other), noun.rule


def _office_of(titles: tuple[Entry, ...]) -> str:
    """The code of the office among titles: MOD for "Defence Ministry spokesman"; empty where there is none."""
    return next((office_code(title) for title in reversed(titles) if title.kind == "office"), "")


@cache
def _parents() -> dict[str, str]:
    return {row["id"]: row["parent"] or row["id"] for row in load_table("countries")}


def state_country(state: str) -> str:
    """The country code that a line of countries.tsv counts as; a user's own is its own."""
    return _parents().get(state, state)


def speaks_of_loss(tree: Tree, phrase: Phrase, part: Part) -> bool:
    """Whether an office modifies a word of loss: "military deaths", "police casualties"."""
    return part.kind == "office" and tree.words[phrase.end - 1] in row_words("actor_words", "loss", "words")


def modifier_actor(entry: Entry) -> Actor:
    """The actor behind "Russian" or "NATO" before a noun: the state or body itself."""
    if entry.kind in {"adjective", "country", "demonym"}:
        return Actor(entry.key, entry.name, entry.country, "PRE" if entry.sector == "PRE" else "GOV")
    return Actor(entry.key, entry.name, entry.country, entry.sector, entry.other)


def _freestanding(owner: Phrase) -> Phrase:
    """The owner of a phrase read by itself: the preposition before it belongs to the whole."""
    if not owner.preposition:
        return owner
    return Phrase(
        start=owner.start,
        end=owner.end,
        head=owner.head,
        core=owner.core,
        parts=owner.parts,
        owner=owner.owner,
        pronoun=owner.pronoun,
        tail=owner.tail,
        tail_word=owner.tail_word,
        shared=owner.shared,
        words=owner.words,
    )


def make_mention(
    tree: Tree, start: int, end: int, head: int, resolved: Resolved, actor: Actor, antecedent: int | None
) -> Mention:
    """A mention over tokens [start, end)."""
    start_char, end_char = tree.chars(start, end)
    return Mention(
        text=tree.text[start_char:end_char],
        start_char=start_char,
        end_char=end_char,
        start=start,
        end=end,
        head=head,
        kind=resolved.kind,  # type: ignore[arg-type]
        actor=actor,
        anonymous=resolved.anonymous,
        antecedent=antecedent,
        rule=resolved.rule,
    )
