package workbook.claims;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Proves statements of QA.md and of lesson 07 about functions in Java that a query calls, with Spark. */
class FunctionsTest extends AsksSpark {

    @Test
    void aNullArgumentIsPassedToAUdfWhichFailsWhenItUnboxesIt() {
        UDF1<Double, Double> score = amount -> amount / 100;
        UDF1<Double, Double> careful = amount -> amount == null ? null : amount / 100;
        Dataset<Row> amounts = spark.sql("SELECT * FROM VALUES (50D), (NULL) AS t(amount)");

        assertThatThrownBy(() -> scores(amounts, score).collectAsList())
                .hasRootCauseInstanceOf(NullPointerException.class);
        assertThat(scores(amounts, careful).where("score IS NULL").count()).isEqualTo(1);
    }

    private static Dataset<Row> scores(Dataset<Row> amounts, UDF1<Double, Double> score) {
        UserDefinedFunction function = udf(score, DataTypes.DoubleType);
        return amounts.select(function.apply(col("amount")).as("score"));
    }
}
