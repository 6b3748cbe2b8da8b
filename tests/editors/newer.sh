#!/usr/bin/env bash
# Puts packages of a newer Debian into a folder, with all that they need down to the C library, and nothing on the system:
#     newer.sh SUITE FOLDER PROGRAM PACKAGE...
# PROGRAM is the path of the program in its package. For x86-64.
set -euo pipefail
suite=$1 folder=$(realpath -m "$2") program=$3
shift 3

command -v patchelf > /dev/null || { apt-get update && apt-get install --yes --no-install-recommends patchelf; }

# A state of apt of its own, in which nothing is installed, so that it fetches all dependencies.
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
mkdir -p "$state"/etc/apt/{apt.conf.d,preferences.d} "$state"/var/lib/{apt/lists/partial,dpkg} \
    "$state"/var/cache/apt/archives/partial "$state/var/log/apt"
: > "$state/var/lib/dpkg/status"
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > "$state/etc/apt/sources.list"
options=(-o "Dir=$state" -o "Dir::State::status=$state/var/lib/dpkg/status" -o Acquire::Languages=none -o APT::Sandbox::User=root)
apt-get "${options[@]}" --quiet update
apt-get "${options[@]}" --quiet --yes --no-install-recommends --download-only install "$@"

rm -rf "$folder.new"
mkdir -p "$folder.new"
for archive in "$state"/var/cache/apt/archives/*.deb; do
    dpkg-deb --extract "$archive" "$folder.new"
done
patchelf --set-interpreter "$folder/usr/lib64/ld-linux-x86-64.so.2" --force-rpath \
    --set-rpath "$folder/usr/lib/x86_64-linux-gnu" "$folder.new/$program"
rm -rf "$folder"
mv "$folder.new" "$folder"
