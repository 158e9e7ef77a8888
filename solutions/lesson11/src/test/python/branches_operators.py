"""Right in another way: operators, and an empty task that waits for the others."""

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import BranchPythonOperator, PythonOperator
from airflow.sdk import DAG, TriggerRule


def fail():
    raise ValueError("something has failed")


with DAG("branches", schedule=None, start_date=datetime(2026, 3, 1, tzinfo=timezone.utc)):
    audit = BranchPythonOperator(task_id="audit", python_callable=lambda: "publish")
    publish, quarantine = (PythonOperator(task_id=name, python_callable=print) for name in ["publish", "quarantine"])
    report = PythonOperator(
        task_id="report", python_callable=print, trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS
    )
    alarm = PythonOperator(task_id="alarm", python_callable=print, trigger_rule=TriggerRule.ONE_FAILED)
    ended = EmptyOperator(task_id="ended", trigger_rule=TriggerRule.ALL_DONE)
    cleanup = PythonOperator(task_id="cleanup", python_callable=print, trigger_rule=TriggerRule.ALL_DONE)
    watcher = PythonOperator(task_id="watcher", python_callable=fail, trigger_rule=TriggerRule.ONE_FAILED)
    audit >> [publish, quarantine] >> report
    [publish, quarantine, report] >> ended >> cleanup
    [publish, quarantine, report] >> alarm
    [publish, quarantine, report, alarm, cleanup] >> watcher
