///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson03;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import workbook.kit.Payment;
import workbook.kit.Program;
import workbook.kit.Scratch;
import workbook.kit.spark.Inbox;
import workbook.kit.spark.LocalSpark;

/** Payments joined with the table of terminals: what does not match, what matches twice, and a table that changes. */
@Command(name = "JoinWithATable", mixinStandardHelpOptions = true, description = "A stream, joined with a table.")
public class JoinWithATable implements Callable<Integer> {

    static final StructType TERMINALS = StructType.fromDDL("terminal int, town string");

    /** What happens to the table while the query runs. */
    interface Change {
        void happens() throws Exception;
    }

    public static void main(String[] args) {
        Program.run(new JoinWithATable(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SparkSession spark = LocalSpark.start("JoinWithATable")) {
            kinds(spark);
            changes(spark);
            return 0;
        }
    }

    /** The query: each payment with the town of its terminal. */
    public static Dataset<Row> withTown(Dataset<Row> payments, Dataset<Row> terminals, String kind) {
        return payments.join(terminals, payments.col("terminal").equalTo(terminals.col("terminal")), kind)
                .select("id", "town");
    }

    static void kinds(SparkSession spark) throws Exception {
        System.out.println("the table has 12, not 40");
        Dataset<Row> table = terminals(spark, "12 Ghent");
        print("inner", spark, payments -> withTown(payments, table, "inner"));
        print("left", spark, payments -> withTown(payments, table, "left"));
        print("right", spark, payments -> withTown(payments, table, "right"));
        Dataset<Row> twice = terminals(spark, "12 Ghent", "12 Gent");
        print("left, 12 is there twice", spark, payments -> withTown(payments, twice, "left"));
    }

    static void changes(SparkSession spark) throws Exception {
        System.out.println("40 is added, while the query runs, to");
        String folder = folder(spark);
        print(
                "a folder",
                spark,
                payments -> withTown(payments, spark.read().parquet(folder), "left"),
                batch -> batch,
                () -> add(spark, folder));

        String reread = folder(spark);
        print(
                "a folder, read by each batch",
                spark,
                payments -> payments,
                batch -> withTown(batch, spark.read().parquet(reread), "left"),
                () -> add(spark, reread));

        terminals(spark, "12 Ghent").write().saveAsTable("terminals");
        print(
                "a table, by INSERT",
                spark,
                payments -> withTown(payments, spark.table("terminals"), "left"),
                batch -> batch,
                () -> spark.sql("INSERT INTO terminals VALUES (40, 'Bruges')"));

        String behind = folder(spark);
        spark.catalog().createTable("behind", behind, "parquet");
        print(
                "a table, by files of others",
                spark,
                payments -> withTown(payments, spark.table("behind"), "left"),
                batch -> batch,
                () -> add(spark, behind));

        String refreshed = folder(spark);
        spark.catalog().createTable("refreshed", refreshed, "parquet");
        print(
                "the same, and refreshTable",
                spark,
                payments -> withTown(payments, spark.table("refreshed"), "left"),
                batch -> batch,
                () -> {
                    add(spark, refreshed);
                    spark.catalog().refreshTable("refreshed");
                });

        String replaced = folder(spark);
        Dataset<Row> both = terminals(spark, "12 Ghent", "40 Bruges");
        print(
                "a folder, by writing it anew",
                spark,
                payments -> withTown(payments, spark.read().parquet(replaced), "left"),
                batch -> batch,
                () -> both.write().mode("overwrite").parquet(replaced));
    }

    private static void print(String what, SparkSession spark, UnaryOperator<Dataset<Row>> onStream) throws Exception {
        print(what, spark, onStream, batch -> batch, () -> {});
    }

    /** Plays payments 1 and 2, the change, payments 3 and 4; shows what the query said to each two. */
    private static void print(
            String what,
            SparkSession spark,
            UnaryOperator<Dataset<Row>> onStream,
            UnaryOperator<Dataset<Row>> onBatch,
            Change change)
            throws Exception {
        Inbox inbox = Inbox.create().deliver(payments(1, 2));
        Dataset<Row> payments = spark.readStream().schema(Payment.SCHEMA).json(inbox.path());
        List<String> said = new ArrayList<>();
        StreamingQuery query;
        try {
            query = onStream.apply(payments)
                    .writeStream()
                    .foreachBatch((batch, id) -> {
                        said.add(text(onBatch.apply(batch)));
                    })
                    .start();
            query.processAllAvailable();
            change.happens();
            inbox.deliver(payments(3, 4));
            query.processAllAvailable();
            query.stop();
        } catch (Exception e) {
            said.add(
                    e instanceof AnalysisException
                            ? "refused: " + e.getMessage().split(" and ")[0]
                            : "the query fails");
        }
        System.out.printf("    %-30s %s%n", what, String.join(" | ", said));
    }

    private static String text(Dataset<Row> rows) {
        return rows.orderBy("id", "town").collectAsList().stream()
                .map(row -> row.mkString(" "))
                .collect(Collectors.joining(", "));
    }

    /** Two payments, the first at terminal 12, the second at 40. */
    private static List<String> payments(int first, int second) {
        return List.of("{\"id\":" + first + ",\"terminal\":12}", "{\"id\":" + second + ",\"terminal\":40}");
    }

    /** A folder with a Parquet file that has terminal 12. */
    private static String folder(SparkSession spark) {
        String folder = Scratch.folder("terminals-").resolve("terminals").toString();
        terminals(spark, "12 Ghent").write().parquet(folder);
        return folder;
    }

    /** Adds a file with terminal 40, and tells nobody. */
    private static void add(SparkSession spark, String folder) {
        terminals(spark, "40 Bruges").write().mode("append").parquet(folder);
    }

    static Dataset<Row> terminals(SparkSession spark, String... terminals) {
        List<Row> rows = Arrays.stream(terminals)
                .map(terminal -> terminal.split(" "))
                .map(of -> RowFactory.create(Integer.valueOf(of[0]), of[1]))
                .toList();
        return spark.createDataFrame(rows, TERMINALS);
    }
}
