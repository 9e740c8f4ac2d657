"""Structured logs that hold nothing about a person.

Our access log names the route's pattern, never the address, the query string,
the body or who asked. The server's own access log is off.
"""

import logging
import sys

import structlog


def configure(level: str = "INFO") -> None:
    """JSON lines on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
            ),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level, logging.INFO)
        ),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def log() -> structlog.typing.FilteringBoundLogger:
    """The logger of this service."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger("offer")
    return logger
