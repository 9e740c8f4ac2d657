"""A person of staff in a test, and the browser they sit at."""

import re
from dataclasses import dataclass
from datetime import datetime

import httpx2
import pyotp
from starlette.applications import Starlette

from offer.staff.codes import form_token

PASSWORD = "otter lantern marmalade"
HOST = "http://127.0.0.1"


@dataclass(frozen=True)
class Somebody:
    """Signed in. `post` sends a form with the session's mark."""

    client: httpx2.AsyncClient
    account: int
    email: str
    key: str

    async def get(self, path: str) -> httpx2.Response:
        return await self.client.get(path)

    async def post(self, path: str, **fields: str) -> httpx2.Response:
        return await self.client.post(path, data={"token": form_token(self.key), **fields})


def browser(app: Starlette, cookies: dict[str, str] | None = None, base: str = HOST) -> httpx2.AsyncClient:
    """A browser on the machine of the service."""
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=base, cookies=cookies)


def hidden(page: httpx2.Response, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(f'name="{re.escape(name)}" value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return found[1]


def code_of(secret: str, at: datetime) -> str:
    """What the app shows."""
    return pyotp.TOTP(secret).at(at)
