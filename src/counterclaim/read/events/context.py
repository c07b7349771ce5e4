"""
What an event is about: PLOVER contexts from the words around it.

Comes in: an event under construction. Goes out: its pattern's contexts, then those that words of its
sentence give (`contexts`), then `military` where state forces take part; sorted, each once.

    "a court in Lima fined the newspaper"   legal

Limit: one sentence; a topic named only in the headline is not seen.
"""

from counterclaim.read.events.match import EventDraft
from counterclaim.read.events.patterns import context_words
from counterclaim.read.syntax.tree import Tree


class Topics:
    """The contexts each sentence's words give, worked out once a sentence."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._by_sentence: dict[int, tuple[str, ...]] = {}

    def contexts(self, event: EventDraft) -> tuple[str, ...]:
        """Contexts of one event."""
        found = {*event.contexts, *self._of_sentence(event.trigger)}
        if any(one.actor.sector == "MIL" for one in (*event.actors, *event.recipients)):
            found.add("military")
        return tuple(sorted(found))

    def _of_sentence(self, index: int) -> tuple[str, ...]:
        sentence = self.tree.sent_of[index]
        known = self._by_sentence.get(sentence.start)
        if known is not None:
            return known
        table = context_words()
        words = self.tree.words
        found: set[str] = set()
        for at in range(sentence.start, sentence.end):
            for rest, context in table.get(words[at], ()):
                if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                    found.add(context)
        self._by_sentence[sentence.start] = tuple(sorted(found))
        return self._by_sentence[sentence.start]
