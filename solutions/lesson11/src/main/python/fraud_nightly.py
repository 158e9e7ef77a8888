"""The night of the warehouse, for Airflow 3.

A cron string alone makes a timetable of moments: its runs have no interval, and their logical date is the moment at which they
begin. CronDataIntervalTimetable gives a run the interval that has ended when it begins, so data_interval_start is in the day to
load. Its first interval begins at start_date.

The limit is read by the task that needs it. The DAG processor imports this file again and again, and it imports nothing but code.
"""

from datetime import datetime, timedelta, timezone

import warehouse
from airflow.providers.standard.operators.python import BranchPythonOperator, PythonOperator
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import DAG, AsyncCallback, CronDataIntervalTimetable, DeadlineAlert, DeadlineReference


def wait(data_interval_start, **context):
    return warehouse.has_silver(data_interval_start.date())


def load(data_interval_start, **context):
    warehouse.stage(data_interval_start.date(), warehouse.limit())


def audit(data_interval_start, **context):
    return "publish" if warehouse.is_good(data_interval_start.date()) else "quarantine"


def publish(data_interval_start, **context):
    warehouse.publish(data_interval_start.date())


def quarantine(data_interval_start, **context):
    warehouse.quarantine(data_interval_start.date())


def report(data_interval_start, **context):
    warehouse.report(data_interval_start.date())


with DAG(
    "fraud_nightly",
    schedule=CronDataIntervalTimetable("0 2 * * *", timezone="UTC"),
    start_date=datetime(2026, 3, 1, tzinfo=timezone.utc),
    catchup=True,
    deadline=DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(hours=4),
        callback=AsyncCallback(warehouse.tell),
    ),
) as dag:
    tasks = {
        "wait": PythonSensor(task_id="wait", python_callable=wait, mode="reschedule", timeout=timedelta(hours=2)),
        "load": PythonOperator(
            task_id="load",
            python_callable=load,
            retries=2,
            retry_delay=timedelta(minutes=5),
            execution_timeout=timedelta(hours=1),
        ),
        "audit": BranchPythonOperator(task_id="audit", python_callable=audit),
        "publish": PythonOperator(task_id="publish", python_callable=publish),
        "quarantine": PythonOperator(task_id="quarantine", python_callable=quarantine),
        "report": PythonOperator(task_id="report", python_callable=report, trigger_rule="none_failed_min_one_success"),
    }
    tasks["wait"] >> tasks["load"] >> tasks["audit"] >> [tasks["publish"], tasks["quarantine"]] >> tasks["report"]
