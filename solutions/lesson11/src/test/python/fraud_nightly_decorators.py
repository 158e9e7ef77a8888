"""Right in another way: decorated functions, a trigger timetable and the day before its date, a deferrable wait."""

from datetime import datetime, timedelta, timezone

import warehouse
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import AsyncCallback, DeadlineAlert, DeadlineReference, dag, task


@dag(
    schedule="0 2 * * *",
    start_date=datetime(2026, 3, 2, tzinfo=timezone.utc),
    catchup=True,
    default_args={"retry_delay": timedelta(minutes=5)},
    deadline=DeadlineAlert(
        reference=DeadlineReference.DAGRUN_LOGICAL_DATE,
        interval=timedelta(hours=4),
        callback=AsyncCallback("warehouse.tell"),
    ),
)
def fraud_nightly():
    wait = PythonSensor(
        task_id="wait",
        python_callable=warehouse.has_silver,
        op_args=["{{ macros.ds_add(ds, -1) }}"],
        mode="reschedule",
        timeout=7200,
    )

    @task(retries=2, execution_timeout=timedelta(minutes=60))
    def load(day):
        warehouse.stage(day, warehouse.limit())
        return day

    @task.branch
    def audit(day):
        return "publish" if warehouse.is_good(day) else ["quarantine"]

    @task
    def publish(day):
        warehouse.publish(day)

    @task
    def quarantine(day):
        warehouse.quarantine(day)

    @task(trigger_rule="none_failed_min_one_success")
    def report(day):
        warehouse.report(day)

    day = "{{ macros.ds_add(ds, -1) }}"
    wait >> load(day) >> audit(day) >> [publish(day), quarantine(day)] >> report(day)


fraud_nightly()
