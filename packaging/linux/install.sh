#!/bin/sh
# Enter gdstudio into this user's menu and file types, or take it out again: install.sh [--remove].
# The program stays in this folder; only links and small files go to ~/.local.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin

refresh() {
    if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime"; fi
    if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications"; fi
    if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -qtf "$data/icons/hicolor" || true; fi
}

case ${1-} in
--remove)
    (cd "$here/share" && find . -type f) | while read -r file; do rm -f "$data/$file"; done
    rm -f "$bin/gdstudio"
    refresh
    echo "gdstudio is out of the menu; remove the folder $here to remove the program."
    ;;
"")
    mkdir -p "$bin" "$data/mime/packages" "$data/applications" "$data/icons"
    ln -sf "$here/gdstudio" "$bin/gdstudio"
    cp -R "$here/share/." "$data/"
    # Desktops do not look for programs in ~/.local/bin everywhere, so the entry names this one.
    program=$(printf '%s' "$here/gdstudio" | sed 's/\\/\\\\\\\\/g; s/%/%%/g; s/["$`]/\\\\&/g') awk '
        sub(/^Exec=gdstudio/, "") { $0 = "Exec=\"" ENVIRON["program"] "\"" $0 }
        { print }
    ' "$here/share/applications/gdstudio.desktop" >"$data/applications/gdstudio.desktop"
    refresh
    echo "gdstudio is in the menu now."
    ;;
*)
    echo "usage: install.sh [--remove]" >&2
    exit 2
    ;;
esac
