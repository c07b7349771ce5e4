"""Who a row of the event table names: by how likely each candidate took part, and from where it may be taken."""

from types import SimpleNamespace

import pytest

from counterclaim.read.table.who import Likely, parties
from counterclaim.types import Actor, Mention

VILLAGERS = Mention(
    *("the villagers", 40, 53, 8, 10, 9, "nominal"),
    Actor(None, "the villagers", None, "CVL"),
    anonymous=False,
    antecedent=None,
    rule="roles/villagers",
)


def member(at, **named):
    # Each word its own sentence.
    return SimpleNamespace(
        at=at,
        type="ASSAULT",
        actors=named.get("actors", ()),
        recipients=named.get("recipients", ()),
        counts=(),
        place=None,
        date=None,
        auxiliary=frozenset(),
        events=(),
        tree=SimpleNamespace(sentence_of=range(100)),
    )


def likely(*, beside, actor=0.0, recipient=0.0):
    return [Likely(VILLAGERS, actor, recipient, beside)]


def cells(role, *pairs):
    members = [one for one, _ in pairs]
    return parties(members, role, {(one.at, one.type): found for one, found in pairs})


@pytest.mark.parametrize("turned", [False, True])
def test_what_one_member_states_another_does_not_make_implied(turned):
    pairs = [
        (member(3, recipients=(VILLAGERS,)), likely(beside=True, recipient=0.9)),
        (member(30), likely(beside=False, recipient=0.9)),
    ]
    (cell,) = cells("recipients", *(reversed(pairs) if turned else pairs))
    assert (cell.basis, cell.rule) == ("stated", "member")


def test_whom_another_sentence_names_is_implied():
    (cell,) = cells("recipients", (member(30), likely(beside=False, recipient=0.9)))
    assert (cell.basis, cell.rule) == ("implied", "table/partaking")


def test_what_another_mention_than_the_fullest_says_is_of_the_same_event():
    fullest = member(3, recipients=(VILLAGERS, VILLAGERS))
    (cell,) = cells(
        "actors", (fullest, []), (member(30, actors=(VILLAGERS,)), likely(beside=True, actor=0.9))
    )
    assert (cell.basis, cell.rule) == ("same_event", "member")


def test_who_acted_is_never_taken_from_another_sentence():
    assert cells("actors", (member(30), likely(beside=False, actor=0.99))) == ()


def test_whom_the_patterns_name_and_the_weights_hold_unlikely_is_left_out():
    assert cells("actors", (member(3, actors=(VILLAGERS,)), likely(beside=True, actor=0.1))) == ()
