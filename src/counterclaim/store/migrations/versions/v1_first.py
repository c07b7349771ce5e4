"""The tables of the first stores, as they were: what every later migration starts from."""

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
)

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make them all, empty."""
    op.create_table(
        "articles",
        Column("id", String(length=16), nullable=False, comment="From the SHA-256 of url, title and text"),
        Column("ref", Text(), nullable=False, comment="Path or row id it was first seen under"),
        Column("title", Text(), nullable=True),
        Column("url", Text(), nullable=True),
        Column("outlet", Text(), nullable=True, comment="Who published"),
        Column("agency", Text(), nullable=True, comment="Wire service credited"),
        Column("authors", JSON(), nullable=False),
        Column("published", String(length=10), nullable=True, comment="ISO date"),
        Column("published_from", String(length=10), nullable=False, comment="How the date is known"),
        Column("dateline_place", Text(), nullable=True),
        Column("dateline_date", Text(), nullable=True),
        Column("has_dateline", Boolean(), nullable=False),
        Column("language", String(length=3), nullable=False),
        Column("text", Text(), nullable=False, comment="All offsets refer to it"),
        Column("sha256", String(length=64), nullable=False, comment="Of the page's bytes"),
        Column("signature", Text(), nullable=False, comment="What read it"),
        Column("recorded_at", String(length=25), nullable=False, comment="ISO date-time, UTC"),
        PrimaryKeyConstraint("id"),
        comment="One cleaned text each",
    )
    op.create_index(op.f("ix_articles_outlet"), "articles", ["outlet"])
    op.create_index(op.f("ix_articles_published"), "articles", ["published"])
    op.create_table(
        "counterclaim",
        Column("name", String(length=32), nullable=False),
        Column("value", Text(), nullable=False),
        PrimaryKeyConstraint("name"),
        comment="What this store is: schema_version",
    )
    op.create_table(
        "events",
        Column("id", String(length=12), nullable=False),
        Column("type", String(length=12), nullable=False),
        Column("label", Text(), nullable=False),
        Column("place", Text(), nullable=True),
        Column("country", String(length=3), nullable=True),
        Column("start", String(length=25), nullable=True),
        Column("end", String(length=25), nullable=True),
        Column("articles", Integer(), nullable=False),
        Column("stories", Integer(), nullable=False),
        Column("origins", Integer(), nullable=False, comment="Independent origins: copies count once"),
        Column("contested", JSON(), nullable=False, comment="Matrix columns on which claimants disagree"),
        PrimaryKeyConstraint("id"),
        comment="What claims are about; made anew from claims and judgements by every run",
    )
    op.create_index(op.f("ix_events_start"), "events", ["start"])
    op.create_index(op.f("ix_events_type"), "events", ["type"])
    op.create_table(
        "judgements",
        Column("left", String(length=200), nullable=False, comment="Anchor of one telling"),
        Column("right", String(length=200), nullable=False, comment="Anchor of the other"),
        Column("by", String(length=64), nullable=False, comment="rule, or a person's name"),
        Column("verdict", String(length=9), nullable=False, comment="same, different or unsure"),
        Column("score", Float(), nullable=True),
        Column("reason", Text(), nullable=False),
        Column("made_at", String(length=25), nullable=False),
        PrimaryKeyConstraint("left", "right", "by"),
        comment="Which tellings are of one event; a person's outlive every run",
    )
    op.create_table(
        "rejections",
        Column("ref", Text(), nullable=False),
        Column("reason", Text(), nullable=False),
        Column("detail", Text(), nullable=False),
        Column("recorded_at", String(length=25), nullable=False),
        PrimaryKeyConstraint("ref"),
        comment="Pages that could not be read; a page read later is no longer listed",
    )
    op.create_index(op.f("ix_rejections_reason"), "rejections", ["reason"])
    op.create_table(
        "runs",
        Column("id", Integer(), nullable=False),
        Column("started_at", String(length=25), nullable=False, comment="ISO date-time, UTC"),
        Column("finished_at", String(length=25), nullable=True, comment="Empty for a run that was cut short"),
        Column("signature", Text(), nullable=False, comment="What read the articles"),
        Column("read", Integer(), nullable=True, comment="Articles read in this run"),
        Column("known", Integer(), nullable=True, comment="Pages already read with this signature"),
        Column("rejected", Integer(), nullable=True, comment="Pages that could not be read"),
        PrimaryKeyConstraint("id"),
        comment="One execution of `counterclaim run`",
    )
    op.create_table(
        "stories",
        Column("id", String(length=17), nullable=False),
        Column("origin", Text(), nullable=False, comment="Agency or outlet it comes from"),
        PrimaryKeyConstraint("id"),
        comment="Articles with their near-copies; made anew by every run",
    )
    op.create_table(
        "copies",
        Column("story", String(length=17), nullable=False),
        Column("article", String(length=16), nullable=False),
        Column("number", Integer(), nullable=False, comment="Order in the lineage"),
        Column(
            "copied_from",
            String(length=16),
            nullable=True,
            comment="Article it resembles most; empty for the first",
        ),
        Column("cut", Float(), nullable=False, comment="Share of that article's wording left out"),
        Column("added", Float(), nullable=False, comment="Share of its own wording not in that article"),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["story"], ["stories.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("story", "article"),
        comment="Which articles are copies of one story",
    )
    op.create_index(op.f("ix_copies_article"), "copies", ["article"])
    op.create_table(
        "dropped",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("number", Integer(), autoincrement=False, nullable=False, comment="Order on the page"),
        Column("text", Text(), nullable=False),
        Column("reason", Text(), nullable=False),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "number"),
        comment="Passages left out of the article's text",
    )
    op.create_table(
        "flags",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("number", Integer(), autoincrement=False, nullable=False, comment="Order in the text"),
        Column("kind", String(length=32), nullable=False),
        Column("text", Text(), nullable=False, comment="The words"),
        Column("start_char", Integer(), nullable=False, comment="First character in the article's text"),
        Column("end_char", Integer(), nullable=False, comment="Character after the last"),
        Column("detail", Text(), nullable=False),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "number"),
        comment="What a careful reader should know",
    )
    op.create_index(op.f("ix_flags_kind"), "flags", ["kind"])
    op.create_table(
        "mentions",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("number", Integer(), autoincrement=False, nullable=False, comment="Order of first use"),
        Column("text", Text(), nullable=False, comment="The words"),
        Column("start_char", Integer(), nullable=False, comment="First character in the article's text"),
        Column("end_char", Integer(), nullable=False, comment="Character after the last"),
        Column(
            "kind", String(length=10), nullable=False, comment="name, metonym, nominal, pronoun or adjective"
        ),
        Column("anonymous", Boolean(), nullable=False, comment="The text withholds who it is"),
        Column(
            "antecedent", Integer(), nullable=True, comment="First character of the mention it refers back to"
        ),
        Column("actor_id", Text(), nullable=True),
        Column("name", Text(), nullable=False),
        Column(
            "country", String(length=3), nullable=True, comment="ISO 3166-1 alpha-3 or PLOVER's IGO, NGO …"
        ),
        Column("sector", String(length=3), nullable=True, comment="PLOVER primary sector"),
        Column("other_sectors", JSON(), nullable=False),
        Column("rule", Text(), nullable=False),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "number"),
        comment="Who the text speaks of, and the actor each was resolved to",
    )
    op.create_index(op.f("ix_mentions_actor_id"), "mentions", ["actor_id"])
    op.create_index(op.f("ix_mentions_country"), "mentions", ["country"])
    op.create_table(
        "pages",
        Column(
            "fingerprint",
            String(length=64),
            nullable=False,
            comment="SHA-256 of the bytes and all that was given with them",
        ),
        Column("ref", Text(), nullable=False, comment="Path or row id"),
        Column("article", String(length=16), nullable=False),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("fingerprint"),
        comment="Which page became which article: tells a second run what is already read",
    )
    op.create_index(op.f("ix_pages_article"), "pages", ["article"])
    op.create_table(
        "places",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("number", Integer(), autoincrement=False, nullable=False, comment="Order in the text"),
        Column("text", Text(), nullable=False, comment="The words"),
        Column("start_char", Integer(), nullable=False, comment="First character in the article's text"),
        Column("end_char", Integer(), nullable=False, comment="Character after the last"),
        Column("name", Text(), nullable=False),
        Column("geonameid", Integer(), nullable=True),
        Column("lat", Float(), nullable=True),
        Column("lon", Float(), nullable=True),
        Column("country", String(length=3), nullable=True),
        Column("admin1", Text(), nullable=True),
        Column("feature_code", String(length=10), nullable=True),
        Column("precision", String(length=10), nullable=False),
        Column("adjectival", Boolean(), nullable=False),
        Column("rule", Text(), nullable=False),
        Column("toponym", Boolean(), nullable=False, comment="Listed among the toponyms of the reading"),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "number"),
        comment="Toponyms and the places they were resolved to",
    )
    op.create_index(op.f("ix_places_geonameid"), "places", ["geonameid"])
    op.create_table(
        "times",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("number", Integer(), autoincrement=False, nullable=False, comment="Order in the text"),
        Column("text", Text(), nullable=False, comment="The words"),
        Column("start_char", Integer(), nullable=False, comment="First character in the article's text"),
        Column("end_char", Integer(), nullable=False, comment="Character after the last"),
        Column("type", String(length=8), nullable=False, comment="TIMEX3 type"),
        Column("value", Text(), nullable=False, comment="TIMEX3 value"),
        Column("start", String(length=25), nullable=True),
        Column("end", String(length=25), nullable=True),
        Column("precision", String(length=6), nullable=True),
        Column("rule", Text(), nullable=False),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "number"),
        comment="Time expressions",
    )
    op.create_table(
        "attributions",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("id", String(length=12), nullable=False),
        Column("number", Integer(), nullable=False, comment="Order in the reading"),
        Column(
            "source",
            Integer(),
            nullable=True,
            comment="Mention that speaks; empty where the text names nobody",
        ),
        Column("cue_text", Text(), nullable=True, comment="The words"),
        Column("cue_start_char", Integer(), nullable=True, comment="First character in the article's text"),
        Column("cue_end_char", Integer(), nullable=True, comment="Character after the last"),
        Column("cue_lemma", Text(), nullable=True),
        Column("content_text", Text(), nullable=False, comment="The words"),
        Column(
            "content_start_char", Integer(), nullable=False, comment="First character in the article's text"
        ),
        Column("content_end_char", Integer(), nullable=False, comment="Character after the last"),
        Column("stance", String(length=13), nullable=False),
        Column("via", JSON(), nullable=False),
        Column(
            "within", String(length=12), nullable=True, comment="Attribution whose content holds this one"
        ),
        Column("rule", Text(), nullable=False),
        ForeignKeyConstraint(
            ["article", "source"], ["mentions.article", "mentions.number"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "id"),
        comment="Somebody is said to have said something",
    )
    op.create_table(
        "event_mentions",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("id", String(length=12), nullable=False),
        Column("number", Integer(), nullable=False, comment="Order in the reading"),
        Column("type", String(length=12), nullable=False, comment="One of PLOVER's 16"),
        Column("modes", JSON(), nullable=False),
        Column("contexts", JSON(), nullable=False),
        Column("auxiliary", JSON(), nullable=False, comment="historical, future, hypothetical, negation"),
        Column("trigger_text", Text(), nullable=False, comment="The words"),
        Column(
            "trigger_start_char", Integer(), nullable=False, comment="First character in the article's text"
        ),
        Column("trigger_end_char", Integer(), nullable=False, comment="Character after the last"),
        Column("place", Integer(), nullable=True),
        Column("date_text", Text(), nullable=True, comment="The words"),
        Column("date_start_char", Integer(), nullable=True, comment="First character in the article's text"),
        Column("date_end_char", Integer(), nullable=True, comment="Character after the last"),
        Column("start", String(length=25), nullable=True, comment="ISO date or date-time"),
        Column("end", String(length=25), nullable=True),
        Column("precision", String(length=6), nullable=True),
        Column(
            "attribution", String(length=12), nullable=True, comment="Empty where the outlet itself tells it"
        ),
        Column("stance", String(length=13), nullable=False),
        Column("rules", JSON(), nullable=False),
        ForeignKeyConstraint(
            ["article", "attribution"], ["attributions.article", "attributions.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["article", "place"], ["places.article", "places.number"], ondelete="CASCADE"),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "id"),
        comment="One event as one source tells it",
    )
    op.create_index(op.f("ix_event_mentions_start"), "event_mentions", ["start"])
    op.create_index(op.f("ix_event_mentions_type"), "event_mentions", ["type"])
    op.create_table(
        "claims",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("id", String(length=12), nullable=False),
        Column("number", Integer(), nullable=False, comment="Order in the reading"),
        Column("event", String(length=12), nullable=False),
        Column("field", String(length=32), nullable=False),
        Column("value", Text(), nullable=False),
        Column("victims", Text(), nullable=False),
        Column(
            "attribution", String(length=12), nullable=True, comment="Empty where the outlet itself says it"
        ),
        Column("stance", String(length=13), nullable=False),
        Column("start_char", Integer(), nullable=False),
        Column("end_char", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["article", "attribution"], ["attributions.article", "attributions.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["article", "event"], ["event_mentions.article", "event_mentions.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "id"),
        comment="One value of one field of one event mention, with who says it",
    )
    op.create_index("claims_by_field", "claims", ["field"])
    op.create_table(
        "counts",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("event", String(length=12), nullable=False),
        Column("number", Integer(), autoincrement=False, nullable=False, comment="Order in the event"),
        Column("kind", String(length=20), nullable=False, comment="dead, injured, captured …"),
        Column("low", Integer(), nullable=True),
        Column("high", Integer(), nullable=True),
        Column("victims", Integer(), nullable=True, comment="Whose they are; never the claimant"),
        Column("text", Text(), nullable=False, comment="The words"),
        Column("start_char", Integer(), nullable=False, comment="First character in the article's text"),
        Column("end_char", Integer(), nullable=False, comment="Character after the last"),
        Column("rule", Text(), nullable=False),
        ForeignKeyConstraint(
            ["article", "event"], ["event_mentions.article", "event_mentions.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["article", "victims"], ["mentions.article", "mentions.number"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "event", "number"),
        comment="How many",
    )
    op.create_table(
        "participants",
        Column("article", String(length=16), nullable=False, comment="Article it was read from"),
        Column("event", String(length=12), nullable=False),
        Column("role", String(length=9), nullable=False, comment="actor or recipient"),
        Column("number", Integer(), autoincrement=False, nullable=False, comment="Order in the role"),
        Column("mention", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["article", "event"], ["event_mentions.article", "event_mentions.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["article", "mention"], ["mentions.article", "mentions.number"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("article", "event", "role", "number"),
        comment="Who did it and to whom",
    )
    op.create_table(
        "tellings",
        Column("event", String(length=12), nullable=False),
        Column("article", String(length=16), nullable=False),
        Column("event_mention", String(length=12), nullable=False),
        ForeignKeyConstraint(
            ["article", "event_mention"], ["event_mentions.article", "event_mentions.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["event"], ["events.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("event", "article", "event_mention"),
        comment="Which event mentions tell of which event",
    )
    op.create_index("tellings_by_mention", "tellings", ["article", "event_mention"])
