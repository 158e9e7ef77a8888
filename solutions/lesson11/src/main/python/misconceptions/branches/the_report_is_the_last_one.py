"""The report is the last task, so a cleanup behind it is the last one, too.

The report is upstream_failed as soon as one of the tasks before it has failed. Then the cleanup runs, while the other one may still
be at work.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    "    chosen >> cleaned\n":
        "",
}
