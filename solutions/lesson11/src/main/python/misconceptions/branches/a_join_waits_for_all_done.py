"""all_done is the rule for a join: it runs when all branches have ended.

It also runs when a branch has failed, and when none was chosen. The report says what has not happened.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    '"none_failed_min_one_success"':
        '"all_done"',
}
