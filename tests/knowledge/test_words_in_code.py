"""Words of English stand in knowledge/, where they can be read, measured and corrected, not in the code of the stages."""

import ast
import re
from pathlib import Path

from counterclaim.knowledge import load_table

READ = Path(__file__).parent.parent.parent / "src" / "counterclaim" / "read"
# Words that name something of the program's own: kinds of parts and counts, roles of places, finenesses of dates.
OWN = frozenset(
    "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop csubj csubj:pass dep det dislocated"
    " expl fixed flat flat:name goeswith iobj list mark neg nmod nsubj nsubj:pass nsubj:outer nummod obj obl punct parataxis"
    " root vocative xcomp discourse orphan reparandum"
    " person surname name body country capital metonym organisation group office title role demonym adjective word nobody"
    " agent nominal pronoun deaths number vague zero fighter dead injured captured arrested missing casualties"
    " site city district province country unresolved at near path bare of other to from between border"
    " minute hour day weekend week month quarter season half year decade century"
    " historical future hypothetical negation document channel occasion medium quote clause asks answers denies confirms"
    " doubts promises expects warns cue content source state armed crowd protesters civilians threaten stop pass agree"
    " verb near without head comp by for subj any credit hash names places variants adjectives"
    " calendar clock duration every often overnight part relative shift slash weekday children entity i idx lemma lower"
    " pos tag text tree end label start resolve riot vandalize num numword dayx monthnum".split()
)
# Letters, not words: endings that inflection adds, sounds that transcriptions of one name share.
LETTERS = {"syntax/forms.py", "places/gazetteer.py"}
FEWEST = 3


def word_lists(path: Path) -> list[str]:
    """The collections of a file that hold so many words of English or more, as ``line: words``."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        items = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        words = [
            item.value
            for item in items
            if isinstance(item, ast.Constant)
            and isinstance(item.value, str)
            and re.fullmatch(r"[a-z][a-z' -]+", item.value)
            and item.value.partition(":")[0] not in OWN
        ]
        if len(words) >= FEWEST:
            found.append(f"{path.relative_to(READ)}:{node.lineno}: {words}")
    return found


def test_no_list_of_words_stands_in_the_code_of_the_stages():
    files = [path for path in sorted(READ.rglob("*.py")) if "parse" not in path.parts]
    found = [
        line for path in files if str(path.relative_to(READ)) not in LETTERS for line in word_lists(path)
    ]
    assert not found, "move them to knowledge/english.tsv or to the table of their stage:\n" + "\n".join(
        found
    )


def test_every_class_of_english_is_asked_for():
    code = "\n".join(path.read_text(encoding="utf-8") for path in READ.rglob("*.py"))
    unused = [row["id"] for row in load_table("english") if f'"{row["id"]}"' not in code]
    assert not unused


def test_every_class_of_english_says_what_it_is_for():
    for row in load_table("english"):
        assert row.split("words", "|"), row.rule
        assert row["meaning"], row.rule
