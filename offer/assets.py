"""Serves what templates/build.py built. A name carries its own hash, so a browser may keep it for ever."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from offer.caching import FOR_EVER
from offer.pages.rendering import BUILT, manifest
from offer.site import Site


class Assets(StaticFiles):
    """Only files that the manifest names, and the sheet with the council's colour."""

    def __init__(self, site: Site) -> None:
        super().__init__(directory=BUILT, check_dir=False)
        self._site = site

    async def get_response(self, path: str, scope: Scope) -> Response:
        if self._site.brand and path == self._site.sheet:
            return Response(self._site.brand.sheet, media_type="text/css", headers=FOR_EVER)
        if path not in manifest().values():
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers.update(FOR_EVER)
        return response
