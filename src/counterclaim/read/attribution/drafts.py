"""
An attribution in the making: the cue and its source as tokens, the content as stretches of text.

Comes in: nothing; this is the record that the finders of cues share. Goes out: `Draft`, one for each cue, with one
or more pieces of content (``“We stay,” he said, “and fight.”`` has two), which become one attribution each.
"""

from dataclasses import dataclass, field

from counterclaim.read.attribution.lines import CueLine
from counterclaim.read.syntax.tree import Word
from counterclaim.types import Stance


@dataclass(slots=True)
class Draft:
    """
    One cue with what hangs on it.

    Attributes:
        line: The knowledge line that fired.
        cue: Start and end token of the words shown as the cue.
        anchor: The cue's main word.
        source: Head of the phrase that speaks; None where the text names nobody.
        pieces: Character stretches of the content, in text order, none overlapping the cue.
        root: The word the content's grammar hangs on, where the parse gave one.
        quoted: The content is a direct quotation.
        through: The report that cites this source for the same content.
    """

    line: CueLine
    cue: tuple[int, int]
    anchor: Word
    source: Word | None
    pieces: list[tuple[int, int]]
    stance: Stance
    root: Word | None = None
    quoted: bool = False
    via: list[str] = field(default_factory=list)
    source_span: tuple[int, int] | None = None
    through: "Draft | None" = None
