package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerMutatorTest {

    /** Each line: a statement, one of its mutants, and how that is described, without the place. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '\'', textBlock = """
            x = 30; => x = 29; => `30` → `29`
            x = 30; => x = 31; => `30` → `31`
            x = 60_000L; => x = 120000L; => `60_000L` → `120000L`
            x = 0.5; => x = 1.0; => `0.5` → `1.0`
            x = true; => x = false; => `true` → `false`
            x = mark("30 minutes"); => x = mark("29 minutes"); => `30 minutes` → `29 minutes`
            x = mark("30 minutes"); => x = mark("300 minutes"); => `30 minutes` → `300 minutes`
            x = mark("1 hour"); => x = mark("59 minutes"); => `1 hour` → `59 minutes`
            x = expr("a >= 1 AND b"); => x = expr("a > 1 AND b"); => `>=` → `>`
            x = expr("a >= 1 AND b"); => x = expr("a >= 1 OR b"); => `AND` → `OR`
            x = expr("a IS NULL"); => x = expr("a IS NOT NULL"); => `IS NULL` → `IS NOT NULL`
            x = new String[] {"a", "b"}; => x = new String[] {"b"}; => `{"a", "b"}` → `{"b"}`
            x = new String[] {"a"}; => x = new String[] {"a", "time"}; => `{"a"}` → `{"a", "time"}`
            x = mode("append"); => x = mode("update"); => `"append"` → `"update"`
            x = a.divide(b, RoundingMode.HALF_UP); => x = a.divide(b, RoundingMode.DOWN); => `RoundingMode.HALF_UP` → `RoundingMode.DOWN`
            x = a >= b; => x = a > b; => `a >= b` → `a > b`
            x = a == b; => x = a != b; => `a == b` → `a != b`
            x = a && b; => x = a || b; => `a && b` → `a || b`
            x = a != null && b; => x = b; => `a != null && b` → `b`
            x = a + b; => x = a - b; => `a + b` → `a - b`
            x = a + b; => x = a; => `a + b` → `a`
            x = !a; => x = a; => `!a` → `a`
            x = a ? b : c; => x = c; => `a ? b : c` → `c`
            if (isNew()) { x = 5; } => if (!(isNew())) { x = 5; } => `isNew()` → `!(isNew())`
            x += a; => x = a; => `x += a` → `x = a`
            x = rows.distinct(); => x = rows; => without `.distinct()`
            x = a.geq(b); => x = a.gt(b); => `geq(b)` → `gt(b)`
            x = a.desc(); => x = a.asc(); => `desc()` → `asc()`
            x = coalesce(a, b); => x = coalesce(a); => without `b`
            x = Map.of("a", 5, "b", 6); => x = Map.of("b", 6); => without `"a", 5`
            x = rows.groupBy(col("a"), b); => x = rows.groupBy(b); => without `col("a")`
            x = rows.groupBy("customer"); => x = rows.groupBy("customer", "id"); => `groupBy` with `"id"`
            x = rows.orderBy(b); => x = rows.orderBy(b.desc()); => `b` → `b.desc()`
            x = payment.time(); => x = payment.time().truncatedTo(java.time.temporal.ChronoUnit.SECONDS); => `payment.time()` → `payment.time().truncatedTo(ChronoUnit.SECONDS)`
            x = d.toMillis(); => x = (d.toMillis() / 1000 * 1000); => `d.toMillis()` → `(d.toMillis() / 1000 * 1000)`
            x = sum("a"); => x = org.apache.spark.sql.functions.max("a"); => `sum("a")` → `max("a")`
            x = sum("a"); => x = sum("a").cast("decimal(10,2)"); => `sum("a")` → `sum("a").cast("decimal(10,2)")`
            x = sum("a"); => x = org.apache.spark.sql.functions.coalesce(sum("a"), org.apache.spark.sql.functions.lit(0)); => `sum("a")` → `coalesce(sum("a"), lit(0))`
            x = rows.sort(a).limit(b); => x = rows.limit(b).sort(a); => `limit(b)` before `sort(a)`
            query.awaitTermination(); => query.awaitTermination(3000); => `awaitTermination()` → `awaitTermination(3000)`
            batch.write(); => batch.na().drop().write(); => `batch` → `batch.na().drop()`
            x = a.cast("bigint"); => x = a.cast("int"); => `bigint` → `int`
            x = a.geq(b); => x = org.apache.spark.sql.functions.abs(a).geq(b); => `a` → `abs(a)`
            send(a); => => without `send(a);`
            a(); b(); => b(); a(); => `b();` before `a();`
            out.send(a); => try { out.send(a); } catch (Exception ignored) { } => exceptions ignored of `out.send(a)`
            x = () -> out.send(a); => x = () -> { try { out.send(a); } catch (Exception ignored) { } }; => exceptions ignored of `out.send(a)`
            try { a(); } catch (E | F e) { b(); } => try { a(); } catch (E | F e) { } => `{ b(); }` → `{ }`
            try { a(); } catch (E | F e) { b(); } => try { a(); } catch (F e) { b(); } => `E | F` → `F`
            x = new Pair<>(a, 1); => x = new Pair<>(null, 1); => `a` → `null`
            for (Row r : rows) { a(r); } => for (Row r : rows) { a(r); break; } => after the first, `break;`
            try (var p = open()) { a(p); } => { var p = open();  a(p); } => `var p = open()` is not closed
            """)
    void changesAStatement(String statement, String changed, String description) {
        List<AnswerMutant> mutants = mutants(in(statement));

        assertThat(mutants)
                .filteredOn(mutant -> mutant.source().equals(in(changed == null ? "" : changed)))
                .singleElement()
                .satisfies(mutant -> assertThat(mutant.change()).startsWith(description));
    }

    @Test
    void keepsStateInAStaticField() {
        assertThat(mutants("class A { int a; void m() { List<Row> l = new ArrayList<>(); m(l); } }"))
                .extracting(AnswerMutant::source)
                .contains(
                        "class A { static int a; void m() { List<Row> l = new ArrayList<>(); m(l); } }",
                        "class A { static List<Row> l = new ArrayList<>(); int a; void m() {  m(l); } }");
    }

    @Test
    void changesAQueryInSql() {
        String query = in("x = sql(\"\"\"\n    SELECT row_number() OVER w FROM t WHERE a IS NOT NULL\n"
                + "    WINDOW w AS (PARTITION BY b ORDER BY c, d)\"\"\");");

        assertThat(mutants(query))
                .extracting(AnswerMutant::source)
                .contains(
                        query.replace("row_number", "rank"),
                        query.replace("WHERE a IS NOT NULL\n    ", "\n"),
                        query.replace("PARTITION BY b", ""),
                        query.replace("c, d", "c"),
                        query.replace("c, d", "d"),
                        query.replace("c, d", "c DESC"));
    }

    @Test
    void countsTheSameWithAnyNumber() {
        assertThat(mutants(in("x = count(lit(1));")))
                .extracting(AnswerMutant::source)
                .anyMatch(source -> source.contains("count(org.apache.spark.sql.functions.col(\"id\"))"))
                .noneMatch(source -> source.contains("lit(2)"));
    }

    @Test
    void changesNothingThatOnlyNullsShowWhereThereAreNone() {
        String counts = in("return rows.where(a.geq(b)).groupBy(a).agg(count(lit(1)), sum(c));");

        assertThat(AnswerMutator.mutants(counts, false))
                .extracting(AnswerMutant::source)
                .anyMatch(source -> source.contains("abs(a)"))
                .noneMatch(source -> source.contains("coalesce") || source.contains("count(org"));
    }

    @Test
    void tellsTheLineAndKeepsTheLinesBelow() {
        AnswerMutant mutant = mutants("class A {\n    int m() {\n        return rows\n                .distinct()\n"
                        + "                .count();\n    }\n}\n")
                .get(0);

        assertThat(mutant.line()).isEqualTo(3);
        assertThat(mutant.source().lines()).hasSize(7).endsWith("    }", "}");
    }

    @Test
    void distinguishesEqualChanges() {
        assertThat(mutants(in("x = 0; x = 0;")))
                .filteredOn(mutant -> mutant.change().startsWith("`0` → `1`"))
                .extracting(AnswerMutant::change)
                .containsExactly("`0` → `1` in `x = 0; x = 0;`", "`0` → `1` in `x = 0; x = 0;` #2");
    }

    @Test
    void takesAnEmptyMap() {
        assertThat(mutants(in("x = Map.of();"))).isNotEmpty();
    }

    @Test
    void leavesTheWaitForRecordsAlone() {
        assertThat(mutants(in("for (R r : consumer.poll(Duration.ofMillis(100))) { }")))
                .noneMatch(mutant -> mutant.source().contains("101"));
    }

    @Test
    void leavesTextsOfExceptionsAlone() {
        assertThat(mutants(in("throw new E(\"no \" + a, b);")))
                .noneMatch(mutant ->
                        mutant.source().contains("new E(") && !mutant.source().contains("\"no \" + a, b"));
    }

    @Test
    void refusesWhatIsNoJava() {
        assertThatThrownBy(() -> mutants("class {")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<AnswerMutant> mutants(String source) {
        return AnswerMutator.mutants(source, true);
    }

    private static String in(String statement) {
        return "class A {\n    void m() {\n" + statement + "\n    }\n}\n";
    }
}
