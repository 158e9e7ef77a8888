///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
package lesson10;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import org.apache.spark.*;
import org.apache.spark.serializer.*;
import org.apache.spark.sql.*;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import picocli.CommandLine.*;
import scala.reflect.ClassTag$;
import workbook.kit.*;
import workbook.kit.spark.*;

/** The bytes of a payment for each serializer, and of a shuffle of a Dataset and of an RDD. */
@Command(description = "Java's serialization, Kryo, and rows.")
public class BytesOnTheWire extends SparkProgram {

    @Option(names = "--rows", defaultValue = "10000", description = "number of payments (${DEFAULT-VALUE})")
    int rows;

    private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";
    private static final TextTable TABLE = new TextTable("%-22s  %9s  %16s  %s");

    /** A payment as a bean, the form that an RDD holds. */
    public static class Payment implements Serializable {
        private int customer;
        private double amount;
        private String country;

        public int getCustomer() {
            return customer;
        }

        public void setCustomer(int customer) {
            this.customer = customer;
        }

        public double getAmount() {
            return amount;
        }

        public void setAmount(double amount) {
            this.amount = amount;
        }

        public String getCountry() {
            return country;
        }

        public void setCountry(String country) {
            this.country = country;
        }
    }

    public static Dataset<Payment> payments(SparkSession spark, int rows) {
        return spark.range(0, rows, 1, 2)
                .selectExpr(
                        "int(id * 7919 % 1000) AS customer",
                        "id % 9973 / 100D AS amount", "elt(id % 4 + 1, 'BE', 'FR', 'LU', 'NL') AS country")
                .as(Encoders.bean(Payment.class));
    }

    @Override
    protected void run(SparkSession spark) throws Exception {
        UnsafeRow row =
                (UnsafeRow) payments(spark, rows).queryExecution().toRdd().first();
        spark.stop(); // a context has one serializer
        TABLE.row("", "a payment", "Dataset shuffled", "RDD shuffled");
        show("Java", LocalSpark.named("Java"));
        show("Kryo", LocalSpark.named("Kryo").set("spark.serializer", KRYO));
        show(
                "Kryo, registered",
                LocalSpark.named("registered")
                        .set("spark.serializer", KRYO)
                        .set("spark.kryo.classesToRegister", Payment.class.getName()));
        TABLE.row("a row", row.getSizeInBytes(), "", "");
    }

    private void show(String title, LocalSpark settings) throws Exception {
        try (SparkSession spark = settings.start()) {
            Dataset<Payment> payments = payments(spark, rows);
            SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
            int bytes = serializer
                    .serialize(payments.first(), ClassTag$.MODULE$.<Payment>apply(Payment.class))
                    .remaining();
            Bill dataset = Bill.of(
                    spark, () -> payments.repartition(2, col("customer")).collectAsList());
            Bill rdd = Bill.of(
                    spark,
                    () -> payments.toJavaRDD()
                            .keyBy(Payment::getCustomer)
                            .partitionBy(new HashPartitioner(2))
                            .count());
            TABLE.row(title, bytes, dataset.shuffledBytes(), rdd.shuffledBytes());
        }
    }

    public static void main(String[] args) {
        Program.run(new BytesOnTheWire(), args);
    }
}
