#!/usr/bin/env bash
# Extracts packages of a newer Debian release into a directory, with their dependencies down to the C library, without installing
# anything on the system. For x86-64.
#     debian.sh SUITE DIR PROGRAM PACKAGE...
# PROGRAM is the path of the program in its package.
set -euo pipefail
suite=$1 dir=$(realpath -m "$2") program=$3
shift 3

command -v patchelf > /dev/null || { apt-get update && apt-get install --yes --no-install-recommends patchelf; }

# A separate apt state without installed packages, so that apt downloads all dependencies.
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

rm -rf "$dir.new"
mkdir -p "$dir.new"
for archive in "$state"/var/cache/apt/archives/*.deb; do
    dpkg-deb --extract "$archive" "$dir.new"
done
patchelf --set-interpreter "$dir/usr/lib64/ld-linux-x86-64.so.2" --force-rpath \
    --set-rpath "$dir/usr/lib/x86_64-linux-gnu" "$dir.new/$program"
rm -rf "$dir"
mv "$dir.new" "$dir"
