#!/usr/bin/env bash
# One night for cron: never two at once, a log file a day, the exit code kept.
#   15 2 * * *  /opt/nightjar/scripts/nightly.sh --conf /etc/nightjar/shop.conf --root /data/nightjar
# All arguments go to 'nightjar run'; without --date, the day that is closed is yesterday in TZ
# (set TZ to the shop's zone).
# Environment: NIGHTJAR_LOG_DIR (default ./logs), NIGHTJAR_LOG_DAYS (default 30).
# Exit codes: those of nightjar; 75 when another night is still running.
set -uo pipefail

here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
logs=${NIGHTJAR_LOG_DIR:-logs}
mkdir -p "$logs" || { echo "nightly.sh: cannot make the log directory '$logs'; set NIGHTJAR_LOG_DIR" >&2; exit 2; }

case " $* " in *" -h "* | *" --help "*) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;; esac

arguments=("$@")
case " $* " in
  *" --date "* | *" --date="*) ;;
  *) arguments+=(--date "$(date -d yesterday +%F 2> /dev/null || date -v-1d +%F)") ;;
esac

lock=$logs/nightly.lock
if command -v flock > /dev/null; then
  exec 9> "$lock"
  flock -n 9 || { echo "nightly.sh: another night is still running (lock $lock); this one is left out" >&2; exit 75; }
else
  mkdir "$lock.d" 2> /dev/null || { echo "nightly.sh: another night is still running (lock $lock.d); this one is left out" >&2; exit 75; }
  trap 'rmdir "$lock.d"' EXIT
fi

log=$logs/nightly-$(date +%F).log
find "$logs" -name 'nightly-*.log' -mtime +"${NIGHTJAR_LOG_DAYS:-30}" -delete

echo "== $(date -u +%FT%TZ) nightjar run ${arguments[*]}" >> "$log"
"$here/nightjar" run "${arguments[@]}" >> "$log" 2>&1 9>&-
code=$?
echo "== $(date -u +%FT%TZ) exit $code" >> "$log"
if [ "$code" -ne 0 ]; then
  echo "nightly.sh: the night failed with exit code $code; the end of $log:" >&2
  tail -n 5 "$log" >&2
fi
exit "$code"
