#!/usr/bin/env python3
"""Checks a written plan against every rule, with DuckDB and check_plan.sql alone.

Reads the warehouse as a mailer would, by following each table's manifest, and prints one line per rule:
rule, rows checked, violations. Exit code 0: no rule is broken; 1: some rule is; 2: the plan cannot be read.

    pip install duckdb
    scripts/check_plan.py --root warehouse --date 2026-03-10 --zone Europe/London
"""

import argparse
import datetime
import json
import pathlib
import sys

NEEDED = ["users", "decisions", "ranked_items", "push_list", "push_schedule"]
EMPTY = {
    "suppressions": "SELECT NULL::VARCHAR AS user_id, NULL::TIMESTAMP AS since WHERE false",
    "push_log": "SELECT NULL::VARCHAR AS kind, NULL::VARCHAR AS push_id, NULL::TIMESTAMP AS at WHERE false",
    "pushes": "SELECT NULL::VARCHAR AS push_id, NULL::VARCHAR AS user_id, NULL::TIMESTAMP AS sent_at WHERE false",
}


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


def files(root, table, date):
    """Parquet files of the run that the night's manifest names; None where there is no manifest."""
    night = root / table / f"date={date}"
    manifest = night / "_manifest.json"
    if not manifest.is_file():
        return None
    run = json.loads(manifest.read_text(encoding="utf-8"))["run"]
    return sorted(str(path) for path in (night / f"run={run}").glob("*.parquet"))


def nights(root, table, date):
    """Dates up to `date` at which the table has a manifest."""
    dates = (path.parent.name.removeprefix("date=") for path in (root / table).glob("date=*/_manifest.json"))
    return sorted(day for day in dates if day <= str(date))


def reading(paths):
    names = ", ".join(quoted(path) for path in paths)
    return f"SELECT * FROM read_parquet([{names}], union_by_name = true, hive_partitioning = false)"


def log_query(root, options):
    if options.push_log:
        reader = "read_csv" if options.push_log.endswith((".csv", ".csv.gz")) else "read_parquet"
        return f"SELECT push_id, user_id, sent_at FROM {reader}({quoted(options.push_log)})"
    paths = [path for day in nights(root, "pushes", options.date) for path in files(root, "pushes", day)]
    if not paths:
        return EMPTY["pushes"]
    # A push may be in the log of several nights.
    return f"SELECT DISTINCT push_id, user_id, sent_at FROM ({reading(paths)})"


def prepare(connection, root, options):
    connection.execute("SET TimeZone = 'UTC'")
    variables = {
        "plan_date": f"DATE {quoted(options.date)}",
        "shop_zone": quoted(options.zone),
        "quiet_from": quoted(options.quiet_from),
        "quiet_to": quoted(options.quiet_to),
        "daily_cap": options.daily_cap,
        "weekly_cap": options.weekly_cap,
        "min_gap_hours": options.min_gap_hours,
        "valid_minutes": options.valid_minutes,
        "unknown_zone": quoted(options.unknown_zone),
        "lead_hours": options.lead_hours,
    }
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = {value}")
    for table in ["users", "suppressions", "push_log", "decisions", "ranked_items", "push_list"]:
        paths = files(root, table, options.date)
        query = reading(paths) if paths else EMPTY[table]
        connection.execute(f"CREATE VIEW {table} AS {query}")
    connection.execute(f"CREATE TABLE pushes AS {log_query(root, options)}")
    schedules = [
        f"SELECT DATE {quoted(day)} AS night, * FROM ({reading(paths)})"
        for day in nights(root, "push_schedule", options.date)
        if (paths := files(root, "push_schedule", day))
    ]
    connection.execute("CREATE TABLE schedules AS " + " UNION ALL BY NAME ".join(schedules))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", required=True, help="warehouse, a local folder")
    parser.add_argument("--date", required=True, type=datetime.date.fromisoformat, help="the night, YYYY-MM-DD")
    parser.add_argument("--zone", default="UTC", help="shop.zone (default %(default)s)")
    parser.add_argument("--quiet-from", default="21:00", help="policy.quiet_from (default %(default)s)")
    parser.add_argument("--quiet-to", default="09:00", help="policy.quiet_to (default %(default)s)")
    parser.add_argument("--daily-cap", default=1, type=int, help="policy.daily_cap (default %(default)s)")
    parser.add_argument("--weekly-cap", default=3, type=int, help="policy.weekly_cap (default %(default)s)")
    parser.add_argument("--min-gap-hours", default=12, type=int, help="policy.min_gap_hours (default %(default)s)")
    parser.add_argument("--valid-minutes", default=60, type=int, help="policy.valid_minutes (default %(default)s)")
    parser.add_argument("--unknown-zone", default="shop", choices=["shop", "skip", "strict"],
                        help="policy.unknown_zone (default %(default)s)")
    parser.add_argument("--lead-hours", default=6, type=int, help="plan.lead_hours (default %(default)s)")
    parser.add_argument("--push-log", help="Parquet or CSV with push_id, user_id, sent_at in UTC, instead of the "
                                           "warehouse's table pushes")
    return parser.parse_args()


def main():
    options = arguments()
    try:
        import duckdb
    except ImportError:
        print("check_plan needs DuckDB: pip install duckdb", file=sys.stderr)
        return 2
    root = pathlib.Path(options.root)
    missing = [table for table in NEEDED if not files(root, table, options.date)]
    if missing:
        print(
            f"no output of {', '.join(missing)} for {options.date} under {root}: run that night first",
            file=sys.stderr,
        )
        return 2
    connection = duckdb.connect()
    prepare(connection, root, options)
    sql = pathlib.Path(__file__).with_name("check_plan.sql").read_text(encoding="utf-8")
    rows = connection.execute(sql).fetchall()
    print(f"{'rule':<24} | {'checked':>10} | {'violations':>10}")
    for rule, checked, violations in rows:
        print(f"{rule:<24} | {checked:>10} | {violations:>10}")
    return 1 if any(violations for _, _, violations in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
