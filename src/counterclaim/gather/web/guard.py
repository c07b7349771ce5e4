"""
What may be connected to, and for how long.

Comes in: a host's name and port. Goes out: a connection to an address that the name stands for at that moment and that is one of the
public internet, or `Failed`. The address that is checked is the one connected to, so a name that changes its mind between the two gains nothing.

A feed that points to http://192.168.0.1/ or to a name that stands for 127.0.0.1 is refused; so is one that redirects there.

Known limit: how long a name is looked up is up to the system's resolver.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterable
from typing import Any

import httpcore2
from httpcore2 import NetworkBackend, NetworkStream, SyncBackend

from counterclaim.errors import InputError
from counterclaim.gather.web.failing import Failed

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# IPv6 addresses that stand for one of IPv4.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Guard(NetworkBackend):
    """
    Connects to public addresses only, and holds every read and write to one clock.

    Args:
        allow: Names of hosts, addresses and networks that may be connected to though they are private.
    """

    def __init__(self, allow: Collection[str] = ()) -> None:
        self._names: set[str] = set()
        self._networks: list[_Network] = []
        for one in allow:
            try:
                self._networks.append(ipaddress.ip_network(one, strict=False))
            except ValueError:
                if "/" in one or not one.strip():
                    raise InputError(
                        f"allow names {one!r}, which is no host and no network. Write it like 10.0.0.0/8."
                    ) from None
                self._names.add(one.casefold())
        self._backend = SyncBackend()
        # Of each thread its own: a connection is one thread's as long as it is read.
        self._clock = threading.local()

    @property
    def deadline(self) -> float:
        """When this thread's answer has to be there, by `time.monotonic`."""
        return float(getattr(self._clock, "deadline", "inf"))

    @deadline.setter
    def deadline(self, moment: float) -> None:
        self._clock.deadline = moment

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """
        A connection to one of the addresses that the name stands for.

        Raises:
            Failed: ``private`` where none is public, ``unreachable`` where it stands for none or none answers.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Failed(
                "unreachable", f"The name {host} stands for no address ({error}).", retry=True
            ) from error
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        public = [one for one in addresses if host.casefold() in self._names or self.may_reach(one)]
        if not public:
            raise Failed(
                "private",
                f"{host} is on this machine or its own network ({', '.join(addresses)}). "
                "Where that is meant, allow it: allow = "
                f'["{host}"] in the sources, or --allow {host}.',
            )
        for address in public:
            try:
                stream = self._backend.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if address == public[-1]:
                    raise
            else:
                return _Clocked(stream, self)
        raise AssertionError(host)

    def may_reach(self, address: str) -> bool:
        """Whether the address is public, or allowed all the same."""
        found = ipaddress.ip_address(address.partition("%")[0])
        if any(found in network for network in self._networks):
            return True
        return is_public(found)

    def left(self, timeout: float | None) -> float:
        """
        Seconds that may still be waited.

        Raises:
            Failed: ``slow``, where there are none.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Failed("slow", "It took too long to answer.", retry=True)
        return min(left, timeout if timeout is not None else left, 3600.0)


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether the address is one of the internet that everybody sees; so is what an address of IPv6 stands for."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(one is not None and not is_public(one) for one in inner):
            return False
        if address.ipv4_mapped:
            return True
    return address.is_global and not address.is_multicast


class _Clocked(NetworkStream):
    """A connection on which nothing waits longer than the clock allows: a body that drips is cut off in the end."""

    def __init__(self, stream: NetworkStream, guard: Guard) -> None:
        self._stream, self._guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        left = self._guard.left(timeout)
        return _Clocked(self._stream.start_tls(ssl_context, server_hostname, left), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
