"""What the build leaves out, and why. The spec file asks it for every file that PyInstaller found.

A row names files by patterns of their place in the build, or modules by name. What only left-out files needed goes
with them (`unneeded`), so that the table holds causes alone.
"""

from __future__ import annotations

import encodings
import fnmatch
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
LINUX = sys.platform.startswith("linux")
PYQTGRAPH_BINDINGS = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGL", "QtOpenGLWidgets")


@dataclass(frozen=True)
class Row:
    """One decision: patterns of files, or names of modules, and the reason."""

    what: str
    why: str
    files: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()

    def covers(self, destination: str) -> bool:
        """Whether a file of the build, named by its place in it, is left out by this row."""
        place = destination.replace("\\", "/")
        return any(fnmatch.fnmatchcase(place, pattern) for pattern in self.files)


def _plugins(kind: str, *names: str) -> tuple[str, ...]:
    """Qt plugins by their names without prefix and ending, which differ between systems."""
    return tuple(f"*plugins/{kind}/{prefix}{name}.*" for name in names for prefix in ("", "lib"))


def _encodings(*patterns: str) -> tuple[str, ...]:
    """Modules of Python's encodings by patterns of their names."""
    found = sorted(path.stem for path in Path(encodings.__file__).parent.glob("*.py"))
    return tuple(f"encodings.{name}" for name in found if any(fnmatch.fnmatch(name, p) for p in patterns))


def unused_bindings() -> tuple[str, ...]:
    """The modules of PySide6 that neither this program nor pyqtgraph needs."""
    import PySide6

    installed = {path.name.partition(".")[0] for path in Path(PySide6.__file__).parent.glob("Qt*.*")}
    used = set(PYQTGRAPH_BINDINGS)
    for path in (ROOT / "gdstudio").rglob("*.py"):
        used.update(re.findall(r"PySide6\.(Qt\w+)", path.read_text(encoding="utf-8")))
    return tuple(f"PySide6.{name}" for name in sorted(installed - used))


def unused_formats() -> tuple[str, ...]:
    """The modules with which Pillow reads and writes the formats that are not animations."""
    import PIL

    found = {path.stem for path in Path(PIL.__file__).parent.glob("*ImagePlugin.py")}
    return tuple(f"PIL.{name}" for name in sorted(found - {"GifImagePlugin", "WebPImagePlugin"}))


ROWS = (
    Row(
        "GTK platform theme",
        "loads GTK, Pango, Cairo and 30 more libraries for native dialogs; the desktop portal gives the same",
        files=_plugins("platformthemes", "qgtk3"),
    ),
    Row(
        "Qt platforms without a desktop",
        "frame buffers, VNC and bare consoles; xcb, wayland and offscreen stay",
        files=(
            *_plugins("platforms", "qeglfs", "qlinuxfb", "qminimal", "qminimalegl", "qvkkhrdisplay", "qvnc"),
            "*plugins/egldeviceintegrations/*",
            "*plugins/generic/*",
        ),
    ),
    Row(
        "Wayland protocols for phones, cars and embedded drivers",
        "desktops speak xdg-shell and EGL, which stay",
        files=(
            *_plugins(
                "wayland-shell-integration", "fullscreen-shell-v1", "ivi-shell", "qt-shell", "wl-shell-plugin"
            ),
            *_plugins(
                "wayland-graphics-integration-client",
                "dmabuf-server",
                "drm-egl-server",
                "shm-emulation-server",
                "vulkan-server",
            ),
        ),
    ),
    Row(
        "network plugins of Qt",
        "nothing here opens a connection to the network",
        files=("*plugins/networkinformation/*", "*plugins/tls/*"),
    ),
    Row(
        "picture formats",
        "pictures are PNG, which Qt has built in, and SVG and ICO, which stay",
        files=_plugins("imageformats", "qgif", "qicns", "qjpeg", "qtga", "qtiff", "qwbmp", "qwebp", "qpdf"),
    ),
    Row(
        "picture formats of Pillow",
        "it writes GIF and WebP here; AVIF, fonts, colour management, Tk and the other formats are not used",
        files=(
            "PIL/_avif.*",
            "PIL/_imagingft.*",
            "PIL/_imagingcms.*",
            "PIL/_imagingtk.*",
            "PIL/_imagingmath.*",
            "PIL/_imagingmorph.*",
        ),
        modules=(*unused_formats(), "PIL.ImageTk", "PIL.ImageCms", "PIL.ImageQt", "PIL.ImageShow"),
    ),
    Row(
        "sources of translations",
        "the program reads the compiled ones",
        files=("gdstudio/resources/translations/*.ts",),
    ),
    Row(
        "Japanese, Korean and Taiwanese encodings of before Unicode, on Linux",
        "files and terminals are UTF-8 there; those of mainland China stay",
        files=tuple(f"*lib-dynload/_codecs_{name}.*linux*" for name in ("jp", "kr", "hk", "tw", "iso2022")),
    ),
    Row(
        "encodings of DOS, mainframes and old Macintoshes, on Linux",
        "files and terminals are UTF-8 there, or have an ISO or KOI encoding, which stay; so does 437, for ZIP files",
        modules=_encodings("cp[!4]*", "mac_*", "hp_roman8", "palmos", "ptcp154") if LINUX else (),
    ),
    Row(
        "decimal numbers in C",
        "nothing here counts with them; Python's own module in Python stands in where a library imports it",
        files=("*lib-dynload/_decimal.*",),
    ),
    Row(
        "Qt's own texts in other languages",
        "the interface speaks English and Chinese",
        files=tuple(
            f"*translations/{name}.qm" for name in ("qt_[!z]*", "qtbase_[!z]*", "qt[!b_]*", "qt*_zh_TW")
        ),
    ),
    Row(
        "logos and unused colour maps of pyqtgraph",
        "the program has an icon of its own; the maps viridis, cividis, magma, inferno and plasma stay",
        files=("pyqtgraph/icons/peegee/*", "pyqtgraph/colors/maps/*CET*", "pyqtgraph/colors/maps/PAL-*"),
    ),
    Row(
        "text font of ziafont",
        "formulas are set in STIX Two Math, which ziamath brings; other text is drawn by Qt",
        files=("ziafont/fonts/DejaVuSans.ttf",),
    ),
    Row(
        "pictures of the README",
        "the program does not show them",
        files=("gdstudio/resources/pictures/*",),
    ),
    Row(
        "type stubs, tests and install records",
        "read by developers and installers alone; licences stay",
        files=(
            "*.pyi",
            "*/py.typed",
            "*/tests/*",
            "numpy/_core/*_tests.*",
            "*.dist-info/sboms/*",
            "*.dist-info/REQUESTED",
            "*.dist-info/entry_points.txt",
            "*.dist-info/top_level.txt",
            "*.dist-info/RECORD",
            "*.dist-info/INSTALLER",
            "*.dist-info/WHEEL",
        ),
    ),
    Row(
        "libraries of every Linux desktop",
        "graphics drivers, fontconfig and the session bus need the system's own; `gdstudio doctor` names the package "
        "of one that is missing",
        files=tuple(
            f"{name}.so.*"
            for name in (
                "libstdc++",
                "libgcc_s",
                "libX11",
                "libX11-xcb",
                "libXau",
                "libXdmcp",
                "libexpat",
                "libfontconfig",
                "libfreetype",
                "libharfbuzz",
                "libfribidi",
                "libdbus-1",
                "libglib-2.0",
                "libgthread-2.0",
                "libz",
                "libzstd",
            )
        ),
    ),
    Row(
        "OpenSSL",
        "no connection is encrypted; Python's hashes work without it",
        modules=("ssl", "_ssl", "_hashlib"),
    ),
    Row(
        "LZMA and bzip2",
        "nothing here is packed with them; shutil and zipfile do without",
        modules=("lzma", "_lzma", "bz2", "_bz2"),
    ),
    Row(
        "developers' tools of Python",
        "compilers, test runners, debuggers, servers, terminal input, Tk",
        modules=(
            "asyncio",
            "bdb",
            "cmd",
            "curses",
            "distutils",
            "doctest",
            "ensurepip",
            "ftplib",
            "idlelib",
            "lib2to3",
            "optparse",
            "pdb",
            "pip",
            "pkg_resources",
            "pydoc_data",
            "pytest",
            "readline",
            "setuptools",
            "socketserver",
            "sqlite3",
            "test",
            "tkinter",
            "typing_extensions",
            "unittest",
            "venv",
            "wheel",
            "xml.dom",
            "xmlrpc",
        ),
    ),
    Row(
        "parts of numpy",
        "building Fortran, testing, Fourier transforms, polynomials: numpy loads them only when asked for by name; "
        "pyqtgraph would transform from a menu that is switched off",
        modules=(
            "numpy.f2py",
            "numpy.distutils",
            "numpy.testing",
            "numpy.conftest",
            "numpy.fft",
            "numpy.ma.mrecords",
            "numpy.matlib",
            "numpy.polynomial",
        ),
    ),
    Row(
        "examples, consoles, flow charts and exporters of pyqtgraph",
        "separate programs and widgets that the window has no use for; its menus, which export, are switched off",
        modules=(
            "pyqtgraph.examples",
            "pyqtgraph.flowchart",
            "pyqtgraph.console",
            "pyqtgraph.canvas",
            "pyqtgraph.exporters",
            "pyqtgraph.jupyter",
            "pyqtgraph.GraphicsScene.exportDialog",
            "pyqtgraph.widgets.MatplotlibWidget",
            "matplotlib",
            "scipy",
            "cupy",
            "numba",
            "h5py",
            "IPython",
        ),
    ),
    Row(
        "bindings to Qt modules that are not imported",
        "PyInstaller takes what pyqtgraph can make use of, not what it needs",
        modules=(*unused_bindings(), "PyQt5", "PyQt6", "PySide2"),
    ),
)

ORPHANS = Row(
    "libraries that only the files above needed",
    "for the GTK theme alone: GTK, GDK, Pango, Cairo, ATK, systemd, Kerberos and others",
)
ICU_DATA = Row(
    "most of ICU's data",
    "converters, names of units, regions, currencies and time zones, word lists; sorting stays, see icu.py",
)
QT_OPENGL = Row(
    "binding to QtOpenGL",
    "functions for every version of OpenGL; the two classes that the relief is drawn with are in hooks/qt_opengl.py",
    files=("PySide6/QtOpenGL.*so",),
)
PADDING = Row(
    "padding in Pillow's copy of libXau",
    "2 MB of zeros between its sections; the system's file of the same library, 14 KB, takes its place and name",
)
BY_THE_SPEC = (ORPHANS, ICU_DATA, QT_OPENGL, PADDING)  # on Linux, where the spec file sees to them
MODULES = tuple(name for row in ROWS for name in row.modules)


def row_of(destination: str) -> Row | None:
    """The row that leaves a file out; None = it stays."""
    return next((row for row in ROWS if row.covers(destination)), None)


def unneeded(libraries: Mapping[str, str], roots: Iterable[str]) -> set[str]:
    """The shared libraries of a Linux build that nothing which is loaded by name leads to.

    Args:
        libraries: every ELF file, place in the build -> path.
        roots: the places of those that the program or Qt loads by name: extension modules, plugins, libpython.
    """
    needed = {destination: _needed(path) for destination, path in libraries.items()}
    by_name: dict[str, list[str]] = {}
    for destination in libraries:
        by_name.setdefault(PurePosixPath(destination).name, []).append(destination)
    reached: set[str] = set()
    waiting = list(roots)
    while waiting:
        destination = waiting.pop()
        if destination not in reached:
            reached.add(destination)
            waiting += [found for name in needed.get(destination, ()) for found in by_name.get(name, ())]
    return set(libraries) - reached


def _needed(path: str) -> list[str]:
    """The names of the libraries that an ELF file asks the loader for."""
    shown = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True).stdout
    return [words[1] for line in shown.splitlines() if (words := line.split())[:1] == ["NEEDED"]]
