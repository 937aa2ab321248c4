#!/usr/bin/env bash
# Both commands on a machine that has nothing: a new Debian 12 with python3, python3-venv and make, in a folder.
#
#   sudo tests/drill/bare.sh                          make demo until it serves, then make test
#   sudo tests/drill/bare.sh demo                     only the first
#   sudo tests/drill/bare.sh test                     only the second
#   sudo tests/drill/bare.sh tests/journeys/test_redline.py ...    these tests, with the browser that make test brings
#
# What is committed is cloned and run there by an ordinary user; times are printed. It needs root and debootstrap.
# BARE=FOLDER keeps the new Debian in that folder, and takes it from there the next time.
set -eu

checkout=$(cd "$(dirname "$0")/../.." && pwd)
[ "$(id -u)" -eq 0 ] || { echo "A new Debian can only be made by root: sudo $0" >&2; exit 2; }
command -v debootstrap >/dev/null || { echo "Install debootstrap first." >&2; exit 2; }

# Mounts and processes live in namespaces of their own, and end with them; from out here only files are seen.
if [ "${1:-}" != --inside ]; then
  folder=${BARE:-$(mktemp -d -t pyramid-bare-XXXXXX)}
  unshare --mount --pid --fork --kill-child "$0" --inside "$folder" "$@" && ended=0 || ended=$?
  if [ -z "${BARE:-}" ]; then rm -rf "$folder" "$folder.log"; fi
  exit $ended
fi
bare=$2
shift 2

if [ ! -x "$bare/usr/bin/make" ]; then
  mirror=$(sed -nE 's/^URIs: *//p; s/^deb (\[[^]]*\] )?(\S+).*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/*debian*.sources 2>/dev/null | head -n 1)
  echo "Making a bare Debian in $bare"
  debootstrap --variant=minbase --include=python3,python3-venv,make,ca-certificates bookworm "$bare" "$mirror" >"$bare.log" 2>&1 ||
    { tail -n 5 "$bare.log" >&2; exit 2; }
  chroot "$bare" useradd --create-home ann
fi
mount --make-rprivate /
mount -t proc proc "$bare/proc"
mount --bind /dev "$bare/dev"
mount -t tmpfs -o mode=1777 tmpfs "$bare/dev/shm"

# How this machine reaches the registries of Python and npm: read here, written nowhere else.
cp -L /etc/resolv.conf /etc/hosts "$bare/etc/"
cp -L "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$bare/etc/ssl/certs/ca-certificates.crt"
if [ -f /etc/pip.conf ]; then cp /etc/pip.conf "$bare/etc/"; fi
for file in .config/pip/pip.conf .pip/pip.conf .npmrc; do
  if [ -f "$HOME/$file" ]; then install -D -m 644 "$HOME/$file" "$bare/home/ann/$file"; fi
done
env | grep -iE '^(pip_(index|extra|trusted|cert|proxy|timeout|default)|npm_config_|node_extra_ca|ssl_cert|https?_proxy|no_proxy)' |
  sed -E "s/'/'\\\\''/g; s/^([^=]+)=(.*)/export \1='\2'/" >"$bare/home/ann/environment" || true

rm -rf "$bare/home/ann/pyramid"
git clone --quiet --no-hardlinks "$checkout" "$bare/home/ann/pyramid"
cat >"$bare/home/ann/run" <<'SCRIPT'
set -eu
. ~/environment
cd ~/pyramid
port=8931

demo() {
  began=$(date +%s)
  make demo PORT=$port &
  running=$!
  until python3 -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$port/', timeout=5)" 2>/dev/null; do
    kill -0 $running 2>/dev/null || { echo "make demo ended before it served a page." >&2; exit 1; }
    sleep 1
  done
  echo "BARE: make demo served / after $(($(date +%s) - began)) s"
  kill $running
  wait $running || true
}

tests() {
  began=$(date +%s) ended=0
  if [ $# -eq 0 ]; then make test || ended=$?; else make browser && .venv/bin/python -m pytest "$@" || ended=$?; fi
  echo "BARE: make ${*:-test} ended with $ended after $(($(date +%s) - began)) s"
  return $ended
}

case "${1:-both}" in
  both) demo; tests ;;
  demo) demo ;;
  test) tests ;;
  *) tests "$@" ;;
esac
SCRIPT
chroot "$bare" chown -R ann: /home/ann
chroot "$bare" env -i HOME=/home/ann LANG=C.UTF-8 PATH=/usr/bin:/bin su ann -c 'cd && exec bash run "$@"' -- bash "$@"
