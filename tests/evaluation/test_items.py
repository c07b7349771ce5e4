"""What was gained and lost between two runs is told item by item, with its words."""

import doctest

import pytest

from evaluation import __main__ as runner
from evaluation import items
from evaluation.items import Items, compare, ignore, load, save


def noted(*rows):
    made = Items()
    for row in rows:
        made(*row)
    return made


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([("type", "1", False, "a")], [("type", "1", True, "b")], ["+ type  1  b"]),
        ([("type", "1", True, "a")], [("type", "1", False, "b")], ["- type  1  b"]),
        ([("type", "1", True, "a")], [("type", "1", True, "b")], []),
        ([("type", "1", False, "a")], [("type", "1", False, "b")], []),
        # What nobody asked for is lost when it comes, and gained when it goes.
        ([], [("span, none marked", "1", False, "b")], ["- span, none marked  1  b"]),
        ([("span, none marked", "1", False, "a")], [], ["+ span, none marked  1  a"]),
        # What was asked in one of the two runs only says nothing.
        ([("type", "1", False, "a")], [], []),
        ([], [("type", "1", True, "b")], []),
    ],
)
def test_gains_and_losses(before, after, told):
    assert list(compare(noted(*before), noted(*after))) == told


def test_two_items_of_one_key_are_two():
    assert len(noted(("type", "1", True, "a"), ("type", "1", False, "b"))) == 2


def test_misses_are_those_of_the_question():
    made = noted(
        ("dead", "1", False, "one\nline"), ("injured", "2", False, "two"), ("dead", "3", True, "three")
    )
    assert list(made.misses("dead")) == ["dead  1  one line"]
    assert len(list(made.misses())) == 2


def test_what_is_saved_is_loaded(tmp_path):
    made = noted(("dead", "1", False, "one"))
    save({"counts": made}, {"counts": {"f1": 0.5}}, tmp_path / "deep" / "a.json")
    assert load(tmp_path / "deep" / "a.json") == ({"counts": made}, {"counts": {"f1": 0.5}})


def test_the_example_in_the_docstring_is_right():
    assert doctest.testmod(items).failed == 0


def test_every_scorer_but_those_of_what_is_kept_out_notes_its_items():
    silent = [
        name
        for name, scorer in runner.find_scorers().items()
        if (getattr(scorer, "__kwdefaults__", None) or {}).get("note") is not ignore
    ]
    assert silent == ["event_tables", "kept_out"]


def test_scores_are_printed_with_what_changed_and_what_fell(capsys):
    assert runner.print_scores({"f1": 0.5, "recall": 0.25}, {"f1": 0.6}, {"recall": 0.2}) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert "BELOW" in first
    assert "+0.0500" in second
