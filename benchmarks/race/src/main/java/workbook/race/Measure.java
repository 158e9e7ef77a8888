package workbook.race;

/** What is measured in a run, in the order of the report's columns. */
enum Measure {
    P50("p50", "ms", "half of the results have at most this latency, at the lowest rate"),
    P99("p99", "ms", "99 of 100 have at most this latency"),
    CAUGHT_UP("caught up", "s", "from the start of the JVM until the results of the backlog were read"),
    BACKLOG("backlog", "/s", "its payments per second since the engine was running"),
    CPU("CPU", "s", "what the JVM had used when it had caught up"),
    MEMORY("memory", "MiB", "the most that the process has had"),
    HOLDS("holds", "/s", "the highest rate at which p99 is less than a second above that of the lowest rate");

    final String title;
    final String unit;
    final String meaning;

    Measure(String title, String unit, String meaning) {
        this.title = title;
        this.unit = unit;
        this.meaning = meaning;
    }
}
