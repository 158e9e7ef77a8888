package lesson07;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import workbook.check.diagnose.Misconception;
import workbook.kit.Payment;

/** Wrong answers to {@link ServeAsTrained} that people really give. */
public final class ServeAsTrainedMisconceptions {

    private ServeAsTrainedMisconceptions() {}

    @Misconception(
            believed = "Weekday 1 is Monday.",
            really =
                    "In java.time it is. In SQL's dayofweek 1 is Sunday, and weekday begins with 0 for Monday. The model"
                            + " takes the number, and every day is another one.",
            concept = "Feature parity")
    public static class CountsFromMonday extends ServeAsTrained {
        @Override
        int weekday(ZonedDateTime time) {
            return time.getDayOfWeek().getValue();
        }
    }

    @Misconception(
            believed = "The time zone is that of the machine, here and there.",
            really =
                    "The training ran in a session with UTC. A service in another zone has other hours, and near midnight"
                            + " another weekday. Name the zone where a time becomes an hour.",
            concept = "Time zones")
    public static class TakesTheZoneOfTheJvm extends ServeAsTrained {
        @Override
        ZonedDateTime time(Payment payment) {
            return payment.time().atZone(ZoneId.systemDefault());
        }
    }

    @Misconception(
            believed = "An interval excludes its beginning: 24 hours before is too old.",
            really =
                    "RANGE BETWEEN has both its ends. A payment that is exactly 24 hours old, such as one of every day at"
                            + " nine, is in the frame.",
            concept = "Feature parity")
    public static class ExcludesTheBeginning extends ServeAsTrained {
        @Override
        boolean isInFrame(Payment other, Payment payment) {
            return super.isInFrame(other, payment)
                    && other.time().isAfter(payment.time().minus(Duration.ofHours(24)));
        }
    }

    @Misconception(
            believed = "The past does not contain the payment itself.",
            really = "The frame ends with the current row, so this payment's amount is part of its mean. Without it the"
                    + " first payment of a customer has none.",
            concept = "Feature parity")
    public static class ExcludesThePayment extends ServeAsTrained {
        @Override
        boolean isInFrame(Payment other, Payment payment) {
            return super.isInFrame(other, payment) && other.id() != payment.id();
        }
    }

    @Misconception(
            believed = "CURRENT ROW is this row.",
            really =
                    "With ROWS it is. With RANGE it is all rows of its time: of two payments in one microsecond each counts"
                            + " the other.",
            concept = "Window functions")
    public static class ExcludesOthersOfItsTime extends ServeAsTrained {
        @Override
        boolean isInFrame(Payment other, Payment payment) {
            return super.isInFrame(other, payment)
                    && (other.id() == payment.id() || other.time().isBefore(payment.time()));
        }
    }

    @Misconception(
            believed = "What has arrived is the past.",
            really =
                    "A late payment is computed when later ones have arrived. The statement looks at times, so the service"
                            + " has to leave out those that are later than the payment.",
            concept = "Event time")
    public static class CountsLaterPayments extends ServeAsTrained {
        @Override
        boolean isInFrame(Payment other, Payment payment) {
            return other.customer() == payment.customer()
                    && !other.time().isBefore(payment.time().minus(Duration.ofHours(24)));
        }
    }

    @Misconception(
            believed = "24 hours before is the same day.",
            really = "The frame moves with the payment. A day of the calendar begins at midnight, and just after it a"
                    + " customer has no past.",
            concept = "Windows")
    public static class TakesTheCalendarDay extends ServeAsTrained {
        @Override
        boolean isInFrame(Payment other, Payment payment) {
            return super.isInFrame(other, payment)
                    && !other.time().isBefore(payment.time().truncatedTo(ChronoUnit.DAYS));
        }
    }

    @Misconception(
            believed = "The list holds the customer's payments.",
            really =
                    "PARTITION BY customer is a part of the statement. A mean over all customers is nearly the same for"
                            + " everybody.",
            concept = "Window functions")
    public static class CountsAllCustomers extends ServeAsTrained {
        @Override
        boolean isInFrame(Payment other, Payment payment) {
            return !other.time().isAfter(payment.time())
                    && !other.time().isBefore(payment.time().minus(Duration.ofHours(24)));
        }
    }

    @Misconception(
            believed = "The mean of nothing is zero.",
            really = "In SQL it is null: nothing is known. A zero is a customer who pays nothing, and the model was not"
                    + " trained to see one here.",
            concept = "Nulls")
    public static class TakesZeroForNothing extends ServeAsTrained {
        @Override
        Double mean(List<BigDecimal> amounts) {
            return Objects.requireNonNullElse(super.mean(amounts), 0.0);
        }
    }

    @Misconception(
            believed = "0.0 / 0 is NaN, which says that there is no mean.",
            really = "SQL says null. The two are different values to every reader: NaN is neither null nor equal to"
                    + " itself, and a model throws or returns NaN.",
            concept = "Floating point")
    public static class TakesNanForNothing extends ServeAsTrained {
        @Override
        Double mean(List<BigDecimal> amounts) {
            return Objects.requireNonNullElse(super.mean(amounts), Double.NaN);
        }
    }

    @Misconception(
            believed = "A double has more digits than the decimal, so it is at least as exact.",
            really =
                    "Equal is what is wanted, not exact. The mean of a DECIMAL(10,2) is a DECIMAL(14,6): the training saw"
                            + " 6.666667. A threshold between the two numbers decides differently.",
            concept = "Feature parity")
    public static class DoesNotRound extends ServeAsTrained {
        @Override
        Double mean(List<BigDecimal> amounts) {
            return amounts.isEmpty() ? null : sum(amounts).doubleValue() / amounts.size();
        }
    }

    @Misconception(
            believed = "Rounding is half even, as in banks and in MathContext.DECIMAL64.",
            really = "Spark rounds decimals half up. The two differ when the next digit is a five and nothing follows.",
            concept = "Feature parity")
    public static class RoundsHalfEven extends ServeAsTrained {
        @Override
        Double mean(List<BigDecimal> amounts) {
            return amounts.isEmpty()
                    ? null
                    : sum(amounts)
                            .divide(BigDecimal.valueOf(amounts.size()), 6, RoundingMode.HALF_EVEN)
                            .doubleValue();
        }
    }

    @Misconception(
            believed = "A float is enough for a feature: models compute with floats.",
            really =
                    "A float has seven digits. An amount of 23.333333 becomes 23.33333206, and a score near the threshold"
                            + " falls on the other side.",
            concept = "Floating point")
    public static class ComputesFloats extends ServeAsTrained {
        @Override
        Double mean(List<BigDecimal> amounts) {
            Double mean = super.mean(amounts);
            return mean == null ? null : (double) mean.floatValue();
        }
    }

    @Misconception(
            believed = "The standard deviation divides by the number of values.",
            really =
                    "That is stddev_pop. stddev is that of a sample, and divides by one less. With two payments the two"
                            + " differ by a factor of 1.4.",
            concept = "Feature parity")
    public static class DividesByAll extends ServeAsTrained {
        @Override
        Double deviation(List<BigDecimal> amounts) {
            Double sample = super.deviation(amounts);
            int size = amounts.size();
            return sample == null ? null : Double.valueOf(sample * Math.sqrt((size - 1.0) / size));
        }
    }

    @Misconception(
            believed = "One value does not deviate: zero.",
            really = "From one value nothing is known about the deviation, and stddev is null. Zero is the deviation of"
                    + " equal values.",
            concept = "Nulls")
    public static class TakesZeroForOne extends ServeAsTrained {
        @Override
        Double deviation(List<BigDecimal> amounts) {
            return amounts.size() == 1 ? Double.valueOf(0) : super.deviation(amounts);
        }
    }

    @Misconception(
            believed = "The mean of the squares minus the square of the mean: one pass is enough.",
            really =
                    "For large amounts both are numbers of sixteen digits that are almost equal, and their difference is"
                            + " rounding. Subtract the mean first, then square.",
            concept = "Floating point")
    public static class SubtractsSquares extends ServeAsTrained {
        @Override
        Double deviation(List<BigDecimal> amounts) {
            int size = amounts.size();
            if (size < 2) {
                return null;
            }
            double mean = sum(amounts).doubleValue() / size;
            double squares = amounts.stream()
                    .mapToDouble(amount -> amount.doubleValue() * amount.doubleValue())
                    .sum();
            return Math.sqrt(Math.max(0, (squares - size * mean * mean) / (size - 1)));
        }
    }

    @Misconception(
            believed = "The median is the value in the middle.",
            really = "Of an even number of values there are two in the middle. percentile takes their mean;"
                    + " percentile_approx takes one of them.",
            concept = "Feature parity")
    public static class TakesOneOfTheMiddle extends ServeAsTrained {
        @Override
        Double median(List<BigDecimal> sorted) {
            return sorted.isEmpty()
                    ? null
                    : Double.valueOf(sorted.get(sorted.size() / 2).doubleValue());
        }
    }

    @Misconception(
            believed = "count(amount) is the number of payments.",
            really = "It is the number of amounts: nulls are skipped. count(*) is the number of rows.",
            concept = "Nulls")
    public static class CountsMissingAmounts extends ServeAsTrained {
        @Override
        public Features features(Payment payment, List<Payment> arrived) {
            Features known = super.features(payment, arrived);
            long payments =
                    arrived.stream().filter(other -> isInFrame(other, payment)).count();
            return new Features(
                    known.weekday(), known.hour(), payments, known.mean(), known.deviation(), known.median());
        }
    }

    @Misconception(
            believed = "A missing amount is zero.",
            really = "The aggregates of SQL skip it. As a zero it lowers the mean, and is counted.",
            concept = "Nulls")
    public static class TakesZeroForMissingAmounts extends ServeAsTrained {
        @Override
        public Features features(Payment payment, List<Payment> arrived) {
            List<Payment> filled = arrived.stream()
                    .map(one -> one.amount() != null
                            ? one
                            : new Payment(one.id(), one.time(), one.customer(), one.terminal(), BigDecimal.ZERO))
                    .toList();
            return super.features(payment, filled);
        }
    }
}
