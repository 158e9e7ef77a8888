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
public record Topic(String name, Supplier<Check> look) {

    /** All there are, for the workbook in this folder. */
    public static List<Topic> all(Path home) {
        return List.of(
                new Topic("JDK", Jdk::here),
                new Topic("JVM flags", () -> JvmFlags.of(home)),
                new Topic("Maven", () -> Maven.of(home)),
                new Topic("JBang", () -> JBang.of(home)),
                new Topic("Git", () -> Git.of(home)),
                new Topic("Memory", Memory::here),
                new Topic("Cores", Cores::here),
                new Topic("Disk", () -> Disk.of(home)),
                new Topic("Folder", () -> Folder.of(home)),
                new Topic("Scratch", () -> Scratchpad.of(home)),
                new Topic("Network", Loopback::here),
                new Topic("Ports", Ports::here),
                new Topic("Docker", () -> Docker.of(home)),
                new Topic("System", () -> Platform.of(home)),
                new Topic("Locale", Regional::here));
    }

    /** What there is to look at where no workbook was found: why not. */
    public static List<Topic> elsewhere() {
        return List.of(new Topic("Folder", Folder::elsewhere));
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
