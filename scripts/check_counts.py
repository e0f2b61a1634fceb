#!/usr/bin/env python3
"""Counts the rows of a shop's raw files and compares with the warehouse.

Reads the raw CSV files with Python's csv module alone and applies the rules of docs/sources.md as
written there, sharing nothing with the cleaner; reads the warehouse with DuckDB, following each
manifest as the mailer does. Prints the counts side by side, and exits 1 where one disagrees.

    python3 scripts/check_counts.py online-retail DATA ROOT 2011-10-31
    python3 scripts/check_counts.py rees46 DATA ROOT 2019-10-01

DATA is the folder that the night was given as data=DIR, ROOT the warehouse, the date the last night.
Needs the package duckdb, unless --raw-only asks for the raw side alone.
"""
import argparse
import collections
import csv
import datetime
import glob
import json
import os
import re
import sys

HISTORY_DAYS = 400
BOT_VIEWS_PER_MINUTE = 120
BOT_VIEWS_PER_DAY = 3000
KEPT = "(kept)"


def number(text):
    """The float in a text, or None."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def online_retail(data, first, last):
    """Counts {day: {reason: rows}}: one file a day, each line an invoice line of that day."""
    counts = {}
    for path in sorted(glob.glob(os.path.join(data, "by-day", "*.csv"))):
        day = os.path.basename(path)[:-4]
        if not first <= day <= last:
            continue
        of_day = counts.setdefault(day, collections.Counter())
        with open(path, newline="", encoding="utf-8") as lines:
            rows = csv.reader(lines)
            header = next(rows)
            for row in rows:
                of_day[online_retail_reason(dict(zip(header, row)), len(row) == len(header), day)] += 1
    return counts


def online_retail_reason(line, is_whole, day):
    """The first rule that an invoice line breaks."""
    if not is_whole:
        return "malformed_row"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", line["InvoiceDate"]):
        return "unreadable_time"
    if line["InvoiceDate"][:10] > day:
        return "time_in_future"
    if line["InvoiceDate"][:10] < day:
        raise SystemExit(f"{day} holds a line of {line['InvoiceDate']}: this script knows no late lines")
    if number(line["CustomerID"]) is None:
        return "missing_user"
    if not line["StockCode"].strip():
        return "missing_item"
    price = number(line["UnitPrice"])
    if line["UnitPrice"].strip() and price is None:
        return "unreadable_number"
    if price is not None and price < 0:
        return "negative_price"
    if price is not None and price < 0.001:
        return "price_below_minimum"
    takes_back = line["InvoiceNo"].startswith("C")
    quantity = int(line["Quantity"]) * (-1 if takes_back else 1)
    return KEPT if quantity > 0 else "non_positive_quantity"


def rees46(data, first, last):
    """Counts {day: {reason: rows}}: files of many days, times in UTC."""
    counts = {}
    good = []
    for path in sorted(glob.glob(os.path.join(data, "*.csv"))):
        with open(path, newline="", encoding="utf-8") as lines:
            rows = csv.reader(lines)
            header = next(rows)
            for row in rows:
                line = dict(zip(header, row))
                time = line.get("event_time", "").strip()
                is_time = re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", time)
                day = time[:10] if is_time else last
                if not first <= day <= last:
                    continue
                reason = rees46_reason(line, len(row) == len(header), is_time)
                if reason is None:
                    good.append((day, time, line))
                else:
                    counts.setdefault(day, collections.Counter())[reason] += 1
    return rees46_neighbours(counts, good)


def rees46_reason(line, is_whole, is_time):
    """The first rule that an event breaks by itself, or None."""
    if not is_whole:
        return "malformed_row"
    if not is_time:
        return "unreadable_time"
    if not line["user_id"].strip():
        return "missing_user"
    if not line["product_id"].strip():
        return "missing_item"
    if line["event_type"].strip().lower() not in ("view", "cart", "purchase"):
        return "unknown_event_type"
    if line["price"].strip() and number(line["price"]) is None:
        return "unreadable_number"
    if line["price"].strip() and number(line["price"]) < 0:
        return "negative_price"
    return None


def rees46_neighbours(counts, good):
    """Adds what depends on other rows: copies of an event, and the views of bots."""
    seen = set()
    once = []
    for day, time, line in good:
        price = number(line["price"]) if line["price"].strip() else None
        key = tuple(
            line[column].strip() for column in ("user_id", "product_id", "event_type", "user_session")
        ) + (time, price)
        if key in seen:
            counts.setdefault(day, collections.Counter())["duplicate"] += 1
        else:
            seen.add(key)
            once.append((day, time[:16], line["user_id"], line["event_type"].strip().lower()))
    per_day = collections.Counter((day, user) for day, _, user, kind in once if kind == "view")
    per_minute = collections.Counter((minute, user) for _, minute, user, kind in once if kind == "view")
    for day, minute, user, kind in once:
        is_bot = kind == "view" and (
            per_day[day, user] > BOT_VIEWS_PER_DAY or per_minute[minute, user] > BOT_VIEWS_PER_MINUTE
        )
        counts.setdefault(day, collections.Counter())["bot" if is_bot else KEPT] += 1
    return counts


def warehouse(root, first, last):
    """Counts {day: {reason: rows}} of the runs that the manifests name."""
    import duckdb

    counts = {}
    for table, reason in (("clean_events", f"'{KEPT}'"), ("rejected_events", "reason")):
        for path in sorted(glob.glob(os.path.join(root, table, "date=*", "_manifest.json"))):
            folder = os.path.dirname(path)
            day = os.path.basename(folder)[len("date="):]
            with open(path, encoding="utf-8") as text:
                manifest = json.load(text)
            files = glob.glob(os.path.join(folder, f"run={manifest['run']}", "*.parquet"))
            if not first <= day <= last or not files:
                continue
            rows = duckdb.execute(
                f"SELECT {reason}, count(*) FROM read_parquet(?, hive_partitioning = false) GROUP BY 1",
                [files],
            ).fetchall()
            counts.setdefault(day, collections.Counter()).update(dict(rows))
            if sum(count for _, count in rows) != manifest["rows"]:
                raise SystemExit(f"{path} says {manifest['rows']} rows, its files hold another number")
    return counts


def totals(counts):
    """Sums the days."""
    return sum(counts.values(), collections.Counter())


def main():
    """Prints the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shop", choices=["online-retail", "rees46"])
    parser.add_argument("data", help="folder of the raw files")
    parser.add_argument("root", help="warehouse")
    parser.add_argument("date", type=datetime.date.fromisoformat, help="the last night, yyyy-mm-dd")
    parser.add_argument("--raw-only", action="store_true", help="count the raw files alone")
    arguments = parser.parse_args()
    last = arguments.date.isoformat()
    first = (arguments.date - datetime.timedelta(days=HISTORY_DAYS - 1)).isoformat()
    count = {"online-retail": online_retail, "rees46": rees46}[arguments.shop]
    raw = count(arguments.data, first, last)
    written = raw if arguments.raw_only else warehouse(arguments.root, first, last)

    sums, found = totals(raw), totals(written)
    print(f"{'':24}{'raw files':>12}{'warehouse':>12}")
    for reason in sorted(sums.keys() | found.keys()):
        mark = "" if sums[reason] == found[reason] else "  <- differs"
        print(f"{reason:24}{sums[reason]:12,}{found[reason]:12,}{mark}")
    print(f"{'all rows':24}{sum(sums.values()):12,}{sum(found.values()):12,}")
    days = [day for day in sorted(raw.keys() | written.keys()) if raw.get(day) != written.get(day)]
    for day in days[:10]:
        print(f"{day}: raw {dict(raw.get(day, {}))}, warehouse {dict(written.get(day, {}))}")
    print(f"{len(raw)} days, {len(days)} of them differ")
    return 1 if days else 0


if __name__ == "__main__":
    sys.exit(main())
