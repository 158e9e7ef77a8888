"""A run fails if one of its tasks fails.

The state of a run is that of its leaves, the tasks with nothing downstream. The cleanup is a leaf, and succeeds after a
failure. With the alarm as the other leaf, which succeeds or is skipped, the run succeeds, too.

More: CONCEPTS.md#trigger-rules
"""

CHANGES = {
    "    [*chosen, reported, told, cleaned] >> watcher()\n":
        "",
}
