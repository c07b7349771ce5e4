"""Who says so: sources, cues, contents, stances, chains and what the text says of its own sourcing."""

from functools import cache

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from counterclaim.read.attribution import find_attributions, find_source_flags, innermost, tellers
from counterclaim.read.parse import load_language, parse, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.read.syntax.quotes import find_quotes
from counterclaim.types import Actor, Attribution, Cue, Mention, Span
from tests.conftest import ROOT

STANCE_TABLE = ROOT / "tests" / "cases" / "stance.tsv"

VOCAB = Vocab()


def handmade(words, spaces, heads, deps, tags, pos, lemmas):
    return Doc(VOCAB, words=words, spaces=spaces, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=lemmas)


def said(id_, start, end, *, within=None, stance="says", speaks=True):
    cue = Cue("said", end, end + 4, "say")
    return Attribution(id_, None, cue, Span("x", start, end), stance, within=within, speaks=speaks)


@cache
def read(text):
    return find_attributions(read_tree(parse(text, load_language())))


def flags(text):
    doc = parse(text, load_language())
    return find_source_flags(read_tree(doc), find_attributions(read_tree(doc)))


# --- quotation marks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “no” and “never”.", ["“no”", "“never”"]),
        ('"We go," she said. "Now."', ['"We go,"', '"Now."']),
        ("''We go,'' she said.", ["''We go,''"]),
        ("«Nous partons», said the mayor.", ["«Nous partons»"]),
        ("'War crimes' in the valley, monitors say", ["'War crimes'"]),
        ("The officials' claim and the king's reply.", []),
        ("With the help of ‘Quito. The army’s chief left.", []),
        ("“One.\n\n“Two,” he said.", ["“One.\n\n“Two,”"]),
        ("She wrote: “We stay here\n\nThe rain went on.", ["“We stay here"]),
        ("The “so-called republic fell.", []),
        ("''He called it 'a farce,' '' she said.", ["''He called it 'a farce,' ''"]),
    ],
)
def test_quotations_are_paired_and_stray_marks_left_alone(text, quoted):
    assert [text[quote.start_char : quote.end_char] for quote in find_quotes(text)] == quoted


# --- on parses made by hand -----------------------------------------------------------------------


def denial():
    #                   0     1      2       3         4     5      6
    return handmade(
        words=["The", "army", "denied", "shelling", "the", "port", "."],
        spaces=[True, True, True, True, True, False, False],
        heads=[1, 2, 2, 2, 5, 3, 2],
        deps=["det", "nsubj", "ROOT", "xcomp", "det", "obj", "punct"],
        tags=["DT", "NN", "VBD", "VBG", "DT", "NN", "."],
        pos=["DET", "NOUN", "VERB", "VERB", "DET", "NOUN", "PUNCT"],
        lemmas=["the", "army", "deny", "shell", "the", "port", "."],
    )


def test_a_denial_holds_the_act_that_is_denied():
    (attribution,) = find_attributions(read_tree(denial()))
    assert attribution.stance == "denies"
    assert attribution.content.text == "shelling the port"
    assert attribution.source is not None
    assert attribution.source.text == "The army"
    assert attribution.rule == "cues/verbs/deny"


def test_a_given_mention_keeps_its_actor_and_is_widened_to_its_phrase():
    army = Mention("army", 4, 8, 1, 2, 1, "nominal", Actor("TCD.MIL", "Chadian army", "TCD", "MIL"))
    (attribution,) = find_attributions(read_tree(denial(), (army,)))
    assert attribution.source is not None
    assert attribution.source.actor.actor_id == "TCD.MIL"
    assert attribution.source.text == "The army"


def test_a_source_no_mention_covers_becomes_an_unresolved_actor():
    (attribution,) = find_attributions(read_tree(denial()))
    assert attribution.source is not None
    assert attribution.source.actor == Actor(None, "The army", None, None)


def test_a_text_without_words_has_no_attributions():
    assert find_attributions(read_tree(Doc(VOCAB))) == ()


# --- who speaks for a stretch ---------------------------------------------------------------------


def test_the_innermost_attribution_speaks():
    outer, inner = said("a1", 0, 90), said("a2", 20, 60, within="a1")
    assert innermost((outer, inner), 30, 35) is inner
    assert innermost((outer, inner), 70, 75) is outer
    assert innermost((outer, inner), 95, 99) is None


def test_two_sources_of_the_same_words_both_tell():
    denier, accuser = said("a1", 20, 60, stance="denies"), said("a2", 20, 60, stance="accuses")
    assert tellers((denier, accuser), 30, 35) == (denier, accuser)


def test_who_is_cited_stands_nearer_than_who_cites():
    agency, official = said("a1", 20, 60), said("a2", 20, 60, within="a1")
    assert tellers((agency, official), 30, 35) == (official,)


def test_who_condemns_a_raid_does_not_tell_of_it():
    assert innermost((said("a1", 20, 60, speaks=False),), 30, 35) is None
    assert not read("The council condemned the raid on Vask.")[0].speaks
    assert read("The council said rebels had raided Vask.")[0].speaks


# --- with the weights -----------------------------------------------------------------------------


@pytest.mark.weights
def test_a_sentence_broken_by_its_reporting_words_gives_two_stretches():
    first, second = read("“We hold the ridge,” General Obi said, “and we will stay.”")
    assert (first.content.text, second.content.text) == ("“We hold the ridge,”", "“and we will stay.”")
    assert first.cue == second.cue


@pytest.mark.weights
def test_an_unclosed_quotation_ends_with_its_last_word():
    (quote,) = find_quotes("The mayor said: “we stay here  ")
    assert (quote.start_char, quote.end_char) == (16, 29)


def test_an_unclosed_mark_with_nothing_behind_it_opens_nothing():
    assert find_quotes("The mayor said: “ ") == ()


def test_a_quotation_goes_on_in_the_next_sentence_and_the_next_paragraph():
    found = read("“Nobody slept,” the nurse said. “We carried them out.”\n\n“Then the roof fell in on us.”")
    assert [a.source.text for a in found] == ["the nurse"] * 3


@pytest.mark.weights
@pytest.mark.parametrize(
    "between",
    [
        "; Libya has announced",
        ", while Libya has announced",
        ", and Libya announced",
        ", but Libya announced",
    ],
)
def test_what_one_says_ends_where_another_speaks(between):
    tense = "said" if "Libya announced" in between else "says"
    text = f"Chad {tense} 40 of its soldiers were wounded{between} the loss of 12 border guards."
    chad, libya = read(text)
    assert chad.content.text == "40 of its soldiers were wounded"
    assert (libya.source.text, libya.content.text) == ("Libya", "the loss of 12 border guards")
    at = text.index("12")
    assert innermost((chad, libya), at, at + 2) == libya


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The navy denied sinking the ferry and blamed the rebels for the attack.", "sinking the ferry"),
        ("Police admitted beating two students and promised an inquiry.", "beating two students"),
        ("The general denied ordering the raid and later accused Chad of it.", "ordering the raid"),
        ("The militia rejected reports of looting and warned the mayor.", "reports of looting"),
    ],
)
def test_what_is_denied_ends_before_what_the_denier_did_next(text, content):
    assert read(text)[0].content.text == content


@pytest.mark.weights
@pytest.mark.parametrize(
    "told",
    [
        "told his cabinet",
        "told reporters in Douala",
        "told parliament on Monday",
        "told his Turkish host by phone",
    ],
)
def test_whom_an_aside_is_told_is_no_part_of_what_is_told(told):
    (attribution,) = read(f"Two bridges over the river have fallen, Governor Paul Biya {told}.")
    assert attribution.source.text == "Governor Paul Biya"
    assert attribution.content.text == "Two bridges over the river have fallen"


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The mayor went on record that the dam was safe.", "The mayor", "that the dam was safe"),
    ],
)
def test_what_no_rule_knows_is_read_from_the_labels(text, source, content):
    doc = parse(text, load_language())
    (attribution,) = find_attributions(read_tree(doc))
    assert attribution.rule == "weights/attribution"
    assert (attribution.source.text, attribution.content.text) == (source, content)
    doc.spans.clear()
    assert find_attributions(read_tree(doc)) == ()


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "source", "content", "stance"),
    [
        (
            "Residents were adamant that the shells had come from the east.",
            "Residents",
            "that the shells had come from the east",
            "says",
        ),
        (
            "The minister made clear the border would stay shut.",
            "The minister",
            "the border would stay shut",
            "expects",
        ),
        ("Oslo is open to talks with the rebels.", "Oslo", "talks with the rebels", "promises"),
        ("The rebels, who are not willing to leave, dug in.", "The rebels", "to leave", "denies"),
        (
            "Sofia is ready to host the talks but is not convinced that Moscow wants peace.",
            "Sofia",
            "that Moscow wants peace",
            "doubts",
        ),
    ],
)
def test_an_attitude_is_read_from_its_adjective(text, source, content, stance):
    found = {
        (a.source.text, a.content.text): a.stance for a in read(text) if a.rule.startswith("cues/adjectives")
    }
    assert found[source, content] == stance


# --- speech set out line by line ------------------------------------------------------------------


def turns(text):
    found = [a for a in read(text) if a.rule == "cues/marks/turn"]
    return [(a.source.text if a.source else None, a.stance, a.content.text) for a in found]


@pytest.mark.weights
def test_each_turn_of_an_interview_is_its_speakers():
    text = "Interviewer: Did you fire on the boat?\n\nCol. Tamba: We fired flares.\n\nIt left.\n\nInterviewer: Who sank it?"
    assert turns(text) == [
        ("Interviewer", "doubts", "Did you fire on the boat?"),
        ("Col. Tamba", "says", "We fired flares.\n\nIt left."),
        ("Interviewer", "doubts", "Who sank it?"),
    ]


@pytest.mark.weights
@pytest.mark.parametrize(("asks", "answers"), [("Q:", "A:"), ("Q.", "A."), ("QUESTION:", "ANSWER:")])
def test_answers_are_the_one_person_named_before(asks, answers):
    text = f"Senator Rosa Quispe met the press.\n\n{asks} Why did it fail?\n\n{answers} Nobody came to the talks."
    assert turns(text)[1][1:] == ("says", "Nobody came to the talks.")
    assert "Rosa Quispe" in turns(text)[1][0]
    assert turns(text)[0] == (None, "doubts", "Why did it fail?")


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "Date: Monday\nPlace: Lagos\nEntry: free",
        "Three things are missing:\nFood: rice and oil.\nWater: nine tankers.\nShelter: tents.",
        "Navy: ferry sank in storm\n\nThe ferry sank on Monday.",
    ],
)
def test_a_list_with_colons_is_no_transcript(text):
    assert turns(text) == []


@pytest.mark.weights
def test_a_statement_behind_a_colon_runs_to_the_heading():
    text = (
        "Speaking in Doha, Norway's envoy said:\n\nWe are closer than ever.\n\nBoth armies need a truce.\n\n"
        "Notes to editors\n\nThe envoy was named in 2019."
    )
    first = read(text)[0]
    assert (first.source.text, first.content.text) == (
        "Norway's envoy",
        "We are closer than ever.\n\nBoth armies need a truce.",
    )


@pytest.mark.weights
def test_a_lost_quotation_behind_a_colon_does_not_swallow_the_report():
    text = "The envoy wrote:\n\nThe talks went on overnight.\n\nPrices fell in the capital.\n\nTraders were calm."
    assert not [a for a in read(text) if "Prices" in a.content.text]


@pytest.mark.weights
@pytest.mark.parametrize(
    ("headline", "source", "content"),
    [
        ("Rebels driven from Kidal: army", "army", "Rebels driven from Kidal"),
        ("Oman offers to host talks - officials", "officials", "Oman offers to host talks"),
        ("'We lost everything': survivors recall flood in Derna", "survivors", "'We lost everything'"),
    ],
)
def test_a_headline_names_its_source_before_or_behind_a_mark(headline, source, content):
    text = f"{headline}\n\nIt rained on Monday."
    found = [a for a in read(text) if a.rule.startswith("cues/marks/headline")]
    assert [(a.source.text, a.content.text) for a in found] == [(source, content)]


@pytest.mark.weights
@pytest.mark.parametrize(
    "headline",
    ["Ferry disaster: nine dead", "Oman offers to host talks - Harbour News", "Peace in Aceh – ten years on"],
)
def test_a_headline_without_a_source_names_none(headline):
    assert not [a for a in read(f"{headline}\n\nIt rained.") if a.rule.startswith("cues/marks/")]


# --- where the source stands ----------------------------------------------------------------------


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Said one Ghanaian trader: “The road is a graveyard.”", "one Ghanaian trader"),
        ("The port, admits its director, was never inspected.", "its director"),
        ("Ana Ruiz, who lost two sons in the blast: “They knew. They all knew.”", "Ana Ruiz"),
        ("As far as Ankara is concerned, the matter is closed.", "Ankara"),
        ("By their own account, the mutineers never planned to march on the capital.", "their"),
    ],
)
def test_the_source_is_found_wherever_it_stands(text, source):
    assert read(text)[0].source.text == source


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The navy has issued a fresh warning about mines.", "has issued a fresh warning about"),
        ("The palace has refused to say how many had died.", "has refused to say"),
        ("The bishop was quick to condemn the raid.", "was quick to condemn"),
        ("The port is no longer willing to take the ships.", "is no longer willing"),
        ("The envoy told reporters on Monday that the road was open.", "told"),
    ],
)
def test_the_cue_takes_in_what_governs_it_and_the_preposition_behind_it(text, cue):
    assert cue in {a.cue.text for a in read(text)}


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "A senior Omani official, speaking on condition of anonymity, said the jets had landed.",
        "An Afghan officer who declined to give his name said the jets had landed.",
        "A nurse who asked not to be named for fear of reprisals said the jets had landed.",
    ],
)
def test_how_a_source_stays_unnamed_is_a_flag_and_no_statement(text):
    assert [a.content.text for a in read(text)] == ["the jets had landed"]
    assert "anonymous_source" in {flag.kind for flag in flags(text)}


@pytest.mark.weights
def test_declining_to_comment_denies_nothing():
    (attribution,) = read("The company declined to comment on whether its ships carried arms.")
    assert (attribution.stance, attribution.content.text) == (
        "cannot_verify",
        "whether its ships carried arms",
    )


@pytest.mark.weights
def test_what_is_asked_is_not_denied():
    text = "MR. HOLLIS: We have seen it.\n\nQUESTION: Do you deny the raid?\n\nMR. HOLLIS: I have nothing for you."
    assert "denies" not in {a.stance for a in read(text)}


@pytest.mark.weights
def test_a_verb_behind_the_colon_does_not_lend_its_quotation_to_the_verb_before():
    text = "The mayor spoke of the harbour. Later the envoy said: “Nobody is left in the port.”"
    assert {a.source.text for a in read(text) if "Nobody" in a.content.text} == {"the envoy"}


@pytest.mark.weights
def test_a_clause_behind_a_semicolon_is_not_what_could_not_be_verified():
    attribution = read("Reuters could not verify the claims; residents described hours of heavy gunfire.")[0]
    assert (attribution.stance, attribution.content.text) == ("cannot_verify", "the claims")


@pytest.mark.weights
def test_who_signs_a_quotation_says_it_whoever_speaks_inside():
    found = read(
        "“The mayor must stop calling us thieves and smugglers.”― Ana Ruiz\n“Nobody came.” — Omar Diallo\n"
    )
    assert [a.source.text for a in found if a.rule == "cues/marks/signature"] == ["Ana Ruiz", "Omar Diallo"]


@pytest.mark.weights
def test_who_is_spoken_to_is_not_the_source():
    attribution = read("The president told parliament that the treaty was dead.")[0]
    assert attribution.source.text == "The president"
    assert attribution.content.text == "that the treaty was dead"


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("In a Facebook post, he accused the judges of theft.", ("Facebook post",)),
        ("The deputy minister told Reuters the dam could burst.", ("Reuters",)),
        ("The king said on state television that the war was over.", ("state television",)),
        ("Xinhua reported that the ministry had protested the flight.", ()),
        ("Interfax quoted the governor as saying the dam had been mined.", ("Interfax",)),
        ("The navy issued a statement saying that the sailors were safe.", ("statement",)),
        ("In an interview with Le Monde, the minister said the base would close.", ("interview", "Le Monde")),
    ],
)
def test_carriers_stand_between_source_and_outlet(text, via):
    assert read(text)[0].via == via


@pytest.mark.weights
def test_an_agency_that_tells_of_a_denial_stands_in_its_chain():
    outer, inner = read("Xinhua reported that the ministry had denied the charge.")
    assert (inner.within, inner.via) == (outer.id, ("Xinhua",))


@pytest.mark.weights
def test_a_cited_source_stands_inside_the_report_that_cites_it():
    found = read("Interfax reported that the bridge had been closed, citing a security source.")
    agency = next(a for a in found if a.cue.lemma == "report")
    cited = next(a for a in found if a.cue.lemma == "citing")
    assert cited.source.text == "a security source"
    assert cited.content == agency.content
    assert (cited.within, cited.via) == (agency.id, ("Interfax",))


@pytest.mark.weights
def test_an_agency_that_quotes_itself_leaves_the_source_unknown():
    text = "“They hold the pass,” Russian agency Interfax quoted Russian agency Interfax as saying."
    (attribution,) = [a for a in read(text) if a.rule == "cues/verbs/quote"]
    assert attribution.source is None
    assert attribution.via == ("Interfax",)
    assert "circular_attribution" in {flag.kind for flag in flags(text)}


@pytest.mark.weights
def test_a_non_verification_names_the_verifier_and_what_it_touches():
    text = (
        "Baku reported 40 deaths among its troops. Yerevan said its posts had been shelled. "
        "The agency was unable to verify either side's battlefield accounts."
    )
    (flag,) = [flag for flag in flags(text) if flag.kind == "unverified"]
    assert "The agency" in flag.detail
    assert "either side's battlefield accounts" in flag.detail
    assert flag.touches == ("a1", "a2")


@pytest.mark.weights
def test_blame_in_a_relative_clause_holds_what_it_describes():
    attribution = next(
        a for a in read("Sunday's blast, which Tbilisi blames on Moscow, cut the line.") if a.cue
    )
    assert (attribution.source.text, attribution.content.text) == ("Tbilisi", "Sunday's blast")
    assert attribution.stance == "accuses"


@pytest.mark.weights
@pytest.mark.parametrize("tail", ["a charge the rebels denied", "which the rebels denied"])
def test_a_denial_behind_a_comma_denies_what_stands_before_it(tail):
    text = f"Chad accused the rebels of burning a clinic, {tail}."
    both = tellers(read(text), text.index("burning"), text.index("burning") + 7)
    assert [(a.source.text, a.stance) for a in both] == [("Chad", "accuses"), ("the rebels", "denies")]


@pytest.mark.weights
def test_an_accusation_rejected_has_both_sides_told():
    text = "Kyiv rejected accusations by Moscow that it had shelled the plant."
    at = text.index("shelled")
    both = tellers(read(text), at, at + len("shelled"))
    assert [(a.source.text, a.stance) for a in both] == [("Kyiv", "denies"), ("Moscow", "accuses")]


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n \n",
        "“”“”'' \" ' » «",
        "said said said said",
        "“He said “she said “they said.",
        '\u202eevil\u202c \ud83d\ude00 said: "x'.encode("utf-16", "surrogatepass").decode("utf-16"),
        "According to",
        "X: Y: Z: “",
        "the ministry said in a statement in a statement in a statement , , , ,",
    ],
)
def test_offsets_are_honest_on_strange_text(text):
    for attribution in read(text):
        content, cue, source = attribution.content, attribution.cue, attribution.source
        assert text[content.start_char : content.end_char] == content.text
        assert cue is None or text[cue.start_char : cue.end_char] == cue.text
        assert source is None or text[source.start_char : source.end_char] == source.text


def stance_cases():
    lines = [line for line in STANCE_TABLE.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    for line in lines[1:]:
        cells = (line.split("\t") + [""] * 7)[:7]
        known = [pytest.mark.xfail(strict=True, reason=cells[6])] if cells[6] else []
        yield pytest.param(*cells[:5], marks=known, id=cells[0][:60])


@cache
def stance_readings():
    texts = sorted({case.values[0] for case in stance_cases()})
    docs = parse_all(texts, load_language())
    return {text: find_attributions(read_tree(doc)) for text, doc in zip(texts, docs, strict=True)}


@pytest.mark.weights
@pytest.mark.parametrize(("text", "source", "cue", "stance", "content"), list(stance_cases()))
def test_the_stance_table(text, source, cue, stance, content):
    found = [
        a for a in stance_readings()[text] if cue.lower() in a.cue.text.lower() and content in a.content.text
    ]
    assert stance in {a.stance for a in found if source == "-" or (a.source and source in a.source.text)}
    assert source != "-" or any(a.source is None for a in found)


@pytest.mark.weights
@pytest.mark.corpora
def test_attributions_of_news_articles_are_found(corpora):
    from evaluation.polnear import load_documents, score
    from evaluation.polnear import read as read_documents

    documents = [d for number, d in enumerate(load_documents(corpora, "dev")) if number % 6 == 0]
    scores = score(read_documents(documents, load_language()))
    assert scores["content_f1"] > 0.75
    assert scores["source_f1"] > 0.60
