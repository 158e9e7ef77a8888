"""The task after a branch runs when the chosen branch has ended.

The rule all_success counts the branch that was skipped as no success, and skips the task after it. There is never a
report.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    ', trigger_rule="none_failed_min_one_success"':
        "",
}
