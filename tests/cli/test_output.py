"""What a page says is text, wherever it is printed: it neither commands the terminal nor styles the table."""

import json

from rich.text import Text

from counterclaim.cli.output import make_console, print_json, print_table, say

# A colour, a terminal title, a bell, an eight-bit escape, a turn of direction; then what rich would take for markup.
HOSTILE = "Rebels \x1b[31mkill\x1b]0;mine\x07 \x9b2J\u202e\u2066 two [bold]guards[/] [/red] :smile:"
COMMANDS = "\x1b\x07\x9b\u202e\u2066"


def test_a_table_prints_no_control_characters_and_takes_no_markup(capsys):
    print_table(("title",), [(HOSTILE,)])
    printed = capsys.readouterr().out
    assert not set(COMMANDS) & set(printed)
    assert "two [bold]guards[/] [/red] :smile:" in printed


def test_a_line_outside_a_table_prints_no_control_characters(capsys):
    make_console().print(Text(HOSTILE))
    assert not set(COMMANDS) & set(capsys.readouterr().out)


def test_a_message_prints_no_control_characters(capsys):
    say(f"Rejected {HOSTILE}")
    assert not set(COMMANDS) & set(capsys.readouterr().err)


def test_json_escapes_control_characters_and_keeps_them(capsys):
    print_json({"title": HOSTILE})
    printed = capsys.readouterr().out
    assert not set(COMMANDS) & set(printed)
    assert json.loads(printed) == {"title": HOSTILE}
