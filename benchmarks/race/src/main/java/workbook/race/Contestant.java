package workbook.race;

import java.util.List;

/**
 * An engine with settings.
 *
 * @param program in {@code benchmarks/race}; empty if there is no engine
 * @param setting a name for the settings
 * @param guarantee how often a payment counts if a process fails
 * @param changes the settings that differ from the engine's defaults
 */
record Contestant(Job job, String engine, String program, String setting, String guarantee, List<Change> changes) {

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

    String file() {
        return "benchmarks/race/" + program + ".java";
    }

    @Override
    public String toString() {
        String name = setting.isEmpty() ? engine : engine + ", " + setting;
        return job == Job.SCORING ? name + ", scoring" : name;
    }
}
