"""A small warehouse in SQLite, for the exercise fraud_nightly.

silver has payments by day. A day is staged, audited, and then published to gold, or quarantined. Each function opens its own
connection, and can be called again: staging a day replaces it. The file is that of the
environment variable WAREHOUSE, or warehouse.db in the folder of Airflow.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from datetime import date

TABLES = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value NUMERIC);
CREATE TABLE IF NOT EXISTS silver (id INTEGER PRIMARY KEY, day TEXT, amount NUMERIC);
CREATE TABLE IF NOT EXISTS staged (id INTEGER PRIMARY KEY, day TEXT, amount NUMERIC);
CREATE TABLE IF NOT EXISTS gold (day TEXT PRIMARY KEY, payments INTEGER, revenue NUMERIC);
CREATE TABLE IF NOT EXISTS quarantined (day TEXT PRIMARY KEY);
"""


def query(statement: str, *values) -> list[tuple]:
    """Runs a statement, commits, and returns its rows."""
    file = os.environ.get("WAREHOUSE") or os.path.join(os.environ["AIRFLOW_HOME"], "warehouse.db")
    with closing(sqlite3.connect(file)) as database, database:
        database.executescript(TABLES)
        return database.execute(statement, values).fetchall()


def limit() -> float:
    """The largest amount of a valid payment, from the table settings."""
    return query("SELECT coalesce(max(value), 1000000) FROM settings WHERE name = 'limit'")[0][0]


def has_silver(day: date | str) -> bool:
    """Whether silver has payments of this day."""
    return query("SELECT count(*) FROM silver WHERE day = ?", str(day))[0][0] > 0


def stage(day: date | str, limit: float) -> int:
    """Replaces the staged payments of a day by those of silver up to the limit, and returns their number."""
    query("DELETE FROM staged WHERE day = ?", str(day))
    query("INSERT INTO staged SELECT * FROM silver WHERE day = ? AND amount <= ?", str(day), limit)
    return query("SELECT count(*) FROM staged WHERE day = ?", str(day))[0][0]


def is_good(day: date | str) -> bool:
    """Whether the staged payments of a day may be published: there are some, and none is negative."""
    return query("SELECT count(*) > 0 AND min(amount) >= 0 FROM staged WHERE day = ?", str(day))[0][0] == 1


def publish(day: date | str) -> None:
    """Replaces the day in gold."""
    query("INSERT OR REPLACE INTO gold SELECT day, count(*), sum(amount) FROM staged WHERE day = ? GROUP BY day", str(day))


def quarantine(day: date | str) -> None:
    """Keeps the day out of gold."""
    query("INSERT OR REPLACE INTO quarantined VALUES (?)", str(day))


def report(day: date | str) -> str:
    """Says what has become of a day."""
    published = query("SELECT payments FROM gold WHERE day = ?", str(day))
    text = f"{day}: {published[0][0]} payments published" if published else f"{day}: quarantined"
    logging.getLogger(__name__).info(text)
    return text


async def tell(context: dict, **_kwargs) -> None:
    """Tells that a night is late: a callback of a DeadlineAlert. Airflow's triggerer imports and awaits it."""
    logging.getLogger(__name__).error("Not ready in time: %s", context.get("dag_run"))
