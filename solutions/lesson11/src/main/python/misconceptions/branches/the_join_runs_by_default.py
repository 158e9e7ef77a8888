"""The task after a branch runs when the chosen branch has ended.

The rule all_success counts the branch that was skipped as no success, and skips the task after it. The report is
skipped on each night.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    '@task(trigger_rule="none_failed_min_one_success")\n    def report':
        "@task\n    def report",
}
