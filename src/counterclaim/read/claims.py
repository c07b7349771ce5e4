"""
What each source says happened, as events and claims: the place where nothing leaves without its speaker.

Comes in: the frames of one article and everything found around them. Goes out: one `EventMention` for
each frame and each attribution that tells it, and one `Claim` for each of its values.

"The ministry said two soldiers were killed near Goris" becomes an ASSAULT told by the ministry, with the
claims type = ASSAULT, recipients = soldiers, place = Goris, counts.dead = 2, each with stance `says`.

Known limit: all values of an event mention share its attribution; "the attack, which officials say killed
50" yields the toll as an event of its own where the parse shows the inner clause, not as a second speaker
for one field.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from counterclaim.read.attribution import tellers
from counterclaim.read.casualties import choose_counts, find_orphans, resolve_own_losses
from counterclaim.read.dates import choose_date
from counterclaim.read.places import choose_place
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import (
    Attribution,
    Claim,
    Count,
    EventMention,
    Frame,
    Mention,
    Place,
    Span,
    Timex,
    What,
)
from counterclaim.values import print_actor, print_bounds, print_date, print_place, print_value

# Stances under which what is only mentioned beside the content is not meant.
_DOUBTING = frozenset(("denies", "doubts", "cannot_verify"))


def make_events(
    tree: Tree,
    frames: tuple[Frame, ...],
    attributions: tuple[Attribution, ...],
    toponyms: tuple[Place, ...],
    times: tuple[Timex, ...],
    counts: tuple[Count, ...],
) -> tuple[EventMention, ...]:
    """The frames with place, date and counts, once for each source that tells them; ids e1, e2 … in text order."""
    by_id = {attribution.id: attribution for attribution in attributions}
    events: list[EventMention] = []
    apart: list[tuple[Count, Frame]] = []
    for frame in sorted(frames, key=lambda frame: (frame.trigger, frame.type)):
        trigger = _token_span(tree, frame.trigger)
        place = choose_place(tree, frame.trigger, toponyms)
        date = choose_date(tree, frame.trigger, times)
        told_by = frame.told_by or _tellers(tree, frame.trigger, trigger, attributions)
        counted, others = _by_teller(tree, choose_counts(tree, frame, counts, frames), told_by, attributions)
        apart += [(count, frame) for count in others]
        for teller in told_by or (None,):
            attribution = by_id[teller] if teller else None
            events.append(
                EventMention(
                    id=f"e{len(events) + 1}",
                    type=frame.type,
                    modes=frame.modes,
                    contexts=frame.contexts,
                    auxiliary=frame.auxiliary,
                    trigger=trigger,
                    actors=frame.actors,
                    recipients=frame.recipients,
                    place=place,
                    date=date,
                    counts=tuple(_with_own_losses(tree, count, attribution) for count in counted),
                    attribution=teller,
                    stance=attribution.stance if attribution else "says",
                    rules=frame.rules,
                    confidence=frame.confidence,
                )
            )
    for count, frame in (*apart, *find_orphans(tree, counts, frames)):
        _tell_losses(tree, events, frame, count, attributions)
    return tuple(events)


def _tellers(
    tree: Tree, at: int, trigger: Span, attributions: tuple[Attribution, ...]
) -> tuple[str | None, ...]:
    """
    Who tells of an event; none for the outlet itself.

    "Denied that troops fled before the attack": the flight is denied, the attack only dates it and is told by whoever tells of the denial.
    """
    found = tellers(attributions, trigger.start_char, trigger.end_char)
    return tuple(
        told.within if told.stance in _DOUBTING and _only_dates(tree, at, told.content) else told.id
        for told in found
    )


def _only_dates(tree: Tree, at: int, content: Span) -> bool:
    """Whether a word stands in a stretch of the content that says when or in spite of what: "before the attack", "after rebels shelled it"."""
    while content.start_char <= tree.idx[at] < content.end_char:
        if tree.dep[at] in {"obl", "nmod", "advcl"} and any(
            tree.dep[kid] in {"case", "mark"} and tree.words[kid] in word_class("dating")
            for kid in tree.kids[at]
        ):
            return True
        if tree.head[at] == at:
            break
        at = tree.head[at]
    return False


def _by_teller(
    tree: Tree,
    counts: tuple[Count, ...],
    told_by: tuple[str | None, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[list[Count], list[Count]]:
    """The counts whose source tells the event, and those that somebody else gives: "…, but a local chief put the dead at 20"."""
    own: list[Count] = []
    others: list[Count] = []
    for count in counts:
        word = _token_span(tree, count.trigger)
        speakers = {a.id for a in tellers(attributions, word.start_char, word.end_char)}
        (others if speakers and not speakers.intersection(told_by) else own).append(count)
    return own, others


def _tell_losses(
    tree: Tree, events: list[EventMention], frame: Frame, count: Count, attributions: tuple[Attribution, ...]
) -> None:
    """Losses told by themselves: a value more where their source tells the event too, else that source's own word of it."""
    trigger = _token_span(tree, frame.trigger)
    word = _token_span(tree, count.trigger)
    sources = tuple(a for a in tellers(attributions, word.start_char, word.end_char)) or (None,)
    for attribution in sources:
        teller = attribution.id if attribution else None
        # A source that spoke of it before ("police said … Police said 45 were dead") is the same source.
        speaker = attribution.source.actor if attribution and attribution.source else None
        own = _with_own_losses(tree, count, attribution)
        for number, event in enumerate(events):
            by = next((a for a in attributions if a.id == event.attribution), None)
            known = by.source.actor if by and by.source else None
            same = event.attribution == teller or (
                speaker is not None
                and known == speaker
                and by is not None
                and attribution is not None
                and by.stance == attribution.stance
            )
            if event.trigger == trigger and event.type == frame.type and same:
                if all(other.kind != count.kind or _are_others(other, own) for other in event.counts):
                    events[number] = replace(event, counts=(*event.counts, own))
                break
        else:
            events.append(
                EventMention(
                    id=f"e{len(events) + 1}",
                    type=frame.type,
                    modes=frame.modes,
                    contexts=frame.contexts,
                    auxiliary=(),
                    trigger=trigger,
                    actors=(),
                    recipients=(),
                    place=None,
                    date=None,
                    counts=(own,),
                    attribution=teller,
                    stance=attribution.stance if attribution else "says",
                    rules=(*frame.rules, count.rule),
                    confidence=frame.confidence,
                )
            )


def _are_others(one: Count, other: Count) -> bool:
    """As in "its own losses at 12 and Russian losses at 900": two numbers of one kind, each of its own people."""
    if one.victims is None or other.victims is None or one.start_char == other.start_char:
        return False
    return one.victims.actor != other.victims.actor


def make_claims(events: Iterable[EventMention], sentences: Sequence[tuple[int, int]]) -> tuple[Claim, ...]:
    """
    Every value of every event as a row of its own; ids c1, c2 … in the order of the events.

    Args:
        sentences: First character and end of each sentence, in text order (`find_sentences`).
    """
    starts = [start for start, _ in sentences]
    ends = [end for _, end in sentences]
    rows = ((event, *value) for event in events for value in _values(event))
    return tuple(
        Claim(
            id=f"c{number}",
            event=event.id,
            field=field,
            value=value,
            attribution=event.attribution,
            stance=event.stance,
            start_char=where.start_char,
            end_char=where.end_char,
            victims=victims,
            # From the sentence that its first character stands in to the one of its last.
            sentence_start_char=starts[max(0, bisect_right(starts, where.start_char) - 1)],
            sentence_end_char=ends[min(len(ends) - 1, bisect_left(ends, where.end_char))],
        )
        for number, (event, field, value, where, victims) in enumerate(rows, start=1)
    )


def find_sentences(tree: Tree) -> list[tuple[int, int]]:
    """First character and end of each sentence, without the white space around it."""
    found: list[tuple[int, int]] = []
    for sentence in tree.sents:
        text = sentence.text
        if text.strip():
            start = sentence.start_char + len(text) - len(text.lstrip())
            found.append((start, start + len(text.strip())))
    return found


def _with_own_losses(tree: Tree, count: Count, attribution: Attribution | None) -> Count:
    """A ministry that reports "50 military deaths" reports its own, unless the text says whose they are."""
    if count.victims is not None or attribution is None or attribution.source is None:
        return count
    return replace(count, victims=resolve_own_losses(tree, count, attribution.source))


def _token_span(tree: Tree, index: int) -> Span:
    token = tree[index]
    return Span(token.text, token.idx, token.idx + len(token))


def _values(event: EventMention) -> Iterator[tuple[str, str, Span | Mention | Place | Count, str]]:
    yield "type", print_value(What(event.type, event.modes)), event.trigger, ""
    for mention in event.actors:
        yield "actors", print_actor(mention.actor), mention, ""
    for mention in event.recipients:
        yield "recipients", print_actor(mention.actor), mention, ""
    if event.place:
        yield "place", print_place(event.place), event.place, ""
    if event.date:
        span = Span(event.date.text, event.date.start_char, event.date.end_char)
        yield "date", print_date(event.date), span, ""
    for count in event.counts:
        victims = print_actor(count.victims.actor) if count.victims else ""
        yield f"counts.{count.kind}", print_bounds(count.low, count.high), count, victims
