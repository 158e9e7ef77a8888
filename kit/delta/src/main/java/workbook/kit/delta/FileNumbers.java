package workbook.kit.delta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers for the data files of a table, whose names are random: 1, 2, … in the order in which its log adds them. */
public final class FileNumbers {

    private final Path table;
    private final List<String> files;

    private FileNumbers(Path table) {
        this.table = table;
        this.files = Commit.of(table).stream()
                .flatMap(commit -> commit.added().stream())
                .distinct()
                .toList();
    }

    /** Numbers the files that the log of this table names. */
    public static FileNumbers of(Path table) {
        return new FileNumbers(table);
    }

    /** What a commit did with files: {@code -1 +3} if it removed file 1 and added file 3. */
    public String changes(Commit commit) {
        return Stream.concat(
                        commit.removed().stream()
                                .map(file -> "-" + number(file))
                                .sorted(),
                        commit.added().stream().map(file -> "+" + number(file)).sorted())
                .collect(Collectors.joining(" "));
    }

    /** The Parquet files in the folder: {@code 1 3 ?}, with a question mark for a file that the log does not name. */
    public String inFolder() {
        try (Stream<Path> all = Files.walk(table)) {
            return all.map(file -> table.relativize(file).toString())
                    .filter(file -> file.endsWith(".parquet") && !file.startsWith("_delta_log"))
                    .sorted(Comparator.comparing(file -> files.contains(file) ? files.indexOf(file) : files.size()))
                    .map(this::number)
                    .collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the files of " + table, e);
        }
    }

    private String number(String file) {
        return files.contains(file) ? String.valueOf(files.indexOf(file) + 1) : "?";
    }
}
