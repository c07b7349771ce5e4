"""Articles one by one or in processes: same results, same order, failures kept apart."""

import pytest

from counterclaim.errors import KnowledgeError, Unreadable
from counterclaim.executors import processes, serial
from counterclaim.types import Rejection


def square(number):
    if number == 3:
        raise Unreadable("empty", "There is no text. Give a page with some.")
    if number == 5:
        raise ZeroDivisionError("five")
    return number * number


def broken_knowledge(_):
    raise KnowledgeError("cues.tsv line 3: too many cells. Remove a tab.")


EXPECTED = [
    0,
    1,
    4,
    Rejection("3", "empty", "There is no text. Give a page with some."),
    16,
    "ZeroDivisionError: five",
    36,
]


def check(results):
    assert len(results) == len(EXPECTED)
    for result, expected in zip(results, EXPECTED, strict=True):
        if isinstance(expected, str):
            assert result.reason == "error"
            assert result.detail.startswith(expected)
            assert "test_executors.py:" in result.detail
        else:
            assert result == expected


def test_a_failing_article_becomes_a_rejection_and_the_others_are_read():
    check(list(serial.map_articles(square, range(7), name=str)))


def test_several_processes_give_the_same_results_in_the_same_order():
    check(list(processes.map_articles(square, range(7), name=str, jobs=2)))


def test_one_job_starts_no_process():
    check(list(processes.map_articles(square, range(7), name=str, jobs=1)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_strict_lets_the_exception_through(jobs):
    with pytest.raises(ZeroDivisionError):
        list(processes.map_articles(square, [5], name=str, jobs=jobs, strict=True))


def test_broken_knowledge_is_no_articles_fault_and_ends_the_run():
    with pytest.raises(KnowledgeError):
        list(serial.map_articles(broken_knowledge, [1], name=str))


def test_items_are_asked_for_only_as_they_are_needed():
    asked = []

    def numbers():
        for number in range(100):
            asked.append(number)
            yield number

    results = serial.map_articles(str, numbers(), name=str)
    next(results)
    assert asked == [0]
