package workbook.capstone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import workbook.kit.app.Bricks;

/** How {@code --mine} passes on whose the bricks are. */
class BricksTest {

    private static final String OPTION =
            "yours: CardProfile; borrowed from the answers, yours does not compile (line 7: "
                    + "';' expected): LagMeter; borrowed from the answers, not solved yet: ParsePayments, \"IdempotentSink\"";

    private final CommandLine fraud = new CommandLine(new Fraud());

    @Test
    void theOptionIsPassedOnUnchanged() {
        CommandLine.ParseResult parsed = fraud.parseArgs(Bricks.option(OPTION), "--for", "10s");
        assertThat(parsed.<String>matchedOptionValue("--bricks", "")).isEqualTo(OPTION);
    }

    @Test
    void theOptionIsHidden() {
        assertThat(fraud.getUsageMessage()).contains("--mine").doesNotContain("--bricks");
    }

    @Test
    void everyCommandRunsOnTheLearnersBricks() {
        assertThat(fraud.getSubcommands().values())
                .allSatisfy(command -> assertThat(command.getUsageMessage()).contains("--mine"));
    }

    @Test
    void theOtherArgumentsArePassedOn() {
        Fraud.Mine mine = new Fraud.Mine();
        new CommandLine(mine).parseArgs("recover", "--mine", "--home", "a folder");
        assertThat(mine.arguments()).containsExactly("recover", "--home", "a folder");
    }
}
