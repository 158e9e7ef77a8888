package lesson08;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.delta.tables.DeltaTable;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reduces each batch to the highest version of each customer, and merges these rows into the table: a lower version is
 * replaced, a new customer inserted. The result depends on the rows only, not on their order nor on how often they come, so
 * a repeated batch changes nothing.
 *
 * <p>The row with which a customer left stays in the table. Its version is what an older row, which may still come, is
 * compared with.
 */
public class KeepTheNewest {

    public VoidFunction2<Dataset<Row>, Long> sink(String folder) {
        return (batch, number) -> {
            if (!DeltaTable.isDeltaTable(batch.sparkSession(), folder)) {
                newest(batch).write().format("delta").save(folder);
                return;
            }
            DeltaTable.forPath(batch.sparkSession(), folder)
                    .as("known")
                    .merge(newest(batch).as("new"), "known.customer = new.customer")
                    .whenMatched("known.version < new.version")
                    .updateAll()
                    .whenNotMatched()
                    .insertAll()
                    .execute();
        };
    }

    private static Dataset<Row> newest(Dataset<Row> batch) {
        return batch.na()
                .drop(new String[] {"customer", "version"})
                .groupBy("customer")
                .agg(max_by(struct("*"), col("version")).as("newest"))
                .select("newest.*");
    }
}
