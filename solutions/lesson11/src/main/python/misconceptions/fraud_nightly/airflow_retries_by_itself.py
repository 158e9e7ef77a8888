"""Airflow tries a task again when it fails.

It does only if retries are configured: the default is 0. The first failure fails the night.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    "            retries=2,\n":
        "",
}
