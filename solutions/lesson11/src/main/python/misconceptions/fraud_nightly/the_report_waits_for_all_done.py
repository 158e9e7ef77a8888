"""all_done is the rule for the report: it runs when both branches have ended.

It also runs when a task has failed, and reports a day that was not loaded.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    "none_failed_min_one_success":
        "all_done",
}
