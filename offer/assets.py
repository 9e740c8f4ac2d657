"""Serves what templates/build.py built. A name carries its own hash, so a browser may keep it for ever."""

import asyncio
from functools import cache
from pathlib import PurePath
from types import MappingProxyType

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from offer.caching import FOR_EVER
from offer.compressed import AS_BROTLI, ONCE, packed, takes_brotli
from offer.pages.rendering import BUILT, manifest
from offer.site import sheet_called

_TEXT = MappingProxyType({".css": "text/css", ".mjs": "text/javascript"})


class Assets(StaticFiles):
    """Only files that the manifest names, and sheets with a council's colour, made from their names."""

    def __init__(self) -> None:
        super().__init__(directory=BUILT, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        if sheet := sheet_called(path):
            return Response(sheet, media_type="text/css", headers=FOR_EVER)
        if path not in manifest().values():
            raise HTTPException(404)
        if _TEXT.get(PurePath(path).suffix) and takes_brotli(Headers(scope=scope).get("accept-encoding", "")):
            headers = {**FOR_EVER, **AS_BROTLI}
            body = await asyncio.to_thread(_in_brotli, path)
            return Response(body, media_type=_TEXT[PurePath(path).suffix], headers=headers)
        response = await super().get_response(path, scope)
        response.headers.update(FOR_EVER)
        return response


@cache
def _in_brotli(name: str) -> bytes:
    """A file of the manifest, packed when it is first asked for: once, as what it holds never changes."""
    return packed((BUILT / name).read_bytes(), ONCE)
