"""Tokens back to running text: many corpora keep only the tokens, and a reader of news wants text as it is printed."""

LEFT = frozenset(
    [
        ",",
        ".",
        ";",
        ":",
        "?",
        "!",
        "%",
        ")",
        "]",
        "}",
        "”",
        "…",
        "...",
        "'s",
        "’s",
        "n't",
        "n’t",
        "'re",
        "’re",
        "'ve",
        "’ve",
        "'ll",
        "’ll",
        "'m",
        "’m",
        "'d",
        "’d",
        "»",
        "'S",
        "N'T",
    ]
)
RIGHT = frozenset(["(", "[", "{", "“", "‘", "$", "£", "€", "₡", "#", "«", "US$"])


def write_out(tokens: list[str], tags: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the running text that a list of tokens was cut from, as far as it can be known, and their offsets."""
    text, offsets = "", []
    open_double = open_single = False
    glue = True
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else ""
        after = tokens[i + 1] if i + 1 < len(tokens) else ""
        left = token in LEFT
        right = token in RIGHT
        if token == '"':
            left, right, open_double = open_double, not open_double, not open_double
        elif token in {"'", "’"}:
            possessive = not open_single and (before[-1:] in "sz" or after == "s")
            if possessive:
                left, right = True, after == "s"
            elif token == "’":
                left = True
                open_single = False
            else:
                left, right, open_single = open_single, not open_single, not open_single
        elif token == "‘":
            open_single = True
        elif token in {"-", "/", "–"}:
            inside = tags[i] != "O"
            words = before[:1].isalnum() and after[:1].isalnum()
            letters = before[-1:].islower() and after[:1].islower()
            left = right = words and (
                inside or letters or token == "/" or (before.isdigit() and after.isdigit())
            )
        if text and not glue and not left:
            text += " "
        offsets.append((len(text), len(text) + len(token)))
        text += token
        glue = right
    return text, offsets
