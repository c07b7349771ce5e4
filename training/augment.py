"""
The same text as other hands would have typed it: upper case, lower case, headline case, other quotation marks.

In: a text and its word spans. Out: a text of the same length, so that every span still holds.
Example: 'He said "no".' -> 'HE SAID “NO”.'
Limit: letters whose upper case is longer than themselves ("ß") leave the text as it was.
"""

import random

SMALL = frozenset("a an and as at but by for from in into nor of on or over the to up with".split())


def respell(text: str, rng: random.Random, upper: float = 0.06) -> tuple[str, str]:
    """Return the text in another typing and the name of its case: plain, lower, upper or headline."""
    text = quotes(text, rng)
    dice, case, out = rng.random(), "plain", text
    if dice < upper:
        case, out = "upper", text.upper()
    elif dice < upper + 0.05:
        case, out = "lower", text.lower()
    elif dice < upper + 0.09:
        case, out = "headline", headline(text)
    return (out, case) if len(out) == len(text) else (text, "plain")


def headline(text: str) -> str:
    """Return the text with a capital on each word but the small ones."""
    words = text.split(" ")
    return " ".join(w if w in SMALL and i else w[:1].upper() + w[1:] for i, w in enumerate(words))


def quotes(text: str, rng: random.Random) -> str:
    """Return the text with its quotation marks and apostrophes curled or straightened, or as they were."""
    dice = rng.random()
    if dice < 0.3:
        out = []
        for i, char in enumerate(text):
            before = text[i - 1] if i else " "
            if char == '"':
                out.append("“" if before.isspace() or before in "([" else "”")
            elif char == "'":
                out.append("‘" if before.isspace() or before in "([“" else "’")
            else:
                out.append(char)
        return "".join(out)
    if dice < 0.5:
        return text.translate(str.maketrans("“”‘’", "\"\"''"))
    return text
