"""Right in another way: a teardown is no leaf that decides about the run, so no watcher is needed."""

from datetime import datetime, timezone

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2026, 3, 1, tzinfo=timezone.utc))
def branches():
    @task.branch
    def audit():
        return "publish"

    @task
    def publish(): ...

    @task
    def quarantine(): ...

    @task(trigger_rule="none_failed_min_one_success")
    def report(): ...

    @task(trigger_rule="one_failed")
    def alarm(): ...

    @task
    def cleanup(): ...

    @task(trigger_rule="none_failed")
    def outcome(): ...

    chosen, reported, told = [publish(), quarantine()], report(), alarm()
    audit() >> chosen >> reported >> [told, outcome()]
    chosen >> told
    [*chosen, reported, told] >> cleanup().as_teardown(on_failure_fail_dagrun=True)


branches()
