package workbook.capstone;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import workbook.kit.DurationConverter;

/** The options of a command that sends payments. */
final class LoadOptions {

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "300",
            description = "payments per second (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--malformed",
            paramLabel = "SHARE",
            defaultValue = "0.002",
            description = "malformed records per payment (default: ${DEFAULT-VALUE})")
    private double malformedShare;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "seed of the simulated payments (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--evolve",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "after so long, send every other customer's payments with a new version of their schema")
    private Duration evolveAfter;

    Optional<Duration> evolveAfter() {
        return Optional.ofNullable(evolveAfter);
    }

    double rate() {
        return rate;
    }

    double malformedShare() {
        return malformedShare;
    }

    long seed() {
        return seed;
    }
}
