"""Audits each day of a week, then writes gold once.

How many days there are is known only when the run has begun: a task returns them, and Airflow makes an instance of `audit` for each
(dynamic task mapping). A day without payments is skipped. A day that is not good fails, and then gold stays as it is.
"""

import os
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param, task
from airflow.sdk.exceptions import AirflowSkipException
from night_callbacks import tell_failure

WORKBOOK = Path(os.environ["WORKBOOK"])
GATE = WORKBOOK / "lessons/11-orchestration/airflow/quality_gate.py"

with DAG(
    "backfill_week",
    description="Audits each day of a week, then writes gold once",
    doc_md=__doc__,
    schedule=None,
    start_date=datetime(2026, 3, 1, tzinfo=timezone.utc),
    max_active_runs=1,
    default_args={"on_failure_callback": tell_failure},
    params={
        "home": Param(".workbook/night/home", type="string", description="the pipeline's folder"),
        "first_day": Param("2018-05-20", type="string", format="date", description="the first of seven days"),
        "min_rows": Param(1000, type="integer", description="a day with fewer payments is not good"),
    },
) as dag:

    @task
    def days(params):
        first = date.fromisoformat(params["first_day"])
        return [str(first + timedelta(days=n)) for n in range(7)]

    @task(max_active_tis_per_dagrun=2, map_index_template="{{ day }}")
    def audit(day, params):
        from airflow.sdk import get_current_context

        get_current_context()["day"] = day
        silver = WORKBOOK / params["home"] / "lake/silver"
        if not (silver / f"day={day}").is_dir():
            raise AirflowSkipException(f"silver has no payments of {day}")
        command = [sys.executable, GATE, silver, "--day", day, "--min-rows", str(params["min_rows"])]
        gate = subprocess.run(command, capture_output=True, text=True, check=False)
        print(gate.stdout + gate.stderr)
        if gate.returncode != 0:
            raise RuntimeError(gate.stdout or gate.stderr)
        return gate.stdout.strip()

    publish = BashOperator(
        task_id="publish",
        bash_command='./jbang fraud batch --home "$NIGHT_HOME"',
        env={"NIGHT_HOME": "{{ params.home }}"},
        append_env=True,
        cwd=str(WORKBOOK),
        execution_timeout=timedelta(minutes=30),
        trigger_rule="none_failed_min_one_success",
    )

    @task(trigger_rule="all_done")
    def summary(audits):
        """Prints a line for each good day."""
        for line in audits:
            print(line)

    audits = audit.expand(day=days())
    audits >> publish
    summary(audits)
