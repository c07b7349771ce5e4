"""
Addresses as they are remembered: two that lead to one page are one.

Comes in: an address as somebody wrote it. Goes out: the same without what no server looks at.
"""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from counterclaim.errors import InputError

# What is added so that the page's owner knows where a reader came from.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|ref_src")
_PORTS = {"http": 80, "https": 443}
# No server takes longer ones.
LONGEST = 2000


def tidy(address: str, base: str = "") -> str:
    """
    The address without fragment, name of a campaign, its scheme's own port, and capitals where they mean nothing.

    Args:
        base: The address of the page that names it, from which a relative one is counted.

    Raises:
        InputError: it is none of HTTP, carries a password, or is broken.
    """
    address = "".join(address.split())
    try:
        parts = urlsplit(urljoin(base, address) if base else address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"{address[:200]!r} is no address: {error}. Correct it.") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or not address or len(address) > LONGEST:
        raise InputError(f"{address[:200]!r} is no address of the web. Give one that begins with https://.")
    if parts.username or parts.password:
        raise InputError(f"The address of {host} carries a name or password. Leave it out.")
    name = f"[{host}]" if ":" in host else host.rstrip(".")
    if port and port != _PORTS[scheme]:
        name = f"{name}:{port}"
    query = parts.query
    if _TRACKING.search(query):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([pair for pair in pairs if not _TRACKING.fullmatch(pair[0])])
    return urlunsplit((scheme, name, parts.path or "/", query, ""))


def host_of(address: str) -> str:
    """Whom to ask, with the port where it is another than usual."""
    return urlsplit(address).netloc
