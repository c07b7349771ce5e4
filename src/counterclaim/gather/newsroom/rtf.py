r"""
Rich text (RTF) as lines.

    >>> rtf_lines(b"{\\rtf1 Talks stall\\par The envoy left.}").split("\n")
    ['Talks stall', 'The envoy left.']

striprtf drops footnotes and keeps hidden text.
"""

import re

from counterclaim.errors import Unreadable

# The address of a link, which striprtf drops; in Nexis's headlines it holds the article's identifier.
_LINK = re.compile(r'(HYPERLINK\s+"([^"]*contentItem[^"]*)"[^{}]*\}+\s*\{\\fldrslt)')


def is_rtf(body: bytes) -> bool:
    """The bytes begin like rich text."""
    return body.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf")


def rtf_lines(body: bytes) -> str:
    """
    The text, one line a paragraph.

    Raises:
        Unreadable: ``bad_document``.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415  only for those who read rich text

    source = _LINK.sub(r"\1 (\2) ", body.decode("latin-1"))
    try:
        # RTF is ASCII with escapes; what stands bare in it is of the code page that it names, and striprtf maps.
        text = str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]  # it has no types
    except Exception as error:  # whatever a broken file provokes in the library
        raise Unreadable(
            "bad_document", f"The RTF cannot be read ({error}). Save it again, or as .txt."
        ) from error
    # Signs beyond the first 65,536 come as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
