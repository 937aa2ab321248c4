"""What gunicorn is told beyond its options: ``--config=python:pyramid_app.base.web.gunicorn``."""

from typing import Any

import structlog

from pyramid_app.base.config import Settings


def post_worker_init(worker: Any) -> None:
    """The first process can answer now; those that follow, or take another's place, are no news."""
    if worker.age == 1:
        at = ", ".join(str(socket) for socket in worker.sockets)
        structlog.get_logger().info("pages are served", at=at, address=Settings().address)
