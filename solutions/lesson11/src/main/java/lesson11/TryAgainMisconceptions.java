package lesson11;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import workbook.check.diagnose.Misconception;

/** Wrong answers to {@link TryAgain} that people give. */
public final class TryAgainMisconceptions {

    private TryAgainMisconceptions() {}

    @Misconception(
            believed = "A scheduler retries, so retries are safe.",
            really =
                    "It calls the task again and knows nothing of what the first try has written. A load that appends has those rows"
                            + " twice.",
            concept = "Idempotence")
    public static class Appends extends TryAgain {
        @Override
        <R> void write(Table<R> table, LocalDate day, int attempt, List<R> rows) {
            table.append(day, attempt, rows);
        }
    }

    @Misconception(
            believed = "Overwriting is idempotent.",
            really =
                    "It is, for what the load is about. Overwriting the table instead of the day removes all other days, and after a"
                            + " backfill only the backfilled day is left.",
            concept = "Idempotence")
    public static class OverwritesTheTable extends TryAgain {
        @Override
        <R> void write(Table<R> table, LocalDate day, int attempt, List<R> rows) {
            table.overwrite(day, attempt, rows);
        }
    }

    @Misconception(
            believed = "Deleting a day and adding its rows is replacing it.",
            really =
                    "These are two changes. Between them the day is empty for whoever reads, and after a crash it stays so until the"
                            + " load is tried again.",
            concept = "Idempotence")
    public static class DeletesFirst extends TryAgain {
        @Override
        <R> void write(Table<R> table, LocalDate day, int attempt, List<R> rows) {
            table.delete(day, attempt);
            table.append(day, attempt, rows);
        }
    }

    @Misconception(
            believed = "Rows that are added in small portions are safer.",
            really =
                    "Each portion is a change of its own. After a crash, the day has the first ones, and looks like a day.",
            concept = "Idempotence")
    public static class WritesRowByRow extends TryAgain {
        @Override
        <R> void write(Table<R> table, LocalDate day, int attempt, List<R> rows) {
            table.replace(day, attempt, rows.subList(0, Math.min(1, rows.size())));
            rows.stream().skip(1).forEach(row -> table.append(day, attempt, List.of(row)));
        }
    }

    @Misconception(
            believed = "A marker that is written first protects the day from a second load.",
            really =
                    "After a crash the marker is there and the rows are not. What says that something is done comes last.",
            concept = "Idempotence")
    public static class MarksFirst extends TryAgain {
        @Override
        void begin(LocalDate day, int attempt, Lake lake) {
            lake.begin(day, attempt);
            lake.complete(day, attempt);
        }
    }

    @Misconception(
            believed = "A day that is complete need not be loaded.",
            really =
                    "Somebody has asked for it: payments arrived late, or were corrected. A load that skips what it has done makes a"
                            + " backfill do nothing, and the run is green.",
            concept = "Idempotence")
    public static class SkipsCompleteDays extends TryAgain {
        @Override
        public void load(LocalDate day, int attempt, Lake lake) {
            if (!lake.completeDays().contains(day)) {
                super.load(day, attempt, lake);
            }
        }
    }

    @Misconception(
            believed = "The newest day in the table says where to go on.",
            really =
                    "It does while days come in their order. A backfill comes after newer days, and none of its days is loaded.",
            concept = "Backfill")
    public static class GoesOnAfterTheNewest extends TryAgain {
        @Override
        public void load(LocalDate day, int attempt, Lake lake) {
            boolean isNew = lake.completeDays().stream()
                    .max(Comparator.naturalOrder())
                    .map(newest -> !day.isBefore(newest))
                    .orElse(true);
            if (isNew) {
                super.load(day, attempt, lake);
            }
        }
    }

    @Misconception(
            believed = "Retrying helps against everything.",
            really =
                    "It helps against what passes. A malformed payment is malformed at each try: the day is never loaded because of one row"
                            + " in a hundred.",
            concept = "Malformed records")
    public static class FailsAtAMalformedPayment extends TryAgain {
        @Override
        boolean isMalformed(Payment payment) {
            return payment.terminal() == null;
        }
    }

    @Misconception(
            believed = "What cannot be read is left out.",
            really = "Then nobody knows that it was there. What goes in comes out: as a row, or as a dead letter.",
            concept = "Malformed records")
    public static class DropsTheMalformed extends TryAgain {
        @Override
        List<Payment> malformed(List<Payment> payments) {
            return List.of();
        }
    }

    @Misconception(
            believed = "Dead letters are a log, so they are appended.",
            really = "They are output like any other. After a retry, each malformed payment is in them twice.",
            concept = "Idempotence")
    public static class AppendsDeadLetters extends TryAgain {
        @Override
        <R> void write(Table<R> table, LocalDate day, int attempt, List<R> rows) {
            if (rows.stream().allMatch(row -> row instanceof Payment)) {
                table.append(day, attempt, rows);
            } else {
                super.write(table, day, attempt, rows);
            }
        }
    }

    @Misconception(
            believed = "A malformed payment makes its terminal's sum wrong, so that terminal is left out.",
            really =
                    "The sum is of what can be read, and the dead letters say what is missing. A terminal without its row looks like one"
                            + " without payments.",
            concept = "Malformed records")
    public static class LeavesOutTheTerminal extends TryAgain {
        @Override
        List<Revenue> revenue(List<Payment> payments) {
            Set<String> broken = new HashSet<>();
            malformed(payments).forEach(payment -> broken.add(payment.terminal()));
            return super.revenue(payments).stream()
                    .filter(row -> !broken.contains(row.terminal()))
                    .toList();
        }
    }

    @Misconception(
            believed = "A day without payments has nothing to write.",
            really =
                    "It has to remove what an earlier load has written. If all payments of a day are withdrawn, its revenue stays.",
            concept = "Idempotence")
    public static class WritesOnlyRows extends TryAgain {
        @Override
        <R> void write(Table<R> table, LocalDate day, int attempt, List<R> rows) {
            if (!rows.isEmpty()) {
                super.write(table, day, attempt, rows);
            }
        }
    }

    @Misconception(
            believed = "A change that fails is logged, and the load goes on with the rest.",
            really =
                    "It ends without the rows, says that the day is complete, and is not tried again: the scheduler sees a success.",
            concept = "Orchestration")
    public static class GoesOnAfterAFailure extends TryAgain {
        @Override
        <R> void write(Table<R> table, LocalDate day, int attempt, List<R> rows) {
            try {
                super.write(table, day, attempt, rows);
            } catch (RuntimeException e) {
                // logged, and forgotten
            }
        }
    }

    @Misconception(
            believed = "When a task is ended, so is its work.",
            really =
                    "A job that was submitted to a cluster runs on when the process that has submitted it dies. The retry starts a second"
                            + " one beside it, and the one that writes last decides, with old data. begin refuses the earlier one.",
            concept = "Fencing")
    public static class TrustsThatItIsAlone extends TryAgain {
        @Override
        void begin(LocalDate day, int attempt, Lake lake) {
            // nothing to begin
        }
    }
}
