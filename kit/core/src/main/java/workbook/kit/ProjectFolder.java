package workbook.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the workbook's project folder. */
public final class ProjectFolder {

    private static final String MARKER = "jbang-catalog.json";

    private ProjectFolder() {}

    /** Returns the nearest folder, from the current one upwards, that contains {@code jbang-catalog.json}. */
    public static Optional<Path> find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(MARKER))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }
}
