#!/usr/bin/env python3
"""Compares every table of one night in two warehouse roots, row by row.

    scripts/compare_roots.py ROOT_A ROOT_B --date 2026-03-28

Numbers with fractions are compared after rounding to nine significant digits, since sums of floats
depend on their order in the last ones. Needs: pip install duckdb. Exit code 1 when rows differ.
"""
import argparse
import json
import pathlib
import sys

import duckdb


def rows_of(root, table, date):
    """Glob of the Parquet files that count, or None where the day has no rows."""
    day = pathlib.Path(root) / table / f"date={date}"
    manifest = json.loads((day / "_manifest.json").read_text())
    return str(day / f"run={manifest['run']}" / "*.parquet") if manifest["rows"] else None


def tables(root, date):
    return sorted(
        path.parent.parent.name
        for path in pathlib.Path(root).glob(f"*/date={date}/_manifest.json")
    )


def rounded(column, kind):
    """The column as text, floats to nine significant digits, lists and maps element by element."""
    if kind in ("DOUBLE", "FLOAT"):
        return f"printf('%.9g', \"{column}\")" if kind == "DOUBLE" else f"printf('%.5g', \"{column}\")"
    if kind in ("DOUBLE[]", "FLOAT[]"):
        digits = 9 if kind.startswith("D") else 5
        return f"list_transform(\"{column}\", lambda x: printf('%.{digits}g', x))::VARCHAR"
    if kind == "MAP(VARCHAR, DOUBLE)":
        return (f"list_sort(list_transform(map_entries(\"{column}\"), "
                f"lambda e: e.key || '=' || printf('%.9g', e.value)))::VARCHAR")
    return f"\"{column}\"::VARCHAR"


def view(connection, name, files):
    kinds = connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{files}', hive_partitioning = false)").fetchall()
    columns = ", ".join(f"{rounded(k[0], k[1])} AS \"{k[0]}\"" for k in kinds)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {columns} FROM read_parquet('{files}', hive_partitioning = false)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("a")
    parser.add_argument("b")
    parser.add_argument("--date", required=True)
    arguments = parser.parse_args()
    connection = duckdb.connect()
    names = tables(arguments.a, arguments.date)
    if names != tables(arguments.b, arguments.date) or not names:
        print(f"the roots do not hold the same tables: {names} and {tables(arguments.b, arguments.date)}")
        return 1
    differing = 0
    print(f"{'table':<18}{'rows a':>12}{'rows b':>12}{'only in a':>12}{'only in b':>12}")
    for name in names:
        a, b = (rows_of(root, name, arguments.date) for root in (arguments.a, arguments.b))
        if a is None and b is None:
            continue
        view(connection, "a", a)
        view(connection, "b", b)
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b),"
            " (SELECT count(*) FROM (FROM a EXCEPT ALL FROM b)),"
            " (SELECT count(*) FROM (FROM b EXCEPT ALL FROM a))").fetchone()
        differing += counts[2] + counts[3]
        print(f"{name:<18}{counts[0]:>12,}{counts[1]:>12,}{counts[2]:>12,}{counts[3]:>12,}")
        if counts[2]:
            print("  such as", connection.execute("FROM a EXCEPT ALL FROM b LIMIT 1").fetchone())
            print("     and ", connection.execute("FROM b EXCEPT ALL FROM a LIMIT 1").fetchone())
    print("equal" if not differing else f"{differing:,} rows differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
