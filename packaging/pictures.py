"""Draw the pictures of the README anew: `python packaging/pictures.py`.

Each is one call of `gdstudio render`, so that they show the program as it is.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "pictures"

# The name of a picture -> what `gdstudio render` is given.
PICTURES = {
    "window.png": ("himmelblau", "--step", "60", "--size", "1600x1000"),
    "graph.png": ("line_fit", "--view", "graph", "--size", "1000x340"),
    "race.png": ("line_fit", "--view", "race", "--size", "1400x300", "--step", "40"),
}


def draw(name: str, folder: Path) -> Path:
    """Draw one picture into `folder`; the path of the file."""
    path = folder / name
    command = [sys.executable, "-m", "gdstudio", "render", *PICTURES[name], "-o", str(path)]
    subprocess.run(command, cwd=ROOT, check=True)
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description="Draw the pictures of the README anew.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(PICTURES)} (all)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to (resources/pictures)")
    request = parser.parse_args()
    unknown = set(request.names) - set(PICTURES)
    if unknown:
        parser.error(f"no picture is called {', '.join(sorted(unknown))}; there are {', '.join(PICTURES)}")
    request.folder.mkdir(parents=True, exist_ok=True)
    for name in request.names or PICTURES:
        path = draw(name, request.folder)
        print(f"{path.stat().st_size / 1000:6.0f} kB  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
