package workbook.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the workbook lies. */
public final class ProjectFolder {

    private static final String MARK = "jbang-catalog.json";

    private ProjectFolder() {}

    /** The project's folder: the nearest one, from the current folder upwards, that holds {@code jbang-catalog.json}. */
    public static Optional<Path> find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(MARK))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }
}
