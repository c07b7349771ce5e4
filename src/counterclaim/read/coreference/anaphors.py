"""
One pass over a text in reading order, giving each word that stands for somebody its antecedent.

In: phrases and the mentions found in them. Out: further mentions.
Example: "The ministry" after "Malawi's Defence Ministry" -> the same office.
Limit: words are settled as they come; nothing later in the text changes an earlier choice.
"""

from dataclasses import replace

from counterclaim.read.actors import (
    STATE,
    Owner,
    Phrase,
    Resolved,
    find_owners,
    is_pair,
    make_mention,
    names_place,
    noun_actors,
    resolve,
    role_entries,
    row_words,
    speaks_of_loss,
    surname,
)
from counterclaim.read.coreference.candidates import (
    Pronoun,
    Referent,
    as_state,
    owners_from,
    pronouns,
    state_actor,
)
from counterclaim.read.coreference.discourse import Discourse
from counterclaim.read.syntax.classes import CLAUSE_SUBJECTS, OBJECTS, word_class
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Actor, Mention


class Resolver:
    """Reads a text once; `run` returns the mentions that earlier ones explain."""

    def __init__(self, tree: Tree, phrases: tuple[Phrase, ...], mentions: tuple[Mention, ...]) -> None:
        self.tree = tree
        self.said = Discourse(tree, phrases)
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
        self.found: list[Mention] = []

    def run(self) -> list[Mention]:
        """The mentions that earlier ones explain, in order."""
        known = pronouns()
        for index in range(len(self.tree)):
            if index in self.by_start:
                self.said.register(self.by_start[index])
            phrase = self.phrase_at.get(index)
            bare = index not in self.covered and (phrase is None or phrase.core is None)
            if bare and self.tree.forms[index] in self.said.surnames and self._take_bare_surname(index):
                continue
            if phrase is not None and phrase.core is None and phrase.head not in self.covered:
                self.said.add_decoy(phrase)
                self._take_losses(phrase)
            if phrase is not None and phrase.core is not None and index not in self.covered:
                self._take_phrase(phrase)
                continue
            if phrase is not None and index not in self.covered and phrase.owner is not None:
                self._take_owner(phrase.owner)
            pronoun = known.get(self.tree.words[index])
            if pronoun is not None and index not in self.covered:
                self._take_pronoun(index, pronoun)
        self.found.sort(key=lambda mention: (mention.start, mention.end))
        return self.found

    def _take_pronoun(self, index: int, pronoun: Pronoun) -> None:
        tree = self.tree
        if tree.pos[index] not in {"PRON", "DET", "SCONJ"} or (
            tree.forms[index].isupper() and tree.words[index] == "it" and tree.pos[index] == "PROPN"
        ):
            return
        if pronoun.use == "relative":
            antecedent = self.said.relative(index, pronoun)
        elif tree.words[index] in {"it", "itself"} and self._is_dummy(index):
            return
        else:
            antecedent = self.said.salient(index, pronoun)
        if antecedent is None:
            return
        self._emit_pronoun(index, pronoun, antecedent)

    def _emit_pronoun(self, index: int, pronoun: Pronoun, antecedent: Referent) -> None:
        for actor in antecedent.actors:
            resolved = Resolved((actor,), "pronoun", pronoun.rule)
            mention = make_mention(
                self.tree, index, index + 1, index, resolved, actor, antecedent.mention.start_char
            )
            self.found.append(mention)
        if pronoun.use == "relative":
            self.said.relatives[index] = antecedent
            return
        renewed = Referent(
            mention=replace(self.found[-1]),
            sentence=self.said.sentence_of[index],
            person=antecedent.person,
            many=antecedent.many,
            gender=antecedent.gender or pronoun.gender,
            subject=self.tree.dep[index] in CLAUSE_SUBJECTS,
            actors=antecedent.actors,
        )
        self.said.add(renewed)

    def _is_dummy(self, index: int) -> bool:
        """Whether "it" refers to nothing: "it is clear that", "it seems"."""
        tree = self.tree
        if tree.dep[index] == "expl":
            return True
        if tree.dep[index] not in CLAUSE_SUBJECTS:
            return tree.dep[index] not in OBJECTS and tree.dep[index] not in {"obl", "nmod", "obl:agent"}
        governor = tree.head[index]
        if tree.lemmas[governor] in row_words("actor_words", "dummy", "words"):
            return True
        copula = any(
            tree.head[at] == governor and tree.dep[at] == "cop"
            for at in range(index, min(governor, index + 6))
        )
        return copula or governor < index

    def _take_phrase(self, phrase: Phrase) -> None:
        core = phrase.core
        if core is None:
            return
        if core.kind in {"name", "surname", "person"} and self._take_short_name(phrase):
            return
        resolved = resolve(self.tree, phrase, None)
        if resolved is None:
            if not self._take_unnamed(phrase):
                self.said.add_decoy(phrase)
            if is_pair(phrase) and self._take_pair(phrase):
                return
            if phrase.pronoun is not None:
                pronoun = pronouns().get(self.tree.words[phrase.pronoun])
                if pronoun is not None:
                    self._take_pronoun(phrase.pronoun, pronoun)
            elif phrase.owner is not None:
                self._take_owner(phrase.owner)
            return
        if not resolved.anaphoric:
            return
        if is_pair(phrase) and (self._take_pair(phrase) or not phrase.tail):
            return
        self._take_nominal(phrase, resolved)

    def _take_unnamed(self, phrase: Phrase) -> bool:
        """People too vague to be a mention, whom "they" may take up: "People burned tyres. They ..."."""
        core = phrase.core
        entry = core.entry if core is not None and core.kind == "role" else None
        if entry is None or entry.body or self.tree.dep[phrase.head] not in CLAUSE_SUBJECTS | OBJECTS:
            return False
        if self.tree.tag[phrase.head] != "NNS" or phrase.pronoun is not None:
            return False
        actor = Actor(None, self.tree.written(phrase.start, phrase.end), None, entry.sector, entry.other)
        made = Resolved((actor,), "nominal", entry.rule)
        mention = make_mention(self.tree, phrase.start, phrase.end, phrase.head, made, actor, None)
        self.said.candidates.append(
            Referent(
                mention=mention,
                sentence=self.said.sentence_of[phrase.start],
                person=False,
                many=True,
                gender="",
                subject=self.tree.dep[phrase.head] in CLAUSE_SUBJECTS,
                actors=(actor,),
            )
        )
        return True

    def _take_owner(self, owner: Phrase) -> None:
        """The owner of something that is no actor: "the ministry's statement", "his party's"."""
        if owner.start in self.covered:
            return
        if owner.core is not None:
            self._take_phrase(replace(owner, preposition=""))
        elif owner.pronoun is not None:
            pronoun = pronouns().get(self.tree.words[owner.pronoun])
            if pronoun is not None:
                self._take_pronoun(owner.pronoun, pronoun)

    def _take_short_name(self, phrase: Phrase) -> bool:
        core = phrase.core
        if core is None or names_place(self.tree, phrase):
            return False
        name = self.tree.written(core.start, core.end)
        for candidate in reversed(self.said.candidates):
            mention = candidate.mention
            if candidate.person and mention.kind == "name" and surname(self.said.printed(mention)) == name:
                made = Resolved((mention.actor,), "name", mention.rule)
                again = make_mention(
                    self.tree,
                    phrase.start,
                    phrase.end,
                    phrase.head,
                    made,
                    mention.actor,
                    mention.start_char,
                )
                self.found.append(again)
                self.said.add(self.said.renew(candidate, again))
                return True
        return False

    def _take_bare_surname(self, index: int) -> bool:
        """A family name that no tagger marked, standing alone: "Wekesa" after "Anna Wekesa"."""
        tree = self.tree
        beside = [at for at in (index - 1, index + 1) if 0 <= at < len(tree)]
        if tree.pos[index] not in {"PROPN", "NOUN", "X"} or any(
            tree.pos[at] == "PROPN" and tree.forms[at][:1].isupper() for at in beside
        ):
            return False
        name = tree.forms[index]
        for candidate in reversed(self.said.candidates):
            mention = candidate.mention
            if candidate.person and mention.kind == "name" and surname(self.said.printed(mention)) == name:
                made = Resolved((mention.actor,), "name", mention.rule)
                again = make_mention(tree, index, index + 1, index, made, mention.actor, mention.start_char)
                self.found.append(again)
                self.said.add(self.said.renew(candidate, again))
                return True
        return False

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
            earlier = self.said.same_noun(phrase, entry)
            if earlier is not None and entry.kind == "office":
                # "The Peruvian president told parliament": his, whatever parliament was spoken of before.
                speaker = self.said.loyal_speaker(self.said.sentence_of[phrase.start])
                if speaker is not None and speaker.actors[0].country != earlier.actors[0].country:
                    earlier = None
            if earlier is not None:
                kind = "nominal"
                for actor in earlier.actors:
                    made = Resolved((actor,), kind, resolved.rule)
                    again = make_mention(
                        self.tree,
                        phrase.start,
                        phrase.end,
                        phrase.head,
                        made,
                        actor,
                        earlier.mention.start_char,
                    )
                    self.found.append(again)
                self.said.add(self.said.renew(earlier, self.found[-1]))
                return
        owners, antecedent = self._find_owner(phrase)
        if self.tree.words[core.end - 1] in row_words("actor_words", "homeland", "words") and owners:
            self._take_homeland(phrase, resolved, owners, antecedent)
            return
        relational = self.tree.lemmas[core.end - 1] in row_words("actor_words", "relational", "words") or (
            self.tree.words[core.end - 1].rstrip("s") in row_words("actor_words", "relational", "words")
        )
        if relational and phrase.pronoun is not None and not phrase.tail:
            owners = ()
        led = any(one.sector for one in role_entries(phrase))  # "the leader of the rebels"
        if not owners and "modifier" in entry.detail and not led:
            if phrase.pronoun is not None:
                pronoun = pronouns().get(self.tree.words[phrase.pronoun])
                if pronoun is not None:
                    self._take_pronoun(phrase.pronoun, pronoun)
            return
        actors = noun_actors(self.tree, phrase, entry, owners)
        for actor in actors:
            made = Resolved((actor,), "nominal", resolved.rule, anonymous=resolved.anonymous)
            self.found.append(
                make_mention(
                    self.tree,
                    phrase.start,
                    phrase.end,
                    phrase.head,
                    made,
                    actor,
                    antecedent.mention.start_char if antecedent is not None else None,
                )
            )
        last = self.found[-1]
        self.said.candidates.append(
            Referent(
                mention=last,
                sentence=self.said.sentence_of[last.start],
                person=not entry.body and not entry.plural,
                many=entry.plural or len(actors) > 1,
                gender=self.said.gender(last),
                subject=self.tree.dep[last.head] in CLAUSE_SUBJECTS,
                actors=actors,
            )
        )

    def _take_losses(self, phrase: Phrase) -> None:
        """Give "two military deaths" to the government that reports them: it reports its own."""
        for part in phrase.parts:
            entry = part.entry
            if entry is None or not speaks_of_loss(self.tree, phrase, part) or find_owners(self.tree, phrase):
                continue
            speaker = self.said.loyal_speaker(self.said.sentence_of[phrase.start])
            country = speaker.actors[0].country if speaker is not None else None
            text = self.tree.written(part.start, part.end)
            actor = Actor(None, text, country, entry.sector, entry.other)
            start = speaker.mention.start_char if speaker is not None else None
            made = Resolved((actor,), "adjective", entry.rule)
            self.found.append(make_mention(self.tree, part.start, part.end, part.end - 1, made, actor, start))

    def _take_homeland(
        self, phrase: Phrase, resolved: Resolved, owners: tuple[Owner, ...], antecedent: Referent | None
    ) -> None:
        """Emit "his country" as the state itself."""
        states = [actor for owner in owners if owner.state and (actor := state_actor(owner.state))]
        if not states or antecedent is None:
            return
        made = Resolved((states[0],), "nominal", resolved.rule)
        start = antecedent.mention.start_char
        again = make_mention(self.tree, phrase.start, phrase.end, phrase.head, made, states[0], start)
        holder = replace(antecedent, actors=(states[0],), person=False, many=False, gender="")
        self.found.append(again)
        self.said.add(self.said.renew(holder, again))

    def _find_owner(self, phrase: Phrase) -> tuple[tuple[Owner, ...], Referent | None]:
        """Whose the phrase is: the antecedent of its pronoun, of its owner, of its tail, or the text's one country."""
        if phrase.tail and is_pair(phrase.tail[0]):
            pair = self.said.pair_before(phrase.start)
            if pair is not None:
                return owners_from(pair), pair
        if phrase.pronoun is not None:
            pronoun = pronouns().get(self.tree.words[phrase.pronoun])
            antecedent = self.said.salient(phrase.pronoun, pronoun) if pronoun is not None else None
            return (owners_from(antecedent), antecedent) if antecedent is not None else ((), None)
        for related in (phrase.owner,) if phrase.owner is not None else phrase.tail:
            if is_pair(related):
                pair = self.said.pair_before(phrase.start)
                if pair is not None:
                    return owners_from(pair), pair
            entry = related.core.entry if related.core is not None else None
            if entry is not None:
                earlier = self.said.same_noun(related, entry)
                if earlier is not None:
                    return owners_from(earlier), earlier
                owners = find_owners(self.tree, related)
                if owners:
                    return owners, None
        return self.said.only_country(phrase)

    def _take_pair(self, phrase: Phrase) -> bool:
        """
        "Both countries", "the two sides": one mention for each.

        Only where two stand out: the last two coordinated, or the two that the text speaks of most.
        """
        core = phrase.core
        word = self.tree.words[phrase.end - 1]
        lemma = self.tree.lemmas[phrase.end - 1]
        pairs = row_words("actor_words", "pair", "words")
        if core is None or not (
            {word, lemma, word.removesuffix("s")} & pairs or word in {"countries", "parties"}
        ):
            return False
        pair = self.said.pair_before(phrase.start)
        if pair is None:
            return False
        entry = core.entry
        unit = {lemma, word.removesuffix("s"), word} & row_words(
            "actor_words", "unit", "words"
        ) or word == "countries"
        # "Both countries" after two presidents are their states; "both sides" of a battle are the armies.
        whole = word in word_class("states")
        actors = tuple(
            as_state(actor) if whole or (actor.sector in STATE and not _is_arm(actor)) else actor
            for actor in pair.actors
        )
        if entry is not None and not unit and entry.sector is not None:
            actors = noun_actors(self.tree, phrase, entry, owners_from(pair))
        for actor in actors:
            made = Resolved((actor,), "nominal", entry.rule if entry is not None else "actor_words/pair")
            self.found.append(
                make_mention(
                    self.tree, phrase.start, phrase.end, phrase.head, made, actor, pair.mention.start_char
                )
            )
        last = self.found[-1]
        both = replace(pair, many=True, person=False, gender="", actors=actors)
        self.said.candidates.append(self.said.renew(both, last))
        return True


def _is_arm(actor: Actor) -> bool:
    """Whether the actor is a state or an arm of one (``KGZ``, ``KGZ.MIL``), not a person who serves it."""
    return actor.actor_id is not None and actor.actor_id.split(".")[0].isupper()
