"""The top of the file runs once a day, when the DAG runs.

The DAG processor imports the file again and again, each minute or more often, and so does every task before it starts.
The query runs each time, and a run of the night uses the limit of the moment of an import.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    "\n\ndef wait(":
        "\nLIMIT = warehouse.limit()\n\n\ndef wait(",
    "warehouse.stage(data_interval_start.date(), warehouse.limit())":
        "warehouse.stage(data_interval_start.date(), LIMIT)",
}
