"""Plays the cases of kit/orchestration on the real Airflow, and compares states, tries and the state of the run."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

from airflow.providers.standard.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from airflow.sdk import DAG

from playing import play


def differences(case: dict, name: str) -> list[str]:
    """What Airflow does otherwise than the case says, one line each."""
    with DAG(f"conformance_{name}", schedule=None, start_date=datetime(2026, 3, 1, tzinfo=timezone.utc)) as dag:
        operators = {task["id"]: _operator(task) for task in case["tasks"]}
    for task in case["tasks"]:
        for upstream in task.get("upstream", []):
            operators[upstream] >> operators[task["id"]]
    played = play(dag, {task["id"]: task.get("outcomes", ["success"]) for task in case["tasks"]})
    found = [
        f"{task}: {played.states.get(task)}, the case says {state}"
        for task, state in case["states"].items()
        if played.states.get(task) != state
    ]
    found += [
        f"{task}: tried {played.tries(task)} times, the case says {tries}"
        for task, tries in case.get("tries", {}).items()
        if played.tries(task) != tries
    ]
    if played.run != case["run"]:
        found.append(f"the run: {played.run}, the case says {case['run']}")
    return found


def _operator(task: dict):
    first = task.get("outcomes", ["success"])[0]
    common = {
        "task_id": task["id"],
        "python_callable": print,
        "trigger_rule": task.get("trigger_rule", "all_success"),
        "retries": task.get("retries", 0),
    }
    if first.startswith("branch:"):
        return BranchPythonOperator(**common)
    if first.startswith("short_circuit"):
        return ShortCircuitOperator(ignore_downstream_trigger_rules=first == "short_circuit", **common)
    return PythonOperator(**common)


def run(folder: Path) -> int:
    """Plays all cases of a folder, prints a line for each, and returns the number of those that differ."""
    different = 0
    for file in sorted(folder.glob("*.json")):
        case = json.loads(file.read_text(encoding="utf-8"))
        found = differences(case, file.stem)
        print(f"{'FAILED' if found else 'ok':7} {file.stem}: {case['description']}")
        for line in found:
            print(f"          {line}")
        different += bool(found)
    return different
