"""A council's provider for tests: Authlib's own OpenID Connect server, over real HTTP on this machine.

It checks what a real one checks: the client's secret, the redirect address, PKCE, and that a code
works once. A test may bend what it says, turn its keys, or send it away.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from authlib.oauth2.rfc6749 import (
    AuthorizationCodeMixin,
    AuthorizationServer,
    ClientMixin,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import KeySet, OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "local-offer", "a secret of the two"


class _Client(ClientMixin):  # type: ignore[misc]
    client_id = CLIENT

    def __init__(self, back: str) -> None:
        self.back = back

    def get_client_id(self) -> str:
        return CLIENT

    def get_allowed_scope(self, scope: str) -> str:
        return "openid" if "openid" in scope.split() else ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.back

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class _Code(AuthorizationCodeMixin):  # type: ignore[misc]
    code: str
    subject: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class _Asked(OAuth2Request):  # type: ignore[misc]
    def __init__(self, method: str, uri: str, headers: Mapping[str, str], sent: dict[str, str]) -> None:
        super().__init__(method, uri, headers=headers)
        self.payload = BasicOAuth2Payload(sent)
        self._sent = sent

    @property
    def args(self) -> dict[str, str]:
        return self._sent

    @property
    def form(self) -> dict[str, str]:
        return self._sent


class _Server(AuthorizationServer):  # type: ignore[misc]
    def __init__(self, client: _Client) -> None:
        super().__init__(scopes_supported=["openid"])
        self.client = client
        self.register_token_generator("default", self._token)

    @staticmethod
    def _token(scope: str = "", **_: object) -> dict[str, object]:
        return {"token_type": "Bearer", "access_token": "not used", "expires_in": 60, "scope": scope}

    def query_client(self, client_id: str) -> _Client | None:
        return self.client if client_id == CLIENT else None

    def save_token(self, token: object, request: object) -> None:
        """Nobody asks for it again."""

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: _Asked) -> _Asked:
        return request

    def handle_response(self, status: int, body: object, headers: list[tuple[str, str]]) -> Response:
        named = dict(headers)
        if "Location" in named:
            return RedirectResponse(named["Location"], status)
        return JSONResponse(body, status)


@dataclass
class CouncilProvider:
    """A running provider. `person`: who sits at it, None for somebody who declines."""

    address: str
    person: str | None = "subject-1"
    bend: dict[str, Any] = field(default_factory=dict)  # claims said in the place of the right ones
    algorithm: str = "RS256"
    sign_with: Any = None  # a key that is not published
    document: dict[str, Any] = field(default_factory=dict)  # of the discovery, in the place of the right
    status: int = 200  # of the discovery document
    keys_asked: int = 0
    codes: dict[str, _Code] = field(default_factory=dict)
    seen: list[dict[str, str]] = field(default_factory=list)  # what was asked of the token endpoint

    def __post_init__(self) -> None:
        self.turn_keys()

    def turn_keys(self) -> None:
        """New keys in the place of the old, as a provider does every few weeks."""
        self.keys = KeySet([RSAKey.generate_key(2048, {"use": "sig"})])


def _grants(provider: CouncilProvider) -> tuple[type, type]:
    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: _Asked) -> None:
            sent = request.payload.data
            provider.codes[code] = _Code(
                code, str(request.user), sent["redirect_uri"], sent["scope"], sent["nonce"],
                sent["code_challenge"], sent["code_challenge_method"],
            )  # fmt: skip

        def query_authorization_code(self, code: str, client: object) -> _Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: _Code) -> None:
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: _Code) -> str:
            return authorization_code.subject

    class Tokens(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: object) -> bool:
            return False

        def generate_user_info(self, user: str, scope: str) -> dict[str, Any]:
            return {"sub": user, **provider.bend}

        def get_client_claims(self, client: object) -> dict[str, Any]:
            return {"iss": provider.address, "aud": [CLIENT]}

        def get_client_algorithm(self, client: object) -> str:
            return provider.algorithm

        def get_encode_header(self, client: object) -> dict[str, str]:
            key = provider.sign_with or provider.keys.keys[0]
            return {"alg": provider.algorithm, "kid": key.kid or "none"}

        def resolve_client_private_key(self, client: object) -> Any:
            return provider.sign_with or provider.keys.keys[0]

    return Grant, Tokens


def _app(provider: CouncilProvider, back: str) -> Starlette:
    server = _Server(_Client(back))
    grant, tokens = _grants(provider)
    server.register_grant(grant, [tokens(require_nonce=True), CodeChallenge(required=True)])

    async def discovery(_: Request) -> Response:
        here = provider.address
        found = {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        return JSONResponse(found | provider.document, provider.status)

    async def authorize(request: Request) -> Response:
        asked = _Asked("GET", str(request.url), request.headers, dict(request.query_params))
        consent = server.get_consent_grant(asked, provider.person)
        reply: Response = server.create_authorization_response(asked, provider.person, consent)
        return reply

    async def token(request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        provider.seen.append(form)
        reply: Response = server.create_token_response(
            _Asked("POST", str(request.url), request.headers, form)
        )
        return reply

    async def keys(_: Request) -> Response:
        provider.keys_asked += 1
        odd: list[Any] = [{"kty": "oct", "k": "AAAA", "kid": "shared"}, {"kty": "new-kind", "kid": "x"}]
        return JSONResponse({"keys": [*provider.keys.as_dict()["keys"], *odd, {"kty": "RSA", "kid": "torn"}]})

    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/authorize", authorize),
            Route("/token", token, methods=["POST"]),
            Route("/keys", keys),
        ]
    )


@contextmanager
def council_provider(back: str) -> Iterator[CouncilProvider]:
    """A provider that sends people back to `back`, on a free port, until the block ends."""
    provider = CouncilProvider("")
    config = uvicorn.Config(
        _app(provider, back), port=0, lifespan="off", log_level="critical", access_log=False
    )
    runner = uvicorn.Server(config)
    thread = threading.Thread(target=runner.run, daemon=True)
    thread.start()
    while not runner.started:
        time.sleep(0.02)
    provider.address = f"http://127.0.0.1:{runner.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield provider
    finally:
        runner.should_exit = True
        thread.join()


Bend = Callable[[CouncilProvider], object]


def shared_key() -> OctKey:
    """A key of the kind that both sides must hold: the client's secret, known to more than the provider."""
    return OctKey.import_key(SECRET.ljust(32, "."))
