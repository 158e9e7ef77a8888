package lesson02;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import workbook.kit.spark.PaymentRow;

/**
 * Parses each text twice: as a payment, and as a map of strings, which exists whenever the JSON is an object and has no
 * types to violate. A field in neither is missing; a field only in the map has the wrong type. The reason is the first
 * check that applies.
 *
 * <p>The answer accepts what {@code from_json} accepts: it rounds an amount of 12.505 to 12.51, reads {@code "12.50"}
 * as a number and a number as seconds since 1970, and ignores text after the object's last brace.
 */
public class ParsePayments {

    private static final DataType TEXTS = DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);

    public Dataset<Row> parse(Dataset<Row> records) {
        Column text = col("value").cast("string");
        return records.withColumn("fields", from_json(text, TEXTS))
                .withColumn("payment", from_json(text, PaymentRow.SCHEMA))
                .withColumn("reason", reason())
                .withColumn("payment", when(col("reason").isNull(), col("payment")))
                .select("payment.*", "reason", "partition", "offset", "value");
    }

    private static Column reason() {
        List<Column> reasons = new ArrayList<>();
        reasons.add(when(col("value").isNull(), "no value"));
        reasons.add(when(col("fields").isNull(), "not a JSON object"));
        for (String field : PaymentRow.SCHEMA.fieldNames()) {
            reasons.add(when(col("fields").getItem(field).isNull(), field + ": missing"));
            reasons.add(when(col("payment").getField(field).isNull(), field + ": wrong type"));
        }
        reasons.add(when(col("payment.amount").lt(0), "amount: negative"));
        return coalesce(reasons.toArray(Column[]::new));
    }
}
