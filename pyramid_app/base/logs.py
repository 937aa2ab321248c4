"""One JSON line an event, on stderr. Never in it: what families say, an address, a code, a secret part of a path."""

import sys

import structlog


def configure() -> None:
    """How web, scheduler and commands log."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
