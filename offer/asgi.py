"""For a server that wants an application by name: `granian --interface asgi offer.asgi:app`."""

from offer.app import create_app
from offer.logs import configure, only_kinds
from offer.settings import Settings

settings = Settings()
configure(settings.log_level)
only_kinds()
app = create_app(settings)
