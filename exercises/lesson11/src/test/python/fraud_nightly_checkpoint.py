"""The checkpoint of fraud_nightly: its structure, and runs on a warehouse of five days."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date, datetime, timedelta, timezone

import warehouse
from answers import Broken
from airflow.sdk._shared.module_loading import import_string
from checkpoint import reads_nothing
from playing import Played, play, scheduled_run

TASKS = ["wait", "load", "audit", "publish", "quarantine", "report"]
NIGHT = datetime(2026, 3, 11, 2, tzinfo=timezone.utc)
BAD = date(2026, 3, 11)
LIMIT = 500


def loads_the_day(answer):
    """the run of 02:00 loads the day that has ended, and the first day is 2026-03-01"""
    _run(answer)
    loaded = ", ".join(f"{day} with {count} payments" for day, count in _staged()) or "nothing"
    first = scheduled_run(answer.dag, datetime(2020, 1, 1, tzinfo=timezone.utc))
    return [
        ("it is begun at", f"{NIGHT:%Y-%m-%d %H:%M}", f"{scheduled_run(answer.dag, NIGHT).run_after:%Y-%m-%d %H:%M}"),
        ("it loads", "2026-03-10 with 3 payments", loaded),
        ("the first run is begun at", "2026-03-02 02:00", f"{first.run_after:%Y-%m-%d %H:%M}"),
    ]


def catches_up(answer):
    """missed days are loaded, and no day waits for the one before"""
    waiting = [task.task_id for task in answer.dag.tasks if task.depends_on_past]
    return [
        ("after a pause, the scheduler begins", "all missed runs", "all missed runs" if answer.dag.catchup else "the newest run"),
        ("tasks that wait for the day before", "none", ", ".join(sorted(waiting)) or "none"),
    ]


def retries(answer):
    """load is tried three times, five minutes apart, an hour at most each"""
    load = _task(answer, "load")
    pause, limit = str(load.retry_delay), str(load.execution_timeout)
    twice = _run(answer, {"load": ["failed", "failed", "success"]})
    ever = _run(answer, {"load": ["failed"]})
    return [
        ("between two tries", "0:05:00", pause),
        ("a try is stopped after", "1:00:00", limit),
        ("load, if two tries fail", "success", twice.states["load"]),
        ("tries, if all fail", "3", str(ever.tries("load"))),
        ("… and load", "failed", ever.states["load"]),
    ]


def waits(answer):
    """wait takes two hours at most, and no worker"""
    wait = _task(answer, "wait")
    frees = getattr(wait, "mode", "") == "reschedule" or getattr(wait, "deferrable", False)
    limit = getattr(wait, "timeout", None)
    limit = timedelta(seconds=limit) if isinstance(limit, (int, float)) else limit
    return [
        ("between two looks it", "occupies no worker", "occupies no worker" if frees else "occupies a worker"),
        ("it gives up after", "2:00:00", str(limit)),
    ]


def reports(answer):
    """report follows publish and quarantine, unless a task has failed"""
    good, bad = _run(answer), _run(answer, night=NIGHT + timedelta(days=1))
    crash = _run(answer, {"publish": ["failed"]})
    late = _run(answer, {"load": ["failed"]})
    return [
        ("a good day: publish, quarantine, report", "success, skipped, success", _states(good)),
        ("a bad day: publish, quarantine, report", "skipped, success, success", _states(bad)),
        ("publish fails: publish, quarantine, report", "failed, skipped, upstream_failed", _states(crash)),
        ("load fails: publish, quarantine, report", "upstream_failed, upstream_failed, upstream_failed", _states(late)),
    ]


def tells(answer):
    """warehouse.tell is called at 06:00 if the night is not ready, while it goes on"""
    alerts = answer.dag.deadline
    alerts = [] if alerts is None else alerts if isinstance(alerts, list) else [alerts]
    limit = answer.dag.dagrun_timeout
    return [
        ("it is called at", "06:00 of the night", ", ".join(_due(answer, alert) for alert in alerts) or "no time"),
        ("what is called", "tell", ", ".join(_called(answer, alert) for alert in alerts) or "nothing"),
        ("the run is stopped after", "no time", str(limit) if limit else "no time"),
    ]


def _due(answer, alert) -> str:
    run = scheduled_run(answer.dag, NIGHT)
    begin = {"DagRunQueuedAtDeadline": run.run_after, "DagRunLogicalDateDeadline": run.logical_date}.get(
        alert.reference.reference_name
    )
    if begin is None or not isinstance(alert.interval, timedelta):
        return f"a time that depends on {alert.reference.reference_name}"
    due = begin + alert.interval
    day = "the night" if due.date() == NIGHT.date() else f"{due:%Y-%m-%d}"
    return f"{due:%H:%M} of {day}"


def _called(answer, alert) -> str:
    try:
        function = import_string(alert.callback.path)
    except Exception:
        return f"{alert.callback.path}, which the triggerer cannot import"
    if getattr(sys.modules.get(function.__module__), "__file__", None) == answer.dag.fileloc:
        return f"{function.__name__} of the DAG file, which the triggerer cannot import"
    return function.__name__


def _task(answer, name):
    try:
        return answer.dag.get_task(name)
    except Exception:
        raise Broken(f"there is no task {name}") from None


def _states(run: Played) -> str:
    return ", ".join(run.states[task] for task in ["publish", "quarantine", "report"])


def _run(answer, scripts: dict | None = None, night: datetime = NIGHT) -> Played:
    """Runs a night on a new warehouse; wait finds what it waits for."""
    for task in TASKS:
        _task(answer, task)
    os.environ["WAREHOUSE"] = os.path.join(tempfile.mkdtemp(dir=os.environ["AIRFLOW_HOME"]), "warehouse.db")
    warehouse.query("INSERT INTO settings VALUES ('limit', ?)", LIMIT)
    for day in (NIGHT.date() + timedelta(days=n) for n in range(-3, 3)):
        for amount in [10, 20, LIMIT, LIMIT + 1, *([-1] if day == BAD else [])]:
            warehouse.query("INSERT INTO silver (day, amount) VALUES (?, ?)", str(day), amount)
    return play(answer.dag, {"wait": ["success"]} | (scripts or {}), scheduled_run(answer.dag, night))


def _staged() -> list[tuple]:
    return warehouse.query("SELECT day, count(*) FROM staged GROUP BY day ORDER BY day")


STEPS = [reads_nothing, loads_the_day, catches_up, retries, waits, reports, tells]
