#!/usr/bin/env python3
"""Measures a night's lists again and compares the figures with those of `nightjar backtest`.

Reads only the Parquet of ranked_items, through its manifest, and the raw files of Online Retail;
cleans, splits and measures with its own code. Prints both figures side by side, and exits 1 where
two of them differ by more than 0.000001.

    python3 scripts/check_backtest.py DATA ROOT 2011-11-01
    python3 scripts/check_backtest.py DATA ROOT 2011-11-01 --without 'POST|DOT|M|C2|D|S|B|PADS|BANK CHARGES'

DATA is the folder that the backtest was given as data=DIR, ROOT the warehouse, the date the split.
--without also prints the figures with these codes left out of what was bought, such as postage and fees.
Needs the package duckdb.
"""
import argparse
import collections
import datetime
import glob
import json
import math
import os
import re
import sys

import duckdb

HISTORY_DAYS = 400
CUT = 10
TOLERANCE = 1e-6


def purchases(data):
    """Rows (customer, article, local day): with a customer and a price, without cancellations."""
    return duckdb.execute(
        """
        SELECT DISTINCT CAST(CAST(CustomerID AS DOUBLE) AS BIGINT)::VARCHAR, trim(StockCode),
               CAST(InvoiceDate AS TIMESTAMP)::DATE
        FROM read_csv(?, all_varchar = true, header = true)
        WHERE CustomerID IS NOT NULL AND InvoiceNo NOT LIKE 'C%'
          AND CAST(Quantity AS INT) > 0 AND CAST(UnitPrice AS DOUBLE) > 0
        """,
        [os.path.join(data, "by-day", "*.csv")],
    ).fetchall()


def lists(root, night):
    """Items of each user, best first, of the run that the manifest names."""
    folder = os.path.join(root, "ranked_items", f"date={night}")
    with open(os.path.join(folder, "_manifest.json"), encoding="utf-8") as text:
        run = json.load(text)["run"]
    files = glob.glob(os.path.join(folder, f"run={run}", "*.parquet"))
    rows = duckdb.execute(
        "SELECT user_id, item_id FROM read_parquet(?) ORDER BY user_id, rank", [files]
    ).fetchall()
    found = collections.defaultdict(list)
    for user, item in rows:
        found[user].append(item)
    return found


def gain(places):
    """Discounted gain of hits at these places, from 0."""
    return sum(1 / math.log2(place + 2) for place in places)


def measure(ranked, relevant):
    """Mean nDCG, precision and recall over the users with a relevant item."""
    sums = collections.Counter()
    for user, wanted in relevant.items():
        hits = [place for place, item in enumerate(ranked(user)[:CUT]) if item in wanted]
        sums["ndcg"] += gain(hits) / gain(range(min(CUT, len(wanted))))
        sums["precision"] += len(hits) / CUT
        sums["recall"] += len(hits) / len(wanted)
    return {metric: total / len(relevant) for metric, total in sums.items()}


def scenarios(bought, found, split, days):
    """Figures {scenario: (users, {metric: mean})} of one horizon."""
    first = split - datetime.timedelta(days=HISTORY_DAYS)
    end = split + datetime.timedelta(days=days)
    before = collections.defaultdict(set)
    for user, item, day in bought:
        if first <= day < split:
            before[user].add(item)
    known = set().union(*before.values())
    after = collections.defaultdict(set)
    for user, item, day in bought:
        if split <= day < end and user in before and item in known:
            after[user].add(item)
    new = {user: items - before[user] for user, items in after.items() if items - before[user]}

    def unbought(user):
        return [item for item in found.get(user, []) if item not in before[user]]

    return {
        "all": (len(after), measure(lambda user: found.get(user, []), after)),
        "new": (len(new), measure(unbought, new)),
    }


def print_without(goods, found, split, horizons):
    """The figures where only goods count as bought."""
    for horizon in horizons:
        print(f"{horizon['days']} days from {split}, at {CUT}, goods alone")
        for scenario, (users, metrics) in scenarios(goods, found, split, horizon["days"]).items():
            for metric, value in [("users", users), *metrics.items()]:
                print(f"  {scenario:5}{metric:30}{value:12.6g}")


def main():
    """Prints the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", help="folder of the raw files")
    parser.add_argument("root", help="warehouse")
    parser.add_argument("split", type=datetime.date.fromisoformat, help="the split, yyyy-mm-dd")
    parser.add_argument("--without", metavar="PATTERN", help="codes that are no goods, as one regular expression")
    arguments = parser.parse_args()
    split = arguments.split
    path = os.path.join(arguments.root, "_backtests", f"split={split}", "backtest.json")
    with open(path, encoding="utf-8") as text:
        report = json.load(text)
    bought = purchases(arguments.data)
    found = lists(arguments.root, split - datetime.timedelta(days=1))
    differing = 0
    for horizon in report["horizons"]:
        blend = next(one for one in horizon["lists"] if one["name"] == "blend")
        print(f"{horizon['days']} days from {split}, at {CUT}{'':12}{'this script':>12}{'backtest':>12}")
        for scenario, (users, metrics) in scenarios(bought, found, split, horizon["days"]).items():
            reported = {
                metric: interval["mean"]
                for metric, interval in blend["scores"][scenario][str(CUT)].items()
            }
            reported["users"] = horizon["counts"]["users"][scenario]
            for metric, value in [("users", users), *metrics.items()]:
                differs = abs(value - reported[metric]) > TOLERANCE
                differing += differs
                mark = "  <- differs" if differs else ""
                print(f"  {scenario:5}{metric:30}{value:12.6g}{reported[metric]:12.6g}{mark}")
    if arguments.without:
        no_goods = re.compile(arguments.without, re.IGNORECASE)
        goods = [row for row in bought if not no_goods.fullmatch(row[1])]
        print_without(goods, found, split, report["horizons"])
        listed = {item for items in found.values() for item in items if no_goods.fullmatch(item)}
        print(f"{len(listed)} such codes are in the lists {sorted(listed)}")
    print(f"{differing} figures differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
