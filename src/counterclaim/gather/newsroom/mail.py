r"""
Newsletters as mail: ``.eml`` files and ``.mbox`` archives.

    >>> mail = b"From: Valley Post <news@post.example>\nSubject: Talks stall\nDate: Thu, 05 May 2022 08:00:00 +0200\n\nThe envoy left."
    >>> [(page.title, page.outlet, page.published, page.body) for page in read_eml(mail, "a.eml")]
    [('Talks stall', 'Valley Post', '2022-05-05', b'The envoy left.')]

A mail is one article, with the day of its sender's clock; a letter that collects several reports is read as one. Reports attached as
documents are pages of their own.
"""

import mailbox
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from counterclaim.errors import CounterclaimError
from counterclaim.gather.databases.layout import one_line
from counterclaim.gather.encoding import find_charset
from counterclaim.gather.markup import read_lines
from counterclaim.gather.published import read_date
from counterclaim.types import Page, Rejection

# A letter's plain part that says no more than "open this in a browser".
_STUB = 200

Attached = Callable[[bytes, str], Iterator[Page | Rejection]]


def _nothing(body: bytes, ref: str) -> Iterator[Page | Rejection]:  # noqa: ARG001  attachments are passed over
    return iter(())


def read_eml(body: bytes, ref: str, attached: Attached = _nothing) -> Iterator[Page | Rejection]:
    """The mail's text, then what `attached` makes of the documents attached to it."""
    try:
        message = message_from_bytes(body, policy=policy.default)
        if not isinstance(message, EmailMessage) or not message.keys():
            yield Rejection(
                ref, "bad_mail", "It has no headers, so it is no mail. Save the mail again as .eml."
            )
            return
        pages = list(_pages(message, ref, attached))
    except CounterclaimError:
        raise
    except Exception as error:  # noqa: BLE001  whatever broken headers provoke in the library
        yield Rejection(ref, "bad_mail", f"The mail cannot be read ({error}). Save it again.")
        return
    yield from pages


def read_mbox(path: str, attached: Attached = _nothing) -> Iterator[Page | Rejection]:
    """Each mail of an archive in its order, one in memory at a time."""
    box = mailbox.mbox(path, create=False)
    try:
        number = 0
        for number, key in enumerate(box.iterkeys(), start=1):
            # The class of mailbox's own messages knows nothing of the policy that decodes.
            yield from read_eml(box.get_bytes(key), f"{path}:{number}", attached)
        if not number:
            yield Rejection(
                path, "bad_mail", 'No line begins with "From ", so it is no mbox archive. Export it again.'
            )
    finally:
        box.close()


def _pages(message: EmailMessage, ref: str, attached: Attached) -> Iterator[Page | Rejection]:
    name = _header(message, "message-id")
    where = (name or "").strip("<> ") or ref
    text = _body(message)
    documents = list(_attachments(message, where, attached))
    if text.strip():
        sender = message["from"]
        addresses = getattr(sender, "addresses", ())
        outlet = next((a.display_name or a.domain for a in addresses if a.display_name or a.domain), None)
        yield Page(
            ref=where,
            body=text.encode("utf-8", "replace"),
            kind="text",
            title=_header(message, "subject"),
            outlet=one_line(outlet),
            published=_day(_header(message, "date")),
        )
    elif not documents:
        yield Rejection(where, "empty", "The mail has no text. Leave it out.")
    yield from documents


def _body(message: EmailMessage) -> str:
    plain, html = _content(message, "plain"), _content(message, "html")
    if plain and (not html or len(plain.strip()) >= _STUB):
        return plain
    # Letters are laid out by tables, which finders of a page's main text take for data.
    return read_lines(html, rows=False) if html else plain


def _content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return "" if part is None else _decode(part)


def _decode(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(find_charset(part.get_content_charset() or "utf-8") or "utf-8")
    except UnicodeDecodeError:
        return payload.decode("cp1252", "replace")


def _attachments(message: EmailMessage, ref: str, attached: Attached) -> Iterator[Page | Rejection]:
    for part in message.iter_attachments():
        payload = part.get_payload(decode=True)
        name = part.get_filename()
        if name and isinstance(payload, bytes) and re.search(r"\.(?:pdf|docx|rtf|txt)$", name, re.IGNORECASE):
            yield from attached(payload, f"{ref}#{name}")


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return one_line(str(message[name])) if message[name] is not None else None
    except (ValueError, IndexError, AttributeError, TypeError, OverflowError):
        return None  # headers that the parser of addresses and dates trips over


def _day(date: str | None) -> str | None:
    if date is None:
        return None
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return read_date(date)
