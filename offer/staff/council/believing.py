"""What of a provider's answers is to be believed. Pure: documents, keys and the moment are handed in.

OpenID Connect Core 1.0, 3.1.3.7: the signature by a key of the provider, its issuer, our own client id
as the only audience, the time, and the nonce of this journey. Algorithms that share a secret are refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet
from joserfc.jws import JWSRegistry

from offer.staff.council.config import ProviderConfig
from offer.staff.council.errors import NotBelieved, TooWeak, UnknownKey

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
_SIGNED = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
_MUST = {"essential": True}
LEEWAY = 60  # seconds by which two clocks may differ
LONGEST = 255  # signs of a subject, by the standard


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider is asked. `posts_secret`: it wants the secret in the body, not in a header."""

    authorize: str
    token: str
    keys: str
    posts_secret: bool


def endpoints_of(config: ProviderConfig, document: Mapping[str, Any]) -> Endpoints:
    """What its discovery document names. Raises NotBelieved for another issuer, or an unsafe address."""
    if str(document.get("issuer", "")).rstrip("/") != config.issuer:
        raise NotBelieved("the discovery document names another issuer")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    addresses = [str(document.get(name, "")) for name in names]
    if not all(config.may_be_asked(address) for address in addresses):
        raise NotBelieved("an endpoint is missing or not https")
    methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    authorize, token, keys = addresses
    return Endpoints(authorize, token, keys, posts_secret="client_secret_basic" not in methods)


def keys_of(document: Mapping[str, Any]) -> KeySet:
    """The keys that can verify a signature, without those that we do not know or that share a secret."""
    held = document.get("keys")
    found = (_key(each) for each in held if isinstance(each, dict)) if isinstance(held, list) else ()
    return KeySet([key for key in found if key is not None])


def _key(each: dict[str, Any]) -> Key | None:
    if each.get("kty") not in ("RSA", "EC", "OKP") or each.get("use", "sig") != "sig":
        return None
    try:
        return JWKRegistry.import_key(cast(Any, each))
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def subject_of(
    config: ProviderConfig, tokens: Mapping[str, Any], keys: KeySet, nonce: str, at: datetime
) -> str:
    """Whom a token answer is about. Raises NotBelieved, UnknownKey for a key that is not among these."""
    text = tokens.get("id_token")
    if not isinstance(text, str):
        raise NotBelieved("no id_token")
    try:
        token = jwt.decode(text, keys, registry=_SIGNED)
    except InvalidKeyIdError as fault:
        raise UnknownKey("signed with a key that is not published") from fault
    except (JoseError, ValueError, TypeError) as fault:
        raise NotBelieved(f"signature: {type(fault).__name__}") from fault
    options = {"iss": _MUST, "aud": _MUST, "nonce": {"essential": True, "value": nonce}}
    params = {"nonce": nonce, "client_id": config.client_id, "access_token": tokens.get("access_token")}
    claims = CodeIDToken(token.claims, token.header, options, params)
    try:
        claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as fault:
        raise NotBelieved(f"claims: {type(fault).__name__} {getattr(fault, 'claim', '')}".strip()) from fault
    return _subject(config, claims)


def _subject(config: ProviderConfig, claims: Mapping[str, Any]) -> str:
    """The rest that the library leaves open: exactly our issuer, us and nobody else as the audience."""
    if str(claims["iss"]).rstrip("/") != config.issuer:
        raise NotBelieved("another issuer")
    audience: Sequence[Any] = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if list(audience) != [config.client_id]:
        raise NotBelieved("another audience")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        raise NotBelieved("no subject")
    if config.strong and not config.strong & _how(claims):
        raise TooWeak("no second factor is told")
    return subject


def _how(claims: Mapping[str, Any]) -> set[str]:
    """How somebody signed in there, in the provider's words; nothing said is taken for the weakest way."""
    methods = claims.get("amr")
    listed = methods if isinstance(methods, list) else []
    return {each for each in (claims.get("acr"), *listed) if isinstance(each, str)}
