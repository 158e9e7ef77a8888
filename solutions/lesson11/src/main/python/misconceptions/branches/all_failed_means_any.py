"""all_failed runs the alarm when something has failed.

It runs only if each task upstream has failed. Where one task fails and the other one is skipped, there is no alarm.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    '@task(trigger_rule="one_failed")\n    def alarm':
        '@task(trigger_rule="all_failed")\n    def alarm',
}
