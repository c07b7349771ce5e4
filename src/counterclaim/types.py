"""
The nouns, in the order in which they come to exist. Frozen records only; no behaviour.

Offsets `start_char`, `end_char` are half-open characters into `Article.text`; `start`, `end` and
`head` are token indexes of the spaCy `Doc` parsed from it, and never leave `read/`.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Generic, Literal, TypeVar

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
PublishedFrom = Literal["given", "metadata", "dateline", "inferred", "unknown"]
PlacePrecision = Literal["site", "city", "district", "province", "country", "unresolved"]
PlaceRelation = Literal["at", "near", "between", "border"]
DatePrecision = Literal["minute", "hour", "day", "week", "month", "year"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["stated", "same_event", "implied"]
Salience = Literal["main", "background"]
Status = Literal["uncontested", "one_sided", "corroborated", "contested", "unverified", "withdrawn"]

# Only these stances assert that something happened; `denies` asserts that it did not.
ASSERTING: frozenset[Stance] = frozenset(("says", "confirms", "accuses"))


# --- gather -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """
    Raw input before anything is understood: the bytes of a file or response, or a text given as such.

    Attributes:
        ref: How the user knows it: the path, the table row's id, or ``-`` for stdin.
        body: The bytes as they came; offsets never refer to it.
        kind: ``text`` or ``html``; None where it has to be found out.
        published: ISO date given by the user or the table row.
        authors: As the row, feed or download names them.
        modified: ISO date to fall back on where nothing else dates the article: when its file was changed.
        words: How many words the text has, as a news database counts them; it may give fewer of them.
    """

    ref: str
    body: bytes
    kind: Literal["text", "html"] | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    modified: str | None = None
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A passage of the page left out of the article's text, and why (one of knowledge/clutter.tsv's reasons)."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when the report was filed, as printed: ``TBILISI, Sept 14``."""

    place: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Update:
    """One update of a live blog: a stretch of the article's text, and when it was posted (ISO, to the minute)."""

    at: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Article:
    """
    One cleaned text and what is known of its publication.

    Attributes:
        id: First 16 hexadecimal digits of the SHA-256 of ref-independent content (url, title, text).
        text: Paragraphs joined by a blank line; every offset of a reading refers to it.
        published: ISO date ``YYYY-MM-DD`` or None; `published_from` says how it is known.
        language: ISO 639-1 of the text, ``en`` when read; other languages are rejected.
        dropped: What cleaning left out, in the page's order.
        sha256: Of the page's bytes.
        modified: ISO date of the page's last change where it says one: of a living page it may be long after `published`.
        updates: Of a live blog, in the text's order.
        words: How many words the whole article has, as the news database it comes from counts them; the text may be cut.
    """

    id: str
    ref: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_from: PublishedFrom = "unknown"
    dateline: Dateline | None = None
    language: str = "en"
    dropped: tuple[Dropped, ...] = ()
    sha256: str = ""
    modified: str | None = None
    updates: tuple[Update, ...] = ()
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A page or article that could not be read: counted, listed, never the end of a run."""

    ref: str
    reason: str
    detail: str


# --- read -------------------------------------------------------------------------------------


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
        basis: ``stated`` in the clause of a member, or by `rule` ``table/partaking`` in its sentence; ``same_event``, said of another mention of the same event;
            ``implied``, which follows from context and never says who did it.
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


# --- fuse -------------------------------------------------------------------------------------


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


# Whether something is told as having happened (denied or not), long ago, or not yet.
Realis = Literal["happened", "historical", "expected"]


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


@dataclass(frozen=True, slots=True)
class What:
    """What happened: PLOVER's type with its modes."""

    type: str
    modes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many; None where an end is left open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Victims:
    """Whose losses: losses of different groups are different columns, and add. The name matters where no code is known."""

    country: str | None
    sector: str | None
    name: str = ""


# What a claimant gives for a field: the actors or recipients of one telling together. `counterclaim.values` prints it.
Value = What | tuple[Actor, ...] | Place | DateRange | Bounds


@dataclass(frozen=True, slots=True)
class CellValue:
    """
    One value a claimant gives, with the words it stands in.

    Attributes:
        state: ``stands``; ``revised`` where the same side later says otherwise; ``withdrawn`` where it
            later denies.
        claim: ``ARTICLE:cN`` of the claim first printed; `printed` names the articles of all prints.
        origins: The independent origins that carry it.
    """

    value: Value
    stance: Stance
    state: Literal["stands", "revised", "withdrawn"]
    said: str | None
    verified: bool
    claim: str
    sentence: str
    start_char: int
    end_char: int
    printed: tuple[str, ...]
    origins: tuple[str, ...]
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One claimant's values, one tuple for each column of the matrix, the newest first."""

    claimant: Claimant
    cells: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """
    One field of an event.

    Attributes:
        field: ``type``, ``actors``, ``recipients``, ``place``, ``date``, ``counts.dead`` …
        victims: For counts, whose; None where nobody says, and for other fields.
        independent: How many independent sides give a value that stands.
    """

    field: str
    victims: Victims | None
    status: Status
    independent: int


@dataclass(frozen=True, slots=True)
class Relation:
    """
    How what one claimant says bears on what another says, or on what the same one said before.

    Attributes:
        left, right: Keys of the claimants.
        left_victims, right_victims: For counts, whose: the same, but for losses that add.
    """

    kind: Literal["agrees", "contradicts", "revises", "adds", "narrows", "denies", "doubts"]
    field: str
    left: str
    left_value: Value
    right: str
    right_value: Value
    left_victims: Victims | None = None
    right_victims: Victims | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """The claim matrix of one event: rows are who says so, columns are what they say of it."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    relations: tuple[Relation, ...]
