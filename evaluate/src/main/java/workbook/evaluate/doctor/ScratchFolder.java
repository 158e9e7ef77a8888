package workbook.evaluate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder {@code .workbook}, where everything that a run leaves lies.
 *
 * @param trouble what came of writing a file there; empty if it went well
 */
record ScratchFolder(String trouble) implements Observation {

    static ScratchFolder of(Path home) {
        try {
            Path folder = Files.createDirectories(home.resolve(".workbook"));
            Files.delete(Files.createTempFile(folder, "doctor-", ".txt"));
            return new ScratchFolder("");
        } catch (IOException e) {
            return new ScratchFolder(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    @Override
    public Finding finding() {
        return trouble.isEmpty()
                ? Finding.ok(".workbook can be written")
                : Finding.needed(
                        ".workbook cannot be written (" + trouble + ")",
                        "Your progress, checkpoints and scratch folders belong there.",
                        "Make it yours: sudo chown -R \"$USER\" .");
    }
}
