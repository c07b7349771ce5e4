"""Articles one by one or in processes: same results, same order, failures kept apart."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from counterclaim.errors import CounterclaimError, ExtraMissing, KnowledgeError, Unreadable
from counterclaim.executors import processes, serial
from counterclaim.executors.processes import Budget
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


def misbehave(number):
    """Articles as they come: 2 never ends, 4 wants all memory, 6 takes its process down."""
    if number == 2:
        time.sleep(600)
    if number == 4:
        return len(bytearray(3_000_000_000))
    if number == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.skipif(sys.platform != "linux", reason="only here the system limits a process's memory")
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_beyond_its_budget_is_a_rejection_and_the_others_are_read(jobs):
    budget = Budget(seconds=2, megabytes=1500)
    results = list(processes.map_articles(misbehave, range(8), name=str, jobs=jobs, budget=budget))
    told = [one.reason if isinstance(one, Rejection) else one for one in results]
    assert told == [0, 1, "too_slow", 3, "too_large", 5, "killed", 7]


def die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_processes_that_all_die_at_once_end_the_run():
    with pytest.raises(CounterclaimError, match="before they read anything"):
        list(processes.map_articles(die, range(50), name=str, jobs=2))


def test_a_process_that_dies_is_an_error_where_everything_counts():
    with pytest.raises(CounterclaimError, match="was killed"):
        list(processes.map_articles(die, [1], name=str, jobs=2, strict=True))


def count_up(number):
    for one in range(number):
        if one == 7:
            raise Unreadable("empty", "Seven.")
        yield number, one


def test_items_of_several_results_give_them_all_whoever_works_on_them():
    expected = [(number, one) for number in range(6) for one in range(number)]
    assert list(processes.map_items(count_up, range(6), jobs=1)) == expected
    assert sorted(processes.map_items(count_up, range(6), jobs=2)) == expected


def sleep_after_first(_):
    yield 1
    time.sleep(600)


def test_a_result_comes_before_the_item_is_done_and_no_process_is_left_when_nobody_waits():
    results = processes.map_items(sleep_after_first, [0, 1], jobs=2)
    assert next(results) == 1
    results.close()
    assert not processes.multiprocessing.active_children()


def die_after_first(_):
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_came_before_a_process_was_killed_is_given_and_then_it_is_told():
    results = processes.map_items(die_after_first, [0], jobs=2)
    assert next(results) == 1
    with pytest.raises(CounterclaimError, match="was killed"):
        next(results)


def test_an_exception_among_several_results_comes_through():
    with pytest.raises(Unreadable, match="Seven"):
        list(processes.map_items(count_up, [9], jobs=2))


def raise_extra(_):
    raise ExtraMissing("pyarrow", "parquet")


def raise_unreadable(_):
    raise Unreadable("empty", "Nothing.")


@pytest.mark.parametrize(("function", "error"), [(raise_extra, ExtraMissing), (raise_unreadable, Unreadable)])
def test_our_own_exceptions_come_through_from_another_process(function, error):
    with pytest.raises(error):
        list(processes.map_articles(function, [1], name=str, jobs=2, strict=True))


def fail_as_a_pipe_does(_):
    raise EOFError("of the article")


def test_an_exception_that_looks_like_a_lost_process_is_none():
    (result,) = processes.map_articles(fail_as_a_pipe_does, [1], name=str, jobs=2)
    assert result.reason == "error"


def test_no_process_outlives_a_reading_that_is_abandoned():
    results = processes.map_articles(misbehave, [0, 2, 2, 2], name=str, jobs=2)
    next(results)
    started = [one for one in threading.enumerate() if one.name.startswith("reader")]
    results.close()
    assert started
    assert not [one for one in threading.enumerate() if one in started]
    assert not processes.multiprocessing.active_children()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no list of processes here")
def test_no_process_outlives_a_parent_that_is_killed():
    script = (
        "import time, os\n"
        "from counterclaim.executors.processes import map_articles\n"
        "if __name__ == '__main__':\n"
        "    for pid in map_articles(__import__('tests.executors.test_executors', fromlist=['x']).tell_and_sleep, [0, 0, 1, 1],"
        " name=str, jobs=2):\n"
        "        print(pid, flush=True)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    readers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 60
    while any(Path(f"/proc/{one}").exists() for one in readers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [one for one in readers if Path(f"/proc/{one}").exists()]


def tell_and_sleep(seconds):
    time.sleep(600 * seconds)
    return os.getpid()
