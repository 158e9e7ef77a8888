"""An alarm runs when all is done, and looks for itself what has happened.

The rule decides whether a task runs, and nobody looks here: the alarm goes off on each night.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    '@task(trigger_rule="one_failed")\n    def alarm':
        '@task(trigger_rule="all_done")\n    def alarm',
}
