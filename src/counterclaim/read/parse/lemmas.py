"""
Lemmas by fine tag and ending, from a table learnt from the treebanks.

In: a word and its fine tag. Out: its lemma. Example: "denied", VBD -> ending "ied", rule "3y" -> "deny".
Limit: one lemma for a form and tag: "found" (VBD) is always "find".
"""

LONGEST = 8


def endings(form: str) -> list[str]:
    """Return the endings of a form from none to the whole word, which is marked with "^"."""
    small = form.lower()
    return [small[len(small) - length :] for length in range(min(LONGEST, len(small)) + 1)] + [f"^{small}"]


def apply(rule: str, form: str) -> str:
    """
    Return what a rule makes of a form.

    "=be" is the lemma itself, "k" keeps the form, "3y" cuts three letters and adds y in lower case, "c3y" keeps capitals.
    """
    if rule[0] == "=":
        return rule[1:]
    if rule == "k":
        return form
    if rule[0] == "c":
        cut = int(rule[1])
        return form[: len(form) - cut] + rule[2:] if cut < len(form) else form
    small = form.lower()
    cut = int(rule[0])
    return small[: len(small) - cut] + rule[1:] if cut < len(small) else small


class Lemmas:
    """The table; what was looked up before is remembered."""

    def __init__(self, rows: list[str], *, remembered: int = 200_000) -> None:
        """Take rows of tag, ending and rule with tabs between them."""
        self._rules = {(tag, ending): rule for tag, ending, rule in (row.split("\t") for row in rows)}
        self._known: dict[tuple[str, str], str] = {}
        self._remembered = remembered

    def __call__(self, form: str, tag: str) -> str:
        """Return the lemma of a form with a fine tag."""
        found = self._known.get((form, tag))
        if found is None:
            if len(self._known) >= self._remembered:
                self._known.clear()
            found = self._known[form, tag] = self._look_up(form, tag)
        return found

    def _look_up(self, form: str, tag: str) -> str:
        for ending in reversed(endings(form)):
            rule = self._rules.get((tag, ending))
            if rule is not None:
                return apply(rule, form)
        return form.lower()
