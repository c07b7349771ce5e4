"""
Count in how many news stories each word stands: knowledge/word_spread.tsv.

    python tools/count_words.py CORPORA

In: events/ngec_synthetic.jsonl, 4,500 machine-written news stories of conflict and diplomacy (MIT). Out: the stems
(`fuse.words.stem`) that at least five stories in a thousand hold, and how many in a thousand do. No text is kept.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from counterclaim.fuse.words import WORD, stem

TARGET = Path(__file__).parent.parent / "src/counterclaim/knowledge/word_spread.tsv"
SOURCE = "events/ngec_synthetic.jsonl"
# Rarer words all weigh the same: on ECB+ train, counting them more finely changed nothing.
LEAST = 5.0

HEADER = """\
# In how many of a thousand news stories of conflict and diplomacy a word stands, endings cut off (fuse.words.stem).
# Words that are not here stand in fewer than five. Made by tools/count_words.py.
stem\tpermille
"""


def main() -> None:
    """Write the table."""
    lines = (Path(sys.argv[1]) / SOURCE).read_text(encoding="utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line.strip()]
    found: Counter[str] = Counter()
    for text in texts:
        found.update({stem(word) for word in WORD.findall(re.sub(r"\{\w+\}", " ", text))})
    shares = {word: 1000 * number / len(texts) for word, number in found.items()}
    rows = [f"{word}\t{shares[word]:.1f}" for word in sorted(shares) if shares[word] >= LEAST]
    TARGET.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
