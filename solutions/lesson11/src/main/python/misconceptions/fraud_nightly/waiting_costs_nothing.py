"""A sensor that waits costs nothing.

In the mode poke, the default, it sleeps in its worker between two looks. As many sensors as there are workers' slots
stop everything else. In the mode reschedule it gives its slot back, and a deferrable one waits in the triggerer.

More: CONCEPTS.md#orchestration
"""

CHANGES = {
    ' mode="reschedule",':
        "",
}
