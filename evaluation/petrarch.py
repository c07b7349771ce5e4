"""
Expected codings of PETRARCH's own tests: type and both actors, its invented countries imported as anybody's own actors.

Comes in: events/petrarch_unittest.jsonl and the dictionary beside this file. Goes out: ``petrarch.found``, the share of
expected codings with an event of the right type whose actor and recipient are of the expected countries;
``petrarch.typed``, the same where actor and recipient may be either way round; ``petrarch.with_sector``, where a sector
named by the coding must agree too; ``petrarch.of_all``, over every coding that has a code and two actors.
Example: "Arnor signed a trade protocol with Dagolath" expects ARN, DAG and root 08, which is AGREE, SUPPORT or COOPERATE.
Limit: the tests check a program's bookkeeping, many with sentences nobody would write, and with codes of their own
making (`ROOTS` says which are compared): comments, which PLOVER does not code, and codes such as 345 or 1717 are not.

Run as a program it lists the misses: ``python -m evaluation.petrarch``.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counterclaim.importing.petrarch import read_petrarch
from counterclaim.pipeline import read_mentions
from counterclaim.read.actors import load_actors
from counterclaim.read.actors.own import OwnActors, write_rows
from counterclaim.read.attribution import find_attributions
from counterclaim.read.dates import find_times
from counterclaim.read.events import find_frames, judge_frames
from counterclaim.read.parse import load_language, parse_all
from counterclaim.types import Article, Frame, Mention
from evaluation.items import Note, ignore

FILE = "events/petrarch_unittest.jsonl"
DICTIONARY = Path(__file__).parent / "petrarch_actors.txt"
# The tests are coded by WEIS, CAMEO's forerunner ("condemned" is 122, "signed a protocol" 085): its roots as PLOVER's
# types. Announced visits, grants and aid are AGREE, as everywhere.
ROOTS: dict[str, frozenset[str]] = {
    "01": frozenset(("CONCEDE", "RETREAT")),
    "03": frozenset(("CONSULT", "AGREE")),
    "04": frozenset(("SUPPORT",)),
    "05": frozenset(("AGREE",)),
    "06": frozenset(("SUPPORT", "AGREE", "CONCEDE", "RETREAT")),
    "07": frozenset(("AID", "AGREE")),
    "08": frozenset(("AGREE", "SUPPORT", "COOPERATE")),
    "09": frozenset(("REQUEST",)),
    "10": frozenset(("REQUEST",)),
    "11": frozenset(("REJECT",)),
    "12": frozenset(("ACCUSE",)),
    "13": frozenset(("ACCUSE",)),
    "14": frozenset(("REJECT",)),
    "15": frozenset(("REQUEST",)),
    "16": frozenset(("THREATEN",)),
    "17": frozenset(("THREATEN",)),
    "18": frozenset(("PROTEST", "MOBILIZE")),
    "19": frozenset(("SANCTION", "REJECT")),
    "20": frozenset(("SANCTION", "COERCE")),
    "21": frozenset(("COERCE",)),
    "22": frozenset(("ASSAULT",)),
}
# Some lines are coded by CAMEO instead: shells fired (194), sharing of positions (030, intent to cooperate).
CODES: dict[str, frozenset[str]] = {
    "194": frozenset(("ASSAULT",)),
    "030": frozenset(("AGREE",)),
}
COUNTRY_LETTERS = 3
# Codes of the tests that ISO and PLOVER write otherwise, and the invented names that stand for several codes at once: each
# of these is an expected coding of its own, though the name is one actor for us.
SAME = {"KUW": "KWT", "IGOEEU": "EUR", "BIL": "FRO", "SAM": "FRO", "GAL": "ELR"}


@dataclass(frozen=True, slots=True)
class Coding:
    """One expected coding with what was found for its sentence."""

    text: str
    source: str
    target: str
    code: str
    frames: tuple[Frame, ...]

    @property
    def types(self) -> frozenset[str]:
        """The types that meet its code; none where the code is not compared."""
        if len(self.code) != COUNTRY_LETTERS:
            return frozenset()
        return CODES.get(self.code) or ROOTS.get(self.code[:2], frozenset())


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """``petrarch.found``, ``typed``, ``with_sector`` and ``of_all``."""
    codings = list(_codings(corpora))
    compared = [coding for coding in codings if coding.types]
    for coding in compared:
        found_there = "; ".join(map(_describe, coding.frames)) or "nothing"
        wanted = f"{coding.source} > {coding.target} {coding.code}"
        note(
            "coding",
            f"{coding.text[:60]} {wanted}",
            is_found(coding),
            f"{wanted}, found {found_there}: {coding.text}",
        )
    found = sum(is_found(coding) for coding in compared)
    return {
        "petrarch.found": found / len(compared),
        "petrarch.typed": sum(is_found(coding, either_way=True) for coding in compared) / len(compared),
        "petrarch.with_sector": sum(is_found(coding, sectors=True) for coding in compared) / len(compared),
        "petrarch.of_all": found / len(codings),
    }


def is_found(coding: Coding, *, either_way: bool = False, sectors: bool = False) -> bool:
    """An event of the right type has the source as actor and the target as recipient, or both as its parties."""
    for frame in coding.frames:
        if frame.type not in coding.types:
            continue
        mutual = either_way or not frame.recipients
        everybody = (*frame.actors, *frame.recipients)
        actors, recipients = (everybody, everybody) if mutual else (frame.actors, frame.recipients)
        if _is_among(coding.source, actors, sectors=sectors) and _is_among(
            coding.target, recipients, sectors=sectors
        ):
            return True
    return False


def _is_among(code: str, mentions: tuple[Mention, ...], *, sectors: bool) -> bool:
    country, sector = code[:COUNTRY_LETTERS], code[COUNTRY_LETTERS : 2 * COUNTRY_LETTERS]
    country = SAME.get(code, SAME.get(country, country))
    return any(
        one.actor.country == country
        and (not sectors or not sector or sector in {one.actor.sector, *one.actor.other_sectors})
        for one in mentions
    )


def _codings(corpora: Path) -> Iterator[Coding]:
    """Every expected coding with a code and two actors, beside the frames of its sentence."""
    lines = (corpora / FILE).read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    actors = import_actors()
    docs = parse_all([row["text"] for row in rows], load_language())
    for row, doc in zip(rows, docs, strict=True):
        date = row["date"]
        published = f"{date[:4]}-{date[4:6]}-{date[6:]}"
        article = Article(id="", ref="", text=row["text"], published=published)
        tree, _ = read_mentions(doc, article, actors)
        attributions = find_attributions(tree)
        frames = judge_frames(tree, find_frames(tree, attributions), attributions, find_times(tree, article))
        for expected in row["expected"]:
            source, target, code = expected["source"], expected["target"], expected["code"]
            if code and source and target and source[0].isalpha() and target[0].isalpha():
                yield Coding(row["text"], source, target, code, frames)


def import_actors() -> OwnActors:
    """The dictionary beside this file, by way of the table that ``counterclaim actors import`` writes."""
    rows, problems = read_petrarch(DICTIONARY.read_text(encoding="utf-8").split("\n"))
    if problems:
        raise ValueError(f"{DICTIONARY.name} line {problems[0].line}: {problems[0].reason}")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "actors.tsv"
        table.write_text("".join(f"{line}\n" for line in write_rows(rows)), encoding="utf-8")
        return load_actors(table)


def _describe(frame: Frame) -> str:
    sides = (" ".join(one.actor.country or "?" for one in side) for side in (frame.actors, frame.recipients))
    return f"{frame.type} {' > '.join(sides)}"


if __name__ == "__main__":
    default = Path(__file__).parent.parent.parent / "shared" / "corpora"
    for coding in _codings(Path(os.environ.get("COUNTERCLAIM_CORPORA", default))):
        if coding.types and not is_found(coding):
            found = "; ".join(_describe(frame) for frame in coding.frames)
            sys.stdout.write(f"{coding.source} > {coding.target} {coding.code}\t{coding.text}\t{found}\n")
