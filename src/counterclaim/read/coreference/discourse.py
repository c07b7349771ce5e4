"""
What a text has spoken of so far, and who of it a word most likely means.

In: mentions as they come up, in reading order. Out: the best candidate for a pronoun, a definite noun or a pair.
Example: after "Norway protested", asked for "it": Norway.
Limit: salience counts recency, subjects, agreement and how often somebody was named; it knows no meaning.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from counterclaim.read.actors import (
    STATE,
    Entry,
    Owner,
    Phrase,
    find_countries,
    is_located,
    row_words,
    surname,
)
from counterclaim.read.coreference.candidates import (
    Pronoun,
    Referent,
    as_state,
    given_names,
    identity,
    is_member,
    is_person,
    is_state,
    offices_of,
    owners_from,
    state_actor,
    state_of,
    table_ids,
)
from counterclaim.read.syntax.classes import CLAUSE_SUBJECTS, OBJECTS, word_class
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Mention

# How many sentences back an antecedent may stand. Swept 1-6 on GUM news, interviews and biographies (train part):
# persons keep gaining until 3; "it" and "they" lose precision after 1.
_REACH = {"person": 3, "body": 1, "any": 1}
# Enough to lift the speaker of a content clause over the subject of the sentence before.
_SPEAKER = 1.2
# What two actors named apart weigh as one "they": less than any noun of the sentence that may be meant.
_PAIR = 0.0
# An envoy is received by ministries and speaks to parliaments abroad: no sign whose they are.
_ENVOY = "titles/ambassador"


def _is_setting(phrase: Phrase) -> bool:
    """Whether a country named in a phrase tells where the text plays: not the states and officials it speaks of."""
    if is_located(phrase):
        return True
    core = phrase.core
    if core is None:
        return True
    if core.kind not in {"title", "office", "role", "demonym"}:
        return False
    return core.entry is None or core.entry.sector not in STATE


class Discourse:
    """The mentions of a text up to where reading stands."""

    def __init__(self, tree: Tree, phrases: tuple[Phrase, ...]) -> None:
        self.tree = tree
        self.phrase_of = {(phrase.start, phrase.end): phrase for phrase in phrases}
        self.sentence_of = tree.sentence_of
        self.paragraph_of = tree.paragraph_of
        self._phrases = phrases
        self.surnames: set[str] = set()
        self.candidates: list[Referent] = []
        # Nouns that are no actors but may be what "they" or "it" stands for: head, end, many.
        self.decoys: list[tuple[int, int, bool]] = []
        self.countries: Counter[str] = Counter()
        self.country_actors: dict[str, Mention] = {}
        self.weight: Counter[str] = Counter()
        # Whom each relative pronoun stands for, by its token.
        self.relatives: dict[int, Referent] = {}

    @cached_property
    def _own(self) -> list[Phrase]:
        # "Police arrested three Serbs" does not say whose police.
        return [phrase for phrase in self._phrases if phrase.core is None or phrase.core.kind != "demonym"]

    @cached_property
    def named_in(self) -> dict[int, set[str]]:
        """The countries that each sentence names."""
        return find_countries(self.tree, self._own, self.sentence_of)

    @cached_property
    def named_near(self) -> dict[int, set[str]]:
        """The countries that each paragraph names."""
        return find_countries(self.tree, self._own, self.paragraph_of)

    @cached_property
    def placed(self) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
        """The countries in which each sentence, and each paragraph, puts somebody."""
        return self._countries_of(is_located)

    @cached_property
    def set_in(self) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
        """The countries that tell where each sentence, and each paragraph, plays."""
        return self._countries_of(_is_setting)

    def _countries_of(
        self, which: Callable[[Phrase], bool]
    ) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
        phrases = [phrase for phrase in self._phrases if which(phrase)]
        return (
            find_countries(self.tree, phrases, self.sentence_of),
            find_countries(self.tree, phrases, self.paragraph_of),
        )

    def register(self, group: list[Mention]) -> None:
        """Take in the mentions that begin at one word: one, or several over the same words."""
        first = group[0]
        if first.kind == "adjective":
            if first.actor.country and first.actor.actor_id:
                self.countries[first.actor.actor_id] += 1
                self.country_actors.setdefault(first.actor.actor_id, first)
            return
        phrase = self.phrase_of.get((first.start, first.end))
        core = phrase.core if phrase is not None else None
        entry = core.entry if core is not None else None
        person = is_person(first, entry, core.kind if core is not None else "")
        candidate = Referent(
            mention=first,
            sentence=self.sentence_of[first.start],
            person=person,
            many=len(group) > 1 or self._is_plural(first, entry),
            gender=self.gender(first) if person else "",
            subject=self.tree.dep[first.head] in CLAUSE_SUBJECTS,
            actors=tuple(mention.actor for mention in group),
        )
        self.candidates.append(candidate)
        self._add_joint(candidate)
        if person and first.kind == "name":
            self.surnames.add(surname(self.printed(first)))
        for mention in group:
            self.weight[identity(mention.actor)] += 1
            state = state_of(mention.actor)
            if state is not None:
                self.countries[state] += 1
                self.country_actors[state] = mention

    def _add_joint(self, candidate: Referent) -> None:
        """Let "they" take up "Lee Hart and Ann Roy": a mention joined to an earlier one makes a candidate of both."""
        tree = self.tree
        head = candidate.mention.head
        if tree.dep[head] != "conj":
            return
        partner = tree.head[head]
        for earlier in self.candidates[-2:-6:-1]:
            if earlier.sentence != candidate.sentence:
                return
            if earlier.mention.start <= partner < earlier.mention.end and earlier.mention.kind != "pronoun":
                actors = tuple(dict.fromkeys((*earlier.actors, *candidate.actors)))
                joint = replace(earlier, actors=actors, many=True, person=False, gender="")
                self.candidates.append(joint)
                return

    def _is_plural(self, mention: Mention, entry: Entry | None) -> bool:
        if mention.kind != "nominal" or entry is None or entry.plural:
            return entry is not None and entry.plural
        return self.tree.tag[mention.head] == "NNS"

    def gender(self, mention: Mention) -> str:
        """``f`` or ``m`` where a title or given name tells, else empty."""
        feminine = row_words("actor_words", "feminine", "words")
        masculine = row_words("actor_words", "masculine", "words")
        words = list(self.tree.words[mention.start : mention.end])
        if mention.start > 0 and not self.tree.starts[mention.start]:
            words.append(self.tree.words[mention.start - 1])
        for word in words:
            if word in feminine:
                return "f"
            if word in masculine:
                return "m"
        if mention.kind == "name":
            first = mention.actor.name.split()[0].lower() if mention.actor.name else ""
            return given_names().get(first, "")
        return ""

    def add(self, candidate: Referent) -> None:
        """Let later words refer to a mention made from an earlier one."""
        self.candidates.append(candidate)
        self._add_joint(candidate)
        for actor in candidate.actors:
            self.weight[identity(actor)] += 1

    def relative(self, index: int, pronoun: Pronoun) -> Referent | None:
        """Whom a relative pronoun takes up."""
        tree = self.tree
        clause = tree.head[index]
        if tree.dep[index] in {"det", "mark", "case"} and tree.words[index] != "whose":
            return None
        for _ in range(4):
            if tree.dep[clause] == "acl:relcl":
                break
            clause = tree.head[clause]
        noun = tree.head[clause] if tree.dep[clause] == "acl:relcl" else -1
        before = index - 1
        while before > 0 and (tree.forms[before] in {",", ")"} or tree.pos[before] == "ADP"):
            before -= 1
        # The word before the pronoun is surer than the parse where a comma or nothing lies between.
        for anchor in (
            (before, noun) if pronoun.use == "relative" and tree.words[index] != "that" else (noun,)
        ):
            if anchor < 0 or anchor >= index:
                continue
            for candidate in reversed(self.candidates):
                mention = candidate.mention
                if mention.start <= anchor < mention.end and mention.kind != "pronoun":
                    official = mention.kind in {"name", "metonym"} and candidate.actors[0].sector in {
                        "GOV",
                        None,
                    }
                    one_body = not candidate.person and not candidate.many
                    return None if pronoun.refers == "person" and one_body and official else candidate
                if mention.end < anchor - 30:
                    break
        return None

    def salient(self, index: int, pronoun: Pronoun) -> Referent | None:
        """The most salient candidate that agrees with the pronoun."""
        here = self.sentence_of[index]
        reach = _REACH[pronoun.refers]
        barred = self.barred(index, pronoun) | self.accusers_quoted(index, pronoun)
        if pronoun.refers != "person" and pronoun.number != "many" and self.is_blow(index):
            return None
        # Only for subjects: on GUM, "him" and "his" in what somebody says are as often another's.
        speaks = pronoun.refers == "person" and self.tree.dep[index] in CLAUSE_SUBJECTS
        speakers = self.speakers_of(index) if speaks else frozenset()
        best: Referent | None = None
        score = 0.0
        seen: set[str] = set()
        for candidate in reversed(self.candidates):
            distance = here - candidate.sentence
            if distance > reach:
                break
            whole = "+".join(sorted(map(identity, candidate.actors)))
            if not self.agrees(candidate, pronoun) or candidate.mention.end > index:
                continue
            if whole in barred or any(identity(actor) in barred for actor in candidate.actors):
                continue
            value = self.salience(candidate, index, distance, pronoun)
            if whole in speakers and distance == 0:
                value += _SPEAKER
            if whole in seen:
                value -= 0.05
            seen.add(whole)
            if best is None or value > score:
                best, score = candidate, value
        if best is None and pronoun.number == "many":
            return None if self._is_outshone(_PAIR, index, pronoun) else self.pair_before(index)
        if best is not None and pronoun.refers != "person" and self._is_outshone(score, index, pronoun):
            return None
        return best

    def add_decoy(self, phrase: Phrase) -> None:
        """Remember a subject or object that is no actor, so that "they" is not forced upon one."""
        head = phrase.head
        if self.tree.pos[head] in {"NOUN", "PROPN"} and self.tree.dep[head] in CLAUSE_SUBJECTS | OBJECTS:
            self.decoys.append((head, phrase.end, self.tree.tag[head] == "NNS"))

    def _is_outshone(self, score: float, index: int, pronoun: Pronoun) -> bool:
        """Whether a noun that is no actor would fit the pronoun better than the best actor does."""
        here = self.sentence_of[index]
        if self._speaks(index):
            return False
        for head, end, many in reversed(self.decoys):
            distance = here - self.sentence_of[head]
            if distance > 1:
                return False
            if end > index or many != (pronoun.number == "many"):
                continue
            value = -1.0 * distance + (0.9 if self.tree.dep[head] in CLAUSE_SUBJECTS else 0.35)
            # "It" in the news is more often a state or body than a thing; "they" are more often people unnamed.
            value += 0.8 if many else -0.3
            if value - 0.01 * min(30, index - end) > score:
                return True
        return False

    def _speaks(self, index: int) -> bool:
        """Whether a word is the subject of a verb of saying or thinking, which no thing is: "the plan works, it said"."""
        tree = self.tree
        verb = tree.head[index]
        near = range(max(0, verb - 40), min(len(tree), verb + 40))
        return tree.dep[index] in CLAUSE_SUBJECTS and any(
            tree.head[at] == verb and tree.dep[at] == "ccomp" for at in near
        )

    def agrees(self, candidate: Referent, pronoun: Pronoun) -> bool:
        """Whether number, gender and kind fit."""
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

    def salience(self, candidate: Referent, index: int, distance: int, pronoun: Pronoun) -> float:
        """How much a candidate stands out at a token; weights tuned on the train part of GUM."""
        tree = self.tree
        dep = tree.dep[candidate.mention.head]
        value = -1.0 * distance
        if candidate.subject:
            value += 0.9
        elif dep in OBJECTS:
            value += 0.35
        elif dep in {"nmod", "nmod:poss", "compound"}:
            value -= 0.2
        if candidate.gender and candidate.gender == pronoun.gender:
            value += 0.5
        if candidate.mention.kind == "name" and pronoun.refers == "person":
            value += 0.2
        if candidate.mention.kind == "pronoun":
            value += 0.3
        if pronoun.number == "many":
            # A state is "it"; only its people, forces and organs are "they".
            value += 0.8 if candidate.many else -0.4 if is_state(candidate.actors[0]) else 0.0
        value += 0.05 * min(6, max(self.weight[identity(actor)] for actor in candidate.actors))
        # Within a sentence the nearer of two equals.
        value -= 0.01 * min(30, index - candidate.mention.end)
        return value

    def speakers_of(self, index: int) -> frozenset[str]:
        """
        Who says, denies or believes the clause around a word: the likeliest "he" in it.

        "Mbeki said he would go", "Mbeki, who denies reports that he has resigned".
        """
        tree = self.tree
        found: set[str] = set()
        at = index
        for _ in range(8):
            governor = tree.head[at]
            if governor == at:
                break
            if tree.dep[at] == "ccomp":
                found.update(self._subject_of(governor))
            elif tree.dep[at] == "acl" and tree.pos[governor] == "NOUN" and self._is_content(at):
                found.update(self._subject_of(tree.head[governor]))
            at = governor
        return frozenset(found)

    def _is_content(self, verb: int) -> bool:
        """Whether a clause says what a noun before it contains: "reports that he fled"."""
        tree = self.tree
        return any(
            tree.words[at] in {"that", "whether"} and tree.dep[at] == "mark" and tree.head[at] == verb
            for at in range(tree.head[verb] + 1, verb)
        )

    def _subject_of(self, verb: int) -> set[str]:
        """Who acts in a verb, or in the one that it continues ("refused to say")."""
        tree = self.tree
        for _ in range(4):
            for candidate in reversed(self.candidates[-16:]):
                head = candidate.mention.head
                if candidate.subject and tree.head[head] == verb:
                    return {"+".join(sorted(map(identity, candidate.actors)))}
            for at in range(verb - 1, max(verb - 8, -1), -1):
                if at in self.relatives and tree.head[at] == verb and tree.dep[at] in CLAUSE_SUBJECTS:
                    return {"+".join(sorted(map(identity, self.relatives[at].actors)))}
            if tree.dep[verb] not in {"xcomp", "conj", "advcl"} or tree.head[verb] == verb:
                break
            verb = tree.head[verb]
        return set()

    def barred(self, index: int, pronoun: Pronoun) -> frozenset[str]:
        """Who the pronoun cannot be: the subject of its own verb, for an object ("told him")."""
        tree = self.tree
        if pronoun.use != "personal" or tree.words[index].endswith(("self", "selves")):
            return frozenset()
        if tree.dep[index] in CLAUSE_SUBJECTS:
            return frozenset()
        verb = tree.head[index]
        if tree.words[verb].endswith("ing") and verb < index and tree.forms[verb - 1] == ",":
            # ", telling him": whoever acted last before the participle is its subject, however it was attached.
            for candidate in reversed(self.candidates):
                if candidate.subject and candidate.mention.end <= verb:
                    return frozenset(map(identity, candidate.actors))
        subjects: set[int] = set()
        for _ in range(3):
            own = [
                candidate
                for candidate in self.candidates[-12:]
                if candidate.subject and tree.head[candidate.mention.head] == verb
            ]
            if own:
                return frozenset(identity(actor) for candidate in own for actor in candidate.actors)
            near = range(max(0, verb - 15), min(len(tree), verb + 15))
            if any(tree.head[at] == verb and tree.dep[at] in CLAUSE_SUBJECTS for at in near):
                break  # Its subject is nobody known, and no other verb's.
            subjects.add(verb)
            if (
                tree.dep[verb] not in {"advcl", "xcomp", "conj", "ccomp", "acl"}
                or tree.head[verb] in subjects
            ):
                break
            verb = tree.head[verb]
        return frozenset()

    def accusers_quoted(self, index: int, pronoun: Pronoun) -> frozenset[str]:
        """As in "Mali accused Chad. “They shelled us”": in the accuser's words "they" are never the accuser."""
        tree = self.tree
        here = self.sentence_of[index]
        if pronoun.number != "many" or not index or not tree.quote[index - 1]:
            return frozenset()
        return frozenset(
            identity(actor)
            for candidate in self.candidates[-12:]
            if candidate.subject
            and here - candidate.sentence == 1
            and tree.lemmas[tree.head[candidate.mention.head]] in word_class("blames_object")
            for actor in candidate.actors
        )

    def is_blow(self, index: int) -> bool:
        """As in "A bomb went off. The army said it had wounded nine": the bomb did, whoever says so."""
        tree = self.tree
        verb = tree.head[index]
        if tree.dep[index] not in CLAUSE_SUBJECTS or tree.dep[verb] != "ccomp":
            return False
        if tree.lemmas[verb] not in word_class("harms") | word_class("lands"):
            return False
        here = self.sentence_of[index]
        return any(
            tree.words[at] in word_class("blows") and tree.dep[at] in CLAUSE_SUBJECTS
            for at in range(max(0, index - 60), index)
            if here - self.sentence_of[at] == 1
        )

    def printed(self, mention: Mention) -> str:
        """The name inside a mention as the text prints it, without titles."""
        phrase = self.phrase_of.get((mention.start, mention.end))
        if phrase is None or phrase.core is None:
            return mention.text
        return self.tree.written(phrase.core.start, phrase.core.end)

    def renew(self, candidate: Referent, mention: Mention) -> Referent:
        """The same referent at a later mention."""
        return replace(
            candidate,
            mention=mention,
            sentence=self.sentence_of[mention.start],
            subject=self.tree.dep[mention.head] in CLAUSE_SUBJECTS,
        )

    def same_noun(self, phrase: Phrase, entry: Entry) -> Referent | None:
        """The nearest earlier mention that the definite noun may name again."""
        word = self.tree.words[phrase.end - 1]
        homelands = row_words("actor_words", "homeland", "words")
        for candidate in reversed(self.candidates):
            mention = candidate.mention
            if mention.kind == "pronoun":
                continue
            if candidate.many != entry.plural and candidate.actors[0].actor_id not in table_ids("groups"):
                continue
            earlier = self.phrase_of.get((mention.start, mention.end))
            if word in homelands:
                if mention.kind == "name" and is_state(mention.actor):
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
                # "The Foreign Secretary" is no Secretary of State: the title must be the same in words.
                if any(title is not None and title.name == entry.name for title in titles):
                    return candidate
                untitled = candidate.person and mention.kind == "name" and not titles
                if untitled and entry.key in offices_of(candidate.actors[0]):
                    return candidate
            elif entry.kind == "role":
                actor = candidate.actors[0]
                if word in words and (actor.country or actor.actor_id):
                    return candidate
                if self.is_body_again(phrase, candidate, earlier, word):
                    return candidate
        return None

    def is_body_again(self, phrase: Phrase, candidate: Referent, earlier: Phrase, word: str) -> bool:
        """Whether "the group" or "the bloc" may name an earlier group or organisation again."""
        if self.sentence_of[phrase.start] - candidate.sentence > 4 or earlier.core is None:
            return False
        actor = candidate.actors[0]
        if word in row_words("actor_words", "group_noun", "words"):
            if actor.actor_id in table_ids("groups"):
                return True
            unknown = actor.actor_id is None and not candidate.person and candidate.mention.kind == "name"
            if unknown and earlier.core.kind in {"body", "role"} and is_member(actor):
                return True
        if word in row_words("actor_words", "organisation_noun", "words"):
            return actor.actor_id in table_ids("organisations") or earlier.core.kind == "body"
        return False

    def only_country(self, phrase: Phrase) -> tuple[tuple[Owner, ...], Referent | None]:
        """The text's country, where it has spoken of one alone so far; or that of the clause's subject for an office."""
        core = phrase.core
        if core is None or core.kind not in {"office", "title", "role"}:
            return (), None
        entry = core.entry
        if entry is None or entry.sector not in STATE:
            return (), None
        here = self.sentence_of[phrase.start]
        if core.kind == "office" and entry.key not in {"regime", "authority"}:
            speaker = self.loyal_speaker(here)
            if speaker is not None:
                return owners_from(speaker), speaker
            arms = self._states_of_arm(entry.sector, here)
            # Police, courts and parliaments are of the place they are spoken of in; armies may be abroad.
            nearby = arms if len(arms) == 1 else self._countries_near(phrase, entry)
            state = state_actor(next(iter(nearby))) if len(nearby) == 1 else None
            if state is not None:
                return (Owner(state.country, state.actor_id, "PRE" if state.sector == "PRE" else None),), None
        if len(self.countries) == 1 and not phrase.parts:
            state_id = next(iter(self.countries))
            mention = self.country_actors[state_id]
            if (
                entry.key in row_words("actor_words", "outward", "words")
                and self.sentence_of[mention.start] == here
            ):
                return (), None  # "The French envoy was called to the Foreign Ministry."
            if mention.actor.sector not in STATE | {"PRE", None}:
                # "Boko Haram killed the mayor": of the group's country, hardly of the group.
                return (Owner(mention.actor.country),), None
            holder = Referent(
                mention, 0, person=False, many=False, gender="", subject=False, actors=(mention.actor,)
            )
            return owners_from(holder), holder
        return (), None

    def loyal_speaker(self, sentence: int) -> Referent | None:
        """
        The government that is the nearest subject of a sentence so far.

        "Keller told parliament", "Keller said the army would stay": a government speaks of its own.
        """
        for candidate in reversed(self.candidates[-8:]):
            actor = candidate.actors[0]
            governs = actor.sector == "GOV" and state_of(actor) is not None
            abroad = candidate.mention.rule == _ENVOY
            if candidate.sentence == sentence and candidate.subject and governs and not abroad:
                return candidate
        return None

    def _states_of_arm(self, sector: str, sentence: int) -> set[str]:
        """The states whose army, police and so on this sentence and the one before speak of."""
        states: set[str] = set()
        for candidate in reversed(self.candidates[-12:]):
            if sentence - candidate.sentence > 1:
                break
            if candidate.mention.rule == _ENVOY:
                continue
            states.update(
                s for a in candidate.actors if a.sector == sector and (s := state_of(a)) is not None
            )
        return states

    def _countries_near(self, phrase: Phrase, entry: Entry) -> set[str]:
        """The countries of the sentence, or of the paragraph where the sentence names none."""
        if entry.sector == "MIL" or phrase.parts:
            return set()
        if entry.sector == "GOV":
            # Governments deal with others: "The Foreign Ministry summoned the Chilean envoy" is not Chile's.
            near, around = (
                self.placed if entry.key in row_words("actor_words", "outward", "words") else self.set_in
            )
            here = near.get(self.sentence_of[phrase.start], set())
            return here or around.get(self.paragraph_of[phrase.start], set())
        here = self.named_in.get(self.sentence_of[phrase.start], set())
        return here or self.named_near.get(self.paragraph_of[phrase.start], set())

    def pair_before(self, index: int) -> Referent | None:
        """Two actors that the text has just set side by side, or speaks of above all."""
        here = self.sentence_of[index]
        tree = self.tree
        recent = [
            candidate
            for candidate in self.candidates
            if here - candidate.sentence <= 2
            and candidate.mention.end <= index
            and candidate.mention.kind != "pronoun"
        ]
        for later in reversed(recent):
            states = {state for actor in later.actors if (state := state_of(actor))}
            if len(later.actors) == 2 and len(states) == 2:
                return later
            if tree.dep[later.mention.head] != "conj":
                continue
            partner = tree.head[later.mention.head]
            for earlier in recent:
                if earlier.mention.start <= partner < earlier.mention.end and len(earlier.actors) == 1:
                    one, two = state_of(earlier.actors[0]), state_of(later.actors[0])
                    if one and two and one != two:
                        return replace(
                            later, actors=(earlier.actors[0], later.actors[0]), many=True, person=False
                        )
        ranked = self.countries.most_common(3)
        if len(ranked) >= 2 and (len(ranked) == 2 or ranked[1][1] > ranked[2][1]):
            chosen = [self.country_actors[state] for state, _ in ranked[:2]]
            actors = tuple(as_state(mention.actor) for mention in chosen)
            return Referent(chosen[0], here, person=False, many=True, gender="", subject=False, actors=actors)
        return None
