"""English is read, other languages are told apart, and doubt is English."""

import pytest

from counterclaim.gather.language import find_language


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
        ("Президент заявил, что войска отступили от города.", "und"),
        ("قال المتحدث إن القوات انسحبت من المدينة", "und"),
        ("总统说军队已经离开了城市。", "und"),
    ],
)
def test_other_languages_are_told(text, language):
    assert find_language(text) == language
