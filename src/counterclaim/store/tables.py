"""
The tables of the store, in the order in which their rows come to exist.

Everything read from an article hangs on its row in `articles` and goes when that row goes, so that an article is
replaced whole or not at all. Ids such as ``a1`` and ``e3`` are those of the reading, unique within their
article. Mentions and places are numbered within their article and pointed at by who uses them.

Lists (authors, modes, sectors …) are JSON texts: they are shown and exported, not searched.

Until the first release a table is added or changed here and nowhere else: `store.schema` names each state of the tables, and
a store of another state is to be filled anew. From then on whoever changes a table also writes how an older store
becomes one of the new kind: a file in `migrations/versions`.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()


def _of_article() -> Column[str]:
    return Column(
        "article",
        String(16),
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        comment="Article it was read from",
    )


def _number(comment: str) -> Column[int]:
    return Column("number", Integer, primary_key=True, autoincrement=False, comment=comment)


def _span(prefix: str = "", *, optional: bool = False) -> tuple[Column[str], Column[int], Column[int]]:
    return (
        Column(f"{prefix}text", Text, nullable=optional, comment="The words"),
        Column(
            f"{prefix}start_char", Integer, nullable=optional, comment="First character in the article's text"
        ),
        Column(f"{prefix}end_char", Integer, nullable=optional, comment="Character after the last"),
    )


def _to(table: str, *columns: str) -> ForeignKeyConstraint:
    """A reference to a row of the same article."""
    key = "number" if table in {"mentions", "places"} else "id"
    return ForeignKeyConstraint(
        ("article", *columns), (f"{table}.article", f"{table}.{key}"), ondelete="CASCADE"
    )


about = Table(
    "counterclaim",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
    comment="What this store is, and its generation: a number that grows with every change to what was read or judged",
)

schema_version = Table(
    "schema_version",
    metadata,
    # As Alembic calls it.
    Column("version_num", String(32), primary_key=True, comment="The newest migration applied"),
    comment="Which tables and columns this store has",
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", String(25), nullable=False, comment="ISO date-time, UTC"),
    Column("finished_at", String(25), comment="Empty for a run that was cut short"),
    Column("signature", Text, nullable=False, comment="What read the articles"),
    Column("read", Integer, comment="Articles read in this run"),
    Column("known", Integer, comment="Pages already read with this signature"),
    Column("rejected", Integer, comment="Pages that could not be read"),
    comment="One execution of `counterclaim run`",
)

articles = Table(
    "articles",
    metadata,
    Column("id", String(16), primary_key=True, comment="From the SHA-256 of url, title and text"),
    Column("ref", Text, nullable=False, comment="Path or row id it was first seen under"),
    Column("title", Text),
    Column("url", Text),
    Column("outlet", Text, index=True, comment="Who published"),
    Column("agency", Text, comment="Wire service credited"),
    Column("authors", JSON, nullable=False),
    Column("published", String(10), index=True, comment="ISO date"),
    Column("published_from", String(10), nullable=False, comment="How the date is known"),
    Column("modified", String(10), comment="ISO date of the page's last change, where it says one"),
    Column("updates", JSON, nullable=False, comment="Of a live blog: time, first and last character"),
    Column("dateline_place", Text),
    Column("dateline_date", Text),
    Column("has_dateline", Boolean, nullable=False),
    Column("language", String(3), nullable=False),
    Column("words", Integer, comment="Of the whole article, as the news database it comes from counts them"),
    Column("text", Text, nullable=False, comment="All offsets refer to it"),
    Column("sha256", String(64), nullable=False, comment="Of the page's bytes"),
    Column("signature", Text, nullable=False, comment="What read it"),
    Column("recorded_at", String(25), nullable=False, comment="ISO date-time, UTC"),
    comment="One cleaned text each",
)

pages = Table(
    "pages",
    metadata,
    Column(
        "fingerprint",
        String(64),
        primary_key=True,
        comment="SHA-256 of the bytes and all that was given with them",
    ),
    Column(
        "ref",
        Text,
        primary_key=True,
        comment="Path or row id; the same bytes under two names are two rows",
    ),
    Column("article", String(16), ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "sha256", String(64), comment="Of the bytes alone; empty where an earlier version did not keep it"
    ),
    Column("recorded_at", String(25), comment="When this store first saw it; ISO date-time, UTC"),
    Index("pages_by_ref", "ref"),
    Index("pages_by_time", "recorded_at"),
    comment="Which page became which article: tells a second run what is already read",
)

dropped = Table(
    "dropped",
    metadata,
    _of_article(),
    _number("Order on the page"),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    comment="Passages left out of the article's text",
)

mentions = Table(
    "mentions",
    metadata,
    _of_article(),
    _number("Order in the text; those that are not listed come last"),
    Column("listed", Boolean, nullable=False, comment="Listed among the mentions of the reading"),
    *_span(),
    Column("kind", String(10), nullable=False, comment="name, metonym, nominal, pronoun or adjective"),
    Column("anonymous", Boolean, nullable=False, comment="The text withholds who it is"),
    Column("antecedent", Integer, comment="First character of the mention it refers back to"),
    Column("actor_id", Text, index=True),
    Column("name", Text, nullable=False),
    Column("country", String(3), index=True, comment="ISO 3166-1 alpha-3 or PLOVER's IGO, NGO …"),
    Column("sector", String(3), comment="PLOVER primary sector"),
    Column("other_sectors", JSON, nullable=False),
    Column("rule", Text, nullable=False),
    comment="Who the text speaks of, and the actor each was resolved to",
)

places = Table(
    "places",
    metadata,
    _of_article(),
    _number("Order in the text"),
    *_span(),
    Column("name", Text, nullable=False),
    Column("geonameid", Integer, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("country", String(3)),
    Column("admin1", Text),
    Column("feature_code", String(10)),
    Column("precision", String(10), nullable=False),
    Column("adjectival", Boolean, nullable=False),
    Column("rule", Text, nullable=False),
    Column("toponym", Boolean, nullable=False, comment="Listed among the toponyms of the reading"),
    Column(
        "relation",
        String(7),
        nullable=False,
        server_default="at",
        comment="at, near, between or border: what the text says of being beside it",
    ),
    Column("distance_km", Float, comment="How far from it, where the text says so"),
    Column("direction", String(9), comment="To which side of it, where the text says so"),
    Column("other", Text, comment="The other place of between or border"),
    comment="Toponyms and the places they were resolved to",
)

times = Table(
    "times",
    metadata,
    _of_article(),
    _number("Order in the text"),
    *_span(),
    Column("type", String(8), nullable=False, comment="TIMEX3 type"),
    Column("value", Text, nullable=False, comment="TIMEX3 value"),
    Column("start", String(25)),
    Column("end", String(25)),
    Column("precision", String(6)),
    Column("rule", Text, nullable=False),
    comment="Time expressions",
)

attributions = Table(
    "attributions",
    metadata,
    _of_article(),
    Column("id", String(12), primary_key=True),
    Column("number", Integer, nullable=False, comment="Order in the reading"),
    Column("source", Integer, comment="Mention that speaks; empty where the text names nobody"),
    *_span("cue_", optional=True),
    Column("cue_lemma", Text),
    *_span("content_"),
    Column("stance", String(13), nullable=False),
    Column("via", JSON, nullable=False),
    Column("within", String(12), comment="Attribution whose content holds this one"),
    Column("rule", Text, nullable=False),
    Column("speaks", Boolean, nullable=False, comment="The source puts the content forward"),
    _to("mentions", "source"),
    comment="Somebody is said to have said something",
)

event_mentions = Table(
    "event_mentions",
    metadata,
    _of_article(),
    Column("id", String(12), primary_key=True),
    Column("number", Integer, nullable=False, comment="Order in the reading"),
    Column("type", String(12), nullable=False, index=True, comment="One of PLOVER's 16"),
    Column("modes", JSON, nullable=False),
    Column("contexts", JSON, nullable=False),
    Column("auxiliary", JSON, nullable=False, comment="historical, future, hypothetical, negation"),
    *_span("trigger_"),
    Column("place", Integer),
    *_span("date_", optional=True),
    Column("start", String(25), index=True, comment="ISO date or date-time"),
    Column("end", String(25)),
    Column("precision", String(6)),
    Column("attribution", String(12), comment="Empty where the outlet itself tells it"),
    Column("stance", String(13), nullable=False),
    Column("rules", JSON, nullable=False),
    Column("acled", String(40), nullable=False, comment="ACLED's sub-event type; empty for none"),
    Column(
        "confidence",
        Float,
        comment="How likely an event of this type stands there; empty where nothing judged it",
    ),
    _to("places", "place"),
    _to("attributions", "attribution"),
    comment="One event as one source tells it",
)

participants = Table(
    "participants",
    metadata,
    _of_article(),
    Column("event", String(12), primary_key=True),
    Column("role", String(9), primary_key=True, comment="actor or recipient"),
    _number("Order in the role"),
    Column("mention", Integer, nullable=False),
    _to("event_mentions", "event"),
    _to("mentions", "mention"),
    comment="Who did it and to whom",
)

counts = Table(
    "counts",
    metadata,
    _of_article(),
    Column("event", String(12), primary_key=True),
    _number("Order in the event"),
    Column("kind", String(20), nullable=False, comment="dead, injured, captured …"),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("victims", Integer, comment="Whose they are; never the claimant"),
    *_span(),
    Column("rule", Text, nullable=False),
    _to("event_mentions", "event"),
    _to("mentions", "victims"),
    comment="How many",
)

claims = Table(
    "claims",
    metadata,
    _of_article(),
    Column("id", String(12), primary_key=True),
    Column("number", Integer, nullable=False, comment="Order in the reading"),
    Column("event", String(12), nullable=False),
    Column("field", String(32), nullable=False),
    Column("value", Text, nullable=False),
    Column("victims", Text, nullable=False),
    Column("attribution", String(12), comment="Empty where the outlet itself says it"),
    Column("stance", String(13), nullable=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("sentence_start_char", Integer, nullable=False, comment="The sentence it stands in"),
    Column("sentence_end_char", Integer, nullable=False),
    _to("event_mentions", "event"),
    _to("attributions", "attribution"),
    Index("claims_by_field", "field"),
    comment="One value of one field of one event mention, with who says it",
)

event_rows = Table(
    "event_rows",
    metadata,
    _of_article(),
    Column("id", String(12), primary_key=True),
    Column("number", Integer, nullable=False, comment="Order in the reading: the most important first"),
    Column("type", String(12), nullable=False, index=True, comment="One of PLOVER's 16"),
    Column("modes", JSON, nullable=False),
    Column("contexts", JSON, nullable=False),
    Column("auxiliary", JSON, nullable=False),
    Column("salience", String(10), nullable=False, comment="main or background"),
    Column("members", JSON, nullable=False, comment="Event mentions, the one that tells it best first"),
    Column("claims", JSON, nullable=False, comment="Claims of the members"),
    Column("confidence", Float),
    comment="One happening as one article tells it, however often",
)

event_cells = Table(
    "event_cells",
    metadata,
    _of_article(),
    Column("event_row", String(12), primary_key=True),
    Column("field", String(10), primary_key=True, comment="actors, recipients, place, date or counts"),
    _number("Order in the field"),
    Column("basis", String(10), nullable=False, comment="stated, same_event or implied"),
    Column("start_char", Integer, nullable=False, comment="The words that say it"),
    Column("end_char", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("mention", Integer, comment="Who; for counts whose they are"),
    Column("place", Integer),
    Column("value", JSON, comment="The date or the count"),
    _to("event_rows", "event_row"),
    _to("mentions", "mention"),
    _to("places", "place"),
    comment="What an article says of a happening, and how it is known",
)

flags = Table(
    "flags",
    metadata,
    _of_article(),
    _number("Order in the text"),
    Column("kind", String(32), nullable=False, index=True),
    *_span(),
    Column("detail", Text, nullable=False),
    Column("touches", JSON, nullable=False, comment="Attributions it bears on"),
    comment="What a careful reader should know",
)

rejections = Table(
    "rejections",
    metadata,
    Column("ref", Text, primary_key=True),
    Column("reason", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("recorded_at", String(25), nullable=False),
    Column(
        "fingerprint",
        String(64),
        index=True,
        comment="Of a page that was read and whose reading no row holds: it is not read again",
    ),
    Column("signature", Text, comment="Of what read it"),
    Column(
        "language", String(8), index=True, comment="ISO 639 code, of one in another language than is read"
    ),
    comment="Pages that could not be read; a page read later is no longer listed",
)

stories = Table(
    "stories",
    metadata,
    Column("id", String(17), primary_key=True),
    Column("origin", Text, nullable=False, comment="Agency or outlet it comes from"),
    comment="Articles with their near-copies; those that new articles change are made anew",
)

copies = Table(
    "copies",
    metadata,
    Column("story", String(17), ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "article", String(16), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    Column("number", Integer, nullable=False, comment="Order in the lineage"),
    Column("copied_from", String(16), index=True, comment="Article it resembles most; empty for the first"),
    Column("cut", Float, nullable=False, comment="Share of that article's wording left out"),
    Column("added", Float, nullable=False, comment="Share of its own wording not in that article"),
    comment="Which articles are copies of one story",
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event", String(16), nullable=False, comment="What it was about, as the event was called then"),
    Column("verb", String(6), nullable=False, comment="merge, split or unsure"),
    Column("by", String(64), nullable=False, comment="Who decided"),
    Column("reason", Text, nullable=False),
    Column("made_at", String(25), nullable=False, comment="ISO date-time, UTC"),
    Column("undone_at", String(25), comment="When it was taken back; empty while it holds"),
    Column("undone_by", String(64)),
    comment="What people decided about events; nothing is ever deleted",
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("left", String(200), nullable=False, index=True, comment="Anchor of one telling"),
    Column("right", String(200), nullable=False, index=True, comment="Anchor of the other"),
    Column("by", String(64), nullable=False, comment="rule, or a person's name"),
    Column("verdict", String(9), nullable=False, comment="same, different or unsure"),
    Column("score", Float),
    Column("reason", Text, nullable=False),
    Column("made_at", String(25), nullable=False, comment="For a rule, when it first joined the two"),
    Column(
        "decision",
        Integer,
        ForeignKey("decisions.id", ondelete="CASCADE"),
        index=True,
        comment="The decision it is part of; empty for a rule. Of two on one pair the later holds",
    ),
    Column("overturned_at", String(25), comment="When a later fusion put the two into different events"),
    Column("overturned_because", Text),
    comment="Which tellings are of one event: a person's outlive every run; a rule's that is overturned says why",
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("verb", String(6), nullable=False, comment="accept, reject, recode or add"),
    # No reference: a person's word outlives the article that it was about.
    Column("article", String(16), nullable=False, index=True),
    Column("ref", Text, nullable=False, comment="Page or row id, by which a changed text is found again"),
    Column("url", Text),
    Column("claim", String(12), nullable=False, comment="As it was called then; empty for what was added"),
    Column("field", String(32), nullable=False),
    Column("sentence", Text, nullable=False, comment="Tells whether the text is still the same"),
    Column("sentence_start_char", Integer, nullable=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("trigger_start_char", Integer, nullable=False),
    Column("source_start_char", Integer, comment="Empty where the outlet itself speaks"),
    Column("machine", Text, nullable=False, comment="What the reading said then"),
    Column("values", JSON, nullable=False, comment="What the person says instead, by field"),
    Column("by", String(64), nullable=False, comment="Who"),
    Column("reason", Text, nullable=False),
    Column("made_at", String(25), nullable=False, comment="ISO date-time, UTC"),
    Column("undone_at", String(25), comment="When it was taken back; empty while it holds"),
    Column("undone_by", String(64)),
    comment="What people said of single claims; nothing is ever deleted, and the reading's own rows stay as they were read",
)

events = Table(
    "events",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("type", String(12), nullable=False),
    Column("label", Text, nullable=False),
    Column("place", Text),
    Column("country", String(3)),
    Column("start", String(25)),
    Column("end", String(25)),
    Column("articles", Integer, nullable=False),
    Column("stories", Integer, nullable=False),
    Column("origins", Integer, nullable=False, comment="Independent origins: copies count once"),
    Column("contested", JSON, nullable=False, comment="Matrix columns on which claimants disagree"),
    Column("contests", Integer, nullable=False, server_default="0", comment="How many columns are contested"),
    Column("grade", String(10), nullable=False, server_default="", comment="How well attested"),
    Column("dead_low", BigInteger, comment="Dead of all groups of victims, by the lowest figures that stand"),
    Column("dead_high", BigInteger, comment="By the highest; empty beside a dead_low: at least so many"),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", String(10), comment="Of the place"),
    Column("first_published", String(10), comment="Of the articles that tell it"),
    Column("last_published", String(10)),
    Column("confidence", Float, comment="Highest of its tellings; empty where none has any"),
    # Each order of the list, with the id that breaks ties: a page of a million is as quick as the first.
    Index("events_by_origins", "origins", "contests", "id"),
    Index("events_by_start", "start", "id"),
    Index("events_by_news", "last_published", "id"),
    Index("events_by_deaths", "dead_low", "id"),
    # Few types kill: of another, the order of all deaths would be gone through to its end.
    Index("events_by_type_and_deaths", "type", "dead_low", "id"),
    Index("events_by_confidence", "confidence", "id"),
    # All that counting and facets ask of a common type: the rows themselves, which are wide, are left alone.
    Index("events_by_type", "type", "start", "end", "grade", "country", "id"),
    Index("events_by_grade", "grade", "start"),
    Index("events_by_spot", "lat", "lon"),
    comment="What claims are about; those that new claims and judgements change are made anew",
)

event_terms = Table(
    "event_terms",
    metadata,
    Column("kind", String(10), primary_key=True, comment="mode, actor, claimant, place, dyad …"),
    Column("value", String(200), primary_key=True, comment="The same however a text puts it"),
    Column("event", String(16), ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("label", Text, nullable=False, server_default="", comment="For people, as this event gives it"),
    Index("event_terms_by_event", "event"),
    sqlite_with_rowid=False,
    comment="What events are found by",
)

terms = Table(
    "terms",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("value", String(200), primary_key=True),
    Column("label", Text, nullable=False, comment="For people"),
    Column("events", Integer, nullable=False, comment="How many events it finds"),
    Index("terms_by_events", "kind", "events"),
    comment="Each value once, with how many events it finds",
)

term_labels = Table(
    "term_labels",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("value", String(200), primary_key=True),
    Column("label", Text, primary_key=True),
    Column("events", Integer, nullable=False, comment="How many events give the term this label"),
    comment="What the labels of `terms` are chosen from",
)

changes = Table(
    "changes",
    metadata,
    Column("event", String(16), ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(8), nullable=False, comment="revised, denied, opened or settled"),
    Column("day", String(10), nullable=False, comment="When it was said"),
    Column("field", Text, nullable=False),
    Column("claimant", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("against", Text, nullable=False),
    Column("against_value", Text, nullable=False),
    Column("claim", String(40), nullable=False, comment="The later word"),
    Index("changes_by_day", "kind", "day"),
    comment="What a later word did to what was said of an event before",
)

tellings = Table(
    "tellings",
    metadata,
    Column("event", String(16), ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    # Not to the event mention: what a person added is none of the reading's rows.
    Column("article", String(16), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("event_mention", String(12), primary_key=True),
    Index("tellings_by_mention", "article", "event_mention"),
    comment="Which event mentions tell of which event",
)

# --- what fusion keeps, so that it need not start over ---

pending = Table(
    "pending",
    metadata,
    Column("id", Integer, primary_key=True),
    # No reference: it may be gone, which is what is to be seen to.
    Column("article", String(16), nullable=False),
    comment="Articles read, judged, corrected or taken away since events were last made",
)

sketches = Table(
    "sketches",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", String(16), nullable=False, unique=True),
    Column("length", Integer, nullable=False, comment="Characters of the text"),
    Column(
        "bands",
        LargeBinary,
        nullable=False,
        comment="Of its MinHash: signed numbers of 64 bits, little end first",
    ),
    Column("terms", JSON, nullable=False, comment="Its most telling words with their weights"),
    comment="What articles are compared by",
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("sketch", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
    comment="Articles with a band in common may be copies",
)

gists = Table(
    "gists",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article", String(16), nullable=False),
    Column("anchor", String(200), nullable=False, index=True, comment="As judgements name it"),
    Column("event", String(16), index=True, comment="The event it is of"),
    Column("copy_of", Integer, index=True, comment="The telling compared in place of this copy of it"),
    Column("gist", Text, nullable=False, comment="All that it is compared by"),
    Index("gists_by_article", "article"),
    comment="What tellings are compared by",
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("gist", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
    comment="Tellings with a block in common are worth comparing",
)

links = Table(
    "links",
    metadata,
    Column("left", Integer, primary_key=True, autoincrement=False),
    Column("right", Integer, primary_key=True, autoincrement=False, index=True),
    Column("score", Float, nullable=False),
    comment="Tellings that fit well enough to be of one event, if nothing speaks against it",
)

# --- what is watched, and how far it is read ---

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("id", String(16), primary_key=True, comment="From the SHA-256 of the archive's path"),
    Column("path", Text, nullable=False, comment="As it was given"),
    Column("mark", String(16), nullable=False, comment="Of the file as it was, and of how it was read"),
    Column("offset", BigInteger, nullable=False, comment="Of the record to go on at"),
    Column("known", Integer, nullable=False, comment="Pages before it of which the store holds a reading"),
    comment="How far web archives are read",
)

sources = Table(
    "sources",
    metadata,
    Column("url", String(2000), primary_key=True, comment="Of a feed, sitemap or list"),
    Column("etag", Text, comment="Of the last answer: asked with next time"),
    Column("modified", Text, comment="When it was changed, as the server said it"),
    Column("asked_at", String(25), comment="ISO date-time, UTC"),
    Column("next_at", String(25), nullable=False, index=True, comment="Not to be asked before"),
    Column("failures", Integer, nullable=False, server_default="0", comment="In a row"),
    Column("detail", Text, comment="Why it gave nothing the last time"),
    comment="Feeds, sitemaps and lists that `watch` asks",
)

addresses = Table(
    "addresses",
    metadata,
    Column("number", Integer, primary_key=True, comment="In the order found"),
    Column("url", String(2000), nullable=False, unique=True, comment="Tidied"),
    Column("source", String(2000), comment="Which named it first; empty where a person did"),
    Column("outlet", Text),
    Column("published", String(10), comment="ISO date, as the source tells it"),
    Column("state", String(8), nullable=False, comment="waiting, read or refused"),
    Column("next_at", String(25), nullable=False, comment="Of one waiting: not to be asked before"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("found_at", String(25), nullable=False, comment="ISO date-time, UTC"),
    Index("addresses_by_turn", "state", "next_at"),
    comment="Pages that feeds named, and what became of them",
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", String(16), primary_key=True, comment="The same for the same news"),
    Column("rule", String(16), nullable=False, comment="The condition, by a hash of all it says"),
    Column("event", String(16), nullable=False),
    Column("told", JSON, nullable=False, comment="All that is sent"),
    Column("recipient", Text, nullable=False, comment="Where to, without a password"),
    Column("made_at", String(25), nullable=False, comment="ISO date-time, UTC"),
    Column("sent_at", String(25), index=True, comment="Empty while it waits; - where it was only noted"),
    Column("failures", Integer, nullable=False, server_default="0"),
    comment="What watchers were told, and what they are still to be told",
)
