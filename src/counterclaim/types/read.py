"""What reading makes of one article, in the order in which it comes to exist: who is named, who says what, what happened."""

from dataclasses import KW_ONLY, dataclass
from typing import Generic, Literal, TypeVar

from counterclaim.types.gathered import Article

Stance = Literal[
    "says",
    "confirms",
    "denies",
    "accuses",
    "demands",
    "warns",
    "expects",
    "promises",
    "doubts",
    "cannot_verify",
]
PlacePrecision = Literal["site", "city", "district", "province", "country", "unresolved"]
PlaceRelation = Literal["at", "near", "between", "border"]
DatePrecision = Literal["minute", "hour", "day", "week", "month", "year"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["stated", "same_event", "implied"]
Salience = Literal["main", "background"]
# Only these stances assert that something happened; `denies` asserts that it did not.
ASSERTING: frozenset[Stance] = frozenset(("says", "confirms", "accuses"))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article's text."""

    text: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Someone or something of the world that acts in politics.

    Attributes:
        actor_id: Stable identifier: a knowledge id (``ARM``, ``ARM.GOV.MOD``, ``CSTO``), or None for
            somebody known only from this text.
        name: English name for people; a surname or office is expanded where knowledge holds it.
        country: ISO 3166-1 alpha-3, or PLOVER's IGO, UNO, EUR, NGO, ISM, IMG, MNC, KOS; None if unknown.
        sector: PLOVER primary sector (GOV, MIL, REB, COP, CVL …); None if unknown.
        other_sectors: Further sectors in PLOVER's sense (``OPP``, ``ELI``, ``PRE`` …).
    """

    actor_id: str | None
    name: str
    country: str | None
    sector: str | None
    other_sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """
    A stretch of text that speaks of an actor, with the actor it was resolved to.

    Attributes:
        head: Token index of the syntactic head of the phrase.
        kind: ``name`` (Pashinyan, Defense Ministry), ``metonym`` (Baku for a government), ``nominal``
            (border guards, officials on both sides), ``pronoun``, ``adjective`` (Armenian, as in
            "Armenian positions": a modifier that names whose).
        anonymous: The text withholds who it is ("a senior US official").
        antecedent: Character start of the earlier mention this one refers back to, if any.
        rule: The knowledge line that resolved it, as ``table/id``.
    """

    text: str
    start_char: int
    end_char: int
    start: int
    end: int
    head: int
    kind: Literal["name", "metonym", "nominal", "pronoun", "adjective"]
    actor: Actor
    anonymous: bool = False
    antecedent: int | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that make an attribution: ``said``, ``according to``, ``reportedly``."""

    text: str
    start_char: int
    end_char: int
    lemma: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """
    Somebody is said to have said something: source, cue, content, and the stance taken.

    Attributes:
        source: The mention that speaks; None where the text names nobody.
        via: Carriers between source and outlet, nearest to the source first (``Facebook post``, ``Tass``).
        within: Id of the attribution whose content holds this one.
        rule: The knowledge line that made it, as ``table/id``.
        speaks: The source puts the content forward; False where it only comments on what is taken as given
            ("condemned the raid"): it tells no event of it.
    """

    id: str
    source: Mention | None
    cue: Cue | None
    content: Span
    stance: Stance
    via: tuple[str, ...] = ()
    within: str | None = None
    rule: str = ""
    speaks: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """
    A toponym and the place it was resolved to; coordinates are None where it stays unresolved.

    Attributes:
        adjectival: A demonym or adjective ("Turkish"): listed, never where an event happened.
        rule: Why this reading was chosen, as ``table/id`` or a word for the heuristic.
        relation: ``at`` it, or what the text says instead: ``near`` it, ``between`` it and `other`, on its ``border``.
        distance_km: How far from it ("20 km north of Goma"); None where the text gives no number.
        direction: To which side of it: ``north``, ``southeast`` …; None where the text does not say. Coordinates are
            those of the place named all the same: no point is reckoned from distance and direction.
        other: The other place of ``between`` or of a ``border``, by name.
    """

    text: str
    start_char: int
    end_char: int
    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    feature_code: str | None
    precision: PlacePrecision
    adjectival: bool = False
    rule: str = ""
    relation: PlaceRelation = "at"
    distance_km: float | None = None
    direction: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """
    A time expression with its TIMEX3 type and value (``2022-09-14T16:00Z``, ``2020``, ``P6W``).

    Attributes:
        start, end: The date range it stands for, ISO dates or date-times, None where it cannot be anchored.
        precision: How finely the text states it; None for durations and sets.
    """

    text: str
    start_char: int
    end_char: int
    type: TimexType
    value: str
    start: str | None = None
    end: str | None = None
    precision: DatePrecision | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DateRange:
    """When an event happened, with the words that say so."""

    text: str
    start_char: int
    end_char: int
    start: str
    end: str
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Count:
    """
    How many, of what kind, and whose.

    Attributes:
        kind: ``dead``, ``injured``, ``missing``, ``captured``, ``arrested``, ``displaced``,
            ``protesters``, ``troops`` … (knowledge/casualties lists them all).
        low, high: Inclusive bounds; None where the text leaves one open ("at least 20").
        victims: Whose dead they are; never the claimant.
        trigger: Token index of the word that makes it a count of this kind (``killed``, ``deaths``).
    """

    kind: str
    low: int | None
    high: int | None
    victims: Mention | None
    text: str
    start_char: int
    end_char: int
    trigger: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """
    An event pattern found in the parse, before it is attributed, placed, dated and counted.

    Attributes:
        type: One of PLOVER's 16.
        trigger: Token index of the word that carries the event.
        actors, recipients: Mentions in the roles; both parties are actors where it is reciprocal.
        auxiliary: ``historical``, ``future``, ``hypothetical``, ``negation`` (read/factuality.py).
        rules: Knowledge lines applied, in order: the pattern first, then compositions.
        told_by: Ids of the attributions that tell it, None among them for the outlet itself. Empty, the
            usual case: the innermost attribution whose content holds the trigger. Set only where
            syntax ties the frame to one speaker ("the violence, which Baku blames on Yerevan": one frame
            told by the outlet, one with Yerevan as actor told by Baku).
        confidence: How likely an event of this type stands there (read/events/judging.py), 0 to 1; None where nothing judged it.
    """

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    trigger: int
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    auxiliary: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    told_by: tuple[str | None, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """
    One event as one source tells it. The same trigger may stand in several, one for each attribution.

    Attributes:
        acled: ACLED's sub-event type, as ACLED writes it (`read/acled.py`); empty for what ACLED does not record, what nobody
            asserts, and what is part of another event's incident.
        confidence: How likely an event of this type stands there, 0 to 1; None where nothing judged it (`--model`).
    """

    id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    auxiliary: tuple[str, ...]
    trigger: Span
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    place: Place | None
    date: DateRange | None
    counts: tuple[Count, ...]
    attribution: str | None
    stance: Stance
    rules: tuple[str, ...] = ()
    acled: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """
    One value of one field of one event mention, with who says it, how, and where in the text.

    Attributes:
        field: ``type``, ``actors``, ``recipients``, ``place``, ``date``, ``counts.dead`` …
        value: As text: an actor's name and code, an ISO range, ``105``, ``20..`` (at least), ``..300`` (at most).
        attribution: Id of the attribution; None where the outlet itself speaks.
        victims: For counts, whose they are, as ``name [country sector]``; empty where the text does not say.
        sentence_start_char, sentence_end_char: The sentence it stands in.
    """

    id: str
    event: str
    field: str
    value: str
    attribution: str | None
    stance: Stance
    start_char: int
    end_char: int
    victims: str = ""
    _: KW_ONLY
    sentence_start_char: int
    sentence_end_char: int


@dataclass(frozen=True, slots=True)
class Flag:
    """
    Something a careful reader should know: ``unverified``, ``role_mismatch``, ``circular_attribution``, and so on.

    Attributes:
        detail: In words, for people.
        touches: Ids of the attributions it bears on; empty where it bears on none, or the text does not say on which.
    """

    kind: str
    text: str
    start_char: int
    end_char: int
    detail: str
    touches: tuple[str, ...] = ()


Filling = TypeVar("Filling", Mention, Place, DateRange, Count)


@dataclass(frozen=True, slots=True)
class Cell(Generic[Filling]):
    """
    A value in the event table, and how it is known.

    Attributes:
        basis: ``stated`` in the clause of the leading member, or by `rule` ``table/partaking`` or ``table/scene`` in its sentence; ``same_event``, said of another
            mention of the same event; ``implied``, which follows from context and never says who did it.
        start_char, end_char: The words that say it.
        rule: What put it there: ``member``, or the line of read/table that did.
    """

    value: Filling
    basis: Basis
    start_char: int
    end_char: int
    rule: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """
    One happening as one article tells it, however often: a row of the event table.

    Attributes:
        id: ``t1``, ``t2`` …: the most important first.
        members: Ids of the event mentions, the one that tells it best first.
        counts: Rival tolls are several counts of one kind; their claims say whose they are.
        claims: Ids of the members' claims.
        confidence: Of its surest member; None where nothing judges them.
    """

    id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    auxiliary: tuple[str, ...]
    salience: Salience
    members: tuple[str, ...]
    actors: tuple[Cell[Mention], ...]
    recipients: tuple[Cell[Mention], ...]
    place: Cell[Place] | None
    date: Cell[DateRange] | None
    counts: tuple[Cell[Count], ...]
    claims: tuple[str, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """
    Everything one article says, each value with who says it.

    Attributes:
        event_table: What the article tells of, each happening once, the most important first.
        mentions: Everybody the text speaks of, in text order, whether or not an event or attribution has a place for them.
    """

    article: Article
    attributions: tuple[Attribution, ...]
    events: tuple[EventMention, ...]
    toponyms: tuple[Place, ...]
    times: tuple[Timex, ...]
    claims: tuple[Claim, ...]
    flags: tuple[Flag, ...]
    signature: str
    mentions: tuple[Mention, ...] = ()
    event_table: tuple[EventRow, ...] = ()
