package lesson00;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Exceptions of the same classes as others, for which those explanations would be false; on the stream of {@link BrokenQueries}. */
public class OtherFailures {

    private static Integer limit;

    public Dataset<Row> nullThatTheCodeForbids(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>)
                row -> Objects.requireNonNull(row.getString(2)).isEmpty());
    }

    public Dataset<Row> nullOfAMap(Dataset<Row> payments) {
        Map<String, Integer> limits = Map.of("card-9", 100);
        return payments.filter((FilterFunction<Row>) row -> limits.get(row.getString(0)) > 3);
    }

    public Dataset<Row> nullOfAStaticField(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> limit > 3);
    }

    public Dataset<Row> numberOfNull(Dataset<Row> payments) {
        return payments.where("text IS NULL")
                .filter((FilterFunction<Row>) row -> Integer.parseInt(row.getString(2)) > 3);
    }

    public Dataset<Row> listTooShort(Dataset<Row> payments) {
        return payments.filter((FilterFunction<Row>) row -> new ArrayList<>(List.of(1)).get(3) > 3);
    }

    public Dataset<Row> listChanged(Dataset<Row> payments) {
        List<Integer> all = new ArrayList<>(List.of(1, 2, 3));
        all.forEach(all::remove);
        return payments;
    }

    public Dataset<Row> iteratorAtItsEnd(Dataset<Row> payments) {
        List.of().iterator().next();
        return payments;
    }

    public Dataset<Row> numberTooLarge(Dataset<Row> payments) {
        return payments.limit(Math.toIntExact(5_000_000_000L));
    }

    public Dataset<Row> functionWithALibrarysObject(Dataset<Row> payments) {
        CRC32 sum = new CRC32();
        return payments.filter((FilterFunction<Row>) row -> sum.getValue() > 3);
    }

    public Dataset<Row> functionWithALibrarysField(Dataset<Row> payments) {
        Checked checked = new Checked();
        return payments.filter((FilterFunction<Row>) row -> checked.sum.getValue() > 3);
    }

    public Dataset<Row> stateOfItsOwn(Dataset<Row> payments) {
        throw new IllegalStateException("No current assignment");
    }

    private static final class Checked implements java.io.Serializable {
        private final CRC32 sum = new CRC32();
    }
}
