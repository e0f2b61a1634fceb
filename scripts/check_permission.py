#!/usr/bin/env python3
"""Judges a written plan against the shop's raw users, suppressions and push logs, with DuckDB alone.

It reads no table of Nightjar but the plan (push_schedule, decisions), and shares no code with it. Prints one line
per rule: rule, rows checked, violations, the first user of them. Exit code 0: no rule is broken; 1: some rule is;
2: something cannot be read. Name every file that was ever delivered, rotated ones included: a refusal in any of them
holds.

    pip install duckdb
    scripts/check_permission.py --root demo --date 2026-03-28 --zone Europe/Berlin \\
        --users 'demo/_shop/users*.csv' --suppressions 'demo/_shop/suppressions*.csv' --pushes 'demo/_shop/pushes/*.csv'

Columns are those of conf/nightjar.conf; others are named by --columns user_id=CustomerID,consent=push_opt_in.
--self-test plants one violation of each rule in memory and fails unless each is found.
"""

import argparse
import datetime
import glob
import json
import pathlib
import re
import sys

COLUMNS = {
    "raw_users": ["user_id", "consent", "updated_at", "created_at", "zone", "quiet_from", "quiet_to"],
    "raw_suppressions": ["user_id", "since", "released_at"],
    "raw_pushes": ["push_id", "user_id", "sent_at", "unsubscribed_at"],
}

# What the files say. An id is compared without blanks and invisible characters around it. A time that cannot be read
# is null, which for a refusal means always.
FACTS = r"""
CREATE MACRO id(x) AS nullif(regexp_replace(x, '^[\s\p{Z}\p{C}]+|[\s\p{Z}\p{C}]+$', '', 'g'), '');
CREATE MACRO said(x) AS nullif(lower(trim(x)), '');
CREATE MACRO no_value(x) AS said(x) IS NULL OR said(x) IN ('\n', 'null', 'none', 'nan', 'nat')
  OR starts_with(said(x), '0000-00-00') OR starts_with(said(x), '0001-01-01');
CREATE MACRO moment(x) AS make_timestamp(epoch_us(try_cast(trim(x) AS TIMESTAMPTZ)));
CREATE MACRO local_at(x, zone) AS timezone(zone, timezone('UTC', x));
CREATE MACRO clock(x) AS CASE
  WHEN regexp_full_match(trim(x), '([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?')
    THEN split_part(trim(x), ':', 1)::INT * 60 + split_part(trim(x), ':', 2)::INT
  WHEN regexp_full_match(trim(x), '24:00(:00)?') THEN 0 END;
CREATE MACRO quiet(m, f, t) AS CASE WHEN f < t THEN m >= f AND m < t WHEN f > t THEN m >= f OR m < t ELSE false END;

CREATE VIEW night AS SELECT timezone('UTC', timezone(getvariable('shop_zone'),
  (getvariable('plan_date') + 1)::TIMESTAMP)) AS end_at;

CREATE VIEW user_rows AS
SELECT id(user_id) AS user_id, zone, quiet_from, quiet_to, moment(created_at) AS created_at,
  CASE WHEN said(consent) IN ('true', 't', 'yes', 'y', '1', '1.0') THEN 'yes'
    WHEN said(consent) IS NULL THEN 'blank' ELSE 'no' END AS consent,
  coalesce(moment(updated_at), timezone('UTC', timezone(getvariable('shop_zone'), file_day::TIMESTAMP + INTERVAL 1 DAY)),
    TIMESTAMP '1900-01-01') AS known_at
FROM raw_users WHERE id(user_id) IS NOT NULL;

CREATE VIEW people AS
SELECT user_id,
  min(created_at) AS created_at,
  max(known_at) FILTER (consent = 'no' AND known_at < end_at + INTERVAL 2 DAY) AS refused_at,
  max(known_at) FILTER (consent = 'yes' AND known_at <= end_at) AS agreed_at,
  max(known_at) FILTER (known_at <= end_at) AS stated_at,
  arg_max(zone, known_at) FILTER (known_at <= end_at AND said(zone) IS NOT NULL) AS zone,
  arg_max({'f': quiet_from, 't': quiet_to}, known_at)
    FILTER (known_at <= end_at AND (said(quiet_from) IS NOT NULL OR said(quiet_to) IS NOT NULL)) AS quiet
FROM user_rows, night GROUP BY user_id;

CREATE VIEW agreed AS
SELECT *, CASE WHEN refused_at IS NOT NULL THEN coalesce(agreed_at > refused_at AND agreed_at = stated_at, false)
    WHEN agreed_at = stated_at THEN true
    ELSE getvariable('consent_by_default') END AS agrees
FROM people;

CREATE VIEW refusals AS
SELECT id(user_id) AS user_id, CASE WHEN no_value(since) THEN NULL ELSE moment(since) END AS since,
  max(moment(released_at)) OVER (PARTITION BY id(user_id)) AS released_at
FROM raw_suppressions WHERE id(user_id) IS NOT NULL;

CREATE VIEW standing AS
SELECT user_id, since FROM refusals, night
WHERE released_at IS NULL OR released_at >= end_at OR released_at < coalesce(since, TIMESTAMP '1900-01-01');

CREATE VIEW leavers AS
SELECT id(user_id) AS user_id, min(coalesce(moment(unsubscribed_at), moment(sent_at), TIMESTAMP '1900-01-01')) AS left_at
FROM raw_pushes WHERE NOT no_value(unsubscribed_at) AND id(user_id) IS NOT NULL GROUP BY 1;

CREATE VIEW logged AS
SELECT id(user_id) AS user_id, coalesce(id(push_id), sent_at) AS push_id, min(moment(sent_at)) AS sent_at
FROM raw_pushes WHERE moment(sent_at) IS NOT NULL GROUP BY ALL;

CREATE VIEW planned AS
SELECT push_id, user_id, make_timestamp(epoch_us(send_at)) AS send_at FROM push_schedule;

CREATE VIEW sent AS
SELECT p.*, a.agrees, a.quiet,
  CASE WHEN a.zone IN (SELECT name FROM pg_timezone_names()) THEN a.zone ELSE getvariable('shop_zone') END AS zone
FROM planned p LEFT JOIN agreed a USING (user_id);

CREATE VIEW hours AS
SELECT *, hour(local_at(send_at, zone)) * 60 + minute(local_at(send_at, zone)) AS local_minute,
  clock(quiet.f) AS f, clock(quiet.t) AS t,
  clock(getvariable('quiet_from')) AS policy_f, clock(getvariable('quiet_to')) AS policy_t
FROM sent;
"""

RULES = """
SELECT 'consent' AS rule, count(*) AS checked, count(*) FILTER (broken) AS violations, min(user_id) FILTER (broken) AS first
FROM (SELECT user_id, NOT coalesce(agrees, getvariable('consent_by_default')) AS broken FROM sent)
UNION ALL
SELECT 'suppressed', count(*), count(*) FILTER (broken), min(user_id) FILTER (broken)
FROM (SELECT user_id, EXISTS (SELECT 1 FROM standing s WHERE s.user_id = planned.user_id
    AND (s.since IS NULL OR s.since <= planned.send_at)) AS broken FROM planned)
UNION ALL
SELECT 'unsubscribed', count(*), count(*) FILTER (broken), min(user_id) FILTER (broken)
FROM (SELECT user_id, EXISTS (SELECT 1 FROM leavers l, night WHERE l.user_id = planned.user_id
    AND l.left_at < end_at) AS broken FROM planned)
UNION ALL
SELECT 'quiet_hours', count(*), count(*) FILTER (broken), min(user_id) FILTER (broken)
FROM (SELECT user_id, CASE WHEN f IS NOT NULL AND t IS NOT NULL THEN quiet(local_minute, f, t)
    ELSE quiet(local_minute, policy_f, policy_t) END AS broken FROM hours)
UNION ALL
SELECT 'weekly_cap', count(*), count(*) FILTER (broken), min(user_id) FILTER (broken)
FROM (SELECT p.user_id, (SELECT count(*) FROM logged l WHERE l.user_id = p.user_id
      AND l.push_id NOT IN (SELECT push_id FROM planned)
      AND l.sent_at <= p.send_at AND l.sent_at > p.send_at - INTERVAL 168 HOURS)
    + (SELECT count(*) FROM planned q WHERE q.user_id = p.user_id AND q.send_at <= p.send_at)
    > getvariable('weekly_cap') AS broken FROM planned p)
UNION ALL
SELECT 'nobody_lost', count(*), count(*) FILTER (broken), min(user_id) FILTER (broken)
FROM (SELECT a.user_id, d.user_id IS NULL OR d.decision IN ('no_consent', 'suppressed') AS broken
  FROM agreed a LEFT JOIN (SELECT user_id, min(decision) AS decision FROM decisions GROUP BY 1) d USING (user_id), night
  WHERE agrees AND stated_at <= end_at AND (a.created_at IS NULL OR a.created_at < end_at)
    AND a.user_id NOT IN (SELECT user_id FROM refusals UNION ALL SELECT user_id FROM leavers))
"""

# One violation of each rule, made of the first planned push: {user}, {send_at}.
PLANTED = {
    "consent": "INSERT INTO raw_users BY NAME SELECT '{user}' AS user_id, 'false' AS consent, '{send_at}' AS updated_at",
    "suppressed": "INSERT INTO raw_suppressions BY NAME SELECT ' {user}\u200b' AS user_id, '' AS since",
    "unsubscribed": "INSERT INTO raw_pushes BY NAME SELECT '{user}' AS user_id, '2001-01-01 00:00:00' AS unsubscribed_at",
    "quiet_hours": "INSERT INTO raw_users BY NAME SELECT '{user}' AS user_id, 'true' AS consent, '00:00' AS quiet_from, "
                   "'23:59' AS quiet_to, '{night_end}' AS updated_at",
    "weekly_cap": "INSERT INTO raw_pushes BY NAME SELECT 'planted-' || n AS push_id, '{user}' AS user_id, '{night_end}' "
                  "AS sent_at FROM range(100) t(n)",
    "nobody_lost": "INSERT INTO raw_users BY NAME SELECT 'planted-user' AS user_id, 'true' AS consent",
}


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


def plan_files(root, table, date):
    """Parquet files of the run that the night's manifest names."""
    night = root / table / f"date={date}"
    manifest = night / "_manifest.json"
    if not manifest.is_file():
        raise SystemExit(f"no {table} of {date} under {root}: run that night first")
    run = json.loads(manifest.read_text(encoding="utf-8"))["run"]
    return sorted(str(path) for path in (night / f"run={run}").glob("*.parquet"))


def reader(pattern, date):
    """A query over the files up to the night's: everything as text, with the day in each file's name."""
    kept = []
    for path in sorted(glob.glob(pattern, recursive=True)):
        day = next((word for word in split_days(path)), None)
        if day is None or day <= date:
            kept.append(path)
    if not kept:
        raise SystemExit(f"no file of {pattern} up to {date}: name the shop's raw files")
    names = "[" + ", ".join(quoted(path) for path in kept) + "]"
    name = kept[0].removesuffix(".gz")
    if name.endswith(".parquet"):
        return f"read_parquet({names}, union_by_name = true, filename = true)"
    if name.endswith((".json", ".jsonl", ".ndjson")):
        return f"read_json_auto({names}, union_by_name = true, filename = true)"
    return (f"read_csv({names}, header = true, all_varchar = true, null_padding = true, strict_mode = false, "
            "union_by_name = true, filename = true)")


def split_days(path):
    """The days in a file's path."""
    for text in re.findall(r"\d{4}-\d{2}-\d{2}", path):
        try:
            yield datetime.date.fromisoformat(text)
        except ValueError:
            continue


def load(connection, relation, pattern, options):
    columns = COLUMNS[relation]
    empty = ", ".join(f"NULL::VARCHAR AS {name}" for name in columns)
    connection.execute(f"CREATE TABLE {relation} AS SELECT {empty}, NULL::DATE AS file_day WHERE false")
    if not pattern:
        return
    source = reader(pattern, options.date)
    present = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    named = dict(pair.split("=", 1) for pair in options.columns.split(",") if pair)
    read = [f'"{named.get(name, name)}"::VARCHAR AS {name}' for name in columns if named.get(name, name) in present]
    day = r"try_cast(regexp_extract(filename, '.*(\d{4}-\d{2}-\d{2})', 1) AS DATE) AS file_day"
    connection.execute(f"INSERT INTO {relation} BY NAME SELECT {', '.join(read)}, {day} FROM {source}")


def prepare(connection, options):
    connection.execute("SET TimeZone = 'UTC'")
    variables = {
        "plan_date": f"DATE {quoted(options.date)}",
        "shop_zone": quoted(options.zone),
        "consent_by_default": str(options.consent_by_default).lower(),
        "quiet_from": quoted(options.quiet_from),
        "quiet_to": quoted(options.quiet_to),
        "weekly_cap": options.weekly_cap,
    }
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = {value}")
    load(connection, "raw_users", options.users, options)
    load(connection, "raw_suppressions", options.suppressions, options)
    load(connection, "raw_pushes", options.pushes, options)
    for table in ["push_schedule", "decisions"]:
        names = ", ".join(quoted(path) for path in plan_files(pathlib.Path(options.root), table, options.date))
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{names}], hive_partitioning = false)")
    connection.execute(FACTS)


def self_test(connection):
    """Plants a violation of each rule, alone, and returns the rules that did not find theirs."""
    before = {rule: violations for rule, _, violations, _ in connection.execute(RULES).fetchall()}
    user, send_at, night_end = connection.execute(
        "SELECT user_id, send_at, end_at FROM planned, night ORDER BY push_id LIMIT 1").fetchone()
    missed = []
    for rule, statement in PLANTED.items():
        connection.execute("BEGIN")
        connection.execute(statement.format(user=user, send_at=send_at, night_end=night_end))
        after = {name: violations for name, _, violations, _ in connection.execute(RULES).fetchall()}
        connection.execute("ROLLBACK")
        found = after[rule] > before[rule]
        print(f"{'planted ' + rule:<24} | {'found' if found else 'MISSED'}")
        if not found:
            missed.append(rule)
    return missed


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", required=True, help="warehouse, a local folder")
    parser.add_argument("--date", required=True, type=datetime.date.fromisoformat, help="the night, YYYY-MM-DD")
    parser.add_argument("--zone", default="UTC", help="shop.zone (default %(default)s)")
    parser.add_argument("--users", help="glob of the raw users' files")
    parser.add_argument("--suppressions", help="glob of the raw suppressions")
    parser.add_argument("--pushes", help="glob of the raw push logs")
    parser.add_argument("--columns", default="", help="the files' own names: user_id=CustomerID,consent=push_opt_in")
    parser.add_argument("--consent-by-default", action="store_true", help="shop.consent_by_default = true")
    parser.add_argument("--quiet-from", default="21:00", help="policy.quiet_from (default %(default)s)")
    parser.add_argument("--quiet-to", default="09:00", help="policy.quiet_to (default %(default)s)")
    parser.add_argument("--weekly-cap", default=3, type=int, help="policy.weekly_cap (default %(default)s)")
    parser.add_argument("--self-test", action="store_true", help="plant a violation of each rule and look for it")
    return parser.parse_args()


def main():
    options = arguments()
    try:
        import duckdb
    except ImportError:
        print("check_permission needs DuckDB: pip install duckdb", file=sys.stderr)
        return 2
    connection = duckdb.connect()
    try:
        prepare(connection, options)
        rows = connection.execute(RULES).fetchall()
    except (SystemExit, duckdb.Error) as failed:
        print(f"check_permission: {failed}", file=sys.stderr)
        return 2
    print(f"{'rule':<24} | {'checked':>10} | {'violations':>10}")
    for rule, checked, violations, first in rows:
        print(f"{rule:<24} | {checked:>10} | {violations:>10}" + (f"  first: {first}" if violations else ""))
    if options.self_test and self_test(connection):
        return 1
    return 1 if any(violations for _, _, violations, _ in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
