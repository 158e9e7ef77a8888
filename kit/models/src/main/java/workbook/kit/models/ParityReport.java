package workbook.kit.models;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import workbook.kit.Decimals;
import workbook.kit.TextTable;

/**
 * Prints where two implementations of features differ, and what that costs.
 *
 * @param model the model, trained on the features by SQL
 * @param payments the payments in order of time
 */
public record ParityReport(LogisticModel model, List<TwiceComputed> payments) {

    /**
     * Prints a line for each feature: how many payments differ, and of the first of them the time, both values, the
     * score, and the score with only this feature by Java.
     */
    public ParityReport printDifferences() {
        System.out.printf(Locale.ROOT, "of %,d payments differ%n", payments.size());
        TextTable table = new TextTable("    %-9s  %6s  %-13s  %8s  %8s  %-12s  %s");
        table.row("", "", "the first", "SQL", "Java", "score by SQL", "with Java's");
        for (String feature : model.features()) {
            List<TwiceComputed> differing =
                    payments.stream().filter(one -> one.differ(feature)).toList();
            if (differing.isEmpty()) {
                table.row(feature, 0, "", "", "", "", "");
            } else {
                TwiceComputed first = differing.get(0);
                table.row(
                        feature,
                        differing.size(),
                        first.of().payment().time().toString().substring(5, 16).replace('T', ' '),
                        Decimals.of(first.sql().get(feature), 2),
                        Decimals.of(first.java().get(feature), 2),
                        Decimals.of(model.score(first.sql()), 4),
                        Decimals.of(model.score(first.withJavas(feature)), 4));
            }
        }
        return this;
    }

    /** Prints how many alerts the features of each side raise, for frauds and for genuine payments. */
    public void printAlerts() {
        printAlerts("frauds", one -> one.of().isFraud());
        printAlerts("genuine payments", one -> !one.of().isFraud());
    }

    private void printAlerts(String name, Predicate<TwiceComputed> kind) {
        Predicate<TwiceComputed> sql = one -> model.isAlert(model.score(one.sql()));
        Predicate<TwiceComputed> java = one -> model.isAlert(model.score(one.java()));
        System.out.printf(
                "alerts for %s: %d by SQL, %d by Java, %d lost%n",
                name,
                count(kind.and(sql)),
                count(kind.and(java)),
                count(kind.and(sql).and(java.negate())));
    }

    private long count(Predicate<TwiceComputed> kind) {
        return payments.stream().filter(kind).count();
    }
}
