"""Serves what templates/build.py built. A name carries its own hash, so a browser may keep it for ever."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from offer.caching import FOR_EVER
from offer.pages.rendering import BUILT, manifest


class Assets(StaticFiles):
    """Only files that the manifest names."""

    def __init__(self) -> None:
        super().__init__(directory=BUILT, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path not in manifest().values():
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers.update(FOR_EVER)
        return response
