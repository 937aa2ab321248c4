"""An installed wheel is the whole product: all that pages, letters, paper and tables are made from travels inside."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_wheel_holds_templates_static_files_and_migrations(tmp_path):
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    expected = [
        f"pyramid_app/{folder}/{file.relative_to(ROOT / folder)}"
        for folder in ("templates", "static", "migrations")
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    ]
    expected += [str(file.relative_to(ROOT)) for file in (ROOT / "pyramid_app").rglob("*.typ")]
    assert any(name.endswith(".typ") for name in expected)
    assert any(name.endswith(".ttf") for name in expected)
    assert [name for name in expected if name not in names] == []
