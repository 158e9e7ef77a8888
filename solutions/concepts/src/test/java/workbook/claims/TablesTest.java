package workbook.claims;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves statements of QA.md about queries on tables, with Spark. */
class TablesTest extends AsksSpark {

    @BeforeEach
    void createTables() {
        spark.sql("SELECT * FROM VALUES (1, 10), (2, 20), (3, 30) AS t (customer, amount)")
                .createOrReplaceTempView("payments");
        spark.sql("SELECT * FROM VALUES (2), (null) AS t (customer)").createOrReplaceTempView("testers");
        spark.sql("SELECT * FROM VALUES (1), (2), (2), (3) AS t (customer)").createOrReplaceTempView("customers");
    }

    @Test
    void notInIsNeverTrueIfTheListHasANull() {
        assertThat("NOT IN: " + count("SELECT * FROM payments WHERE customer NOT IN (SELECT customer FROM testers)"))
                .isEqualTo("NOT IN: 0");
        assertThat("NOT EXISTS: "
                        + count("SELECT * FROM payments p WHERE NOT EXISTS"
                                + " (SELECT 1 FROM testers t WHERE t.customer = p.customer)"))
                .isEqualTo("NOT EXISTS: 2");
        assertThat("anti join: " + count("SELECT * FROM payments ANTI JOIN testers USING (customer)"))
                .isEqualTo("anti join: 2");
    }

    @Test
    void aJoinWithADoubledRowDoublesASum() {
        assertThat(spark.sql("SELECT sum(amount) FROM payments").first().getLong(0))
                .isEqualTo(60);
        assertThat(spark.sql("SELECT sum(amount) FROM payments JOIN customers USING (customer)")
                        .first()
                        .getLong(0))
                .isEqualTo(80);
    }

    @Test
    void ofEqualSumsRowNumberSeparatesAndRankDoesNot() {
        Row last = spark.sql("""
                SELECT max(row_number) AS row_number, max(rank) AS rank FROM (
                  SELECT row_number() OVER (ORDER BY sum DESC) AS row_number, rank() OVER (ORDER BY sum DESC) AS rank
                  FROM VALUES (50), (50), (50) AS t (sum))""").first();
        assertThat(last.getInt(0)).as("row_number").isEqualTo(3);
        assertThat(last.getInt(1)).as("rank").isEqualTo(1);
    }

    private long count(String sql) {
        return spark.sql(sql).count();
    }
}
