"""What fusing makes of all readings: stories of copies, events of tellings, and what lists show of them."""

from dataclasses import dataclass
from typing import Literal

from counterclaim.types.gathered import Article
from counterclaim.types.judged import Judgement
from counterclaim.types.read import Attribution, Claim, EventMention

# Whether something is told as having happened (denied or not), long ago, or not yet.
Realis = Literal["happened", "historical", "expected"]


@dataclass(frozen=True, slots=True)
class Copy:
    """
    One article within a story.

    Attributes:
        copied_from: Id of the earlier article of the story it resembles most; None for the first one.
        cut: Share of that article's wording it leaves out, 0 to 1.
        added: Share of its own wording that is not in that article, 0 to 1.
    """

    article: str
    ref: str
    outlet: str | None
    url: str | None
    published: str | None
    copied_from: str | None
    cut: float
    added: float


@dataclass(frozen=True, slots=True)
class Story:
    """
    An article with its near-copies: one report, however often it was printed.

    Attributes:
        id: ``s`` and the first article's id.
        origin: Where it comes from: the agency most copies credit, else the outlet that published first,
            else the first article's ref.
        copies: In the order of their lineage, the first article first.
    """

    id: str
    origin: str
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """
    Something an event may be found by.

    Attributes:
        kind: ``mode``, ``context``, ``realis``, ``actor``, ``recipient``, ``claimant``, ``denier``, ``place``, ``field``,
            or ``dyad`` (``AZE>ARM``: what the first is said to have done to the second).
        value: The same however a text puts it: an actor's id, a GeoNames id, a code; a name where there is none.
        label: For people.
    """

    kind: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Change:
    """
    What somebody's later word did to what was said of an event before.

    Attributes:
        kind: ``revised`` a toll by who gave it; ``denied``; ``opened`` a contradiction; ``settled`` one that no longer stands.
        day: When it was said, ISO date.
        against, against_value: Who had said otherwise, and what; for ``revised`` the claimant's own earlier value.
        claim: ``ARTICLE:cN`` of the later word.
    """

    kind: Literal["revised", "denied", "opened", "settled"]
    day: str
    field: str
    claimant: str
    value: str
    against: str
    against_value: str
    claim: str


@dataclass(frozen=True, slots=True)
class Listing:
    """
    What a list of events shows, sorts and filters by beyond the event's own line.

    Attributes:
        grade: As `fuse.grade` gives it.
        dead_low, dead_high: Over all groups of victims; a `dead_high` of None beside a `dead_low` is an open end.
        lat, lon, precision: Of the place most name; None where none is resolved.
        first_published, last_published: Of the articles that tell it.
        confidence: Of the tellings' own, the highest; None where none has any.
    """

    grade: str
    dead_low: int | None
    dead_high: int | None
    lat: float | None
    lon: float | None
    precision: str | None
    first_published: str | None
    last_published: str | None
    confidence: float | None
    terms: tuple[Term, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """
    What tellings of one or many articles are about: assembled from claims, never the truth itself.

    Attributes:
        id: ``E`` and twelve hexadecimal digits made from the earliest telling.
        label: One line for people: what, who, where, when, as most tell it.
        members: (article id, event mention id) of every telling, sorted.
        start, end: ISO dates the tellings give; None where none does.
        origins: How many independent origins tell it: copies of one story, and outlets of one owner, count once.
        contested: The matrix columns on which claimants contradict each other.
        judgements: What joined the members, strongest first.
        listing: What lists show and filter by; None for an event that comes from a store.
    """

    id: str
    type: str
    label: str
    members: tuple[tuple[str, str], ...]
    place: str | None
    country: str | None
    start: str | None
    end: str | None
    articles: int
    stories: int
    origins: int
    contested: tuple[str, ...]
    judgements: tuple[Judgement, ...] = ()
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Claimant:
    """
    Who says so: a row of the claim matrix.

    Attributes:
        key: The same for every claim of one claimant, whatever the article calls it.
        side: What claims are independent by: the state for its organs, else the claimant itself; for an
            outlet or an unnamed source, the origin of the story.
        kind: ``actor``; ``outlet`` where the article speaks itself; ``unnamed`` where the source is withheld.
    """

    key: str
    name: str
    country: str | None
    sector: str | None
    side: str
    kind: Literal["actor", "outlet", "unnamed"]


@dataclass(frozen=True, slots=True)
class Telling:
    """
    One event mention with what comparing it to others needs: whose words, from which story, when said.

    Attributes:
        anchor: Names it for judgements, whatever ids a new reading gives.
        rank: Place of the article in its story's lineage: among copies of one day, the later.
        realis: ``happened`` (denied or not), ``historical``, or ``expected`` (planned, feared, demanded).
        denied: The claimant says that it did not happen.
        verified: False where the article says it could not verify such accounts.
        did, suffered: The sides that did it and those it was done to, victims included: countries where
            known, else names.
        owner: Who owns the origin where the owner has several outlets, else the origin itself.
    """

    anchor: str
    article: Article
    mention: EventMention
    attribution: Attribution | None
    claims: tuple[Claim, ...]
    claimant: Claimant
    story: str
    origin: str
    rank: int
    realis: Realis
    denied: bool
    verified: bool
    did: frozenset[str]
    suffered: frozenset[str]
    owner: str = ""
