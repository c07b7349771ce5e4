"""
The tokenizer of the bundled weights: spaCy's English rules, bent towards the treebanks.

In: nothing. Out: a spaCy tokenizer that cuts raw text nearly as UD English does, saved with the weights.
Example: "non-Muslim co-founder, 7:30PM" -> non-Muslim | co-founder | , | 7:30 | PM.
Limit: words that a treebank splits because of a spelling mistake ("its" for "it's") stay whole.
"""

import re
import shutil
from pathlib import Path

import spacy
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from counterclaim.read.parse import encoder  # noqa: F401  registers the component

# Affixes that both treebanks leave joined to their word by the hyphen; counted over their training parts.
JOINED = (
    "non pre post anti co e re pro ex multi sub semi inter cross mini psycho pan micro macro neo bi tri un de"
    " counter over under ultra intra trans quasi pseudo proto meta mid"
).split()
# Abbreviations whose stop belongs to them, missing from spaCy's list.
ABBREVIATIONS = (
    "etc. Ft. No. Nos. Lt. Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Sat. Sun. al. ca. approx. Attn. Reps. Rep."
    " Sen. Sens. Gov. Gen. Col. Maj. Sgt. Capt. Cmdr. Adm. Hon. Rev. Prof. Dept. Inc. Ltd. Corp. Co. Bros. St. Mt."
    " vs. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. Jr. Sr. Ed. Mlle. Mme. Brig. Pvt. Cpl."
    " U.S. U.K. U.N. E.U. D.C. Ph.D. M.Sc. B.A. M.A. a.m. p.m. A.M. P.M. i.e. e.g. v. Ave. Blvd. Rd. Pres. Amb."
).split()


def build() -> Language:
    """Return a blank English pipeline that holds only the adapted tokenizer."""
    nlp = spacy.blank("en")
    tokenizer = nlp.tokenizer
    rules = dict(tokenizer.rules)
    # spaCy reads some words as contractions without their apostrophe; in news that is wrong more often than
    # right ("Wed." came out as "We d.", "id" as "i d"). "and/or" is three words in both treebanks.
    for word in (
        "and/or",
        "Wed",
        "wed",
        "Wed.",
        "id",
        "Id",
        "Ill",
        "ill",
        "Well",
        "well",
        "Were",
        "were",
        "Shell",
        "shell",
        "Hell",
        "hell",
        "Shed",
        "shed",
        "Lets",
        "lets",
        "Whore",
        "whore",
        "Its",
        "its",
    ):
        rules.pop(word, None)
    for word in ABBREVIATIONS:
        rules[word] = [{ORTH: word}]
    tokenizer.rules = rules

    joined = "".join(rf"(?<!\b(?i:{affix}))" for affix in JOINED)
    hyphens = r"(?:-|–|—|--|---|——|~|‑|‐)"
    infixes = [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+*^](?=[0-9-])",
        r"(?<=[0-9])[–—](?=[0-9])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}]){joined}{hyphens}(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}]{{2}})-(?=[0-9])",
        rf"(?<=[0-9])-(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])[:<>=;/](?=[{ALPHA}])",
        rf"(?<=[0-9]):(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9])[\[(](?=[{ALPHA}0-9]+[\])])",
        r"(?<=[a-z0-9])\)(?=[,.;:])",
    ]
    runs = [
        r"!{2,}",
        r"\?{2,}",
        r"[!?]{2,}",
        r"={2,}",
        r"_{2,}",
        r"\*{2,}",
        r"<{2,}",
        r">{2,}",
        r"#{2,}",
        r"~{2,}",
        r"-{3,}",
        r"\.{4,}",
    ]
    prefixes = [*runs, *nlp.Defaults.prefixes]
    suffixes = [
        *runs,
        *nlp.Defaults.suffixes,
        r"(?<=[0-9])(?:AM|PM|am|pm|a\.m\.|p\.m\.)",
        r"’",
        r"(?<=[0-9])'s",
    ]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    # Telephone numbers, dates and scores of figures stay whole, as in the treebanks.
    tokenizer.token_match = re.compile(r"^(?:\d+[-/.]){1,}\d+$|^[A-Z]\.(?:[A-Z]\.)+$").match
    return nlp


def pipeline(out: Path) -> None:
    """Write the pipeline folder of the encoder, without its weights: tokenizer, configuration, one component."""
    nlp = build()
    nlp.add_pipe("counterclaim_encoder", name="encoder")
    nlp.meta["name"] = "counterclaim_encoder"
    shutil.rmtree(out, ignore_errors=True)
    nlp.to_disk(out)
