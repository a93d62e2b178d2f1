"""Webhooks go to the public internet, signed, and nowhere else."""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address

import pytest

from goodstanding.core.errors import Refusal
from goodstanding.office.alerts.webhook import LOOPBACK, may_reach, post, refuse_unfit, signature

ALLOWED = {LOOPBACK: "1"}


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://user:pass@example.org/",
        "https://example.org/#there",
        "https://example.org:99999/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.1.2.3/",
        "https://192.168.0.9/x",
        "https://169.254.169.254/latest",
        "https://[fe80::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://example.org/a b",
        "https://例子.example/",
    ],
)
def test_an_address_within_or_without_protection_is_refused(url: str) -> None:
    with pytest.raises(Refusal, match="GS-OFFICE-032"):
        refuse_unfit(url, {})


@pytest.mark.parametrize("url", ["https://example.org/hook?a=1", "https://93.184.215.14:8443/"])
def test_a_public_address_may_be_named(url: str) -> None:
    assert refuse_unfit(url, {}).geturl() == url


def test_this_machine_itself_only_where_its_operator_allows_it() -> None:
    assert refuse_unfit("http://127.0.0.1:9/", ALLOWED)
    with pytest.raises(Refusal):
        refuse_unfit("http://10.0.0.1/", ALLOWED)


@pytest.mark.parametrize(
    ("number", "may"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("172.16.5.5", False),
        ("224.0.0.1", False),
        ("::", False),
        ("fd00::1", False),
        ("::ffff:192.168.1.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
        ("fec0::1", False),
        ("::7f00:1", False),
        ("::ffff:0:7f00:1", False),
    ],
)
def test_which_numbers_are_public(number: str, may: bool) -> None:
    assert may_reach(ip_address(number), {}) is may


def send(url: str, body: bytes = b"{}") -> tuple[bool, str]:
    answer = post(url, body, delivery="d1", timestamp="1700000000", secret="s")
    return answer.accepted, answer.said


def test_a_name_that_stands_for_an_inner_address_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inner)
    accepted, said = send("https://hooks.example.org/")
    assert not accepted and "GS-OFFICE-032" in said
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [public, *inner])
    assert "GS-OFFICE-032" in send("https://hooks.example.org/")[1], (
        "one inner address among several is enough"
    )


class _Handler(BaseHTTPRequestHandler):
    got: list[tuple[str, dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, dict(self.headers), body))
        status = {"/moved": 302, "/down": 503}.get(self.path, 204)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[tuple[str, dict[str, str], bytes]]]]:
    monkeypatch.setenv(LOOPBACK, "1")
    got: list[tuple[str, dict[str, str], bytes]] = []
    handler = type("Handler", (_Handler,), {"got": got})
    listening = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}", got
    listening.shutdown()
    listening.server_close()
    thread.join()


def test_a_request_is_signed_so_that_its_receiver_can_tell(
    server: tuple[str, list[tuple[str, dict[str, str], bytes]]],
) -> None:
    address, got = server
    assert send(f"{address}/hook?x=1", b'{"a": 1}') == (True, "HTTP 204")
    (path, headers, body) = got[0]
    assert (path, body) == ("/hook?x=1", b'{"a": 1}')
    told = f"{headers['Goodstanding-Id']}.{headers['Goodstanding-Timestamp']}.".encode() + body
    expected = "v1=" + hmac.new(b"s", told, hashlib.sha256).hexdigest()
    assert headers["Goodstanding-Signature"] == expected == signature("s", "d1", "1700000000", body)


def test_a_redirect_is_not_followed_and_an_error_is_no_acceptance(
    server: tuple[str, list[tuple[str, dict[str, str], bytes]]],
) -> None:
    address, got = server
    assert send(f"{address}/moved") == (False, "HTTP 302")
    assert send(f"{address}/down") == (False, "HTTP 503")
    assert [one[0] for one in got] == ["/moved", "/down"]


def test_nobody_who_listens_is_no_acceptance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOOPBACK, "1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    accepted, said = send(f"http://127.0.0.1:{port}/")
    assert not accepted and said.startswith("not reached")
