#!/usr/bin/env bash
# One night for cron: never two at once in a root, one log file per day, nightjar's exit code.
#   15 2 * * *  /opt/nightjar/scripts/nightly.sh --conf /etc/nightjar/shop.conf --root /data/nightjar
# All arguments go to 'nightjar run'; without --date, the night is that of yesterday in TZ
# (set TZ to the shop's zone).
# Environment: NIGHTJAR_LOG_DIR (default ./logs), NIGHTJAR_LOG_DAYS (default 30; older logs are
# removed, those in ROOT/_logs too).
# Exit codes: those of nightjar; 75 when another night is still running in that root.
set -uo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
case " $* " in *" -h "* | *" --help "*) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;; esac

# shellcheck source=scripts/lock.sh
. "$here/lock.sh"

arguments=("$@")
case " $* " in
  *" --date "* | *" --date="*) ;;
  *) arguments+=(--date "$(date -d yesterday +%F 2> /dev/null || date -v-1d +%F)") ;;
esac

log=$logs/nightly-$(date +%F).log
echo "== $(date -u +%FT%TZ) nightjar run ${arguments[*]}" >> "$log"
"$here/nightjar" run "${arguments[@]}" >> "$log" 2>&1 9>&-
code=$?
echo "== $(date -u +%FT%TZ) exit $code" >> "$log"
if [ "$code" -ne 0 ]; then
  echo "nightly.sh: the night failed with exit code $code; the end of $log:" >&2
  tail -n 5 "$log" >&2
fi
exit "$code"
