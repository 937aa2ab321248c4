"""Comparing two wordings by hand."""

from pathlib import Path

import click

from pyramid_app.kit.texts.redline import as_html, compare

FILE = click.Path(path_type=Path)
LOST_ON_THE_WAY = {ord("\r"): "&#13;", ord("\ufeff"): "&#65279;"}
"""Signs that programs change or drop when they read text: as entities they come back as they were."""


@click.command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
def redline(old: Path, new: Path) -> None:
    """Print what changed from the text OLD to NEW as HTML, with <ins> and <del> and nothing else."""
    html = str(as_html(compare(_text(old), _text(new))))
    click.echo(html.translate(LOST_ON_THE_WAY).encode(), nl=False)


def _text(file: Path) -> str:
    """As it is: no line end is made another one."""
    try:
        return file.read_bytes().decode()
    except OSError as wrong:
        raise ValueError(f"{file} can't be read: {wrong.strerror}.") from wrong
    except UnicodeDecodeError as wrong:
        raise ValueError(f"{file} can't be read as UTF-8: byte {wrong.start + 1} fits no sign.") from wrong
