package workbook.evaluate.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Free disk space.
 *
 * @param project free bytes in the workbook's folder, for checkpoints, tables and class archives
 * @param libraries free bytes in Maven's local repository
 * @param hasLibraries whether the libraries of a lesson have been downloaded
 */
record Disk(long project, long libraries, boolean hasLibraries) implements Observation {

    private static final long MB = 1L << 20;
    private static final String FREE =
            "Free some space. The workbook writes to .workbook and target; these can be deleted at any time: "
                    + "rm -rf .workbook/cds .workbook/tmp";

    static Disk of(Path home) {
        Path maven = Path.of(System.getProperty("user.home"), ".m2");
        return new Disk(free(home), free(maven), Files.exists(home.resolve(".workbook/classpath")));
    }

    /** The free bytes on the disk of the folder, which need not exist yet. */
    private static long free(Path folder) {
        try {
            return Files.exists(folder) || folder.getParent() == null
                    ? Files.getFileStore(folder).getUsableSpace()
                    : free(folder.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the free space of " + folder, e);
        }
    }

    @Override
    public Finding finding() {
        String space = Memory.gigabytes(project) + " free here, " + Memory.gigabytes(libraries) + " at ~/.m2";
        if (project < 500 * MB) {
            return Finding.problem(space, "Programs write checkpoints, tables and logs here.", FREE);
        }
        if (!hasLibraries && libraries < 1000 * MB) {
            return Finding.problem(
                    space,
                    "The libraries take 400 MB in ~/.m2 and have not been downloaded yet.",
                    "Free some space in your home folder.");
        }
        return project < 2000 * MB
                ? Finding.note(
                        space,
                        "This is enough, but little: a class archive takes 230 MB, a long run of the fraud pipeline "
                                + "about 100 MB.",
                        FREE)
                : Finding.ok(space);
    }
}
