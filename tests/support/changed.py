"""Which tests ``make check`` runs: the laws, and those of the packages in which something changed.

``python -m tests.support.changed`` prints their folders: of what is not committed yet, or else of the last commit.
Where a change may reach everything (``kit``, ``base``, what all tests share) it is only that package's own: ``make
test`` runs the rest.
"""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]


def folders(changed: Iterable[str], there: Iterable[str]) -> list[str]:
    """Of ``there``, the names of the packages that have tests, those in which a file of ``changed`` lies."""
    parts = [Path(file).parts for file in changed]
    named = {part[1] for part in parts if len(part) > 2 and part[0] in {"pyramid_app", "templates", "tests"}}
    return [f"tests/{name}" for name in there if name in named or name == "laws"]


def _changed() -> list[str]:
    for words in (("diff", "--name-only", "HEAD"), ("diff", "--name-only", "HEAD~1")):
        files = _git(*words) + _git("ls-files", "--others", "--exclude-standard")
        if files:
            return files
    return []


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.split()


def main() -> None:
    there = sorted(file.name for file in (ROOT / "tests").iterdir() if any(file.rglob("test_*.py")))
    chosen = folders(_changed(), [name for name in there if name != "journeys"])
    print(f"Tests of what changed: {', '.join(one.removeprefix('tests/') for one in chosen)}", file=sys.stderr)
    print(*chosen)


if __name__ == "__main__":
    main()
