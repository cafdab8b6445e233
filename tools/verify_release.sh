#!/bin/sh
# Whether a release is ours: `tools/verify_release.sh v1.2` in the checkout that is about to be updated.
# The keys are those of the version that runs now, so that a foreign release cannot bring its own.
set -eu
tag=${1:?Which release? As in: tools/verify_release.sh v1.2}
keys=$(mktemp)
trap 'rm -f "$keys"' EXIT
git show HEAD:deploy/release-keys >"$keys"
if git -c gpg.format=ssh -c gpg.ssh.allowedSignersFile="$keys" verify-tag "$tag" >/dev/null 2>&1; then
    echo "$tag is signed by one of ours."
else
    echo "$tag is not signed by anybody in deploy/release-keys. Do not install it." >&2
    exit 1
fi
