package workbook.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import workbook.check.process.WorkerJvm;
import workbook.kit.Scratch;

/**
 * The start-up script of JShell: imports, then the {@code META-INF/workbook/startup.jsh} files on the class path. The
 * comments at the beginning of such a file are printed as a greeting.
 *
 * @param added the lines of these files
 */
record ShellStartup(List<String> added) {

    private static final String FILE = "META-INF/workbook/startup.jsh";
    private static final String COMMENT = "// ";
    private static final String IMPORTS = """
            import java.math.*;
            import java.time.*;
            import java.util.*;
            import workbook.kit.*;
            import %s.*;
            """;

    static ShellStartup of(WorkerJvm jvm) {
        return new ShellStartup(jvm.lines(FILE));
    }

    List<String> greeting() {
        return added.stream()
                .filter(line -> line.startsWith(COMMENT))
                .map(line -> line.substring(COMMENT.length()))
                .toList();
    }

    /** Writes a script for JShell that also imports the classes of this package. */
    Path write(String packageName) throws IOException {
        String code =
                added.stream().filter(line -> !line.startsWith(COMMENT)).collect(Collectors.joining("\n", "", "\n"));
        return Files.writeString(
                Scratch.folder("shell-").resolve("startup.jsh"), IMPORTS.formatted(packageName) + code);
    }
}
