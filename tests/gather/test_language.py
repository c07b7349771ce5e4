"""English is read, other languages are told apart, and doubt is English."""

import pytest

from counterclaim.errors import Unreadable
from counterclaim.gather import to_article
from counterclaim.gather.language import find_foreign, find_language
from counterclaim.types import Page


@pytest.mark.parametrize(
    "text",
    [
        "MOGADISHU (Reuters) - Al Shabaab kills 12.",
        "Kim Jong Un met Xi Jinping in Beijing.",
        "Ouattara, Sall, Issoufou, Barrow, Condé, Bio, Weah, Talon, Gnassingbé, Embaló.",
        "THE ARMY SAID TODAY THAT IT HAD RETAKEN THE TOWN.",
        "“¡No pasarán!” the crowd shouted in Madrid, where police had closed the road to the square.",
        "",
        "12 34",
    ],
)
def test_english_names_and_doubt_are_english(text):
    assert find_language(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Der Präsident hat am Mittwoch erklärt, dass die Armee nicht in den Konflikt eingreifen wird.",
            "de",
        ),
        (
            "El presidente dijo el miércoles que las fuerzas de la región no participaron en los ataques.",
            "es",
        ),
        (
            "Le ministre a déclaré que les forces du pays ne sont pas dans la ville et que la route est libre.",
            "fr",
        ),
        ("O presidente disse que os ataques não foram feitos pelas forças do governo em Maputo.", "pt"),
        ("Президент заявил, что войска отступили от города.", "ru"),
        ("قال المتحدث إن القوات انسحبت من المدينة", "ar"),
        ("总统说军队已经离开了城市。", "zh"),
    ],
)
def test_other_languages_are_told(text, language):
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Президент заявив, що війська відступили від міста.", "uk"),
        ("رئیس جمهور گفت نیروها از شهر خارج شدند", "fa"),
        ("ፕሬዝዳንቱ ወታደሮቹ ከከተማዋ መውጣታቸውን ተናገሩ።", "am"),
        (
            "Madaxweynaha ayaa maanta sheegay in ciidamadu ay ka baxeen magaalada kadib dagaal saacado badan socday.",
            "so",
        ),
        (
            "Shugaban kasa ya ce sojoji sun fice daga garin a ranar Laraba bayan fada da aka yi na tsawon sa’o’i.",
            "ha",
        ),
    ],
)
def test_languages_without_a_line_of_function_words_are_told_too(text, language):
    assert find_language(text) == language


def test_plain_english_loads_no_classifier():
    from counterclaim.gather import language

    language._identifier.cache_clear()
    find_foreign(
        [
            "The army said on Tuesday that rebels had killed 12 soldiers near the border.",
            "Goma, Beni, Bunia, Butembo.",
        ]
    )
    assert language._identifier.cache_info().misses == 0


def page_of(*paragraphs):
    return Page("mixed.txt", "\n\n".join(paragraphs).encode(), kind="text")


ENGLISH = "The army said on Tuesday that rebels had killed 12 soldiers near the border with Sudria."
SPANISH = "El presidente dijo el miércoles que las fuerzas de la región no participaron en los ataques."
RUSSIAN = "Президент заявил, что войска отступили от города и что бои продолжаются."


def test_of_a_page_in_two_languages_the_english_paragraphs_are_read_and_the_others_told():
    article = to_article(page_of(ENGLISH, RUSSIAN, ENGLISH.replace("12", "13"), SPANISH))
    assert "Sudria" in article.text
    assert "Президент" not in article.text
    assert [(drop.text, drop.reason) for drop in article.dropped] == [
        (RUSSIAN, "language_ru"),
        (SPANISH, "language_es"),
    ]


def test_a_page_most_of_which_is_in_another_language_is_rejected_with_its_name():
    with pytest.raises(Unreadable) as error:
        to_article(page_of(SPANISH, SPANISH, ENGLISH))
    assert (error.value.reason, error.value.language) == ("language", "es")


def test_verbatim_leaves_nothing_out():
    assert RUSSIAN in to_article(page_of(ENGLISH, ENGLISH, RUSSIAN), verbatim=True).text
