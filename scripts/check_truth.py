#!/usr/bin/env python3
"""Compares a night of the generated shop with the behaviour that was planted in it.

    pip install duckdb
    scripts/check_truth.py --demo DEMO_DIRECTORY --root WAREHOUSE --date 2026-03-28 [--json]

Reads the warehouse as the mailer would, following each manifest, and the shop's truth/ directory,
which no night reads. Shares no code with Nightjar. Prints:

  items    recall@20 of the ALS factors' dot product against that of item popularity, on the
           purchases of the days after the date; all of them, and those of items the user had not
           bought before. Mean over users with at least one such purchase.
  intent   AUC, expected calibration error (10 bins of equal mass) and mean of
           ranked_items.purchase_probability against what was bought within the horizon.
  hours    the best weekday hour from 09 to 21, local, by send_hours: how often it is within one
           hour of a planted peak (the best allowed hour, or one at least 95 percent as good), and
           the planted chance of an open at that hour over the best one. Next to it the shop's
           busiest hour, and an hour drawn at random. Cold users are left out.

Exit code: 0 printed, 2 an input is missing.
"""

import argparse
import json
import os
import sys

import duckdb

FIRST_HOUR, LAST_HOUR = 9, 21
K = 20


def quoted(path):
    return "'" + path.replace("'", "''") + "'"


def create_view(db, root, table, date):
    """One view per table of the warehouse: the run that the manifest names."""
    day = os.path.join(root, table, f"date={date}")
    manifest = os.path.join(day, "_manifest.json")
    if not os.path.exists(manifest):
        raise FileNotFoundError(f"{manifest} is missing; run the night of {date} first")
    with open(manifest, encoding="utf-8") as file:
        run = json.load(file)["run"]
    files = quoted(os.path.join(day, f"run={run}", "*.parquet"))
    db.execute(
        f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files}, hive_partitioning = false)"
    )


def read_truth(db, demo, date, horizon_days):
    """Tables holdout, holdout_horizon, history (user, item pairs bought) and curves."""
    truth = os.path.join(demo, "truth")
    with open(os.path.join(truth, "settings.json"), encoding="utf-8") as file:
        settings = json.load(file)
    if settings["last_date"] != date:
        raise FileNotFoundError(
            f"the truth of {demo} begins after {settings['last_date']}, not {date}; check that night"
        )
    csv = "header = true, all_varchar = true"
    holdout = quoted(os.path.join(truth, "holdout_events.csv"))
    db.execute(
        f"""CREATE TABLE holdout AS
        SELECT user_id, item_id, min(CAST(event_time AS TIMESTAMPTZ)) AS bought_at
        FROM read_csv({holdout}, {csv}) WHERE event_type = 'purchase' GROUP BY ALL"""
    )
    # The horizon ends at a midnight of the shop.
    db.execute("SET TimeZone = ?", [settings["zone"]])
    db.execute(
        f"""CREATE TABLE holdout_horizon AS SELECT user_id, item_id FROM holdout
        WHERE bought_at < CAST((DATE '{date}' + {horizon_days + 1}) AS TIMESTAMPTZ)"""
    )
    db.execute("SET TimeZone = 'UTC'")
    # Broken rows do not matter here: a pair bought in a refused row only would be left out of "new".
    events = quoted(os.path.join(demo, "events", "*.csv"))
    db.execute(
        f"""CREATE TABLE history AS SELECT DISTINCT user_id, item_id
        FROM read_csv({events}, {csv}, ignore_errors = true)
        WHERE event_type = 'purchase' AND event_id LIKE 'e%'"""
    )
    db.execute(
        f"""CREATE TABLE curves AS
        SELECT user_id, CAST(hour AS INT) AS hour, CAST(activity AS DOUBLE) AS activity,
          CAST(open_probability AS DOUBLE) AS open_probability
        FROM read_csv({quoted(os.path.join(truth, 'curves.csv'))}, {csv})
        WHERE is_weekend = 'false' AND CAST(hour AS INT) BETWEEN {FIRST_HOUR} AND {LAST_HOUR}"""
    )
    db.execute(
        f"""CREATE TABLE people AS
        SELECT user_id, CAST(sessions_per_day AS DOUBLE) AS sessions_per_day
        FROM read_csv({quoted(os.path.join(truth, 'users.csv'))}, {csv}) WHERE is_cold = 'false'"""
    )


def recall(db, scores, only_new):
    """Mean share of a user's held-out items among the first K of `scores`; and users measured.

    `scores` is a query of (user_id, item_id, score) for users of the holdout.
    """
    new = "ANTI JOIN history USING (user_id, item_id)" if only_new else ""
    return db.execute(
        f"""
        WITH relevant AS (SELECT user_id, item_id FROM holdout {new}),
        sizes AS (SELECT user_id, count(*) AS n FROM relevant GROUP BY ALL),
        scored AS (SELECT * FROM ({scores}) {new}),
        top AS (
          SELECT user_id, item_id FROM scored
          QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY score DESC, item_id) <= {K}),
        hits AS (
          SELECT user_id, count(*) AS n
          FROM top JOIN relevant USING (user_id, item_id) GROUP BY ALL)
        SELECT avg(coalesce(hits.n, 0) / sizes.n), count(*)
        FROM sizes LEFT JOIN hits USING (user_id)"""
    ).fetchone()


def check_items(db):
    als = """SELECT u.user_id, i.item_id, list_inner_product(u.factors, i.factors) AS score
        FROM user_factors u SEMI JOIN holdout h ON u.user_id = h.user_id CROSS JOIN item_factors i"""
    popular = """SELECT u.user_id, i.item_id, i.popularity AS score
        FROM (SELECT DISTINCT user_id FROM holdout) u CROSS JOIN item_features i"""
    ranked = """SELECT user_id, item_id, -"rank" AS score
        FROM ranked_items SEMI JOIN holdout USING (user_id)"""
    found = []
    for name, query in (("als", als), ("popular", popular), ("ranked_items", ranked)):
        everything, users = recall(db, query, False)
        new, new_users = recall(db, query, True)
        found.append(
            {
                "scores": name,
                f"recall@{K}": everything,
                "users": users,
                f"recall@{K} new": new,
                "users new": new_users,
            }
        )
    return found


def check_intent(db):
    db.execute(
        """CREATE TABLE judged AS
        SELECT r.user_id, r.item_id, r.purchase_probability AS p,
          CAST(h.item_id IS NOT NULL AS INT) AS bought
        FROM ranked_items r LEFT JOIN holdout_horizon h USING (user_id, item_id)"""
    )
    # Area under the ROC curve by ranks, ties sharing their mean rank.
    auc = db.execute(
        """WITH ranked AS (
          SELECT bought, rank() OVER (ORDER BY p) + (count(*) OVER (PARTITION BY p) - 1) / 2.0 AS r
          FROM judged),
        sums AS (
          SELECT sum(r) FILTER (bought = 1) AS ranks, count(*) FILTER (bought = 1) AS positives,
            count(*) FILTER (bought = 0) AS negatives FROM ranked)
        SELECT (ranks - positives * (positives + 1) / 2.0)
          / nullif(CAST(positives AS DOUBLE) * negatives, 0) FROM sums"""
    ).fetchone()[0]
    ece = db.execute(
        """WITH binned AS (
          SELECT p, bought, ntile(10) OVER (ORDER BY p, user_id, item_id) AS bin FROM judged),
        bins AS (SELECT count(*) AS n, avg(p) AS said, avg(bought) AS came FROM binned GROUP BY bin)
        SELECT sum(n * abs(said - came)) / sum(n) FROM bins"""
    ).fetchone()[0]
    pairs, bought, mean, rate = db.execute(
        "SELECT count(*), sum(bought), avg(p), avg(bought) FROM judged"
    ).fetchone()
    return [
        {
            "pairs": pairs,
            "bought": bought,
            "auc": auc,
            "ece": ece,
            "mean probability": mean,
            "share bought": rate,
        }
    ]


def check_hours(db):
    db.execute(
        f"""CREATE TABLE best AS
        SELECT user_id, max(open_probability) AS open_probability FROM curves
        SEMI JOIN people USING (user_id) GROUP BY ALL"""
    )
    model = f"""SELECT user_id, hour_of_week % 24 AS hour FROM (
          SELECT user_id, hour_of_week % 24 AS hour_of_week, avg(open_probability) AS p
          FROM send_hours
          WHERE hour_of_week < 120 AND hour_of_week % 24 BETWEEN {FIRST_HOUR} AND {LAST_HOUR}
          GROUP BY ALL)
        QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY p DESC, hour_of_week) = 1"""
    shop = """SELECT best.user_id, busiest.hour FROM best CROSS JOIN (
          SELECT hour FROM curves JOIN people USING (user_id)
          GROUP BY ALL ORDER BY sum(activity * sessions_per_day) DESC, hour LIMIT 1) busiest"""
    every = "SELECT user_id, hour FROM curves SEMI JOIN people USING (user_id)"
    oracle = """SELECT user_id, hour FROM curves SEMI JOIN people USING (user_id)
        QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY open_probability DESC, hour) = 1"""
    found = []
    for name, query in (
        ("send_hours", model),
        ("shop's histogram", shop),
        ("random", every),
        ("best possible", oracle),
    ):
        users, near, chance, relative = db.execute(
            f"""WITH chosen AS ({query}),
            judged AS (
              SELECT chosen.user_id, curves.open_probability AS p,
                curves.open_probability / best.open_probability AS relative,
                EXISTS (
                  SELECT 1 FROM curves peak
                  WHERE peak.user_id = chosen.user_id
                    AND peak.open_probability >= 0.95 * best.open_probability
                    AND abs(peak.hour - chosen.hour) <= 1) AS is_near
              FROM chosen JOIN curves USING (user_id, hour) JOIN best USING (user_id))
            SELECT count(DISTINCT user_id), avg(CAST(is_near AS INT)), avg(p), avg(relative)
            FROM judged"""
        ).fetchone()
        found.append(
            {
                "hour by": name,
                "users": users,
                "within 1 h of a peak": near,
                "open probability": chance,
                "of the best possible": relative,
            }
        )
    return found


def show(title, rows):
    print(f"\n{title}")
    columns = list(rows[0])
    cells = [columns] + [
        [f"{row[c]:.4f}" if isinstance(row[c], float) else str(row[c]) for c in columns]
        for row in rows
    ]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]
    for line in cells:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def main():
    parser = argparse.ArgumentParser(
        description="Checks a night of the generated shop against its planted truth."
    )
    parser.add_argument("--demo", required=True, help="directory of the generated shop")
    parser.add_argument("--root", required=True, help="warehouse of the night")
    parser.add_argument("--date", required=True, help="the shop's last day, closed by the night")
    parser.add_argument("--horizon-days", type=int, default=14, help="intent.horizon_days")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()

    db = duckdb.connect()
    try:
        for table in (
            "user_factors",
            "item_factors",
            "item_features",
            "ranked_items",
            "send_hours",
        ):
            create_view(db, arguments.root, table, arguments.date)
        read_truth(db, arguments.demo, arguments.date, arguments.horizon_days)
    except (FileNotFoundError, duckdb.IOException) as missing:
        print(f"check_truth: {missing}", file=sys.stderr)
        return 2
    found = {"items": check_items(db), "intent": check_intent(db), "hours": check_hours(db)}
    if arguments.json:
        print(json.dumps(found, indent=2))
        return 0
    show("Items bought after the date", found["items"])
    show(f"Purchase intent, {arguments.horizon_days} days", found["intent"])
    show(f"Best weekday hour, {FIRST_HOUR:02d}-{LAST_HOUR} local", found["hours"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
