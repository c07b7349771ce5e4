"""
Pages of the web: asked for politely, and with nothing taken on trust.

Comes in: addresses. Goes out: answers, or `Failed` with the reason and whether to try again. `guard` decides what may be connected to and for how
long, `client` asks, `robots` knows what a site lets robots fetch, `links` finds the addresses in feeds, sitemaps and lists.

    >>> tidy("HTTPS://Example.org:443/a?utm_source=rss&id=7#top")
    'https://example.org/a?id=7'
"""

from counterclaim.gather.web.addresses import tidy

__all__ = ["tidy"]
