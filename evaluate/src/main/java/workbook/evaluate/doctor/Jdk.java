package workbook.evaluate.doctor;

import javax.tools.ToolProvider;

/**
 * The Java that runs this program.
 *
 * @param feature the first number of its version
 * @param home its folder
 */
record Jdk(int feature, String version, String vendor, boolean hasCompiler, String home) implements Observation {

    static final int OLDEST = 17;
    static final int NEWEST_TESTED = 25;

    private static final String INSTALL = "Debian, Ubuntu, WSL:  sudo apt install openjdk-17-jdk\n"
            + "macOS:                brew install --cask temurin@17\n"
            + "anywhere:             https://adoptium.net";

    static Jdk here() {
        return new Jdk(
                Runtime.version().feature(),
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                ToolProvider.getSystemJavaCompiler() != null,
                System.getProperty("java.home"));
    }

    @Override
    public Finding finding() {
        String name = version + " (" + vendor + ")";
        if (feature < OLDEST) {
            return Finding.problem(name + " in " + home, "The workbook requires JDK 17 or newer.", INSTALL);
        }
        if (!hasCompiler) {
            return Finding.problem(
                    name + " in " + home + ", without javac",
                    "This is a runtime only. Compiling exercises requires a full JDK.",
                    INSTALL);
        }
        if (feature > NEWEST_TESTED) {
            return Finding.note(
                    name + " with javac",
                    "The workbook is tested with JDK 17 to " + NEWEST_TESTED
                            + ". If Spark fails in unexpected ways, set JAVA_HOME to one of these.");
        }
        return Finding.ok(name + " with javac");
    }
}
