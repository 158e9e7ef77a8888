package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * A thing the doctor looks at.
 *
 * @param name at most ten letters
 * @param look reads this machine
 */
public record Check(String name, Supplier<Observation> look) {

    /** All there are, for the workbook in this folder. */
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
                new Check("System", () -> Platform.of(home)),
                new Check("Locale", LocaleSettings::here));
    }

    /** What there is to look at where no workbook was found: why not. */
    public static List<Check> elsewhere() {
        return List.of(new Check("Folder", ProjectPath::elsewhere));
    }

    /** Looks, and judges. What cannot be looked at is worth a note, not a stack trace. */
    Finding finding() {
        try {
            return look.get().finding();
        } catch (RuntimeException e) {
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Finding.note("could not be looked at: " + message, "Whether this is a problem is not known.");
        }
    }
}
