"""
Who speaks for a stretch of text: of the attributions whose content holds it, the nearest.

Comes in: attributions and characters. Goes out: the nearest of them. Comments on what is taken as given ("condemned the raid") do not
speak for it. Its limit: two sources of exactly the same words both speak.
"""

from counterclaim.types import Attribution


def innermost(attributions: tuple[Attribution, ...], start_char: int, end_char: int) -> Attribution | None:
    """
    The nearest source that speaks for the stretch: of the attributions whose content holds it, the shortest.

    Comments on what is taken as given ("condemned the raid") do not speak for it. None: the outlet itself speaks.
    """
    found = tellers(attributions, start_char, end_char)
    return found[0] if found else None


def tellers(attributions: tuple[Attribution, ...], start_char: int, end_char: int) -> tuple[Attribution, ...]:
    """
    All nearest sources of the stretch: more than one where several speak of the same words.

    "Kyiv rejected accusations by Minsk that it shelled the post": Kyiv denies, Minsk accuses, the same content.
    """
    holding = [
        a
        for a in attributions
        if a.speaks and a.content.start_char <= start_char and end_char <= a.content.end_char
    ]
    if not holding:
        return ()
    outer = {a.within for a in holding}
    nearest = [a for a in holding if a.id not in outer]
    shortest = min(a.content.end_char - a.content.start_char for a in nearest)
    return tuple(a for a in nearest if a.content.end_char - a.content.start_char == shortest)
