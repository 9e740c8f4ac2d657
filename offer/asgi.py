"""For a server that wants an application by name: `granian --interface asgi offer.asgi:app`."""

from offer.app import create_app
from offer.logs import configure
from offer.settings import Settings

settings = Settings()
configure(settings.log_level)
app = create_app(settings)
