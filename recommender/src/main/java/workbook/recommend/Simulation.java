package workbook.recommend;

import java.time.LocalDate;
import java.time.ZoneOffset;
import workbook.kit.Simulator;

/** The payments that are learned from and streamed: the days to learn from end today, UTC. */
final class Simulation {

    static final int CUSTOMERS = 1_000;
    static final int DAYS_TO_STREAM = 60;

    private static final int TERMINALS = 1_000;

    private Simulation() {}

    /** @param days to learn from */
    static Simulator of(int days) {
        return new Simulator(Simulator.Settings.defaults()
                .withCustomers(CUSTOMERS)
                .withTerminals(TERMINALS)
                .withDays(days + DAYS_TO_STREAM)
                .withStart(LocalDate.now(ZoneOffset.UTC).minusDays(days)));
    }
}
