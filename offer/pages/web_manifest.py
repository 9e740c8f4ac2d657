"""What a phone reads when somebody keeps the service on its home screen."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from offer.caching import HOUR
from offer.pages.rendering import asset

PAPER = "#fffdf9"  # --app-paper of templates/css/palette.css


async def web_manifest(request: Request) -> Response:
    """GET /manifest.webmanifest."""
    site = request.app.state.site
    described = {
        "name": f"Care leaver offers – {site.council}" if site.council else "Care leaver offers",
        "short_name": "Offers",
        "description": "What people who were in care can get in England, and how to ask for it.",
        "lang": "en",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",  # with the way back, which not every phone has of its own
        "background_color": PAPER,
        "theme_color": site.bar,
        "icons": [{"src": asset("icon.svg"), "type": "image/svg+xml", "sizes": "any"}],
    }
    return JSONResponse(described, headers=HOUR, media_type="application/manifest+json")


ROUTES = (Route("/manifest.webmanifest", web_manifest, name="web_manifest"),)
