"""``pyramid-app``: every command by its name; only the one that is asked for is loaded.

Exit 0: fine; 1: some refused; 2: unusable, with one sentence on stderr.
"""

from importlib import import_module
from typing import Any, cast

import click

from pyramid_app.base import logs

COMMANDS = {
    "db": "operating",
    "demo": "sample.demo",
    "jobs": "operating",
    "people": "accounts.commands",
    "redline": "charter.commands",
    "scheduler": "operating",
    "serve": "operating",
    "setup": "operating",
    "suggestions": "feedback.suggesting.commands",
}
"""The module of each command, which has it under its own name."""


class Named(click.Group):
    """Loading the whole product takes longer than comparing two charters.

    Whatever makes a command unusable is said in one sentence, here for all of them.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return cast(click.Command, getattr(import_module(f"pyramid_app.{COMMANDS[cmd_name]}"), cmd_name))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as failure:
            why = import_module("pyramid_app.base.unusable").why_unusable(failure)
            if why is None:
                raise
        click.echo(why, err=True)
        raise SystemExit(2)


@click.group(cls=Named)
def main() -> None:
    """Pyramid: a SEND partnership listens to parent carers, and answers them."""
    logs.configure()


if __name__ == "__main__":
    main()
