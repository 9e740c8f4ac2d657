"""Settings, read once from the environment and from files of secrets. Nothing else reads the environment."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from offer.errors import PlainError
from offer.fair_use.proxies import proxies_as_set

CONTAINER_SECRETS = Path("/run/secrets")
ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What one process is told: HOST, PORT, DATA_DIR, DATABASE_URL and a few more."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    data_dir: Path = ROOT / "var"
    # postgres://…; SQLite in data_dir without it. It may hold a password
    database_url: str | None = Field(default=None, repr=False)
    log_level: str = "INFO"
    https: bool = False  # behind TLS: send HSTS
    # whose X-Forwarded-For is believed: addresses and networks of the proxies in front, with commas between
    proxies: Annotated[str, AfterValidator(proxies_as_set)] = "127.0.0.1, ::1"
    rate_limits: bool = True  # off only to measure: offer/fair_use
    geocoder: Literal["off", "nominatim", "photon"] = "off"  # asked about places our lists do not know
    geocoder_url: str | None = None  # the provider's public server without it
    geocoder_contact: str | None = None  # an email address or page: both providers ask who we are
    geocoder_seconds: float = Field(default=3.0, gt=0, le=10)  # the most one request may take
    brand_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""  # who runs it
    brand_colour: str = ""  # "#6b2c91"; offer/brand.py says which can be used
    # whom to tell what is wrong with the service: an email address, or the address of a page
    contact: Annotated[str, StringConstraints(pattern=r"^$|^[^\s@<>]+@[^\s@<>]+$|^https?://[^\s<>]+$")] = ""
    # a council's own sign-in for its staff (OpenID Connect), and what people call it; off without these
    oidc_issuer: str = ""  # "https://login.council.example/…"
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    # what it says, in `acr` or `amr`, of who used a second factor: "mfa"; without it nothing is asked
    oidc_strong: str = ""
    oidc_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    # seal the secrets of code apps: 32 bytes in base 64 each, the newest first; offer/staff/sealing.py
    seal_keys: SecretStr = SecretStr("")
    # where the public finds us, for feeds and search engines: "https://offers.example"
    public_url: Annotated[str, StringConstraints(pattern=r"^https?://[\w.:\[\]-]+$")] | None = None

    smtp_host: str = ""  # the mail server for letters to staff; none: no mail is sent
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    mail_from: str = ""  # the address letters come from
    metrics_token: SecretStr = SecretStr("")  # who asks for /metrics must send it; open without
    drain_seconds: float = Field(default=0.0, ge=0, le=60)  # from SIGTERM until nothing new is taken
    link_checks: bool = False  # ask each week whether the sources we cite are still there

    @property
    def database(self) -> str:
        """Where the truth is kept, as a Tortoise address."""
        return self.database_url or f"sqlite://{self.data_dir / 'offer.sqlite3'}"

    @property
    def address(self) -> str:
        """Where people find the service, without a slash at its end."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def places_file(self) -> Path:
        """The packed postcode file, built at set-up."""
        return self.data_dir / "places.bin"


def secrets_folder() -> Path | None:
    """Where each secret is a file of its setting's name: systemd's credentials, or a container's secrets."""
    named = os.environ.get("CREDENTIALS_DIRECTORY")
    folder = Path(named) if named else CONTAINER_SECRETS
    return folder if folder.is_dir() else None


def secrets_in_environment() -> list[str]:
    """The secret settings that this process was told in its environment, which other programs may read."""
    held = os.environ.get("DATABASE_URL", "")
    named = [name.upper() for name, each in Settings.model_fields.items() if each.annotation is SecretStr]
    return [*(["DATABASE_URL"] if urlsplit(held).password else []), *filter(os.environ.get, named)]


def read_settings() -> Settings:
    """The settings of this process. Raises PlainError naming each that makes no sense.

    From the environment, else from a file of that name among the secrets.
    """
    try:
        where: dict[str, Any] = {"_secrets_dir": secrets_folder()}  # a word of pydantic-settings, not ours
        return Settings(**where)
    except ValidationError as fault:
        names = ", ".join(str(each["loc"][0]).upper() for each in fault.errors(include_input=False))
        raise PlainError(
            f"{names} cannot be read from the environment or the files of secrets.", "Give a sensible value."
        ) from None
