#!/usr/bin/env bash
# Kills (SIGKILL) the demo night in each of its stages, re-runs it, and compares every table with a
# night that was not killed.
#   scripts/check_kill.sh [--next] [USERS] [STAGE ...]       (default: 300 users, every stage)
# --next: the night after one that was run, which its model serves again.
# Needs: pip install duckdb.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
next=
[ "${1:-}" = --next ] && next=1 && shift
users=${1:-300}
shift || true
chosen=" ${*:-clean catalog features als candidates intent timing rank plan publish} "
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$here/nightjar" demo --users "$users" --root "$work/shop" --until clean > "$work/shop.txt"
date=$(sed -n 's/.*night of \([0-9-]*\),.*/\1/p' "$work/shop.txt" | head -n 1)
# What a first night plans is not in the log of the generated shop, which a mailer's would have.
night=(run --conf "$work/shop/_shop/shop.conf" --set policy.min_logged_share=0)
mkdir "$work/start"
if [ -n "$next" ]; then
  "$here/nightjar" "${night[@]}" --root "$work/start" --date "$(date -d "$date - 1 day" +%F)" > /dev/null
  rm -r "$work/start/_logs" # they tell when a stage of the next night starts
fi
night+=(--date "$date")
cp -r "$work/start" "$work/whole"
"$here/nightjar" "${night[@]}" --root "$work/whole" > "$work/whole.txt"
if [ -n "$next" ] && ! grep 'serves again' "$work/whole.txt"; then
  echo "check_kill: the model of the night before does not serve again: give more USERS" >&2
  exit 1
fi

differing=0
before=
for stage in clean catalog features als candidates intent timing rank plan publish; do
  if [[ $chosen != *" $stage "* ]]; then
    before=$stage
    continue
  fi
  root=$work/$stage
  cp -r "$work/start" "$root"
  [ -z "$before" ] || "$here/nightjar" "${night[@]}" --root "$root" --until "$before" > /dev/null
  before=$stage

  "$here/nightjar" "${night[@]}" --root "$root" > "$work/killed.txt" 2>&1 &
  process=$!
  for _ in $(seq 900); do
    grep -qs "stage $stage started" "$root"/_logs/*.log && break
    kill -0 "$process" 2> /dev/null || break
    sleep 0.05
  done
  sleep "0.$((RANDOM % 10))"
  kill -KILL "$process" 2> /dev/null || echo "the night was over before $stage could be killed" >&2
  wait "$process" 2> /dev/null || true
  "$here/nightjar" "${night[@]}" --root "$root" > "$work/again.txt"
  printf 'killed in %-10s: ' "$stage"
  "$here/compare_roots.py" "$work/whole" "$root" --date "$date" > "$work/compared.txt" || differing=1
  tail -n 1 "$work/compared.txt"
done
exit "$differing"
