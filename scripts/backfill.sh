#!/usr/bin/env bash
# The nights of a range of dates, in order, under the same lock and into the same logs as nightly.sh.
#   scripts/backfill.sh 2026-03-01 2026-03-07 --conf shop.conf --root /data/nightjar
# A night that fails ends the backfill with its exit code; run again, it continues where it stopped.
set -uo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
case " $* " in *" -h "* | *" --help "*) sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;; esac
day='^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
if ! [[ ${1:-} =~ $day && ${2:-} =~ $day ]]; then
  sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
from=$1 to=$2
shift 2

# shellcheck source=scripts/lock.sh
. "$here/lock.sh"

"$here/nightjar" backfill --from-date "$from" --to-date "$to" "$@" 2>&1 9>&- | tee -a "$logs/backfill-$(date +%F).log"
exit "${PIPESTATUS[0]}"
