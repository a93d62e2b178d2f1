"""A signed request to an address that somebody else chose: no address within, no way around by name or redirect."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import os
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from goodstanding.core.errors import Refusal

LOOPBACK = "GOODSTANDING_WEBHOOK_LOOPBACK"
"""Set to 1, webhooks may go to this machine itself, and there over plain HTTP."""
PATIENCE = 10.0
"""Seconds for each wait of a request; the whole of it may take twice as long."""
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_DISGUISES = tuple(
    ip_network(one)
    for one in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::ffff:0:0:0/96",
        "::/96",
        "fec0::/10",
    )
)


@dataclass(frozen=True)
class Answer:
    """What came of a request: whether it was accepted, and what to write down."""

    accepted: bool
    said: str


def refuse_unfit(url: str, environment: Mapping[str, str] = os.environ) -> SplitResult:
    """The parts of an address that may be a webhook's. Raises GS-OFFICE-032 for any other.

    The name is looked up when something is sent, and not before: what it stands for may change.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unfit(url, "It is no address.") from None
    host = parts.hostname or ""
    local = host in _LOCAL and environment.get(LOOPBACK) == "1"
    if not host or parts.username is not None or parts.fragment or port == 0 or not url.isascii():
        raise _unfit(url, "It names no host, or names a user or a place on a page.")
    if any(one.isspace() or ord(one) < 32 for one in url) or len(url) > 500:
        raise _unfit(url, "It has spaces, or more than 500 characters.")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise _unfit(url, "Alerts go over HTTPS; to this machine over HTTP, if its operator allows that.")
    try:
        number = ip_address(host)
    except ValueError:
        return parts
    if not may_reach(number, environment):
        raise _unfit(url, "It names an address within a network.")
    return parts


def _unfit(url: str, why: str) -> Refusal:
    return Refusal(
        "GS-OFFICE-032",
        "This cannot be the address of a webhook.",
        where=url[:100],
        why=why,
        remedy="Give an address that begins with https:// and names a host of the public internet.",
    )


def may_reach(number: IPv4Address | IPv6Address, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a request may go to an address: public ones, and this machine's own if its operator allows it."""
    if isinstance(number, IPv6Address):
        inner = number.ipv4_mapped
        if inner is not None:
            return may_reach(inner, environment)
        if not number.is_loopback and any(number in one for one in _DISGUISES):
            return False
    if number.is_loopback:
        return environment.get(LOOPBACK) == "1"
    return number.is_global and not number.is_multicast


def signature(secret: str, delivery: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `id.timestamp.body`, in hexadecimal after `v1=`."""
    told = f"{delivery}.{timestamp}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), told, hashlib.sha256).hexdigest()


def post(url: str, body: bytes, *, delivery: str, timestamp: str, secret: str) -> Answer:
    """Send a body, signed. Accepted is what is answered with 200 to 299; a redirect is not followed.

    The host is looked up once, and the request goes to the very address that was found fit.
    """
    try:
        parts = refuse_unfit(url)
        connection = _connect(parts)
    except Refusal as refusal:
        return Answer(False, f"{refusal.code}: {refusal.why}")
    except (OSError, UnicodeError) as error:
        return Answer(False, f"not reached: {_brief(error)}")
    ended = threading.Timer(2 * PATIENCE, _hang_up, [connection.sock])
    ended.daemon = True
    ended.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "goodstanding",
            "Goodstanding-Id": delivery,
            "Goodstanding-Timestamp": timestamp,
            "Goodstanding-Signature": signature(secret, delivery, timestamp, body),
        }
        connection.request("POST", target, body=body, headers=headers)
        status = connection.getresponse().status
        return Answer(200 <= status < 300, f"HTTP {status}")
    except (OSError, http.client.HTTPException) as error:
        return Answer(False, f"no answer: {_brief(error)}")
    finally:
        ended.cancel()
        connection.close()


def _brief(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:120]


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def _connect(parts: SplitResult) -> http.client.HTTPConnection:
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [(family, address) for family, _, _, _, address in found]
    if not numbers or not all(may_reach(ip_address(str(one[0]).split("%")[0])) for _, one in numbers):
        raise _unfit(parts.geturl(), "Its name stands for an address within a network.")
    family, address = numbers[0]
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(PATIENCE)
        sock.connect(address)
        if secure:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except BaseException:
        sock.close()
        raise
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(host, port, timeout=PATIENCE)
    connection.sock = sock
    return connection
