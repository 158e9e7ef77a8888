package workbook.kit.engines;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Nine payments of a morning, in the order in which they arrive: three are late, one of them too late for its hour. */
public final class DemoPayments {

    private DemoPayments() {}

    /** With half an hour for late payments, the hour from nine has four, and the one at 9:58 is too late. */
    public static List<ReceivedPayment> inOrderOfArrival() {
        return List.of(
                payment(1, "09:10", 7, "5.00"),
                payment(2, "09:40", 8, "2.50"),
                payment(3, "10:05", 7, "1.00"),
                payment(4, "09:30", 7, "0.20"), // late
                payment(5, "10:29", 8, "4.00"),
                payment(6, "09:01", 8, "0.30"), // late, its hour is open
                payment(7, "10:30", 7, "3.00"),
                payment(8, "09:58", 7, "9.99"), // too late
                payment(9, "12:00", 8, "1.00"));
    }

    private static ReceivedPayment payment(long id, String time, int terminal, String amount) {
        return new ReceivedPayment(
                id, Instant.parse("2026-01-01T" + time + ":00Z"), 10, terminal, new BigDecimal(amount));
    }
}
