package workbook.capstone.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import workbook.kit.delta.KernelTable;

/**
 * Reads the newest days of {@code gold/model_quality} and {@code gold/score_drift}, without Spark: a job would take a
 * task slot from the queries. It reads a table again only after a commit. One thread calls it.
 */
public final class GoldReader implements Supplier<ModelMonitoring> {

    /** The days that the page shows. */
    private static final int DAYS = 7;

    private final Table<ModelMonitoring.Quality> quality;
    private final Table<ModelMonitoring.Drift> drift;

    /** @param lake the folder of the lake, which need not exist yet */
    public GoldReader(Path lake) {
        quality = new Table<>(lake.resolve("gold/model_quality"), GoldReader::quality);
        drift = new Table<>(lake.resolve("gold/score_drift"), GoldReader::drift);
    }

    /** Returns the newest days; none while there are no tables. If a table cannot be read, it returns the days before. */
    @Override
    public ModelMonitoring get() {
        return new ModelMonitoring(quality.days(), drift.days());
    }

    private static ModelMonitoring.Quality quality(Row day) {
        return new ModelMonitoring.Quality(
                day.getAs("day").toString(),
                day.getAs("frauds"),
                day.getAs("roc_auc"),
                day.getAs("average_precision"),
                day.getAs("card_precision_100"));
    }

    private static ModelMonitoring.Drift drift(Row day) {
        return new ModelMonitoring.Drift(
                day.getAs("day").toString(), day.getAs("payments"), day.getAs("psi"), day.getAs("moved"));
    }

    /** The newest days of a table, as of its last commit. */
    private static final class Table<T> {
        private final Path folder;
        private final Function<Row, T> convert;
        private String commit = "";
        private List<T> days = List.of();

        Table(Path folder, Function<Row, T> convert) {
            this.folder = folder;
            this.convert = convert;
        }

        List<T> days() {
            String newest = newestCommit();
            if (!newest.equals(commit)) {
                commit = newest;
                read();
            }
            return days;
        }

        private void read() {
            try {
                days = KernelTable.latest(folder).rows().stream()
                        .sorted(Comparator.comparing(
                                        (Row row) -> row.getAs("day").toString())
                                .reversed())
                        .limit(DAYS)
                        .map(convert)
                        .toList();
            } catch (RuntimeException e) {
                System.err.println("The table " + folder + " cannot be read: " + e.getMessage());
            }
        }

        /** Returns the name of the last commit's file, which starts with its number; empty without a commit. */
        private String newestCommit() {
            try (Stream<Path> files = Files.list(folder.resolve("_delta_log"))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("\\d+\\.json"))
                        .max(Comparator.naturalOrder())
                        .orElse("");
            } catch (NoSuchFileException e) {
                return "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
