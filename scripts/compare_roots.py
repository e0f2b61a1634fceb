#!/usr/bin/env python3
"""Compares the tables of two warehouse roots, row by row.

Reads the runs that the manifests name. Numbers with fractions are compared after rounding to nine
significant digits, since the last digits of a sum of floats depend on its order. Tables and columns that
were renamed, merged or are no longer stored are listed in MAPPING, at the top of this script.

example:
  scripts/compare_roots.py /data/before /data/after                    every date of every table
  scripts/compare_roots.py /data/before /data/after --date 2026-03-28  one night
  scripts/compare_roots.py /data/before /data/after --table decisions

Exit code 0: every table has equal rows; 1: some table differs; 2: nothing can be compared.
Needs: pip install duckdb.
"""
import argparse
import collections
import json
import pathlib
import sys

# ---- MAPPING ---------------------------------------------------------------------------------------
# Between two versions of Nightjar a table may change its name or its columns while its rows stay the
# same. Both roots are converted to the newer form; everything not listed here must be equal.

# Newer table: {older table whose rows are now in it: {newer column: SQL over the older columns}}.
# A root may have several of them; their rows are compared together.
TABLES = {
    "rejected_rows": {
        "rejected_events": {
            "input": "'events'",
            "reason": "reason",
            "file": "COLUMNS('^(file|source_path)$')",
            "raw": "raw",
            "event_time": "event_time",
            "user_id": "user_id",
        },
        "rejected_inputs": {
            "input": "input",
            "reason": "reason",
            "file": "COLUMNS('^(file|source_path)$')",
            "raw": "raw",
            "event_time": "NULL::TIMESTAMPTZ",
            "user_id": "user_id",
        },
    },
}

# Columns that an older root stores and a newer one does not, with the reason; they are not compared.
NO_LONGER_STORED = {
    "clean_events": {
        column: "recomputed on every read, from the zones of users known tonight"
        for column in ("local_date", "local_hour", "hour_of_week")
    },
}

# Columns with paths of files, compared without the folder of the root itself.
PATHS = {"file", "source_path"}
# ----------------------------------------------------------------------------------------------------

Part = collections.namedtuple("Part", "columns files")
Result = collections.namedtuple("Result", "rows_a rows_b only_a only_b examples")


def tables(root):
    """Newer name of each table of a root, with its folders."""
    newer = {folder: name for name, folders in TABLES.items() for folder in folders}
    found = collections.defaultdict(list)
    manifests = [*root.glob("*/date=*/_manifest.json"), *root.glob("*/*=*/date=*/_manifest.json")]
    for folder in sorted({path.relative_to(root).parts[0] for path in manifests}):
        found[newer.get(folder, folder)].append(folder)
    return dict(found)


def parquet(root, folder, date):
    """Parquet files of the runs that the manifests name, of one date or of all; a table may have parts."""
    files = []
    days = f"date={date or '*'}/_manifest.json"
    for manifest in sorted([*(root / folder).glob(days), *(root / folder).glob(f"*=*/{days}")]):
        run = json.loads(manifest.read_text(encoding="utf-8"))["run"]
        files += sorted(str(path) for path in (manifest.parent / f"run={run}").glob("*.parquet"))
    return files


def parts(root, name, folders, date):
    newer = TABLES.get(name, {})
    all_parts = [Part(newer.get(folder), parquet(root, folder, date)) for folder in folders]
    return [part for part in all_parts if part.files]


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


def rows(part):
    """A query of a folder's rows, each with its date, in the newer form."""
    files = ", ".join(quoted(file) for file in part.files)
    shown = "* EXCLUDE (filename)"
    if part.columns:
        shown = ", ".join(f"{older} AS {newer}" for newer, older in part.columns.items())
    return (f"(SELECT regexp_extract(filename, 'date=([0-9-]+)', 1) AS date_of_files, {shown}"
            f" FROM read_parquet([{files}], filename = true, hive_partitioning = false))")


def columns(connection, name, queries):
    """Names and types of each side; columns that one side no longer stores are left out of both and reported."""
    kinds = [{row[0]: row[1] for row in connection.execute(f"DESCRIBE {query}").fetchall()} for query in queries]
    said = []
    for column, reason in NO_LONGER_STORED.get(name, {}).items():
        if (column in kinds[0]) != (column in kinds[1]):
            said.append(f"without {column}: {reason}")
            kinds = [{other: kind for other, kind in side.items() if other != column} for side in kinds]
    return kinds, said


def as_text(column, kind, root):
    """A column as text, floats to nine significant digits, lists and maps element by element."""
    if kind in ("DOUBLE", "FLOAT"):
        return f"printf('%.9g', \"{column}\")" if kind == "DOUBLE" else f"printf('%.5g', \"{column}\")"
    if kind in ("DOUBLE[]", "FLOAT[]"):
        digits = 9 if kind.startswith("D") else 5
        return f"list_transform(\"{column}\", lambda x: printf('%.{digits}g', x))::VARCHAR"
    if kind == "MAP(VARCHAR, DOUBLE)":
        return (f"list_sort(list_transform(map_entries(\"{column}\"), "
                f"lambda e: e.key || '=' || printf('%.9g', e.value)))::VARCHAR")
    if column in PATHS:
        return f"replace(\"{column}\", {quoted(root.resolve())}, '')"
    return f"\"{column}\"::VARCHAR"


def compare(connection, kinds, sides):
    """Rows of each side, and rows without an equal one on the other; sides are (root, query)."""
    for view, (root, query) in zip("ab", sides):
        shown = ", ".join(f"{as_text(column, kind, root)} AS \"{column}\"" for column, kind in kinds.items())
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT {shown} FROM ({query})")
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b),"
        " (SELECT count(*) FROM (FROM a EXCEPT ALL FROM b)),"
        " (SELECT count(*) FROM (FROM b EXCEPT ALL FROM a))").fetchone()
    examples = [
        (side, connection.execute(f"FROM {side} EXCEPT ALL FROM {other} ORDER BY ALL LIMIT 1").fetchone())
        for side, other, only in (("a", "b", counts[2]), ("b", "a", counts[3])) if only
    ]
    return Result(*counts, examples)


def report(name, words, result=None):
    figures = [f"{figure:>12,}" for figure in result[:4]] if result else [f"{'':>12}"] * 4
    print(f"{name:<18}{''.join(figures)}  {words}")


def compare_table(connection, name, sides):
    """Compares one table and prints its line; true where it is equal."""
    queries = [(root, " UNION ALL BY NAME ".join(rows(part) for part in found)) for root, found in sides]
    if not any(query for _, query in queries):
        report(name, "equal: no rows on either side")
        return True
    if not all(query for _, query in queries):
        report(name, f"DIFFERENT: only {'a' if queries[0][1] else 'b'} has rows")
        return False
    kinds, said = columns(connection, name, [query for _, query in queries])
    if set(kinds[0].items()) != set(kinds[1].items()):
        a, b = (sorted(set(kinds[i].items()) - set(kinds[1 - i].items())) for i in (0, 1))
        report(name, f"DIFFERENT: columns of a alone {a}, of b alone {b}")
        return False
    result = compare(connection, kinds[0], queries)
    is_equal = not result.only_a and not result.only_b
    report(name, "equal" if is_equal else "DIFFERENT", result)
    for line in said:
        print(f"  {line}")
    for side, row in result.examples:
        print(f"  only in {side}: {dict(zip(kinds[0], row))}")
    return is_equal


def holds_rows(root, folders):
    """Whether the folders are those of a table; a model has files of its own and no rows."""
    return any(next((root / folder).glob("date=*/run=*/*.parquet"), None) for folder in folders)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage="%(prog)s A B [options]")
    parser.add_argument("a", metavar="A", type=pathlib.Path, help="root of the one side")
    parser.add_argument("b", metavar="B", type=pathlib.Path, help="root of the other")
    parser.add_argument("--date", help="only this night, YYYY-MM-DD (default: every date of either root)")
    parser.add_argument("--table", help="only this table, by its newer name (default: every table)")
    return parser.parse_args()


def main():
    options = arguments()
    try:
        import duckdb
    except ImportError:
        print("compare_roots needs DuckDB: pip install duckdb", file=sys.stderr)
        return 2
    found = [tables(root) for root in (options.a, options.b)]
    names = sorted(name for name in {**found[0], **found[1]} if options.table in (None, name))
    if not names:
        print(f"no table to compare under {options.a} and {options.b}: give two warehouse roots", file=sys.stderr)
        return 2
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    print(f"a = {options.a}\nb = {options.b}\n")
    print(f"{'table':<18}{'rows a':>12}{'rows b':>12}{'only in a':>12}{'only in b':>12}")
    compared, different = 0, []
    for name in names:
        folders = [tables_of.get(name, []) for tables_of in found]
        roots = list(zip((options.a, options.b), folders))
        if all(folders) and not any(holds_rows(root, its) for root, its in roots):
            report(name, "not compared: no Parquet of its own on either side")
            continue
        compared += 1
        if not all(folders):
            report(name, f"DIFFERENT: only {'a' if folders[0] else 'b'} has this table")
            different.append(name)
        elif not compare_table(
                connection, name, [(root, parts(root, name, its, options.date)) for root, its in roots]):
            different.append(name)
        older = sorted({folder for its in folders for folder in its} - {name})
        if older:
            print(f"  read from {', '.join(older)} where the root has it")
    print(f"\n{compared - len(different)} of {compared} tables compared are equal"
          + (f"; different: {', '.join(different)}" if different else ""))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
