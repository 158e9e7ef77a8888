package race;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the race passes to a contestant.
 *
 * @param name of this run, for ids of applications and groups
 * @param payments the topic to read, from its beginning
 * @param results the topic to write
 * @param folder for state and checkpoints
 * @param settings the engine's settings that differ from its defaults, by their names in its documentation
 */
record Start(
        String name,
        String bootstrapServers,
        String payments,
        String results,
        Path folder,
        Map<String, String> settings) {

    /** Tells the race that the JVM has started. */
    static Start of(String... arguments) {
        System.out.println("STARTED");
        return new Start(
                arguments[0],
                arguments[1],
                arguments[2],
                arguments[3],
                Path.of(arguments[4]),
                Arrays.stream(arguments)
                        .skip(5)
                        .map(setting -> setting.split("=", 2))
                        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1])));
    }

    /** Waits for the end of a job that has no end. */
    interface Job {
        void await() throws Exception;
    }

    /** Tells the race that the engine runs. This JVM ends when the race closes its input, has ended, or the job fails. */
    void ready(Job job) throws Exception {
        System.out.println("READY");
        Thread input = new Thread(Start::awaitTheEndOfTheRace);
        input.setDaemon(true);
        input.start();
        job.await();
        Runtime.getRuntime().halt(1);
    }

    private static void awaitTheEndOfTheRace() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // as if it were closed
        }
        Runtime.getRuntime().halt(0);
    }
}
