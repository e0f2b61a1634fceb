#!/usr/bin/env python3
"""Runs two nights of the generated shop, rotates its push log in between, and breaks a feed after them.

What a push log that is gone by now refused must hold: the suppressions of the second night, which looks back a few
days, must be those of the demo's own night, which had every file. A list of suppressions without a byte must stop the
night and leave what was there. Exit code 0: both hold; 1: one does not.

    pip install duckdb
    scripts/nightjar demo --root demo
    scripts/check_rotation.py --demo demo
"""

import argparse
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import duckdb

KEPT_DAYS = 14


def run(root, shop, date):
    """One night until the catalog; its exit code and what it wrote to stderr."""
    launcher = pathlib.Path(__file__).with_name("nightjar")
    command = [launcher, "run", "--conf", shop / "shop.conf", "--root", root, "--date", str(date), "--until", "catalog",
               "--set", f"data={shop}", "--set", f"sources.pushes.lookback_days={KEPT_DAYS}"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def suppressed(root, date):
    """Users of the table suppressions of a night."""
    night = root / "suppressions" / f"date={date}"
    manifest = json.loads((night / "_manifest.json").read_text())
    files = str(night / f"run={manifest['run']}" / "*.parquet")
    return {user for (user,) in duckdb.sql(f"SELECT DISTINCT user_id FROM read_parquet('{files}')").fetchall()}


def rotate(shop, last_date):
    """Removes the push logs that are older than a night looks back; how many they were."""
    first = str(last_date - datetime.timedelta(days=KEPT_DAYS))
    old = [file for file in (shop / "pushes").glob("*.csv") if file.stem < first]
    for file in old:
        file.unlink()
    return len(old)


def check(demo, work):
    """One line for each fault."""
    shop, root = work / "shop", work / "root"
    shutil.copytree(demo / "_shop", shop)
    last_date = max(datetime.date.fromisoformat(file.stem) for file in (shop / "pushes").glob("*.csv"))
    for date in [last_date - datetime.timedelta(days=1), last_date]:
        code, said = run(root, shop, date)
        if code != 0:
            return [f"the night of {date} ended with {code}: {said}"]
        if date < last_date:
            print(f"{rotate(shop, last_date)} push logs rotated away")
    faults = []
    wanted, found = suppressed(demo, last_date), suppressed(root, last_date)
    print(f"{len(wanted)} users are suppressed with every file there, {len(found)} with the older ones gone")
    if wanted != found:
        faults.append(f"{len(wanted - found)} refusals are forgotten, such as {min(wanted - found, default=None)}")
    (shop / "suppressions.csv").write_bytes(b"")
    code, said = run(root, shop, last_date)
    print(f"without a byte in suppressions.csv: exit {code}, {said.strip()}")
    if code != 3 or "suppressions.csv" not in said:
        faults.append(f"an empty list of suppressions ended with {code}")
    if suppressed(root, last_date) != found:
        faults.append("a night that stopped changed the suppressions")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--demo", required=True, type=pathlib.Path, help="root of a demo night")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        faults = check(options.demo.resolve(), pathlib.Path(work))
    for fault in faults:
        print(f"fault: {fault}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
