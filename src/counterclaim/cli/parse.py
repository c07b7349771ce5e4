"""`counterclaim parse`: what the weights saw, as CoNLL-U."""

import sys

import click

from counterclaim.cli.inputs import Inputs, input_options
from counterclaim.cli.read import check_paths, describe_failure, model_option, say_rejection
from counterclaim.errors import InputError, Unreadable
from counterclaim.types import Rejection


@click.command("parse", no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@input_options
@click.option("--verbatim", is_flag=True, help="Take each text as it is: nothing dropped, offsets its own.")
@model_option
def command(*, paths: tuple[str, ...], inputs: Inputs, verbatim: bool, model: str) -> None:
    """
    Print what the weights saw in articles, as CoNLL-U: words, grammar, names and attribution labels.

    Takes what read takes. Columns are those of Universal Dependencies; MISC holds NER=, Attr= and TokenRange=,
    the characters of the article's text.

    \b
    Example:
      echo "Police in Lima said rebels killed two guards." | counterclaim parse -
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    missing = check_paths(paths)
    present = [path for path in paths if path not in missing]
    parsed = 0
    if present:
        # Here and not above, so that --help and a mistyped path answer at once.
        from counterclaim.export.conllu import to_conllu  # noqa: PLC0415
        from counterclaim.gather import to_article  # noqa: PLC0415
        from counterclaim.read.parse import load_language, parse  # noqa: PLC0415
        from counterclaim.read.syntax import read_tree  # noqa: PLC0415

        language = load_language(model or None)
        for page in inputs.find(present):
            if isinstance(page, Rejection):
                say_rejection(page)
                continue
            try:
                article = to_article(page, verbatim=verbatim)
            except Unreadable as problem:
                say_rejection(Rejection(page.ref, problem.reason, problem.detail))
                continue
            for block in to_conllu(read_tree(parse(article.text, language)).to_doc(), article.id):
                sys.stdout.write(block)
            sys.stdout.flush()
            parsed += 1
    if missing or not parsed:
        raise InputError(describe_failure(missing, parsed))
