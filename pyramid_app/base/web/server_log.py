"""gunicorn's lines in the log of everybody: it brings handlers of its own, and plain text."""

from gunicorn.config import Config
from gunicorn.glogging import Logger

from pyramid_app.base import logs


class ServerLog(Logger):
    """Named in the options with which ``serve`` starts gunicorn, so that the first line is JSON, too."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        logs.configure()
