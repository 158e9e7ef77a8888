package lesson00;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Typical mistakes with objects and encoders, on the stream of {@link BrokenQueries}. */
public class BrokenEncoders {

    public Dataset<?> recordAsBean(Dataset<Row> payments) {
        return payments.select("card", "amount")
                .as(Encoders.bean(Sale.class))
                .map((MapFunction<Sale, String>) Sale::card, Encoders.STRING());
    }

    public Dataset<?> privateBean(Dataset<Row> payments) {
        return payments.select(col("card").as("number"))
                .as(Encoders.bean(Hidden.class))
                .map((MapFunction<Hidden, String>) Hidden::getNumber, Encoders.STRING());
    }

    public Dataset<?> innerBean(Dataset<Row> payments) {
        return payments.select(col("card").as("number"))
                .as(Encoders.bean(Inner.class))
                .map((MapFunction<Inner, String>) Inner::getNumber, Encoders.STRING());
    }

    public Dataset<?> getterWithoutSetter(Dataset<Row> payments) {
        return payments.select(col("card").as("number"))
                .as(Encoders.bean(ReadOnly.class))
                .map((MapFunction<ReadOnly, Integer>) card -> card.getNumber().length(), Encoders.INT());
    }

    public Dataset<?> nullIntoPrimitive(Dataset<Row> payments) {
        return payments.select("card", "amount")
                .as(Encoders.bean(Payment.class))
                .map((MapFunction<Payment, Integer>) Payment::getAmount, Encoders.INT());
    }

    public Dataset<?> propertyWithoutColumn(Dataset<Row> payments) {
        return payments.select("card")
                .as(Encoders.bean(Payment.class))
                .map((MapFunction<Payment, Integer>) Payment::getAmount, Encoders.INT());
    }

    public Dataset<?> columnTooWide(Dataset<Row> payments) {
        return payments.select(col("card"), col("amount").cast("bigint"))
                .as(Encoders.bean(Payment.class))
                .map((MapFunction<Payment, Integer>) Payment::getAmount, Encoders.INT());
    }

    public Dataset<?> columnOfText(Dataset<Row> payments) {
        return payments.select(col("card"), col("text").as("amount"))
                .as(Encoders.bean(Payment.class))
                .map((MapFunction<Payment, Integer>) Payment::getAmount, Encoders.INT());
    }

    public Dataset<?> mapToNull(Dataset<Row> payments) {
        return payments.map((MapFunction<Row, Payment>) row -> null, Encoders.bean(Payment.class));
    }

    public Dataset<?> kryoOfColumns(Dataset<Row> payments) {
        return payments.as(Encoders.kryo(Payment.class))
                .map((MapFunction<Payment, Integer>) Payment::getAmount, Encoders.INT());
    }

    public Dataset<?> columnOfKryo(Dataset<Row> payments) {
        return payments.map((MapFunction<Row, Payment>) row -> new Payment(), Encoders.kryo(Payment.class))
                .select("card");
    }

    public Dataset<?> beanOfRow(Dataset<Row> payments) {
        return payments.map((MapFunction<Row, Row>) row -> RowFactory.create(1), Encoders.bean(Row.class));
    }

    public Dataset<?> beanOfItself(Dataset<Row> payments) {
        return payments.map((MapFunction<Row, Node>) row -> new Node(), Encoders.bean(Node.class));
    }

    public Dataset<?> rowTooShort(Dataset<Row> payments) {
        return payments.map((MapFunction<Row, Row>) row -> RowFactory.create("card"), Encoders.row(payments.schema()));
    }

    public Dataset<?> udfOfAnotherType(Dataset<Row> payments) {
        UDF1<Long, Long> twice = amount -> 2 * amount;
        return payments.where("amount > 0")
                .select(functions.udf(twice, DataTypes.LongType).apply(col("amount")));
    }

    public Dataset<?> udfReturnsAnotherType(Dataset<Row> payments) {
        UDF1<Integer, Object> twice = amount -> "two";
        return payments.where("amount > 0")
                .select(functions.udf(twice, DataTypes.LongType).apply(col("amount")));
    }

    public Dataset<?> literalOfAnObject(Dataset<Row> payments) {
        return payments.where(col("card").equalTo(lit(new Payment())));
    }

    public Dataset<?> stringsByName(Dataset<Row> payments) {
        return payments.as(Encoders.STRING()).filter((FilterFunction<String>) card -> card.isEmpty());
    }

    public Dataset<?> timestampInRow(Dataset<Row> payments) {
        Dataset<Row> times = payments.select("time");
        return times.map(
                (MapFunction<Row, Row>) row -> RowFactory.create("2026-01-01 10:00"), Encoders.row(times.schema()));
    }

    public Dataset<?> arrayOfTexts(Dataset<Row> payments) {
        return payments.selectExpr("split(card, '-') AS parts").filter((FilterFunction<Row>) row -> {
            List<String> parts = row.getAs("parts");
            return parts.isEmpty();
        });
    }

    public record Sale(String card, int amount) {}

    private static class Hidden {
        private String number;

        public String getNumber() {
            return number;
        }

        public void setNumber(String number) {
            this.number = number;
        }
    }

    public class Inner {
        private String number;

        public String getNumber() {
            return number;
        }

        public void setNumber(String number) {
            this.number = number;
        }
    }

    public static class ReadOnly {
        private String number;

        public String getNumber() {
            return number;
        }
    }

    public static class Payment {
        private String card;
        private int amount;

        public String getCard() {
            return card;
        }

        public void setCard(String card) {
            this.card = card;
        }

        public int getAmount() {
            return amount;
        }

        public void setAmount(int amount) {
            this.amount = amount;
        }
    }

    public static class Node {
        private Node next;

        public Node getNext() {
            return next;
        }

        public void setNext(Node next) {
            this.next = next;
        }
    }
}
