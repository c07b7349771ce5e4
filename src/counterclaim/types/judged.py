"""What people say of our work: which mentions are the same event, and what a claim should have been."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    Whether two event mentions tell of the same event: by rule or person, and why.

    Attributes:
        left, right: Anchors of two tellings, in alphabetical order (`fuse.tellings.make_anchor`): they name
            article, words, type and teller, so that a judgement survives re-reading.
        by: ``rule``, or the name of the person.
        made_at: ISO date-time; empty for a rule, which judges the same whenever it is asked.
        score: The rule's score; None for a person.
        reason: The fields that decided, or what the person wrote.
    """

    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    by: str
    reason: str
    score: float | None = None
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """
    A person's word on a claim, or a telling that a person adds.

    It names its place by the article's text, not by the reading's ids, and so outlives another reading; where the text itself
    is another one, its sentence is looked for.

    Attributes:
        claim: As the claim was called then: ``c12``; empty for what was added.
        field: Of the claim; ``type`` stands for the whole telling.
        sentence: The words around it, which tell whether the text is still the same.
        sentence_start_char: Where they stood.
        trigger_start_char: Of the event mention's trigger; for what was added the words' own start.
        source_start_char: Of the mention that speaks; None where the outlet does.
        machine: The value that the reading gave then, as printed.
        values: What the person says instead, by field: ``type`` and ``date`` as printed, actors, places and counts as records.
        undone_at: When it was taken back; None while it holds.
    """

    id: int
    verb: Literal["accept", "reject", "recode", "add"]
    article: str
    ref: str
    url: str | None
    claim: str
    field: str
    sentence: str
    sentence_start_char: int
    start_char: int
    end_char: int
    trigger_start_char: int
    source_start_char: int | None
    machine: str
    values: Mapping[str, object]
    by: str
    reason: str
    made_at: str
    undone_at: str | None = None
    undone_by: str | None = None
