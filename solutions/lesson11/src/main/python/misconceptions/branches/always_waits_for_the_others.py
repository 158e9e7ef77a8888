"""A cleanup must always run, so its rule is `always`.

`always` ignores the tasks upstream, also whether they have ended: the cleanup runs at once, before the tasks whose
files it deletes.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    '@task(trigger_rule="all_done")\n    def cleanup':
        '@task(trigger_rule="always")\n    def cleanup',
}
