"""
Views: what people who query a store by hand would otherwise join again and again. They hold no rows of their own.

Each is a query of SQLAlchemy, so that it is right on SQLite and on PostgreSQL. A view may use those above it.
"""

from sqlalchemy import ClauseElement, Connection, Dialect, and_, distinct, func, select

from counterclaim.store import tables

# Name to query: `VIEWS["..."] = select(...)`.
VIEWS: dict[str, ClauseElement] = {}


def _select_claims() -> ClauseElement:
    """Every claim with who says it and the sentence it stands in."""
    claim, told, article = tables.claims.c, tables.attributions.c, tables.articles.c
    source, telling, happening = tables.mentions.c, tables.tellings.c, tables.event_mentions.c
    length = claim.sentence_end_char - claim.sentence_start_char
    return (
        select(
            claim.article,
            claim.id.label("claim"),
            telling.event,
            *(claim.field, claim.value, claim.victims, claim.stance),
            *(source.name.label("source"), source.text.label("source_text")),
            *(source.country.label("source_country"), source.sector.label("source_sector")),
            told.cue_text.label("cue"),
            *(happening.type, happening.confidence),
            func.substr(article.text, claim.sentence_start_char + 1, length).label("sentence"),
            *(article.outlet, article.agency, article.published, article.title, article.url),
        )
        .join_from(tables.claims, tables.articles, article.id == claim.article)
        .join(
            tables.attributions,
            and_(told.article == claim.article, told.id == claim.attribution),
            isouter=True,
        )
        .join(
            tables.mentions, and_(source.article == told.article, source.number == told.source), isouter=True
        )
        .join(
            tables.event_mentions,
            and_(happening.article == claim.article, happening.id == claim.event),
            isouter=True,
        )
        .join(
            tables.tellings,
            and_(telling.article == claim.article, telling.event_mention == claim.event),
            isouter=True,
        )
    )


def _select_values() -> ClauseElement:
    """Every event with each value that is told of it, and how many claims and articles give that value."""
    event, claim, telling = tables.events.c, tables.claims.c, tables.tellings.c
    told = (
        *(event.id.label("event"), event.type, event.label, event.start, event.end, event.place),
        *(event.country, event.origins),
        *(claim.field, claim.value, claim.victims, claim.stance),
    )
    return (
        select(
            *told,
            func.count().label("claims"),
            func.count(distinct(claim.article)).label("articles"),
        )
        .join_from(tables.events, tables.tellings, telling.event == event.id)
        .join(tables.claims, and_(claim.article == telling.article, claim.event == telling.event_mention))
        .group_by(*told)
    )


VIEWS["claims_with_sentences"] = _select_claims()
VIEWS["events_with_values"] = _select_values()


def make_views(connection: Connection) -> None:
    """Make them all; none may be there."""
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {write_query(query, connection.dialect)}")


def drop_views(connection: Connection) -> None:
    """Drop them all, those that use others first."""
    for name in reversed(VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def write_query(query: ClauseElement, dialect: Dialect) -> str:
    """The query in the dialect, with its values in it."""
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
