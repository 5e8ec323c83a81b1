"""Build the packaged program for the platform this runs on: `python packaging/build.py`.

Makes, in dist/: gdstudio/ (one folder), gdstudio-VERSION-SYSTEM-MACHINE (one file), and on macOS gdstudio.app. On Windows
both are the window alone, and gdstudio-terminal.exe in the folder is the command line. Prints what the build weighs and
what was left out. Needs the extra "build" of the project: `pip install '.[build]'`.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import icons
import leftout
import translations

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MEGABYTE = 1_000_000  # `du -m` counts in 2**20 bytes, of which there are fewer
LIMIT_MB = 130  # unpacked, on Linux
LONGEST_LIST = 20


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the packaged program for this platform.")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="folder for the builds (dist)")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build", help="folder for what is thrown away (build)"
    )
    parser.add_argument("--folder-only", action="store_true", help="do not make the one-file build")
    request = parser.parse_args()
    output, work = request.output.resolve(), request.work.resolve()
    work.mkdir(parents=True, exist_ok=True)

    translations.compile_all()
    drawn = work / "icons"
    icons.write(drawn)
    one_file = "" if request.folder_only else one_file_name()
    build(output, work, drawn, one_file)
    folder = output / "gdstudio"
    if sys.platform.startswith("linux"):
        add_desktop_files(folder, drawn)
    elif sys.platform == "win32":
        shutil.copy(HERE / "windows" / "install.cmd", folder)
    print(report(folder, work / "gdstudio" / "removed.txt"))
    if one_file:
        made = next(output.glob(f"{one_file}*"))
        print(f"\none file: {made.stat().st_size / MEGABYTE:.1f} MB, {made}")
    weight = size_of(folder) / MEGABYTE
    if sys.platform.startswith("linux") and weight > LIMIT_MB:
        print(f"\nThe folder weighs {weight:.1f} MB; at most {LIMIT_MB} MB are wanted.", file=sys.stderr)
        return 1
    return 0


def one_file_name() -> str:
    """Such as gdstudio-0.1.0-linux-x86_64; Windows adds .exe."""
    sys.path.insert(0, str(ROOT))
    from gdstudio import __version__

    return f"gdstudio-{__version__}-{platform.system().lower()}-{platform.machine().lower()}"


def build(output: Path, work: Path, drawn: Path, one_file: str) -> None:
    """Run PyInstaller over the spec file; its log goes to build.log in `work`."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(output), "--workpath", str(work), str(HERE / "gdstudio.spec")]
    environment = os.environ | {"GDSTUDIO_ICONS": str(drawn), "GDSTUDIO_ONE_FILE_NAME": one_file}
    log = work / "build.log"
    with open(log, "w", encoding="utf-8") as lines:
        status = subprocess.run(command, cwd=ROOT, env=environment, stdout=lines, stderr=lines).returncode
    if status:
        tail = log.read_text(encoding="utf-8").splitlines()[-15:]
        sys.exit("\n".join([*tail, f"PyInstaller failed with status {status}; the whole log is {log}"]))


def add_desktop_files(folder: Path, drawn: Path) -> None:
    """Put the menu entry, the file type, the icons and their installer beside the program."""
    share = folder / "share"
    for source, place in (("gdstudio.desktop", "applications"), ("gdstudio.xml", "mime/packages")):
        (share / place).mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "linux" / source, share / place)
    shutil.copytree(drawn / "hicolor", share / "icons" / "hicolor", dirs_exist_ok=True)
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copy(icons.SOURCE, scalable)
    shutil.copy(HERE / "linux" / "install.sh", folder)


def size_of(folder: Path) -> int:
    """Bytes in the files below a folder; a link weighs nothing."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def report(folder: Path, removed: Path) -> str:
    """What the folder weighs, part by part, and what was left out and why."""
    parts: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts[part_of(path.relative_to(folder))] += path.stat().st_size
    lines = [f"{'MB':>7}  in {folder}"]
    lines += [f"{size / MEGABYTE:7.1f}  {name}" for name, size in parts.most_common(LONGEST_LIST)]
    rest = sum(size for _name, size in parts.most_common()[LONGEST_LIST:])
    lines += [f"{rest / MEGABYTE:7.1f}  the rest", f"{sum(parts.values()) / MEGABYTE:7.1f}  altogether", ""]

    saved: Counter[str] = Counter()
    for line in removed.read_text(encoding="utf-8").splitlines():
        size, _tab, what = line.partition("\t")
        saved[what] += int(size)
    lines.append(f"{'MB':>7}  left out")
    why = {
        row.what: row.why
        for row in (*leftout.ROWS, leftout.ORPHANS, leftout.ICU_DATA, leftout.PADDING, leftout.QT_OPENGL)
    }
    lines += [f"{size / MEGABYTE:7.1f}  {what}: {why[what]}" for what, size in saved.most_common()]
    lines += [
        f"{'':7}  {row.what}: {row.why} ({', '.join(row.modules)})" for row in leftout.ROWS if row.modules
    ]
    return "\n".join(lines)


def part_of(path: Path) -> str:
    """The name under which a file is counted: a large library by itself, others with their folder."""
    inside = path.parts[1:] if path.parts[0] == "_internal" else path.parts
    name = "/".join(inside)
    if ".so" in path.suffixes and ("PySide6" in name or len(inside) == 1 or ".libs" in name):
        return name
    return inside[0] if len(inside) > 1 else path.name


if __name__ == "__main__":
    sys.exit(main())
