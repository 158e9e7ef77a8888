package lesson02;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get_json_object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import workbook.kit.spark.PaymentRow;

/** Correct answers in other forms, and one that works only for the fixed payments of the checkpoint. */
class ParsePaymentsAlternatives {

    /** One expression for the reason, and _corrupt_record for what is no object. */
    public static class InSql extends ParsePayments {
        private static final String TEXTS =
                "id STRING, time STRING, customer STRING, terminal STRING, amount STRING, _corrupt_record STRING";

        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            StringBuilder reason = new StringBuilder("CASE WHEN value IS NULL THEN 'no value' WHEN json IS NULL"
                    + " OR json._corrupt_record IS NOT NULL OR trim(text) = 'null' THEN 'not a JSON object'");
            List<String> columns = new ArrayList<>(List.of("value", "reason", "offset", "partition"));
            for (String field : PaymentRow.SCHEMA.fieldNames()) {
                reason.append(" WHEN json.")
                        .append(field)
                        .append(" IS NULL THEN '")
                        .append(field)
                        .append(": missing' WHEN paid.")
                        .append(field)
                        .append(" IS NULL THEN '")
                        .append(field)
                        .append(": wrong type'");
                columns.add("if(reason IS NULL, paid." + field + ", NULL) AS " + field);
            }
            reason.append(" WHEN paid.amount < 0 THEN 'amount: negative' END AS reason");
            return records.selectExpr("*", "CAST(value AS STRING) AS text")
                    .withColumn("json", from_json(col("text"), TEXTS, Map.of()))
                    .withColumn("paid", from_json(col("text"), PaymentRow.SCHEMA))
                    .selectExpr("*", reason.toString())
                    .selectExpr(columns.toArray(String[]::new));
        }
    }

    /** Computes the reason in a Java function, row by row. */
    public static class ByAFunction extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            Column text = col("value").cast("string");
            List<Column> columns = new ArrayList<>(List.of(
                    from_json(text, PaymentRow.SCHEMA).as("payment"),
                    get_json_object(text, "$").startsWith("{").as("isObject"),
                    col("partition"),
                    col("offset"),
                    col("value")));
            for (String field : PaymentRow.SCHEMA.fieldNames()) {
                columns.add(get_json_object(text, "$." + field).as(field));
            }
            return records.select(columns.toArray(Column[]::new))
                    .map(
                            (MapFunction<Row, Row>) ByAFunction::withReason,
                            Encoders.row(PaymentRow.SCHEMA
                                    .add("reason", "string")
                                    .add("partition", "int")
                                    .add("offset", "bigint")
                                    .add("value", "binary")));
        }

        private static Row withReason(Row read) {
            String reason = reason(read);
            Object[] values = new Object[9];
            for (int i = 0; reason == null && i < 5; i++) {
                values[i] = read.getStruct(0).get(i);
            }
            values[5] = reason;
            values[6] = read.getAs("partition");
            values[7] = read.getAs("offset");
            values[8] = read.getAs("value");
            return RowFactory.create(values);
        }

        private static String reason(Row read) {
            if (read.getAs("value") == null) {
                return "no value";
            }
            if (!Boolean.TRUE.equals(read.getAs("isObject"))) {
                return "not a JSON object";
            }
            for (String field : PaymentRow.SCHEMA.fieldNames()) {
                if (read.getAs(field) == null) {
                    return field + ": missing";
                }
                if (read.getStruct(0).getAs(field) == null) {
                    return field + ": wrong type";
                }
            }
            return read.getStruct(0).getDecimal(4).signum() < 0 ? "amount: negative" : null;
        }
    }

    public static class Learnt extends ParsePayments {
        @Override
        public Dataset<Row> parse(Dataset<Row> records) {
            return super.parse(records)
                    .where(col("id").isNull().or(col("id").leq(99)).or(col("id").gt(1_000_100)));
        }
    }
}
