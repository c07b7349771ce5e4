"""A parsed text as CoNLL-U: ten columns, offsets that hold, heads within the sentence."""

import pytest
from click.testing import CliRunner
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from counterclaim.cli import main
from counterclaim.export.conllu import to_conllu


def test_words_names_and_labels_stand_in_their_columns():
    doc = Doc(
        Vocab(),
        words=["Osei", "denied", "it", "."],
        spaces=[True, True, False, False],
        heads=[1, 1, 1, 1],
        deps=["nsubj", "ROOT", "obj", "punct"],
        pos=["PROPN", "VERB", "PRON", "PUNCT"],
        tags=["NNP", "VBD", "PRP", "."],
        lemmas=["Osei", "deny", "it", "."],
        ents=["B-PERSON", "O", "O", "O"],
        sent_starts=[True, False, False, False],
    )
    doc.spans["attr_source"] = [Span(doc, 0, 1)]
    doc.spans["attr_content"] = [Span(doc, 2, 3)]
    (block,) = to_conllu(doc, "1f2e3d4c")
    assert block == (
        "# newdoc id = 1f2e3d4c\n"
        "# sent_id = 1f2e3d4c-1\n"
        "# text = Osei denied it.\n"
        "1\tOsei\tOsei\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-PERSON|Attr=B-SOURCE|TokenRange=0:4\n"
        "2\tdenied\tdeny\tVERB\tVBD\t_\t0\troot\t_\tTokenRange=5:11\n"
        "3\tit\tit\tPRON\tPRP\t_\t2\tobj\t_\tAttr=B-CONTENT|SpaceAfter=No|TokenRange=12:14\n"
        "4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\tTokenRange=14:15\n"
        "\n"
    )


@pytest.mark.weights
def test_the_command_prints_every_word_of_a_verbatim_text_at_its_place(tmp_path):
    text = "Police in Lima said rebels killed two guards.\n\nThe rebels denied it, \u201cas always\u201d.\n"
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["parse", str(path), "--verbatim"])
    assert result.exit_code == 0
    rows = [line.split("\t") for line in result.stdout.split("\n") if line and not line.startswith("#")]
    assert {len(row) for row in rows} == {10}
    for row in rows:
        start, end = map(int, row[9].rsplit("TokenRange=", 1)[1].split(":"))
        assert text[start:end] == row[1]
    assert "".join(row[1] for row in rows) == "".join(text.split())
    assert result.stdout.count("\troot\t") == result.stdout.count("# sent_id") >= 2


def test_a_missing_file_is_named_and_the_exit_code_is_2(tmp_path):
    result = CliRunner().invoke(main, ["parse", str(tmp_path / "none.txt")])
    assert result.exit_code == 2
