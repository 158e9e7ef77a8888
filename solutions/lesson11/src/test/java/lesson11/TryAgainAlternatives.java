package lesson11;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Right answers written differently, and one that only knows the stories in the checkpoint. */
class TryAgainAlternatives {

    /** A loop, with the dead letters first. Reads before it begins: whoever overtakes it has a higher number. */
    public static class Loops extends TryAgain {

        @Override
        public void load(LocalDate day, int attempt, Lake lake) {
            Map<String, Long> sums = new HashMap<>();
            List<Payment> malformed = new ArrayList<>();
            for (Payment payment : lake.payments(day)) {
                try {
                    sums.merge(payment.terminal(), Long.valueOf(payment.cents()), Long::sum);
                } catch (NumberFormatException e) {
                    malformed.add(payment);
                    continue;
                }
                if (payment.terminal() == null) {
                    sums.remove(null);
                    malformed.add(payment);
                }
            }
            lake.begin(day, attempt);
            lake.deadLetters().replace(day, attempt, malformed);
            List<Revenue> rows = new ArrayList<>();
            sums.forEach((terminal, cents) -> rows.add(new Revenue(terminal, cents)));
            lake.gold().replace(day, attempt, rows);
            lake.complete(day, attempt);
        }
    }

    /** Appends to the dead letters after it has deleted them: nobody reads them as long as the load goes on. */
    public static class DeletesDeadLetters extends TryAgain {

        @Override
        public void load(LocalDate day, int attempt, Lake lake) {
            lake.begin(day, attempt);
            List<Payment> payments = lake.payments(day);
            lake.gold().replace(day, attempt, revenue(payments));
            boolean isNew = !lake.completeDays().contains(day);
            if (isNew) {
                lake.deadLetters().delete(day, attempt);
                lake.deadLetters().append(day, attempt, malformed(payments));
                lake.complete(day, attempt);
            } else {
                lake.deadLetters().replace(day, attempt, malformed(payments));
            }
        }
    }

    public static class Learnt extends TryAgain {
        @Override
        boolean isMalformed(Payment payment) {
            return super.isMalformed(payment) || payment.terminal().startsWith("t");
        }
    }
}
