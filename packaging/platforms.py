"""What Windows and macOS are told about the program: version resource and bundle settings."""

from __future__ import annotations

from typing import Any

NAME = "gdstudio"
TITLE = "Gradient Descent Studio"
COPYRIGHT = "MIT licence"
IDENTIFIER = "io.github.gdstudio"
MIME_TYPE = "application/vnd.gdstudio+json"
DOCUMENT_TYPE = f"{IDENTIFIER}.document"


def numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers of a Windows version: "1.2.0rc1" -> (1, 2, 0, 0)."""
    found = [int(digits) for part in version.split(".")[:4] if (digits := _leading_digits(part))]
    first, second, third, fourth = (found + [0] * 4)[:4]
    return first, second, third, fourth


def _leading_digits(text: str) -> str:
    return text[: len(text) - len(text.lstrip("0123456789"))]


def version_resource(version: str) -> Any:
    """PyInstaller's form of the VERSIONINFO resource of gdstudio.exe."""
    from PyInstaller.utils.win32 import versioninfo as form

    texts = {
        "CompanyName": TITLE,
        "FileDescription": TITLE,
        "FileVersion": version,
        "InternalName": NAME,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{NAME}.exe",
        "ProductName": TITLE,
        "ProductVersion": version,
    }
    english_unicode = "040904B0"
    return form.VSVersionInfo(
        ffi=form.FixedFileInfo(filevers=numbers(version), prodvers=numbers(version), OS=0x40004, fileType=1),
        kids=[
            form.StringFileInfo(
                [form.StringTable(english_unicode, [form.StringStruct(*text) for text in texts.items()])]
            ),
            form.VarFileInfo([form.VarStruct("Translation", [0x0409, 1200])]),
        ],
    )


def bundle_settings(version: str) -> dict[str, Any]:
    """The Info.plist of gdstudio.app: a document type of its own, sharp on Retina screens, light and dark."""
    # macOS takes three whole numbers, and no word such as rc1 behind them.
    release = ".".join(map(str, numbers(version)[:3]))
    return {
        "CFBundleName": NAME,
        "CFBundleDisplayName": TITLE,
        "CFBundleShortVersionString": release,
        "CFBundleVersion": release,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": "13.0",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSSupportsAutomaticGraphicsSwitching": True,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": f"{NAME} document",
                "CFBundleTypeRole": "Editor",
                "CFBundleTypeIconFile": f"{NAME}.icns",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [DOCUMENT_TYPE],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": DOCUMENT_TYPE,
                "UTTypeDescription": f"{NAME} document",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [NAME],
                    "public.mime-type": [MIME_TYPE],
                },
            }
        ],
    }
