"""
The short forms in which tables name people, places, dates and numbers.

    >>> describe_dates("2022-09-13", "2022-09-14")
    '2022-09-13 to 09-14'
    >>> describe_number(20, None), describe_number(12, 15), describe_number(None, 300), describe_number(7, 7)
    ('at least 20', '12 to 15', 'up to 300', '7')
"""

import re

from counterclaim.types import Actor, Article, Attribution, Claim, Count, EventMention, Flag, Mention

# A blank line; or an end mark, perhaps a closing quote, spaces, perhaps an opening quote, and a capital. A full stop
# behind a capital and at most two more letters ("U.S.", "Gen.") ends nothing.
_BORDER = re.compile(
    r"""(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.|[!?…])
        ["”’')\]]*\s+(?=["“‘'(\[]?[A-Z]) | \n\s*\n\s*
    """,
    re.VERBOSE,
)


def describe_actor(actor: Actor) -> str:
    """Name, country and sector: ``Pashinyan [ARM GOV]``."""
    codes = " ".join(code for code in (actor.country, actor.sector) if code)
    return f"{actor.name} [{codes}]" if codes and codes != actor.name else actor.name


def describe_all(mentions: tuple[Mention, ...]) -> str:
    """All names, each once."""
    return ", ".join(dict.fromkeys(describe_actor(mention.actor) for mention in mentions))


def describe_publisher(article: Article) -> str:
    """Who speaks where the article names nobody: the agency credited, else the outlet."""
    return article.agency or article.outlet or "the article"


def describe_speaker(attribution: Attribution | None, article: Article) -> str:
    """Who says so, and through whom."""
    if attribution is None:
        return describe_publisher(article)
    who = describe_actor(attribution.source.actor) if attribution.source else "unnamed"
    return " via ".join((who, *attribution.via))


def describe_dates(start: str | None, end: str | None) -> str:
    """A day, a time, or a range without repeating the year."""
    if not start or not end or start == end:
        return (start or end or "").replace("T", " ")
    same_year = start[:5] == end[:5]
    return f"{start} to {end[5:] if same_year else end}".replace("T", " ")


def describe_number(low: int | None, high: int | None) -> str:
    """A count, a range, or a bound."""
    if low is None and high is None:
        return "some"
    if low == high:
        return f"{low}"
    if high is None:
        return f"at least {low}"
    return f"up to {high}" if low is None else f"{low} to {high}"


def describe_count(count: Count) -> str:
    """``105 dead (Armenia [ARM MIL])``."""
    victims = f" ({describe_actor(count.victims.actor)})" if count.victims else ""
    return f"{describe_number(count.low, count.high)} {count.kind}{victims}"


def describe_event(event: EventMention) -> str:
    """Type and modes, and what keeps it from being a plain fact: ``ASSAULT heavy-weapons (future)``."""
    what = " ".join((event.type, ", ".join(event.modes))).strip()
    return f"{what} ({', '.join(event.auxiliary)})" if event.auxiliary else what


def describe_parties(event: EventMention) -> str:
    """Who to whom: ``Azerbaijan [AZE] → Armenia [ARM MIL]``; a side nobody names is a question mark."""
    actors, recipients = describe_all(event.actors), describe_all(event.recipients)
    if not recipients:
        return actors
    return f"{actors or '?'} → {recipients}"


def describe_flag(flag: Flag) -> str:
    """A flag's detail, without what its own words say already."""
    words = " ".join(flag.text.split())
    return "" if " ".join(flag.detail.split()) == words else flag.detail


def find_sentences(text: str) -> list[tuple[int, int]]:
    """
    Where the text's sentences begin and end, told from punctuation alone: to show some of them, not to read them.

    >>> text = "Gen. Talvik left. He met U.S. envoys."
    >>> [text[first:last] for first, last in find_sentences(text)]
    ['Gen. Talvik left.', 'He met U.S. envoys.']
    """
    starts, ends = [0], []
    for match in _BORDER.finditer(text):
        ends.append(match.start() + len(match[0].rstrip()))
        starts.append(match.end())
    return [(first, last) for first, last in zip(starts, [*ends, len(text)], strict=True) if last > first]


def find_telling(text: str, claim: Claim, attribution: Attribution | None) -> tuple[int, int] | None:
    """Where the sentence begins and ends that says who says a claim; None where the claim's own sentence does, or none says it."""
    if attribution is None or attribution.cue is None:
        return None
    at = attribution.cue.start_char
    if claim.sentence_start_char <= at < claim.sentence_end_char:
        return None
    return next((each for each in find_sentences(text) if each[0] <= at < each[1]), None)
