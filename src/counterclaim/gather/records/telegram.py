"""
Telegram's export of a channel or an account (``result.json``): each message with words in it is a row.

    >>> export = {"name": "Valley Post", "type": "public_channel", "id": 7, "messages": [
    ...     {"id": 1, "type": "message", "date_unixtime": "1651708800", "text": ["Two ", {"type": "bold", "text": "died"}]}]}
    >>> [(row["id"], row["text"], row["outlet"]) for row in rows(export, "result.json")]
    [('7/1', 'Two died', 'Valley Post')]

Days are those of UTC: an export prints the clock of whoever made it. Pictures without words and notes of the service are no rows.
"""

from collections.abc import Iterator, Mapping
from typing import Any


def knows(value: Mapping[str, Any]) -> bool:
    """It is such an export, of one chat or of all."""
    if isinstance(value.get("messages"), list) and "type" in value:
        return True
    chats = value.get("chats")
    return isinstance(chats, Mapping) and isinstance(chats.get("list"), list)


def rows(value: Mapping[str, Any], ref: str) -> Iterator[Mapping[str, Any]]:
    """The messages of each chat in turn."""
    chats = value["chats"]["list"] if "chats" in value else [value]
    for chat in chats:
        if not isinstance(chat, Mapping):
            continue
        for message in chat.get("messages") or ():
            if not isinstance(message, Mapping) or message.get("type") != "message":
                continue
            text = _text(message.get("text"))
            if text.strip():
                yield {
                    "id": f"{chat.get('id', ref)}/{message.get('id')}",
                    "text": text,
                    "outlet": message.get("forwarded_from") or chat.get("name"),
                    "published": message.get("date_unixtime") or message.get("date"),
                }


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, list) else []
    return "".join(
        part if isinstance(part, str) else str(part.get("text", ""))
        for part in parts
        if isinstance(part, str | Mapping)
    )
