#!/bin/sh
# restore-npm.sh FOLDER MISSED: restores what FOLDER/package-lock.json names, for builds. Without npm it is installed (Debian, as root) or
# named as missing; the build goes on either way, and MISSED says what it then does without. Where that will not do (images: publish.sh), whoever
# builds looks for the files afterwards.
set -u
cd "$1" || exit 1
if ! command -v npm >/dev/null 2>&1; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing npm with apt-get ..."
    # One at a time: projects are built side by side, and the first one's lists must be there for the second.
    flock "${TMPDIR:-/tmp}/customerfeedback-npm.lock" sh -c '
      command -v npm >/dev/null 2>&1 && exit 0
      apt-get -q -y update
      DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 install --no-install-recommends npm
    ' >/dev/null 2>&1
  fi
fi
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is missing: $2 (Debian: sudo apt-get install --no-install-recommends npm)"
  exit 0
fi
npm ci --silent --no-audit --no-fund || echo "npm ci failed: $2"
exit 0
