"""Asks the council's provider: its discovery document, its keys, a token for a code; short and small."""

import asyncio
import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwk import KeySet

from directory.public_web import public_only
from offer.staff.council.believing import Endpoints, endpoints_of, keys_of, subject_of
from offer.staff.council.config import ProviderConfig
from offer.staff.council.errors import NotBelieved, ProviderAway, UnknownKey
from offer.staff.council.journey import Journey

PATIENCE = 5.0  # seconds one question may take
MOST = 512 * 1024  # bytes of an answer
KEPT = 3600.0  # seconds a discovery document and keys are used again
REST = 5.0  # seconds in which a provider that did not answer is not asked again


class AskedProvider:
    """The provider, as one process knows it."""

    def __init__(self, config: ProviderConfig) -> None:
        self._config = config
        self._endpoints: Endpoints | None = None
        self._keys: KeySet | None = None
        self._read_at = self._away_at = float("-inf")
        self._one_at_a_time = asyncio.Lock()

    @property
    def config(self) -> ProviderConfig:
        """The provider as the settings name it."""
        return self._config

    async def address(self, journey: Journey, back: str) -> str:
        """Where to send a browser that begins a journey. Raises ProviderAway, NotBelieved."""
        endpoints = await self._known()
        made = prepare_grant_uri(
            endpoints.authorize, self.config.client_id, "code", redirect_uri=back, scope="openid",
            state=journey.state, nonce=journey.nonce,
            code_challenge=create_s256_code_challenge(journey.verifier), code_challenge_method="S256",
        )  # fmt: skip
        return str(made)

    async def subject(self, journey: Journey, code: str, back: str, at: datetime) -> str:
        """Who came back with a code. Raises ProviderAway, NotBelieved."""
        endpoints = await self._known()
        tokens = await self._exchange(endpoints, journey, code, back)
        keys = self._keys or await self._read_keys(endpoints)
        try:
            return subject_of(self.config, tokens, keys, journey.nonce, at)
        except UnknownKey:  # the provider has new keys since we asked
            fresh = await self._read_keys(endpoints)
            return subject_of(self.config, tokens, fresh, journey.nonce, at)

    async def _known(self) -> Endpoints:
        async with self._one_at_a_time:
            moment = time.monotonic()
            if self._endpoints and moment - self._read_at < KEPT:
                return self._endpoints
            if moment - self._away_at < REST:
                raise ProviderAway("did not answer a moment ago")
            try:
                document = await _asked("GET", f"{self.config.issuer}/.well-known/openid-configuration")
            except ProviderAway:
                self._away_at = time.monotonic()
                raise
            self._endpoints, self._keys = endpoints_of(self.config, document), None
            self._read_at = time.monotonic()
            return self._endpoints

    async def _read_keys(self, endpoints: Endpoints) -> KeySet:
        self._keys = keys_of(await _asked("GET", endpoints.keys))
        return self._keys

    async def _exchange(
        self, endpoints: Endpoints, journey: Journey, code: str, back: str
    ) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": journey.verifier,
        }
        method = "client_secret_post" if endpoints.posts_secret else "client_secret_basic"
        auth = ClientAuth(self.config.client_id, self.config.client_secret, method)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        url, headers, body = auth.prepare("POST", endpoints.token, headers, urlencode(form))
        return await _asked("POST", url, headers, body)


async def _asked(
    method: str, url: str, headers: Mapping[str, str] | None = None, body: str | None = None
) -> Mapping[str, Any]:
    """The JSON object of a 200 reply. Follows no redirect: it might lead a secret elsewhere."""
    limits, jar = aiohttp.ClientTimeout(total=PATIENCE), aiohttp.DummyCookieJar()
    here = public_only(allow_private=True)  # a provider may be inside the council's network
    sent = {"Accept": "application/json", **(headers or {})}
    try:
        async with (
            aiohttp.ClientSession(connector=here, timeout=limits, cookie_jar=jar, trust_env=True) as session,
            session.request(method, url, data=body, headers=sent, allow_redirects=False) as reply,
        ):
            status, text = reply.status, await _short(reply)
    except (aiohttp.ClientError, OSError, TimeoutError) as fault:
        raise ProviderAway(type(fault).__name__) from fault
    if status in (400, 401, 403):
        raise NotBelieved(f"refused by the provider: {status}")
    if status != 200:
        raise ProviderAway(f"answered {status}")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise ProviderAway("answered no JSON") from fault
    if not isinstance(found, dict):
        raise ProviderAway("answered no JSON object")
    return found


async def _short(reply: aiohttp.ClientResponse) -> bytes:
    held = b""
    async for chunk in reply.content.iter_chunked(65_536):
        held += chunk
        if len(held) > MOST:
            raise ProviderAway("answered too much")
    return held
