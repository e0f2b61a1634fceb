# shellcheck shell=bash
# Sourced by nightly.sh and backfill.sh with their arguments: creates the folder of their logs, locks
# the root that nightjar will use and removes old logs. Sets logs.

me=$(basename "$0")
refuse() {
  echo "$me: $1" >&2
  exit 2
}

root=${NIGHTJAR_ROOT:-warehouse}
previous=
for argument in "$@"; do
  case $argument in --root=*) root=${argument#--root=} ;; esac
  [ "$previous" != --root ] || root=$argument
  previous=$argument
done

logs=${NIGHTJAR_LOG_DIR:-logs}
mkdir -p "$logs" || refuse "cannot make the log directory '$logs'; set NIGHTJAR_LOG_DIR"

# A local root has its own lock, whatever the working directory; for another root the lock is in the
# logs' folder.
root=${root#file:}
locks=$root/_logs
[[ $root =~ ^[A-Za-z][A-Za-z0-9+.-]*: ]] && locks=$logs
mkdir -p "$locks" || refuse "cannot make '$locks' for the lock; give --root a place this user may write to"
command -v flock > /dev/null || refuse "flock is missing, without it two nights could run at once; install util-linux"
exec 9> "$locks/nightly.lock" || refuse "cannot write the lock '$locks/nightly.lock'"
flock -n 9 || {
  echo "$me: another night is still running (lock $locks/nightly.lock); this one is skipped" >&2
  exit 75
}

find "$logs" "$locks" -maxdepth 1 -type f \
  \( -name 'nightly-*.log' -o -name 'backfill-*.log' -o -name 'nightjar-*.log' \) \
  -mtime +"${NIGHTJAR_LOG_DAYS:-30}" -delete
