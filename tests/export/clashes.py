"""Reports of one clash that differ in the toll, and the events that fusion makes of reports."""

from counterclaim.export.fused import fuse_event
from counterclaim.fuse import fuse
from counterclaim.fuse.resolution import make_rule
from counterclaim.fuse.tellings import make_tellings
from counterclaim.gather.duplicates import collapse
from tests.handmade import count, report, tell, when, where, who


def clash(number, side, *, said="Norland", code="NOR", place=None, day="2024-05-07", mutual=False):
    text = (
        f"{said} said {number} soldiers of {side} died in the clash of Norland with Sudria in Vask on Monday."
    )
    soldiers = who("soldiers", side, "MIL")
    return report(
        text,
        tell(
            "ASSAULT",
            "clash",
            actors=[who("Norland", "NOR"), who("Sudria", "SUD")] if mutual else [],
            recipients=[] if mutual else [soldiers],
            place=place or where("Vask", "NOR", 60.1, 10.2, geonameid=1),
            date=when("Monday", "2024-05-06"),
            counts=[count(f"{number} soldiers", "dead", number, victims=soldiers)],
            by=who(said, code, "GOV", actor_id=code),
            modes=["firearms"],
        ),
        ref=f"{said} {number}",
        published=day,
    )


def fuse_reports(*reports, rule):
    stories = collapse(reading.article for reading in reports)
    told = {}
    for telling in make_tellings(reports, stories):
        told.setdefault((telling.article.id, telling.mention.id), []).append(telling)
    for event in fuse(reports, stories):
        tellings = [telling for member in event.members for telling in told[member]]
        yield fuse_event(event, tuple(tellings), make_rule(rule))
