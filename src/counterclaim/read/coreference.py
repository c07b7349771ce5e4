"""
Words that stand for an actor named earlier: pronouns, bare surnames, "the ministry", "both sides", "its soldiers".

In: the parsed text and the mentions found in it. Out: further mentions, each with the actor of its antecedent.
Example: "Norway protested. It recalled its envoy." -> "It" and "its envoy" of NOR.
Limit: salience, not understanding: in "the general met the envoy because he had asked" the subject wins.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc

from counterclaim.knowledge import load_table
from counterclaim.read.actors.lexicon import Entry, load_lexicon, row_words, surname
from counterclaim.read.actors.mentions import make_mention
from counterclaim.read.actors.nouns import noun_actors
from counterclaim.read.actors.owners import find_owners
from counterclaim.read.actors.phrases import is_pair, read_phrases
from counterclaim.read.actors.records import Owner, Phrase, Resolved
from counterclaim.read.actors.resolve import resolve
from counterclaim.read.actors.tokens import Tokens
from counterclaim.types import Actor, Mention

# How many sentences back an antecedent may stand. Swept 1-6 on GUM news, interviews and biographies (train part):
# persons keep gaining until 3; "it" and "they" lose precision after 1.
_REACH = {"person": 3, "body": 1, "any": 1}
_SUBJECTS = frozenset(("nsubj", "nsubj:pass", "nsubj:outer"))
_OBJECTS = frozenset(("obj", "iobj"))


@dataclass(frozen=True, slots=True)
class _Pronoun:
    refers: str
    number: str
    gender: str
    use: str
    rule: str


@cache
def _pronouns() -> dict[str, _Pronoun]:
    return {
        form: _Pronoun(row["refers"], row["number"], row["gender"], row["use"], row.rule)
        for row in load_table("pronouns")
        for form in row.split("forms")
    }


@cache
def _given_names() -> dict[str, str]:
    return {name.lower(): row["id"] for row in load_table("given_names") for name in row.split("names")}


@dataclass(slots=True)
class _Candidate:
    """A mention that later words may refer to, with what agreement asks for."""

    mention: Mention
    sentence: int
    person: bool
    many: bool
    gender: str
    subject: bool
    actors: tuple[Actor, ...]


def find_anaphors(doc: Doc, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Mentions that earlier mentions explain; what stays unclear gets none, or none but its sector."""
    tokens, phrases = read_phrases(doc)
    return tuple(_Resolver(tokens, phrases, mentions).run())


class _Resolver:
    """One pass over the text in reading order."""

    def __init__(self, tokens: Tokens, phrases: tuple[Phrase, ...], mentions: tuple[Mention, ...]) -> None:
        self.tokens = tokens
        self.mentions = mentions
        self.by_start: dict[int, list[Mention]] = {}
        for mention in mentions:
            self.by_start.setdefault(mention.start, []).append(mention)
        self.covered = {
            index
            for mention in mentions
            if mention.kind != "adjective"
            for index in range(mention.start, mention.end)
        }
        self.phrase_at = {phrase.start: phrase for phrase in phrases if not phrase.absorbed}
        self.phrase_of = {(phrase.start, phrase.end): phrase for phrase in phrases}
        self.sentence_of = _number_sentences(tokens)
        self.named_in: dict[int, set[str]] = {}
        for phrase in phrases:
            for part in (*phrase.parts, *phrase.shared, *((phrase.core,) if phrase.core else ())):
                entry = part.entry_of("country", "adjective", "demonym", "capital", "person")
                if (
                    entry is not None
                    and entry.country is not None
                    and part.kind not in {"title", "role", "office"}
                ):
                    state = entry.country if entry.kind == "person" else entry.key
                    self.named_in.setdefault(self.sentence_of[part.start], set()).add(state)
        self.surnames: set[str] = set()
        self.candidates: list[_Candidate] = []
        self.countries: Counter[str] = Counter()
        self.country_actors: dict[str, Mention] = {}
        self.weight: Counter[str] = Counter()
        self.found: list[Mention] = []

    def run(self) -> list[Mention]:
        known = _pronouns()
        for index in range(len(self.tokens)):
            if index in self.by_start:
                self._register(self.by_start[index])
            phrase = self.phrase_at.get(index)
            if index not in self.covered and self.tokens.text[index] in self.surnames:
                if (phrase is None or phrase.core is None) and self._take_bare_surname(index):
                    continue
            if phrase is not None and phrase.core is not None and index not in self.covered:
                self._take_phrase(phrase)
                continue
            if phrase is not None and index not in self.covered and phrase.owner is not None:
                self._take_owner(phrase.owner)
            pronoun = known.get(self.tokens.lower[index])
            if pronoun is not None and index not in self.covered:
                self._take_pronoun(index, pronoun)
        self.found.sort(key=lambda mention: (mention.start, mention.end))
        return self.found

    # -- candidates ----------------------------------------------------------------------------------------------------

    def _register(self, group: list[Mention]) -> None:
        first = group[0]
        if first.kind == "adjective":
            if first.actor.country and first.actor.actor_id:
                self.countries[first.actor.actor_id] += 1
                self.country_actors.setdefault(first.actor.actor_id, first)
            return
        phrase = self.phrase_of.get((first.start, first.end))
        core = phrase.core if phrase is not None else None
        entry = core.entry if core is not None else None
        person = _is_person(first, entry, core.kind if core is not None else "")
        candidate = _Candidate(
            mention=first,
            sentence=self.sentence_of[first.start],
            person=person,
            many=len(group) > 1 or (entry is not None and entry.plural),
            gender=self._gender(first, phrase) if person else "",
            subject=self.tokens.dep[first.head] in _SUBJECTS,
            actors=tuple(mention.actor for mention in group),
        )
        self.candidates.append(candidate)
        if person and first.kind == "name":
            self.surnames.add(surname(self._printed(first)))
        for mention in group:
            self.weight[_identity(mention.actor)] += 1
            state = _state_of(mention.actor)
            if state is not None:
                self.countries[state] += 1
                self.country_actors[state] = mention

    def _gender(self, mention: Mention, phrase: Phrase | None) -> str:
        feminine = row_words("actor_words", "feminine", "words")
        masculine = row_words("actor_words", "masculine", "words")
        words = list(self.tokens.lower[mention.start : mention.end])
        if mention.start > 0 and not self.tokens.sent_start[mention.start]:
            words.append(self.tokens.lower[mention.start - 1])
        for word in words:
            if word in feminine:
                return "f"
            if word in masculine:
                return "m"
        if mention.kind == "name":
            first = mention.actor.name.split()[0].lower() if mention.actor.name else ""
            return _given_names().get(first, "")
        return ""

    def _add(self, mention: Mention, candidate: _Candidate | None) -> None:
        """Keep a new mention and let later words refer to it."""
        self.found.append(mention)
        if candidate is not None:
            self.candidates.append(candidate)
            for actor in candidate.actors:
                self.weight[_identity(actor)] += 1

    # -- pronouns ------------------------------------------------------------------------------------------------------

    def _take_pronoun(self, index: int, pronoun: _Pronoun) -> None:
        tokens = self.tokens
        if tokens.pos[index] not in {"PRON", "DET", "SCONJ"} or (
            tokens.text[index].isupper() and tokens.lower[index] == "it" and tokens.pos[index] == "PROPN"
        ):
            return
        if pronoun.use == "relative":
            antecedent = self._relative(index, pronoun)
        elif tokens.lower[index] in {"it", "itself"} and self._is_dummy(index):
            return
        else:
            antecedent = self._salient(index, pronoun)
        if antecedent is None:
            return
        self._emit_pronoun(index, pronoun, antecedent)

    def _emit_pronoun(self, index: int, pronoun: _Pronoun, antecedent: _Candidate) -> None:
        for actor in antecedent.actors:
            resolved = Resolved((actor,), "pronoun", pronoun.rule)
            mention = make_mention(
                self.tokens, index, index + 1, index, resolved, actor, antecedent.mention.start_char
            )
            self.found.append(mention)
        if pronoun.use == "relative":
            return
        renewed = _Candidate(
            mention=replace(self.found[-1]),
            sentence=self.sentence_of[index],
            person=antecedent.person,
            many=antecedent.many,
            gender=antecedent.gender or pronoun.gender,
            subject=self.tokens.dep[index] in _SUBJECTS,
            actors=antecedent.actors,
        )
        self.candidates.append(renewed)
        for actor in antecedent.actors:
            self.weight[_identity(actor)] += 1

    def _is_dummy(self, index: int) -> bool:
        """Whether "it" refers to nothing: "it is clear that", "it seems"."""
        tokens = self.tokens
        if tokens.dep[index] == "expl":
            return True
        if tokens.dep[index] not in _SUBJECTS:
            return tokens.dep[index] not in _OBJECTS and tokens.dep[index] not in {"obl", "nmod", "obl:agent"}
        governor = tokens.head[index]
        if tokens.lemma[governor] in row_words("actor_words", "dummy", "words"):
            return True
        copula = any(
            tokens.head[at] == governor and tokens.dep[at] == "cop"
            for at in range(index, min(governor, index + 6))
        )
        return copula or governor < index

    def _relative(self, index: int, pronoun: _Pronoun) -> _Candidate | None:
        tokens = self.tokens
        clause = tokens.head[index]
        if tokens.dep[index] in {"det", "mark", "case"} and tokens.lower[index] != "whose":
            return None
        for _ in range(4):
            if tokens.dep[clause] == "acl:relcl":
                break
            clause = tokens.head[clause]
        noun = tokens.head[clause] if tokens.dep[clause] == "acl:relcl" else -1
        before = index - 1
        while before > 0 and (tokens.text[before] in {",", ")"} or tokens.pos[before] == "ADP"):
            before -= 1
        # The word before the pronoun is surer than the parse where a comma or nothing lies between.
        for anchor in (
            (before, noun) if pronoun.use == "relative" and tokens.lower[index] != "that" else (noun,)
        ):
            if anchor < 0 or anchor >= index:
                continue
            for candidate in reversed(self.candidates):
                mention = candidate.mention
                if mention.start <= anchor < mention.end and mention.kind != "pronoun":
                    if pronoun.refers == "person" and not candidate.person and not candidate.many:
                        if candidate.actors[0].sector in {"GOV", None} and mention.kind in {
                            "name",
                            "metonym",
                        }:
                            return None
                    return candidate
                if mention.end < anchor - 30:
                    break
        return None

    def _salient(self, index: int, pronoun: _Pronoun) -> _Candidate | None:
        """The most salient candidate that agrees with the pronoun."""
        here = self.sentence_of[index]
        reach = _REACH[pronoun.refers]
        barred = self._barred(index, pronoun)
        best: _Candidate | None = None
        score = 0.0
        seen: set[str] = set()
        for candidate in reversed(self.candidates):
            distance = here - candidate.sentence
            if distance > reach:
                break
            identity = "+".join(sorted(map(_identity, candidate.actors)))
            if not self._agrees(candidate, pronoun) or candidate.mention.end > index:
                continue
            if identity in barred or any(_identity(actor) in barred for actor in candidate.actors):
                continue
            value = self._salience(candidate, index, distance, pronoun)
            if identity in seen:
                value -= 0.05
            seen.add(identity)
            if best is None or value > score:
                best, score = candidate, value
        if best is None and pronoun.number == "many":
            return self._pair_before(index)
        return best

    def _agrees(self, candidate: _Candidate, pronoun: _Pronoun) -> bool:
        if pronoun.refers == "person":
            return (
                candidate.person
                and not candidate.many
                and (not candidate.gender or not pronoun.gender or candidate.gender == pronoun.gender)
            )
        if pronoun.refers == "body":
            return not candidate.person and not candidate.many
        if pronoun.number == "many":
            # Police, governments and groups are "they" too.
            return candidate.many or (not candidate.person and candidate.mention.kind != "metonym")
        return True

    def _salience(self, candidate: _Candidate, index: int, distance: int, pronoun: _Pronoun) -> float:
        tokens = self.tokens
        dep = tokens.dep[candidate.mention.head]
        value = -1.0 * distance
        if candidate.subject:
            value += 0.9
        elif dep in _OBJECTS:
            value += 0.35
        elif dep in {"nmod", "nmod:poss", "compound"}:
            value -= 0.2
        if candidate.gender and candidate.gender == pronoun.gender:
            value += 0.5
        if candidate.mention.kind == "name" and pronoun.refers == "person":
            value += 0.2
        if candidate.mention.kind == "pronoun":
            value += 0.3
        if pronoun.number == "many" and candidate.many:
            value += 0.8
        value += 0.05 * min(6, max(self.weight[_identity(actor)] for actor in candidate.actors))
        # Within a sentence the nearer of two equals.
        value -= 0.01 * min(30, index - candidate.mention.end)
        return value

    def _barred(self, index: int, pronoun: _Pronoun) -> frozenset[str]:
        """Who the pronoun cannot be: the subject of its own verb, for an object ("told him")."""
        tokens = self.tokens
        if pronoun.use != "personal" or tokens.lower[index].endswith(("self", "selves")):
            return frozenset()
        if tokens.dep[index] in _SUBJECTS:
            return frozenset()
        verb = tokens.head[index]
        if tokens.lower[verb].endswith("ing") and verb < index and tokens.text[verb - 1] == ",":
            # ", telling him": whoever acted last before the participle is its subject, however it was attached.
            for candidate in reversed(self.candidates):
                if candidate.subject and candidate.mention.end <= verb:
                    return frozenset(map(_identity, candidate.actors))
        subjects: set[int] = set()
        for _ in range(3):
            own = [
                candidate
                for candidate in self.candidates[-12:]
                if candidate.subject and tokens.head[candidate.mention.head] == verb
            ]
            if own:
                return frozenset(_identity(actor) for candidate in own for actor in candidate.actors)
            subjects.add(verb)
            if (
                tokens.dep[verb] not in {"advcl", "xcomp", "conj", "ccomp", "acl"}
                or tokens.head[verb] in subjects
            ):
                break
            verb = tokens.head[verb]
        return frozenset()

    # -- phrases -------------------------------------------------------------------------------------------------------

    def _take_phrase(self, phrase: Phrase) -> None:
        core = phrase.core
        if core is None:
            return
        if core.kind in {"name", "surname", "person"} and self._take_short_name(phrase):
            return
        resolved = resolve(self.tokens, phrase, None)
        if resolved is None:
            if is_pair(phrase) and self._take_pair(phrase):
                return
            if phrase.pronoun is not None:
                pronoun = _pronouns().get(self.tokens.lower[phrase.pronoun])
                if pronoun is not None:
                    self._take_pronoun(phrase.pronoun, pronoun)
            elif phrase.owner is not None:
                self._take_owner(phrase.owner)
            return
        if not resolved.anaphoric:
            return
        if is_pair(phrase) and self._take_pair(phrase):
            return
        self._take_nominal(phrase, resolved)

    def _take_owner(self, owner: Phrase) -> None:
        """The owner of something that is no actor: "the ministry's statement", "his party's"."""
        if owner.start in self.covered:
            return
        if owner.core is not None:
            self._take_phrase(replace(owner, preposition=""))
        elif owner.pronoun is not None:
            pronoun = _pronouns().get(self.tokens.lower[owner.pronoun])
            if pronoun is not None:
                self._take_pronoun(owner.pronoun, pronoun)

    def _take_short_name(self, phrase: Phrase) -> bool:
        core = phrase.core
        if core is None:
            return False
        name = self.tokens.doc[core.start : core.end].text
        for candidate in reversed(self.candidates):
            mention = candidate.mention
            if candidate.person and mention.kind == "name" and surname(self._printed(mention)) == name:
                made = Resolved((mention.actor,), "name", mention.rule)
                again = make_mention(
                    self.tokens,
                    phrase.start,
                    phrase.end,
                    phrase.head,
                    made,
                    mention.actor,
                    mention.start_char,
                )
                self._add(again, self._renew(candidate, again))
                return True
        return False

    def _take_bare_surname(self, index: int) -> bool:
        """A family name that no tagger marked, standing alone: "Wekesa" after "Anna Wekesa"."""
        tokens = self.tokens
        beside = [at for at in (index - 1, index + 1) if 0 <= at < len(tokens)]
        if tokens.pos[index] not in {"PROPN", "NOUN", "X"} or any(
            tokens.pos[at] == "PROPN" and tokens.text[at][:1].isupper() for at in beside
        ):
            return False
        name = tokens.text[index]
        for candidate in reversed(self.candidates):
            mention = candidate.mention
            if candidate.person and mention.kind == "name" and surname(self._printed(mention)) == name:
                made = Resolved((mention.actor,), "name", mention.rule)
                again = make_mention(tokens, index, index + 1, index, made, mention.actor, mention.start_char)
                self._add(again, self._renew(candidate, again))
                return True
        return False

    def _printed(self, mention: Mention) -> str:
        """The name inside a mention as the text prints it, without titles."""
        phrase = self.phrase_of.get((mention.start, mention.end))
        if phrase is None or phrase.core is None:
            return mention.text
        return self.tokens.doc[phrase.core.start : phrase.core.end].text

    def _renew(self, candidate: _Candidate, mention: Mention) -> _Candidate:
        return replace(
            candidate,
            mention=mention,
            sentence=self.sentence_of[mention.start],
            subject=self.tokens.dep[mention.head] in _SUBJECTS,
        )

    def _take_nominal(self, phrase: Phrase, resolved: Resolved) -> None:
        """
        "The ministry", "the president", "its soldiers", "the group's leader".

        The same noun earlier in the text comes first; else its owner is found and lends its country.
        """
        core = phrase.core
        entry = core.entry if core is not None else None
        if core is None or entry is None:
            return
        if phrase.pronoun is None and phrase.owner is None and not phrase.tail:
            earlier = self._same_noun(phrase, entry)
            if earlier is not None:
                kind = "nominal"
                for actor in earlier.actors:
                    made = Resolved((actor,), kind, resolved.rule)
                    again = make_mention(
                        self.tokens,
                        phrase.start,
                        phrase.end,
                        phrase.head,
                        made,
                        actor,
                        earlier.mention.start_char,
                    )
                    self.found.append(again)
                self.candidates.append(self._renew(earlier, self.found[-1]))
                for actor in earlier.actors:
                    self.weight[_identity(actor)] += 1
                return
        owners, antecedent = self._find_owner(phrase)
        if self.tokens.lower[core.end - 1] in row_words("actor_words", "homeland", "words") and owners:
            self._take_homeland(phrase, resolved, owners, antecedent)
            return
        relational = self.tokens.lemma[core.end - 1] in row_words("actor_words", "relational", "words") or (
            self.tokens.lower[core.end - 1].rstrip("s") in row_words("actor_words", "relational", "words")
        )
        if relational and phrase.pronoun is not None and not phrase.tail:
            owners = ()
        if not owners and "modifier" in entry.detail:
            if phrase.pronoun is not None:
                pronoun = _pronouns().get(self.tokens.lower[phrase.pronoun])
                if pronoun is not None:
                    self._take_pronoun(phrase.pronoun, pronoun)
            return
        actors = noun_actors(self.tokens, phrase, entry, owners)
        for actor in actors:
            made = Resolved((actor,), "nominal", resolved.rule, anonymous=resolved.anonymous)
            self.found.append(
                make_mention(
                    self.tokens,
                    phrase.start,
                    phrase.end,
                    phrase.head,
                    made,
                    actor,
                    antecedent.mention.start_char if antecedent is not None else None,
                )
            )
        last = self.found[-1]
        self.candidates.append(
            _Candidate(
                mention=last,
                sentence=self.sentence_of[last.start],
                person=not entry.body and not entry.plural,
                many=entry.plural or len(actors) > 1,
                gender=self._gender(last, phrase),
                subject=self.tokens.dep[last.head] in _SUBJECTS,
                actors=actors,
            )
        )

    def _take_homeland(
        self, phrase: Phrase, resolved: Resolved, owners: tuple[Owner, ...], antecedent: _Candidate | None
    ) -> None:
        """ "His country": the state itself."""
        states = [actor for owner in owners if owner.state and (actor := _state_actor(owner.state))]
        if not states or antecedent is None:
            return
        made = Resolved((states[0],), "nominal", resolved.rule)
        start = antecedent.mention.start_char
        again = make_mention(self.tokens, phrase.start, phrase.end, phrase.head, made, states[0], start)
        holder = replace(antecedent, actors=(states[0],), person=False, many=False, gender="")
        self._add(again, self._renew(holder, again))

    def _same_noun(self, phrase: Phrase, entry: Entry) -> _Candidate | None:
        """The nearest earlier mention that the definite noun may name again."""
        word = self.tokens.lower[phrase.end - 1]
        homelands = row_words("actor_words", "homeland", "words")
        for candidate in reversed(self.candidates):
            mention = candidate.mention
            if mention.kind == "pronoun":
                continue
            if candidate.many != entry.plural and candidate.actors[0].actor_id not in _table_ids("groups"):
                continue
            earlier = self.phrase_of.get((mention.start, mention.end))
            if word in homelands:
                if mention.kind == "name" and _is_state(mention.actor):
                    return candidate
                continue
            if earlier is None or earlier.core is None:
                continue
            words = earlier.words
            if entry.kind == "office" and earlier.core.kind == "office":
                # Three sentences on, another country's army may be meant.
                near = self.sentence_of[phrase.start] - candidate.sentence <= 3
                if near and word in words and candidate.actors[0].country is not None:
                    return candidate
            elif entry.kind == "title" and not entry.plural:
                titles = [part.entry for part in (*earlier.parts, earlier.core) if part.kind == "title"]
                if any(title is not None and title.key == entry.key for title in titles):
                    return candidate
                if candidate.person and mention.kind == "name" and entry.key in _offices_of(mention.actor):
                    return candidate
            elif entry.kind == "role":
                actor = candidate.actors[0]
                if word in words and (actor.country or actor.actor_id):
                    return candidate
                if self._is_body_again(phrase, candidate, earlier, word):
                    return candidate
        return None

    def _is_body_again(self, phrase: Phrase, candidate: _Candidate, earlier: Phrase, word: str) -> bool:
        """Whether "the group" or "the bloc" may name an earlier group or organisation again."""
        if self.sentence_of[phrase.start] - candidate.sentence > 4 or earlier.core is None:
            return False
        actor = candidate.actors[0]
        if word in row_words("actor_words", "group_noun", "words"):
            if actor.actor_id in _table_ids("groups"):
                return True
            unknown = actor.actor_id is None and not candidate.person and candidate.mention.kind == "name"
            if unknown and earlier.core.kind in {"body", "role"} and _is_member(actor):
                return True
        if word in row_words("actor_words", "organisation_noun", "words"):
            return actor.actor_id in _table_ids("organisations") or earlier.core.kind == "body"
        return False

    def _find_owner(self, phrase: Phrase) -> tuple[tuple[Owner, ...], _Candidate | None]:
        """Whose the phrase is: the antecedent of its pronoun, of its owner, of its tail, or the text's one country."""
        if phrase.tail and is_pair(phrase.tail[0]):
            pair = self._pair_before(phrase.start)
            if pair is not None:
                return _owners_from(pair), pair
        if phrase.pronoun is not None:
            pronoun = _pronouns().get(self.tokens.lower[phrase.pronoun])
            antecedent = self._salient(phrase.pronoun, pronoun) if pronoun is not None else None
            return (_owners_from(antecedent), antecedent) if antecedent is not None else ((), None)
        for related in (phrase.owner,) if phrase.owner is not None else phrase.tail:
            if is_pair(related):
                pair = self._pair_before(phrase.start)
                if pair is not None:
                    return _owners_from(pair), pair
            entry = related.core.entry if related.core is not None else None
            if entry is not None:
                earlier = self._same_noun(related, entry)
                if earlier is not None:
                    return _owners_from(earlier), earlier
                owners = find_owners(self.tokens, related)
                if owners:
                    return owners, None
        return self._only_country(phrase)

    def _only_country(self, phrase: Phrase) -> tuple[tuple[Owner, ...], _Candidate | None]:
        """The text's country, where it has spoken of one alone so far; or that of the clause's subject for an office."""
        core = phrase.core
        if core is None or core.kind not in {"office", "title", "role"}:
            return (), None
        entry = core.entry
        if entry is None or entry.sector not in {"GOV", "MIL", "COP", "LEG", "JUD", "SPY"}:
            return (), None
        here = self.sentence_of[phrase.start]
        if core.kind == "office" and entry.key not in {"regime", "authority"}:
            for candidate in reversed(self.candidates[-8:]):
                # "Keller told parliament", "Keller said the army would stay": a government speaks of its own.
                own = (
                    candidate.subject and candidate.actors[0].sector == "GOV" and candidate.actors[0].country
                )
                if candidate.sentence == here and own:
                    return _owners_from(candidate), candidate
            nearby = self._countries_in(here)
            state = _state_actor(next(iter(nearby))) if len(nearby) == 1 else None
            if state is not None:
                return (Owner(state.country, state.actor_id, "PRE" if state.sector == "PRE" else None),), None
        if len(self.countries) == 1:
            state_id = next(iter(self.countries))
            mention = self.country_actors[state_id]
            holder = _Candidate(
                mention, 0, person=False, many=False, gender="", subject=False, actors=(mention.actor,)
            )
            return _owners_from(holder), holder
        return (), None

    def _countries_in(self, sentence: int) -> set[str]:
        """The countries that a sentence names in any way, places included."""
        return self.named_in.get(sentence, set())

    # -- pairs ---------------------------------------------------------------------------------------------------------

    def _take_pair(self, phrase: Phrase) -> bool:
        """
        "Both countries", "the two sides": one mention for each.

        Only where two stand out: the last two coordinated, or the two that the text speaks of most.
        """
        core = phrase.core
        word = self.tokens.lower[phrase.end - 1]
        lemma = self.tokens.lemma[phrase.end - 1]
        pairs = row_words("actor_words", "pair", "words")
        if core is None or not (
            {word, lemma, word.removesuffix("s")} & pairs or word in {"countries", "parties"}
        ):
            return False
        pair = self._pair_before(phrase.start)
        if pair is None:
            return False
        entry = core.entry
        unit = {lemma, word.removesuffix("s"), word} & row_words(
            "actor_words", "unit", "words"
        ) or word == "countries"
        actors = pair.actors
        if entry is not None and not unit and entry.sector is not None:
            actors = noun_actors(self.tokens, phrase, entry, _owners_from(pair))
        for actor in actors:
            made = Resolved((actor,), "nominal", entry.rule if entry is not None else "actor_words/pair")
            self.found.append(
                make_mention(
                    self.tokens, phrase.start, phrase.end, phrase.head, made, actor, pair.mention.start_char
                )
            )
        return True

    def _pair_before(self, index: int) -> _Candidate | None:
        """Two actors that the text has just set side by side, or speaks of above all."""
        here = self.sentence_of[index]
        tokens = self.tokens
        recent = [
            candidate
            for candidate in self.candidates
            if here - candidate.sentence <= 2
            and candidate.mention.end <= index
            and candidate.mention.kind != "pronoun"
        ]
        for later in reversed(recent):
            states = {state for actor in later.actors if (state := _state_of(actor))}
            if len(later.actors) == 2 and len(states) == 2:
                return later
            if tokens.dep[later.mention.head] != "conj":
                continue
            partner = tokens.head[later.mention.head]
            for earlier in recent:
                if earlier.mention.start <= partner < earlier.mention.end and len(earlier.actors) == 1:
                    one, two = _state_of(earlier.actors[0]), _state_of(later.actors[0])
                    if one and two and one != two:
                        return replace(
                            later, actors=(earlier.actors[0], later.actors[0]), many=True, person=False
                        )
        ranked = self.countries.most_common(3)
        if len(ranked) >= 2 and (len(ranked) == 2 or ranked[1][1] > ranked[2][1]):
            chosen = [self.country_actors[state] for state, _ in ranked[:2]]
            actors = tuple(_as_state(mention.actor) for mention in chosen)
            return _Candidate(
                chosen[0], here, person=False, many=True, gender="", subject=False, actors=actors
            )
        return None


# --- agreement and identity -------------------------------------------------------------------------------------------


def _number_sentences(tokens: Tokens) -> list[int]:
    numbers: list[int] = []
    number = -1
    for start in tokens.sent_start:
        number += start
        numbers.append(max(number, 0))
    return numbers


def _identity(actor: Actor) -> str:
    return actor.actor_id or f"{actor.name}|{actor.country}"


def _is_person(mention: Mention, entry: Entry | None, core_kind: str) -> bool:
    if core_kind in {"person", "surname", "name"}:
        return True
    if entry is not None:
        return entry.kind in {"title", "role", "demonym"} and not entry.body and not entry.plural
    return (
        mention.kind in {"name", "nominal"}
        and mention.rule in {"unknown/person", ""}
        and _looks_personal(mention)
    )


def _looks_personal(mention: Mention) -> bool:
    return " " in mention.actor.name and mention.actor.actor_id is None


def _is_state(actor: Actor) -> bool:
    return actor.actor_id is not None and actor.actor_id == actor.country


def _state_of(actor: Actor) -> str | None:
    """The id of the state that an actor belongs to; None for bodies and people without one."""
    if actor.actor_id is not None and actor.country is not None and actor.actor_id.startswith(actor.country):
        return actor.actor_id if ".PRE." in actor.actor_id else actor.country
    if (
        actor.country is not None
        and len(actor.country) == 3
        and actor.country not in {"IGO", "NGO", "IMG", "ISM", "MNC"}
    ):
        return actor.country
    return None


def _as_state(actor: Actor) -> Actor:
    state = _state_of(actor)
    if state is None or _is_state(actor):
        return actor
    return _state_actor(state) or actor


@cache
def _states() -> dict[str, Actor]:
    return {
        row["id"]: Actor(
            row["id"],
            row["name"],
            row["parent"] or row["id"],
            "PRE" if row["kind"] == "partial" else "GOV",
        )
        for row in load_table("countries")
    }


def _state_actor(state: str) -> Actor | None:
    return _states().get(state)


def _offices_of(actor: Actor) -> frozenset[str]:
    tenures = load_lexicon().tenures.get(actor.actor_id or "", [])
    return frozenset(tenure.office for tenure in tenures)


def _owners_from(candidate: _Candidate) -> tuple[Owner, ...]:
    owners: list[Owner] = []
    for actor in candidate.actors:
        state = _state_of(actor)
        if candidate.person:
            # A person lends the country, not the office: "her party" is no government.
            owners.append(Owner(actor.country, state, None))
            continue
        if state is not None and not _is_member(actor):
            owners.append(Owner(actor.country, state, "PRE" if actor.sector == "PRE" else None))
        elif actor.actor_id is not None or actor.country is not None or actor.sector is not None:
            entry = Entry(
                "group",
                "",
                actor.actor_id or "",
                actor.name,
                actor.country,
                actor.sector,
                actor.other_sectors,
            )
            owners.append(Owner(actor.country, state, actor.sector, entry if actor.sector != "GOV" else None))
    return tuple(owners)


@cache
def _table_ids(table: str) -> frozenset[str]:
    return frozenset(row["id"] for row in load_table(table))


def _is_member(actor: Actor) -> bool:
    """Whether an actor stands for itself and not for its country: rebels, parties, groups."""
    return actor.sector in {"REB", "PTY", "UAF", "PRM", "CRM", "CVL", "SOC", "JRN", "BUS", "LAB"}
