"""What is reached over the network: the service itself, its certificate, mail, sign-in, the geocoder."""

import asyncio
import json
import smtplib
import socket
import ssl
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from offer.clock import now
from offer.doctor.finding import Finding
from offer.errors import PlainError
from offer.geocoding.opening import geocoder_config
from offer.mail.post import Server, server_of
from offer.settings import Settings

SECONDS = 5.0  # that anything here may take
ENDS_SOON = timedelta(days=14)


async def of_network(settings: Settings) -> list[Finding]:
    """Each is asked for a greeting only; what is switched off is not asked."""
    parts = (_service, _certificate, _mail, _sign_in)
    asked = [asyncio.to_thread(part, settings) for part in parts]
    return [*await asyncio.gather(*asked), await _geocoder(settings)]


def _service(settings: Settings) -> Finding:
    """What the process at HOST and PORT says of itself."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/readyz"
    said = _said_at(address)
    if said is None or "troubles" not in said:
        says = f"No process of this service answers at {host}, port {settings.port}."
        return Finding("service", "none", says, "Start it: local-offer serve")
    if said["troubles"]:
        told = " ".join(f"{each['detail']} {each['mend']}." for each in said["troubles"])
        return Finding("service", "broken", f"The process at port {settings.port} says:", told)
    return Finding("service", "ok", f"a process serves catalogue version {said['catalogue_version']}")


def _said_at(address: str) -> dict[str, Any] | None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        try:
            with direct.open(address, timeout=SECONDS) as reply:
                said = json.load(reply)
        except HTTPError as unready:  # 503, with the reasons in its body
            said = json.load(unready)
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _certificate(settings: Settings) -> Finding:
    """Whether the certificate that the public meets is good, and for how long."""
    parts = urlsplit(settings.public_url or "")
    if parts.scheme != "https" or not parts.hostname:
        return Finding("certificate", "none", "no certificate is looked at: PUBLIC_URL is not https")
    cure = "Renew it where the proxy keeps it; Caddy does so by itself: look at its log."
    try:
        ends = _ends(parts.hostname, parts.port or 443)
    except ssl.SSLCertVerificationError as fault:
        says = f"The certificate of {parts.hostname} is refused by browsers: {fault.verify_message}."
        return Finding("certificate", "broken", says, cure)
    except OSError as fault:
        says = f"{parts.hostname} cannot be reached from here ({type(fault).__name__})."
        return Finding("certificate", "away", says, "Try from another network.")
    if ends - now() < ENDS_SOON:
        return Finding(
            "certificate", "old", f"The certificate of {parts.hostname} ends on {ends:%d %B}.", cure
        )
    return Finding("certificate", "ok", f"the certificate of {parts.hostname} is good until {ends:%d %B %Y}")


def _ends(host: str, port: int) -> datetime:
    with (
        socket.create_connection((host, port), SECONDS) as plain,
        ssl.create_default_context().wrap_socket(plain, server_hostname=host) as line,
    ):
        told = line.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)


def _mail(settings: Settings) -> Finding:
    """Whether the mail server lets us in. Nothing is sent."""
    try:
        server = server_of(settings)
    except PlainError as fault:
        return Finding("mail", "missing", fault.message, fault.cure)
    if server is None:
        return Finding("mail", "none", "no mail is sent (SMTP_HOST is not set)")
    try:
        greet(server)
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        says = f"The mail server {server.host}, port {server.port}, cannot be used ({_why(fault)})."
        return Finding(
            "mail",
            "broken",
            says,
            "Look at SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_USER and SMTP_PASSWORD.",
        )
    return Finding("mail", "ok", f"the mail server {server.host} lets us in")


def greet(server: Server) -> None:
    """Connects, secures the line and signs in as for a letter. Raises what `smtplib` raises."""
    with _opened(server) as line:
        if server.security == "starttls":
            line.starttls(context=server.trust())
        if server.user:
            line.login(server.user, server.password)


def _opened(server: Server) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=server.trust())
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _why(fault: Exception) -> str:
    """The server's number, or the kind of the fault: never what it repeats of ours."""
    code = getattr(fault, "smtp_code", None)
    return f"it said {code}" if code else type(fault).__name__


def _sign_in(settings: Settings) -> Finding:
    """Whether the council's own sign-in can be reached."""
    if not settings.oidc_issuer:
        return Finding("sign-in", "none", "staff sign in with a password here (OIDC_ISSUER is not set)")
    address = f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as reply:  # noqa: S310 - set by who runs it
            said = json.load(reply)
    except (OSError, ValueError) as fault:
        says = f"The council's sign-in at {settings.oidc_issuer} cannot be reached ({type(fault).__name__})."
        return Finding(
            "sign-in", "broken", says, "Who has a password signs in with it meanwhile; ask the council's IT."
        )
    if said.get("issuer") != settings.oidc_issuer:
        says = f"The sign-in at {settings.oidc_issuer} says that it is another."
        return Finding("sign-in", "broken", says, "Set OIDC_ISSUER to the very words it says.")
    if not settings.oidc_strong:
        says = f"The sign-in at {settings.oidc_issuer} is not asked whether a second factor was used."
        return Finding("sign-in", "due", says, "Set OIDC_STRONG to what it says of that, often: mfa")
    return Finding("sign-in", "ok", f"the council's sign-in at {settings.oidc_issuer} can be reached")


async def _geocoder(settings: Settings) -> Finding:
    """Whether it is on, and whether its server lets itself be reached; no place is asked about."""
    try:
        config = geocoder_config(settings)
    except PlainError as fault:
        return Finding("geocoder", "missing", fault.message, fault.cure)
    if config is None:
        return Finding("geocoder", "ok", "places are read offline (GEOCODER is off)")
    try:
        async with asyncio.timeout(settings.geocoder_seconds):
            _, line = await asyncio.open_connection(config.host, config.port)
        line.close()
    except (OSError, TimeoutError):
        cure = "Places that only it knows are not found until it can be (or is this machine behind a proxy?)."
        says = f"{config.provider} at {config.host}, port {config.port}, cannot be reached."
        return Finding("geocoder", "away", says, cure)
    says = f"{config.provider} at {config.host} can be reached, as {config.user_agent}"
    return Finding("geocoder", "ok", says)
