package workbook.race;

import java.util.List;

/**
 * An engine with settings.
 *
 * @param setting a name for the settings
 * @param guarantee how often a payment counts if a process fails
 * @param changes the settings that differ from the engine's defaults
 * @param oneIn it gets one in so many payments: 1 is all, 40 a fortieth of each rate and of the backlog
 */
record Contestant(Job job, String engine, String setting, String guarantee, List<Change> changes, int oneIn) {

    static final String EXACTLY_ONCE = "exactly once";

    /**
     * A setting of the engine, by the name that its documentation uses.
     *
     * @param why what it changes
     */
    record Change(String key, String value, String why) {

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    boolean hasEngine() {
        return job != Job.NONE;
    }

    /** Whether it has the settings with the lowest latency; Kafka alone has none. */
    boolean isTuned() {
        return List.of("", "tuned", "real time").contains(setting);
    }

    /**
     * Options of JBang. The transactions of Flink's connector 5.0.0 call {@code TransactionalRequestResult.await()}, which the
     * client of Kafka 4.3 does not have.
     */
    List<String> jbangOptions() {
        return engine.equals("Flink") ? List.of("-Dkafka.clients=4.2.0") : List.of();
    }

    /** The program for JBang: {@code OnKafkaStreams}, {@code ScoringOnKafkaStreams}. */
    String file() {
        String kind = job == Job.SCORING ? "Scoring" : "";
        return "benchmarks/race/" + kind + "On" + engine.replace(" ", "") + ".java";
    }

    @Override
    public String toString() {
        String name = setting.isEmpty() ? engine : engine + ", " + setting;
        return job == Job.SCORING ? name + ", scoring" : name;
    }
}
