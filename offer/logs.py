"""Structured logs that hold nothing about a person.

Our access log names the route's pattern, never the address, the query string,
the body or who asked. The server's own access log is off. What a library, a lost
task or a crash would write is cut down to its kind and place: the text of an error
may hold what somebody typed. Every line and field is in offer/pages/docs/watching.md.
"""

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

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


def place_of(trace: TracebackType | None) -> str:
    """Where an error came from, as "answer.py:42"."""
    where = traceback.extract_tb(trace)[-1] if trace else None
    return f"{Path(where.filename).name}:{where.lineno}" if where else "unknown"


class KindAlone(logging.Handler):
    """What a library logs: which library, how bad, and the kind and place of the error. Never its words."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line of ours for one of theirs."""
        kind, _, trace = record.exc_info or (None, None, None)
        told = {"kind": kind.__name__, "where": place_of(trace)} if kind else {}
        log().log(record.levelno, "library", library=record.name, **told)


def only_kinds() -> None:
    """From now on this process writes no text of an error, whoever would: for a process that serves."""
    logging.root.handlers[:] = [KindAlone(logging.WARNING)]
    logging.captureWarnings(True)
    sys.excepthook = lambda kind, _, trace: _lost("crash", kind, trace)
    threading.excepthook = lambda lost: _lost("thread", lost.exc_type, lost.exc_traceback)
    sys.unraisablehook = lambda lost: _lost("unraisable", lost.exc_type, lost.exc_traceback)


def _lost(event: str, kind: type[BaseException], trace: TracebackType | None) -> None:
    log().error(event, kind=kind.__name__, where=place_of(trace))
