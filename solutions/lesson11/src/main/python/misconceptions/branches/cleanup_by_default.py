"""A task at the end runs at the end.

Under all_success it runs only if nothing upstream has failed or was skipped. Here one of the branches is always
skipped, or both are, so the cleanup never runs unless both were chosen.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    '@task(trigger_rule="all_done")\n    def cleanup':
        "@task\n    def cleanup",
}
