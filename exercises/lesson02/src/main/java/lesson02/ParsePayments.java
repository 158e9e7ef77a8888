package lesson02;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import workbook.check.Unsolved;

/**
 * Parses records to payments, and states what is wrong with the others. A brick of the capstone.
 *
 * <p><b>In:</b> a stream of records with the columns of Spark's Kafka source: {@code key} binary, {@code value} binary,
 * {@code topic} string, {@code partition} int, {@code offset} bigint, {@code timestamp} timestamp,
 * {@code timestampType} int. A valid {@code value} is a JSON object in UTF-8, as {@link workbook.kit.Payment#toJson}
 * writes it. Additional fields are allowed, no field occurs twice, and the session's time zone is UTC:
 * <pre>
 * {"id":1,"time":"2026-01-01T09:00:00Z","customer":10,"terminal":7,"amount":12.50}
 * </pre>
 *
 * <p><b>Out:</b> one row for every record, valid or not:
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code id}, {@code time}, {@code customer}, {@code terminal}, {@code amount}</td>
 *     <td>as in {@link workbook.kit.Payment#SCHEMA}</td><td>the payment; all null if there is a reason</td></tr>
 * <tr><td>{@code reason}</td><td>string</td><td>why the record is not a payment; null if it is one</td></tr>
 * <tr><td>{@code partition}, {@code offset}</td><td>int, bigint</td><td>the record's position, unchanged</td></tr>
 * <tr><td>{@code value}</td><td>binary</td><td>the record's value, unchanged</td></tr>
 * </table>
 *
 * <p>The reason is the first of these that applies. Check the fields in the order of the columns: whether {@code id} is
 * missing, whether it has the wrong type, whether {@code time} is missing, whether it has the wrong type, and so on.
 * <table>
 * <caption>Reasons</caption>
 * <tr><td>{@code no value}</td><td>the value is null: a tombstone</td></tr>
 * <tr><td>{@code not a JSON object}</td><td>it is other text, truncated JSON, or JSON of another kind</td></tr>
 * <tr><td>{@code id: missing}, {@code time: missing} …</td><td>the field is missing, or is JSON's null</td></tr>
 * <tr><td>{@code id: wrong type}, {@code time: wrong type} …</td>
 *     <td>the field exists, and {@code from_json} cannot convert it to its column's type</td></tr>
 * <tr><td>{@code amount: negative}</td><td>the amount is below zero; zero is valid</td></tr>
 * </table>
 *
 * <p>{@code from_json} converts only a whole number within its column's limits to {@code id}, {@code customer} and
 * {@code terminal}: neither the text {@code "1"} nor 12.7. To {@code amount} it also converts text such as
 * {@code "12.50"}, and rounds it. Names of fields are case-sensitive. Text after the object is ignored. A value that is not
 * UTF-8 is not a JSON object, or has a character in place of the wrong bytes: both are right.
 *
 * <p><b>Done means:</b> no record is lost, not even one that equals another, and none stops the query, which keeps no
 * state. Rows without a reason are the payments. The other rows go to a dead-letter table unchanged.
 *
 * <p>Check it with {@code mvn test -Dlesson=02 -Dexercise=ParsePayments}; hints are in
 * {@code exercises/lesson02/hints/ParsePayments.md}.
 */
public class ParsePayments {

    public Dataset<Row> parse(Dataset<Row> records) {
        throw new Unsolved();
    }
}
