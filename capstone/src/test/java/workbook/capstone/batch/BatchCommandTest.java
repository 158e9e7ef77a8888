package workbook.capstone.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import workbook.capstone.inference.Algorithm;

class BatchCommandTest {

    private static final Pattern RUN = Pattern.compile("\\$ \\./jbang fraud batch\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MEAN = Pattern.compile("mean +([0-9.]+) +([0-9.]+) +([0-9.]+)");

    @Test
    void threeSimulationsComeCloseToTheHandbook() throws IOException {
        String printed = run();
        assertThat(printed).isEqualTo(shown());

        Matcher mean = MEAN.matcher(printed);
        for (Algorithm algorithm : Algorithm.values()) {
            assertThat(mean.find()).isTrue();
            Quality published = HandbookProtocol.PUBLISHED.quality().get(algorithm);
            assertThat(Double.parseDouble(mean.group(1))).isCloseTo(published.rocAuc(), within(0.03));
            assertThat(Double.parseDouble(mean.group(2))).isCloseTo(published.averagePrecision(), within(0.08));
        }
    }

    private static String run() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new BatchCommand()).execute()).isZero();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static String shown() throws IOException {
        Matcher run = RUN.matcher(Files.readString(Path.of("docs/README.md")));
        assertThat(run.find()).isTrue();
        return run.group(1);
    }
}
