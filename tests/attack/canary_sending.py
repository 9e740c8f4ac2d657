"""Sends canaries to every address, in every way a request can carry them, and looks at each reply."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import httpx2

from offer.public_address import NAMES
from tests.attack.canaries import Person, Sieve
from tests.attack.canary_cases import PARTS, Case, Key, cases, staff_cases
from tests.attack.canary_service import FAULTS, HEADER

SAME = {"Sec-Fetch-Site": "same-origin"}
LINK = re.compile(rb'(?:href|action|src|formaction)="([^"]*)"')
ASKED = re.compile(rb"\b(?:%s)=[^&\"\n]*" % b"|".join(sorted(each.encode() for each in NAMES)))
TOO_MUCH = 70 * 1024


@dataclass(slots=True)
class Sender:
    """One person's requests, and what was wrong with a reply: no header or link may hold a canary."""

    address: str
    person: Person
    sieve: Sieve
    facts: Sieve  # without words, which an address may hold
    noises: int = 99  # how many kinds of noise each address gets, in turn
    sent: int = 0
    turn: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    leaks: list[str] = field(default_factory=list)

    async def everywhere(self, keys: Sequence[Key]) -> None:
        """Every case, and noise at every address."""
        told = cases(self.person) | staff_cases(self.person)
        async with httpx2.AsyncClient(base_url=self.address, timeout=120, headers=SAME) as client:
            for key in keys:
                for case in told.get(key, [Case()]):
                    await self._ask(client, key, case)
                for request in self._in_turn([*self._noise(key)]):
                    await self._send(client, key, request)

    def _in_turn(self, requests: list[httpx2.Request]) -> list[httpx2.Request]:
        """As many as each address gets; the next address begins where this one ended."""
        first, self.turn = self.turn, self.turn + self.noises
        many = min(self.noises, len(requests))
        return [requests[(first + each) % len(requests)] for each in range(many)]

    async def _ask(self, client: httpx2.AsyncClient, key: Key, case: Case) -> None:
        method, path = key
        what = client.build_request(
            method, filled(path), params=dict(case.query), data=dict(case.form) if case.form else None,
            json=case.json,
        )  # fmt: skip
        await self._send(client, key, what)

    def _noise(self, key: Key) -> Iterator[httpx2.Request]:
        """The same facts in the address, the query, headers, cookies and bodies of every kind."""
        (method, path), who = key, self.person
        url = f"{self.address}{filled(path)}"
        query = {**who.form, who.word("name"): who.word("value"), "q": who.word("q")}
        noisy = {
            **SAME,
            "Cookie": f"visit={who.word('cookie')}; staff={who.word('staff')}; x={who.birthday}",
            "User-Agent": f"{who.word('agent')} {who.postcode}",
            "Referer": f"{self.address}/results?postcode={who.postcode.replace(' ', '+')}",
            "Accept-Language": who.word("language"), "X-Forwarded-For": who.word("from"),
            "X-Request-Id": who.word("id"), "Request-Id": who.word("id"), "Traceparent": who.word("trace"),
            "If-None-Match": who.word("tag"), "Last-Event-ID": who.word("event"), "Range": who.word("range"),
            "Authorization": f"Bearer {who.word('token')}",
        }  # fmt: skip
        yield httpx2.Request(
            method, url, params=query, headers=noisy, data=dict(who.form) if method == "POST" else None
        )
        if not path.startswith("/staff"):  # whose door keeps the address somebody wanted, to lead back to it
            yield httpx2.Request(method, f"{self.address}{hidden(path, who)}", headers=SAME)
        yield httpx2.Request(who.word("METHOD").upper(), url, headers=SAME)
        fault = {**noisy, HEADER: FAULTS[self.sent % len(FAULTS)]}
        yield httpx2.Request(method, url, params=query, headers=fault, content=who.birthday.encode())
        if method == "POST":
            yield from self._bad_bodies(url)

    def _bad_bodies(self, url: str) -> Iterator[httpx2.Request]:
        who = self.person
        text = f"{who.postcode} {who.birthday} {who.word('body')}"
        kinds = {
            "application/json": f'{{"facts": {{"postcode": "{text}"', "text/plain": text,
            "multipart/form-data": text, "multipart/form-data; boundary=b": f"--b\r\n{text}",
            "application/x-www-form-urlencoded": f"%zz={text}&" * 20, who.word("kind"): text,
        }  # fmt: skip
        for kind, body in kinds.items():
            yield httpx2.Request("POST", url, headers={**SAME, "Content-Type": kind}, content=body.encode())
        form = {**SAME, "Content-Type": "application/x-www-form-urlencoded"}
        yield httpx2.Request("POST", url, headers=form, content=(text * (TOO_MUCH // len(text) + 1)).encode())
        files = {"file": (who.word("file"), text, "text/plain")}
        yield httpx2.Request("POST", url, headers=SAME, files=files, data=dict(who.form))
        foreign = {"Sec-Fetch-Site": "cross-site", "Origin": f"https://{who.word('origin')}.example"}
        yield httpx2.Request("POST", url, headers=foreign, data=dict(who.form))

    async def _send(self, client: httpx2.AsyncClient, key: Key, request: httpx2.Request) -> None:
        self.sent += 1
        client.cookies.clear()
        reply = await client.send(request, stream=True)
        try:
            body = b"" if key[1].endswith("/live") and reply.status_code == 200 else await reply.aread()
        finally:
            await reply.aclose()
        self.statuses[reply.status_code] = self.statuses.get(reply.status_code, 0) + 1
        self._look(key, reply, body)

    def _look(self, key: Key, reply: httpx2.Response, body: bytes) -> None:
        """No link or header holds a fact; a made-up word only where an address may hold words."""
        heads = b"\n".join(name + b": " + value for name, value in reply.headers.raw)
        for where, data in (("header", heads), ("link", b"\n".join(LINK.findall(body)))):
            self._note(key, reply, where, self.facts, data)
            self._note(key, reply, where, self.sieve, ASKED.sub(b"", data))
        if any(self.sieve.found(body)) and not is_private(key, reply):
            self.leaks.append(f"{key} {reply.status_code}: a cache for many may keep it")

    def _note(self, key: Key, reply: httpx2.Response, where: str, sieve: Sieve, data: bytes) -> None:
        self.leaks += [f"{key} {reply.status_code} {where}: {hit!r}" for hit in sieve.found(data)]


def filled(path: str) -> str:
    """An address of a route, with parts that are there."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda part: PARTS.get(part[1], "1"), path)


def hidden(path: str, who: Person) -> str:
    """The same with a canary in each part; one behind the address where it has none."""
    word = f"{who.word('part')}-{who.postcode.replace(' ', '%20')}"
    return re.sub(r"\{[^}]*\}", word, path) if "{" in path else f"{path.rstrip('/')}/{word}"


def is_private(key: Key, reply: httpx2.Response) -> bool:
    """Whether no cache but the asker's own may keep it: nothing that was posted is, unless it says so."""
    kept = reply.headers.get("cache-control", "")
    return "no-store" in kept or "private" in kept or (key[0] == "POST" and not kept)
