"""A text that was parsed before is parsed the same without the network."""

import pytest

from counterclaim.read.parse import load_language, parse
from evaluation.parses import Kept, keep_parses

TEXT = "BAKU, May 4 - The army said two soldiers died. Tbilisi denied it.\n\nNobody else spoke."


@pytest.fixture
def component(monkeypatch):
    encoder = load_language().get_pipe("encoder")
    monkeypatch.setattr(encoder, "kept", None)
    return encoder


@pytest.mark.weights
def test_a_text_parsed_before_is_parsed_the_same_without_the_network(component, tmp_path, monkeypatch):
    fresh = parse(TEXT, load_language())
    keep_parses(load_language(), tmp_path)
    first = parse(TEXT, load_language())
    monkeypatch.setattr(component, "_session", None)
    again = parse(TEXT, load_language())
    assert fresh.to_json() == first.to_json() == again.to_json()


@pytest.mark.weights
def test_the_file_is_named_by_the_weights(component, tmp_path):
    keep_parses(load_language(), tmp_path)
    assert next(path.name for path in tmp_path.glob("*.db")).startswith(
        f"parses-{load_language().meta['weights_hash']}-"
    )


def test_what_is_kept_is_there_for_another_process(tmp_path):
    Kept(tmp_path / "a.db")["words"] = b"labels"
    again = Kept(tmp_path / "a.db")
    assert again.get("words") == b"labels"
    assert again.get("other") is None
    assert list(again) == ["words"]
    del again["words"]
    assert len(again) == 0
