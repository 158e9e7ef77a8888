#!/usr/bin/env python3
"""Says whether a day of a Delta table may be published: it has enough rows, and the newest of them is new enough.

    quality_gate.py TABLE [--day DAY] [--min-rows N] [--fresh-within HOURS]

The table is partitioned by `day` and has a timestamp `time`. Only its log is read: Delta keeps the number of rows and the largest
value of each column for every file. Exit codes:

    0  the day is good
    1  the table cannot be read
    2  the arguments are wrong
    3  the day is not good; the reasons are printed
"""

import argparse
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

GOOD, UNREADABLE, NOT_GOOD = 0, 1, 3


def files(table: Path) -> list[dict]:
    """The files of the newest version, as the actions `add` of Delta's log.

    Raises OSError or ValueError if there is no log, or if it does not go back to the table's first version.
    """
    log = sorted((table / "_delta_log").glob("*.json"))
    if not log or int(log[0].stem) != 0:
        raise ValueError(f"there is no log of a Delta table from its first version on in {table / '_delta_log'}")
    added: dict[str, dict] = {}
    for version in log:
        for line in version.read_text(encoding="utf-8").splitlines():
            action = json.loads(line)
            if "add" in action:
                added[action["add"]["path"]] = action["add"]
            elif "remove" in action:
                added.pop(action["remove"]["path"], None)
    return list(added.values())


def day_of(file: dict) -> str:
    return file["partitionValues"]["day"]


def problems(adds: list[dict], day: str, min_rows: int, fresh_within: timedelta) -> tuple[int, list[str]]:
    """The number of rows of a day, and why it is not good."""
    stats = [json.loads(file["stats"]) for file in adds if day_of(file) == day]
    rows = sum(stat["numRecords"] for stat in stats)
    found = [] if rows >= min_rows else [f"{rows} rows, fewer than {min_rows}"]
    if rows:
        newest = max(datetime.fromisoformat(stat["maxValues"]["time"].replace("Z", "+00:00")) for stat in stats)
        end = datetime.fromisoformat(day).replace(tzinfo=timezone.utc) + timedelta(days=1)
        if newest < end - fresh_within:
            found.append(f"the newest row is of {newest:%H:%M}, more than {fresh_within} before the end of the day")
    return rows, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--day", help="such as 2018-05-22 (default: the newest day of the table)")
    parser.add_argument("--min-rows", type=int, default=1)
    parser.add_argument("--fresh-within", type=float, default=24, metavar="HOURS")
    options = parser.parse_args()
    try:
        adds = files(options.table)
        day = options.day or max(map(day_of, adds), default="")
    except (OSError, ValueError, KeyError) as error:
        print(f"The table cannot be read: {error}", file=sys.stderr)
        return UNREADABLE
    if not day:
        print("not good: the table is empty")
        return NOT_GOOD
    rows, found = problems(adds, day, options.min_rows, timedelta(hours=options.fresh_within))
    print(f"{day}: {rows} rows, " + ("good" if not found else "not good: " + "; ".join(found)))
    return NOT_GOOD if found else GOOD


if __name__ == "__main__":
    sys.exit(main())
