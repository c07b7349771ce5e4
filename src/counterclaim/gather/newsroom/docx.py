"""
Word documents (DOCX) as lines: paragraphs, lists and tables in the order in which they are read.

The cells of a table are paragraphs, row by row: joined to one, a date before a sentence would be read as a number of people. Headers, footers, comments and deleted words are left out.
"""

import io
import zipfile

from counterclaim.errors import Unreadable
from counterclaim.gather.markup import read_lines
from counterclaim.settings import read_number


def is_docx(body: bytes) -> bool:
    """The bytes are a zip archive with a Word document in it."""
    if not body.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return any(name.startswith("word/") for name in archive.namelist())
    except Exception:  # noqa: BLE001  zipfile raises a dozen kinds, NotImplementedError among them, where the archive is damaged
        return b"word/document.xml" in body


def docx_lines(body: bytes) -> str:
    """
    The text, a blank line between paragraphs.

    Raises:
        Unreadable: ``bad_document`` or ``too_long``: unpacked it is larger than a page may be, many times over.
    """
    from mammoth import convert_to_html  # noqa: PLC0415  only for those who read Word documents

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            size = sum(info.file_size for info in archive.infolist() if info.filename.endswith(".xml"))
        limit = 10 * read_number("max_page_bytes")
        html = None if size > limit else convert_to_html(io.BytesIO(body), convert_image=_no_image).value
    except Exception as error:  # whatever a broken file provokes in the library
        raise Unreadable(
            "bad_document", f"The Word document cannot be read ({error}). Save it again, or as .txt."
        ) from error
    if html is None:
        raise Unreadable(
            "too_long",
            f"Unpacked, the document is larger than {limit:,} bytes. Split it, or save it as .txt.",
        )
    return read_lines(html, rows=False) if html else ""


def _no_image(_: object) -> list[object]:
    return []
