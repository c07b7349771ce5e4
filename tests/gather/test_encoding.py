"""Bytes of any encoding become text, or are refused for a reason."""

import contextlib
import encodings.aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.errors import Unreadable
from counterclaim.gather.encoding import decode, find_charset

ENGLISH = "The envoy – a former minister of Côte d’Ivoire – said the talks would go on for another week in the capital.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_english_news_is_read_in_the_encodings_it_comes_in(encoding):
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


def test_a_utf8_mark_stays_so_that_offsets_are_the_inputs_own():
    assert decode(b"\xef\xbb\xbfTalks began.") == "\ufeffTalks began."


def test_a_declared_charset_is_believed_where_the_bytes_are_not_utf8():
    page = '<html><head><meta charset="windows-1251"></head><body>Мир</body></html>'
    assert "Мир" in decode(page.encode("cp1251"))


# Every name under which this Python can decode: those that are no charset of a text among them.
ALL = sorted(
    {
        *encodings.aliases.aliases,
        *encodings.aliases.aliases.values(),
        "undefined",
        "idna",
        "oem",
        "mbcs",
        "nonsense",
    }
)


@pytest.mark.parametrize("charset", ALL)
def test_no_declared_charset_gives_what_cannot_be_stored(charset):
    text = rb"Lone halves \ud800 \N{BULLET} \x00 of a pair in C@te dIvoire, and the neighbours of the country agreed."
    body = f'<meta charset="{charset}">'.encode() + text.replace(b"@", b"\xf4")
    with contextlib.suppress(Unreadable):
        text = decode(body)
        assert text.encode("utf-8")
        assert not charset.endswith("escape") or r"\ud800" in text


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "raw-unicode-escape", "punycode", "idna", "undefined", "utf-7", "base64"]
)
def test_what_python_decodes_besides_text_is_no_charset(charset):
    assert find_charset(charset) is None


@pytest.mark.parametrize("charset", ["hex", "zip", "nonsense", "rot13", "utf-7", "utf-16", "unicode_escape"])
def test_a_charset_that_is_none_is_passed_over(charset):
    body = (
        f'<meta charset="{charset}">Côte'.encode("cp1252")
        + b" d\x92Ivoire and the neighbours of the country agreed."
    )
    assert "Ivoire" in decode(body)


def test_a_text_cut_within_a_character_keeps_the_rest():
    assert decode("Talks in Cura\u00e7ao, then Medell\u00edn".encode()[:-2]).startswith(
        "Talks in Curaçao, then Medell"
    )


def test_other_scripts_in_old_encodings_are_guessed():
    assert "Президент" in decode(("Президент заявил, что войска отступили от города. " * 20).encode("cp1251"))


def test_a_few_nul_bytes_do_not_make_a_text_binary():
    assert decode(b"Talks began.\x00 They went on for a week and ended in an agreement on prisoners.") != ""


@pytest.mark.parametrize("body", [b"", b" \n\t\r\n", b"\x00\x00\x00", b"\xef\xbb\xbf\n"])
def test_nothing_is_empty(body):
    with pytest.raises(Unreadable) as caught:
        decode(body)
    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"PK\x03\x04abc",
        bytes(range(256)) * 8,
        b"\x1f\x8b\x08abc",
    ],
)
def test_what_is_no_text_is_binary(body):
    with pytest.raises(Unreadable) as caught:
        decode(body)
    assert caught.value.reason == "binary"


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_unreadable(body):
    with contextlib.suppress(Unreadable):
        assert isinstance(decode(body), str)


@given(
    st.text(min_size=1, max_size=200).filter(lambda text: text.strip(" \t\r\n\x00") and "\x00" not in text)
)
def test_utf8_text_comes_back_exactly(text):
    with contextlib.suppress(Unreadable):
        assert decode(text.encode()) == text
