package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A check of the doctor.
 *
 * @param name at most ten letters
 * @param observe reads the state of this machine
 */
public record Check(String name, Supplier<Observation> observe) {

    /** All checks for the workbook in this folder. */
    public static List<Check> all(Path home) {
        return List.of(
                new Check("JDK", Jdk::here),
                new Check("JVM flags", () -> JvmFlags.of(home)),
                new Check("Maven", () -> Maven.of(home)),
                new Check("JBang", () -> JBang.of(home)),
                new Check("Git", () -> Git.of(home)),
                new Check("Memory", Memory::here),
                new Check("Cores", Cores::here),
                new Check("Disk", () -> Disk.of(home)),
                new Check("Folder", () -> ProjectPath.of(home)),
                new Check("Scratch", () -> ScratchFolder.of(home)),
                new Check("Network", Loopback::here),
                new Check("Ports", Ports::here),
                new Check("Docker", () -> Docker.of(home)),
                new Check("Airflow", () -> Airflow.of(home)),
                new Check("System", () -> Platform.of(home)),
                new Check("Locale", LocaleSettings::here));
    }

    /** The only check outside of a workbook: why it was not found. */
    public static List<Check> outsideOfWorkbook() {
        return List.of(new Check("Folder", ProjectPath::notFound));
    }

    /** Runs the check. A check that fails gives a note, not a stack trace. */
    Finding finding() {
        try {
            return observe.get().finding();
        } catch (RuntimeException e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Finding.note("the check failed: " + message, "This may or may not be a problem.");
        }
    }
}
