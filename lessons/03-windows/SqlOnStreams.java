///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** The same SQL, asked of a table and of a stream: what both answer, and what a stream refuses. */
@Command(name = "SqlOnStreams", mixinStandardHelpOptions = true, description = "SQL on a table and on a stream.")
public class SqlOnStreams implements Callable<Integer> {

    @Option(names = "--sql", description = "a question of your own about the view 'payments'")
    String sql;

    @Option(
            names = "--mode",
            defaultValue = "update",
            description = "the output mode of your question (default: ${DEFAULT-VALUE})")
    String mode;

    /** A question, and the output mode that suits it best. */
    record Question(String mode, String sql) {}

    static final List<Question> QUESTIONS = List.of(
            new Question("append", "SELECT id FROM payments WHERE amount >= 100"),
            new Question("update", "SELECT customer, sum(amount) FROM payments GROUP BY customer"),
            new Question("complete", """
                    SELECT customer, sum(amount) AS total FROM payments
                    GROUP BY customer ORDER BY total DESC LIMIT 2"""),
            new Question("append", "SELECT id FROM payments ORDER BY amount"),
            new Question("append", "SELECT id FROM payments LIMIT 4"),
            new Question("update", "SELECT count(DISTINCT customer) FROM payments"),
            new Question("update", "SELECT approx_count_distinct(customer) FROM payments"),
            new Question("append", """
                    SELECT id, row_number() OVER (PARTITION BY customer ORDER BY time) FROM payments"""),
            new Question("append", "SELECT id FROM payments WHERE amount > (SELECT avg(amount) FROM payments)"),
            new Question("update", """
                    SELECT max(total) FROM (SELECT sum(amount) AS total FROM payments GROUP BY customer)"""),
            new Question("append", """
                    SELECT date(day.start), best FROM (
                      SELECT window(hour, '1 day') AS day, max(total) AS best FROM (
                        SELECT window(time, '1 hour') AS hour, sum(amount) AS total
                        FROM payments WATERMARK time DELAY OF INTERVAL 1 MINUTE
                        GROUP BY hour)
                      GROUP BY day)"""));

    /** What arrives: each text is one file, each line one payment. */
    static final List<String> FILES = List.of("""
            {"id":1,"time":"2018-04-01T08:00:12Z","customer":7,"terminal":31,"amount":12.50}
            {"id":2,"time":"2018-04-01T08:01:40Z","customer":3,"terminal":12,"amount":140.00}
            """, """
            {"id":3,"time":"2018-04-01T09:02:05Z","customer":7,"terminal":31,"amount":99.99}
            {"id":4,"time":"2018-04-01T09:02:59Z","customer":5,"terminal":12,"amount":310.20}
            """, """
            {"id":5,"time":"2018-04-02T08:03:30Z","customer":3,"terminal":40,"amount":100.00}
            """);

    public static void main(String[] args) {
        Program.run(new SqlOnStreams(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("SqlOnStreams")) {
            Inbox inbox = Inbox.create();
            FILES.forEach(file -> inbox.deliver(file.lines().toList()));
            Dataset<Row> table = spark.read().schema(Payment.SCHEMA).json(inbox.path());
            Dataset<Row> stream = spark.readStream()
                    .schema(Payment.SCHEMA)
                    .option("maxFilesPerTrigger", 1)
                    .json(inbox.path());
            for (Question question : sql == null ? QUESTIONS : List.of(new Question(mode, sql))) {
                System.out.println(question.sql());
                System.out.printf("    %-10s%s%n", "table", ofTheTable(table, question.sql()));
                System.out.printf("    %-10s%s%n", question.mode(), ofTheStream(stream, question));
            }
            return 0;
        }
    }

    /** The answer about what is there. */
    public static String ofTheTable(Dataset<Row> payments, String sql) {
        payments.createOrReplaceTempView("payments");
        return text(payments.sparkSession().sql(sql), sql);
    }

    /** The answers, batch by batch, or why there is none. A view of a stream is a stream. */
    public static String ofTheStream(Dataset<Row> payments, Question question) throws Exception {
        payments.createOrReplaceTempView("payments");
        List<String> answers = new ArrayList<>();
        try {
            payments.sparkSession()
                    .sql(question.sql())
                    .writeStream()
                    .outputMode(question.mode())
                    .trigger(Trigger.AvailableNow())
                    .foreachBatch((batch, id) -> {
                        answers.add(text(batch, question.sql()));
                    })
                    .start()
                    .awaitTermination();
            return String.join(" | ", answers);
        } catch (Exception e) { // Spark is written in Scala, which declares none
            if (e instanceof AnalysisException) {
                return "refused: " + firstSentence(e.getMessage());
            }
            throw e;
        }
    }

    /** The rows in one line; in alphabetical order where the question asks for none, since Spark then has none. */
    private static String text(Dataset<Row> answer, String sql) {
        Stream<String> rows = answer.collectAsList().stream().map(row -> row.mkString("(", ", ", ")"));
        String text = (sql.contains("ORDER BY") ? rows : rows.sorted()).collect(Collectors.joining(" "));
        return text.isEmpty() ? "-" : text;
    }

    /** Of a message such as {@code [NAME.OF_ERROR] This (in that column) is wrong. What to do about it}. */
    private static String firstSentence(String message) {
        return message.replaceFirst("^\\[[A-Z_.]+] ", "")
                .replaceFirst(" \\(as column.*\\)", "")
                .split("[.,;]\\s")[0];
    }
}
