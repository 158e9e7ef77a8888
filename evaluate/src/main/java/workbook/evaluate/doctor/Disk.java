package workbook.evaluate.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Room on the disks.
 *
 * @param project bytes free where the workbook is: checkpoints, tables and archives of classes lie there
 * @param libraries bytes free where Maven keeps libraries
 * @param hasLibraries whether the libraries of a lesson have been fetched already
 */
record Disk(long project, long libraries, boolean hasLibraries) implements Observation {

    private static final long MB = 1L << 20;
    private static final String FREE = "Make room. What the workbook itself leaves lies in .workbook and in target; "
            + "of these, rm -rf .workbook/cds .workbook/tmp costs time only.";

    static Disk of(Path home) {
        Path maven = Path.of(System.getProperty("user.home"), ".m2");
        return new Disk(free(home), free(maven), Files.exists(home.resolve(".workbook/classpath")));
    }

    /** Of the nearest folder that is there. */
    private static long free(Path folder) {
        try {
            return Files.exists(folder) || folder.getParent() == null
                    ? Files.getFileStore(folder).getUsableSpace()
                    : free(folder.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " does not tell how much room it has", e);
        }
    }

    @Override
    public Finding finding() {
        String what = Memory.gigabytes(project) + " free here, " + Memory.gigabytes(libraries) + " at ~/.m2";
        if (project < 500 * MB) {
            return Finding.needed(what, "Programs write checkpoints, tables and logs here.", FREE);
        }
        if (!hasLibraries && libraries < 1000 * MB) {
            return Finding.needed(
                    what,
                    "The libraries take 400 MB there, and are yet to be fetched.",
                    "Make room in your home folder.");
        }
        return project < 2000 * MB
                ? Finding.note(
                        what,
                        "Enough, not plenty: an archive of an engine's classes takes 230 MB, a long run of the "
                                + "fraud pipeline some 100 MB.",
                        FREE)
                : Finding.ok(what);
    }
}
