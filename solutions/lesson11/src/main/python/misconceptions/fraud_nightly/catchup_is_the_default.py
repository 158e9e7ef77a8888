"""After a pause, a DAG catches up by itself.

It did so in Airflow 2. In Airflow 3 catchup is False unless the DAG or the configuration says otherwise: the scheduler
begins the newest run only.

More: CONCEPTS.md#catch-up
"""

CHANGES = {
    "    catchup=True,\n":
        "",
}
