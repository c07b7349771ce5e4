"""Whatever is asked of any address that OpenAPI describes, the answer is no failure of the server."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.serve.conftest import TOKEN

schemathesis = pytest.importorskip(
    "schemathesis", reason="schemathesis is not installed: pip install '.[dev]'"
)

BEARER = {"authorization": f"Bearer {TOKEN}"}
# Of each kind one that is there: made-up names alone would never get past the first look-up.
THERE = {
    "/events/{name}.json": "E",
    "/articles/{name}.json": "abcdef",
    "/claims/{name}.json": "abcdef:c6",
    "/actors/{name}.json": "COD.MIL",
}


def test_nothing_that_is_asked_breaks_it(app):
    # Not by its plugin for pytest: of release 4.32 it fails with pytest 9.
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def ask(case):
            answer = case.call(headers=BEARER)
            assert answer.status_code < 500, (answer.status_code, case.as_curl_command())

        ask()
        asked += 1
    assert asked > 15


@pytest.mark.parametrize("path", THERE)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(["rule", "since", "q", "order", "after", "limit", "box", "offset", "seed"]),
        st.text(max_size=12),
    )
)
def test_what_is_there_answers_whatever_else_is_asked(client, path, query):
    answer = client.get(path.format(name=THERE[path]), params=query)
    assert answer.status_code in {200, 404, 422}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30))
def test_any_text_can_be_searched(client, words):
    assert client.get("/search.json", params={"q": words}).status_code == 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=30))
def test_any_path_answers_with_a_page(client, path):
    answer = client.get("/" + quote(path))
    assert answer.status_code < 500
