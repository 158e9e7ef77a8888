package workbook.kit;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** Returns the command and the options to start another JVM like this one. */
public final class Jvm {

    /** Agents and debuggers. */
    private static final List<String> OF_ONE_PROCESS = List.of("-agentlib", "-agentpath", "-javaagent", "-Xrun");

    private Jvm() {}

    /** The {@code java} command of this JVM. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The options of this JVM, without those for one process only. */
    public static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> OF_ONE_PROCESS.stream().noneMatch(option::startsWith))
                .toList();
    }
}
