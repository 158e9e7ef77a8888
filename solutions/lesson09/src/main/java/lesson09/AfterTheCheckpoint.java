package lesson09;

import static org.apache.spark.sql.functions.max;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table knows what the checkpoint knew, if it has partition and offset of each record. The next offset of a partition is
 * the highest one in it plus one. A partition without rows is read from its oldest record, whose offset need not be 0.
 *
 * <p>Of the last batch, a record may be missing below one that is there. So the new query reads this batch again, and what
 * the table has already is left out by partition and offset, which identify a record.
 */
public class AfterTheCheckpoint {

    private static final long OLDEST = -2;

    public Dataset<Row> complete(Dataset<Row> table) {
        Object last = table.agg(max("batch")).first().get(0); // null if the table is empty
        return table.where("batch < " + last);
    }

    public Map<Integer, Long> startingOffsets(Dataset<Row> complete, int partitions) {
        List<Row> rows =
                complete.groupBy("partition").agg(max("offset").plus(1)).collectAsList();
        Map<Integer, Long> next = rows.stream().collect(Collectors.toMap(row -> row.getInt(0), row -> row.getLong(1)));
        return IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(partition -> partition, partition -> next.getOrDefault(partition, OLDEST)));
    }

    public Dataset<Row> missing(Dataset<Row> records, Dataset<Row> table) {
        return records.join(table, new String[] {"partition", "offset"}, "left_anti");
    }
}
