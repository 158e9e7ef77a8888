package workbook.evaluate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder {@code .workbook}, to which all programs write.
 *
 * @param error the error of writing a file there; empty if it succeeded
 */
record ScratchFolder(String error) implements Observation {

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
        return error.isEmpty()
                ? Finding.ok(".workbook is writable")
                : Finding.problem(
                        ".workbook is not writable (" + error + ")",
                        "It holds your progress, checkpoints and temporary files.",
                        "Make yourself the owner: sudo chown -R \"$USER\" .");
    }
}
