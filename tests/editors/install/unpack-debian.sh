#!/usr/bin/env bash
# unpack-debian.sh SUITE DEST PACKAGE...
# Unpacks packages of another Debian suite, with all they depend on, into DEST. The system's packages, sources and keys
# stay as they are; the archive is the one this system already uses. Programs are run with DEST's own loader.
set -euo pipefail
suite=$1 dest=$2
shift 2

archive_of_this_system() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1
}
archive=$(archive_of_this_system)
if [ -z "$archive" ] && [ "$(id -u)" = 0 ]; then
  apt-get -qq update
  archive=$(archive_of_this_system)
fi
[ -n "$archive" ] || { echo "no package lists here; run 'apt-get update' first" >&2; exit 1; }

own=$(mktemp -d)
root=
trap 'rm -rf "$own" ${root:+"$root"}' EXIT
mkdir -p "$own"/{lists/partial,cache/archives/partial,sources,preferences}
: >"$own/status"
cat >"$own/sources/archive.sources" <<END
Types: deb
URIs: $archive
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
cat >"$own/apt.conf" <<END
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$own/sources";
Dir::Etc::preferencesparts "$own/preferences";
Dir::State::lists "$own/lists";
Dir::State::status "$own/status";
Dir::Cache "$own/cache";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
END
export APT_CONFIG=$own/apt.conf
apt-get -qq update
apt-get -qq -y --download-only install "$@" base-files >/dev/null

# Into place only when whole: a root that is half unpacked is worse than none.
mkdir -p "$(dirname "$dest")"
root=$(mktemp -d "$dest.XXXXXX")
mkdir -p "$root"/usr/{bin,sbin,lib,lib64}
for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
for package in "$own"/cache/archives/*.deb; do
  basename "$package" >>"$root/.packages"
  dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink --no-same-owner -C "$root"
done
rm -rf "$dest"
mv "$root" "$dest"
