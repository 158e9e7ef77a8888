"""The night of the fraud pipeline: audit the newest day of silver, then write gold, or quarantine the day.

The nightly job replaces each gold table as a whole, in one commit of Delta. So it may be killed, and tried again.
"""

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset, AsyncCallback, DeadlineAlert, DeadlineReference, Param, task
from night_callbacks import tell_failure, tell_late, tell_retry

WORKBOOK = Path(os.environ["WORKBOOK"])
GATE = WORKBOOK / "lessons/11-orchestration/airflow/quality_gate.py"
GOLD = Asset("fraud_gold")

with DAG(
    "fraud_night",
    description="Audits the newest day of silver, then writes gold or quarantines the day",
    doc_md=__doc__,
    schedule="0 2 * * *",
    start_date=datetime(2026, 3, 1, tzinfo=timezone.utc),
    max_active_runs=1,  # two jobs at a time would overwrite one another
    default_args={"on_failure_callback": tell_failure, "on_retry_callback": tell_retry},
    deadline=DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(hours=4),
        callback=AsyncCallback(tell_late),
    ),
    params={
        "home": Param(".workbook/night/home", type="string", description="the pipeline's folder"),
        "min_rows": Param(1000, type="integer", description="a day with fewer payments is not published"),
        "fresh_within": Param(6, type="number", description="hours between the newest payment and the end of its day"),
    },
) as dag:

    @task.sensor(mode="reschedule", poke_interval=30, timeout=timedelta(hours=2).total_seconds())
    def wait_for_silver(params):
        return any((WORKBOOK / params["home"] / "lake/silver/_delta_log").glob("*.json"))

    @task.branch(execution_timeout=timedelta(minutes=5))
    def audit(params):
        command = [sys.executable, GATE, WORKBOOK / params["home"] / "lake/silver"]
        options = ["--min-rows", str(params["min_rows"]), "--fresh-within", str(params["fresh_within"])]
        gate = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
        print(gate.stdout + gate.stderr)
        if gate.returncode not in (0, 3):
            raise RuntimeError(f"The quality gate ended with exit code {gate.returncode}: {gate.stderr}")
        return "publish" if gate.returncode == 0 else "quarantine"

    publish = BashOperator(
        task_id="publish",
        bash_command='./jbang fraud batch --home "$NIGHT_HOME"',
        env={"NIGHT_HOME": "{{ params.home }}"},
        append_env=True,
        cwd=str(WORKBOOK),
        retries=2,
        retry_delay=timedelta(seconds=30),
        execution_timeout=timedelta(minutes=30),
        outlets=[GOLD],
    )

    @task
    def quarantine(params, run_id):
        _note(params["home"], "quarantined", run_id)

    @task(trigger_rule="none_failed_min_one_success")
    def report(params):
        tables = sorted(path.name for path in (WORKBOOK / params["home"] / "lake/gold").glob("*/"))
        print("gold has " + (", ".join(tables) or "no tables"))

    @task(trigger_rule="one_failed")
    def dead_letter(params, run_id):
        """A night that has failed for good waits here for somebody, who clears its tasks in the UI."""
        _note(params["home"], "dead-nights", run_id)

    def _note(home: str, folder: str, run_id: str) -> None:
        file = WORKBOOK / home / folder / run_id.replace(":", "-")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        print(f"noted in {file}")

    silver, audited = wait_for_silver(), audit()
    outcomes = [publish, quarantine()]
    silver >> audited >> outcomes >> report()
    [silver, *outcomes] >> dead_letter()
