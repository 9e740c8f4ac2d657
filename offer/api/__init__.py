"""JSON API v1: the contract other systems rely on."""

from starlette.routing import Route

from offer.api.health import healthz, readyz
from offer.api.metrics import metrics
from offer.api.openapi import openapi
from offer.api.openreferral import feed_routes
from offer.api.operations import OPERATIONS, Operation, api_routes
from offer.api.pack import rules

__all__ = ["OPERATIONS", "Operation", "routes"]


def routes() -> list[Route]:
    """Everything machines ask: the API, its description, and how this process is."""
    return [
        *api_routes(),
        *feed_routes(),
        Route("/openapi.json", openapi),
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
        Route("/pack/rules", rules),
    ]
