package lesson02;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Which records are payments, and what is wrong with the others? A brick of the fraud pipeline.
 *
 * <p><b>In:</b> a stream of records with the columns of Spark's Kafka source: {@code key} binary, {@code value} binary,
 * {@code topic} string, {@code partition} int, {@code offset} bigint, {@code timestamp} timestamp,
 * {@code timestampType} int. A good {@code value} is a JSON object in UTF-8, as {@link workbook.kit.Payment#toJson}
 * writes it; fields beyond those five do no harm:
 * <pre>
 * {"id":1,"time":"2026-01-01T09:00:00Z","customer":10,"terminal":7,"amount":12.50}
 * </pre>
 *
 * <p><b>Out:</b> one row for every record, good or bad:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}, {@code time}, {@code customer}, {@code terminal}, {@code amount}</td>
 *     <td>as in {@link workbook.kit.Payment#SCHEMA}</td><td>the payment; all null where there is a reason</td></tr>
 * <tr><td>{@code reason}</td><td>string</td><td>why this is no payment; null where it is one</td></tr>
 * <tr><td>{@code partition}, {@code offset}</td><td>int, bigint</td><td>where the record lies, unchanged</td></tr>
 * <tr><td>{@code value}</td><td>binary</td><td>what it said, unchanged</td></tr>
 * </table>
 *
 * <p>The reason is the first of these that is true. The fields are asked in the order of the columns: is {@code id} missing,
 * is it of the wrong type, is {@code time} missing, is it of the wrong type, and so on.
 * <table>
 * <caption>Reasons</caption>
 * <tr><td>{@code no value}</td><td>the value is null: Kafka's tombstone</td></tr>
 * <tr><td>{@code not a JSON object}</td><td>it is other text, is cut off, or is JSON of another kind</td></tr>
 * <tr><td>{@code id: missing}, {@code time: missing} …</td><td>the field is not there, or is JSON's null</td></tr>
 * <tr><td>{@code id: wrong type}, {@code time: wrong type} …</td>
 *     <td>it is there, and {@code from_json} can make nothing of it in its column's type</td></tr>
 * <tr><td>{@code amount: negative}</td><td>the amount is below zero</td></tr>
 * </table>
 *
 * <p><b>Done means:</b> nothing is lost and nothing stops the query: whoever wants the payments takes the rows without a
 * reason, and the others go to a dead letter table as they are.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=ParsePayments}; hints are in
 * {@code exercises/lesson02/hints/ParsePayments.md}.
 */
public class ParsePayments {

    public Dataset<Row> parse(Dataset<Row> records) {
        throw new Unsolved();
    }
}
