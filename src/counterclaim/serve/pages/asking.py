"""What an address may ask of a list of events, checked; and the same as the store's filter."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from counterclaim.store.queries import Filter

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Word = Annotated[str, Field(max_length=200)]
Order = Literal["origins", "newest", "news", "deaths", "confidence"]


def _drop_empty(value: object) -> object:
    """A form sends what is left blank as an empty text."""
    if isinstance(value, list):
        return [one for one in value if one != ""]
    return None if value == "" else value


def _parse_box(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    return [part.strip() for part in value.split(",")]


Blank = BeforeValidator(_drop_empty)
Words = Annotated[list[Word], Blank, Field(max_length=50)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


def parse_box(text: str | None) -> tuple[float, float, float, float] | None:
    """
    West, south, east, north; None for what is no box.

    >>> parse_box("44,38.5,51,42"), parse_box(""), parse_box("1,2")
    ((44.0, 38.5, 51.0, 42.0), None, None)
    """
    try:
        west, south, east, north = (float(part) for part in (text or "").split(","))
    except ValueError:
        return None
    inside = -180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if inside else None


class EventQuery(BaseModel):
    """Which events, in which order, from where on."""

    model_config = ConfigDict(extra="ignore")

    since: Annotated[Day | None, Blank] = Field(None, description="Events of which some day is this or later")
    until: Annotated[Day | None, Blank] = Field(None, description="Events that began on this day or earlier")
    box: Annotated[str | None, Blank] = Field(
        None,
        description="West,south,east,north in degrees",
        examples=["44,38,51,42"],
        pattern=r"^-?\d{1,3}(\.\d{1,9})?(,-?\d{1,3}(\.\d{1,9})?){3}$",
    )
    type: Words = Field(default_factory=list, description="PLOVER types, such as ASSAULT")
    mode: Words = Field(default_factory=list, description="PLOVER modes, such as drone")
    context: Words = Field(default_factory=list, description="PLOVER contexts, such as military")
    realis: Words = Field(default_factory=list, description="happened, expected or historical")
    actor: Words = Field(default_factory=list, description="Who did it or to whom it was done, by id or name")
    claimant: Words = Field(default_factory=list, description="Who speaks of it")
    place: Words = Field(default_factory=list, description="GeoNames id or name")
    country: Words = Field(default_factory=list, description="Where: ISO 3166-1 alpha-3")
    grade: Words = Field(default_factory=list, description="confirmed, fair, weak, contested or discounted")
    contested: Annotated[bool | None, Blank] = Field(
        None, description="Only where claimants contradict each other"
    )
    denied: Annotated[bool | None, Blank] = Field(None, description="Only what somebody denies")
    deaths: Annotated[int | None, Blank] = Field(None, ge=0, le=10**9, description="At least so many dead")
    confidence: Annotated[float | None, Blank] = Field(None, ge=0, le=1, description="At least so sure")

    def to_filter(self) -> Filter:
        """The same as the store asks it."""
        return Filter(
            since=self.since,
            until=self.until,
            box=parse_box(self.box),
            type=tuple(self.type),
            mode=tuple(self.mode),
            context=tuple(self.context),
            realis=tuple(self.realis),
            actor=tuple(self.actor),
            claimant=tuple(self.claimant),
            place=tuple(self.place),
            country=tuple(self.country),
            grade=tuple(self.grade),
            contested=bool(self.contested),
            denied=bool(self.denied),
            deaths=self.deaths,
            confidence=self.confidence,
        )


class EventPageQuery(EventQuery):
    """The same with an order and a place in it."""

    order: Annotated[Order, BeforeValidator(lambda value: value or "origins")] = Field(
        "origins", description="Most first"
    )
    after: Annotated[Word | None, Blank] = Field(None, description="Where the page before ended: its `after`")
    limit: int = Field(50, ge=1, le=200, description="So many on a page")
