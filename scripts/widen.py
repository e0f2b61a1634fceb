#!/usr/bin/env python3
"""Widens a generated shop: each item becomes N variants, dealt to users and pairs, to see what many items cost.

    scripts/nightjar demo --users 20000 --root demo --until clean
    scripts/widen.py demo/_shop wide --variants 1000
    scripts/nightjar run --conf wide/shop.conf --root wide-root --date 2026-03-28

Tastes are lost: the shop shows time and memory, not the worth of lists. Needs: pip install duckdb.
"""
import argparse
import shutil
from pathlib import Path

import duckdb

parser = argparse.ArgumentParser(
    description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("shop", type=Path, help="folder of a generated shop")
parser.add_argument("into", type=Path, help="folder that is made")
parser.add_argument("--variants", type=int, default=1000)
options = parser.parse_args()
if options.into.exists():
    parser.error(f"{options.into} exists: give a folder that does not")
options.into.mkdir(parents=True)
VARIANT = f"item_id || '-' || (hash(user_id, item_id) % {options.variants})"


def rewrite(name, query):
    """Writes a file of the shop anew; all of its columns are text."""
    target = options.into / name
    target.parent.mkdir(exist_ok=True)
    source = f"read_csv('{options.shop / name}', all_varchar = true, ignore_errors = true)"
    duckdb.sql(f"COPY ({query.format(source=source)}) TO '{target}' (HEADER)")


rewrite("items.csv", f"""
    SELECT * REPLACE (item_id || '-' || variant AS item_id)
    FROM {{source}}, range({options.variants}) AS variants(variant)""")
for day in sorted((options.shop / "events").iterdir()):
    rewrite(f"events/{day.name}", f"SELECT * REPLACE ({VARIANT} AS item_id) FROM {{source}}")
for other in ["users.csv", "suppressions.csv", "pushes"]:
    copy = shutil.copytree if (options.shop / other).is_dir() else shutil.copy
    copy(options.shop / other, options.into / other)
conf = (options.shop / "shop.conf").read_text(encoding="utf-8")
(options.into / "shop.conf").write_text(
    conf.replace(str(options.shop.resolve()), str(options.into.resolve())), encoding="utf-8")
