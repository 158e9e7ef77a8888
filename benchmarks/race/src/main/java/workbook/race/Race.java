package workbook.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.kit.Jvm;
import workbook.kit.LocalKafka;
import workbook.kit.Program;
import workbook.kit.ProjectFolder;
import workbook.kit.Scratch;

/**
 * {@code ./jbang race}: the hourly revenue on different engines. Broker, engine and load have a JVM each. All engines get
 * the same payments, run alone, and in random order.
 */
@Command(
        name = "race",
        mixinStandardHelpOptions = true,
        description = "Measures the job of lesson 12 on different engines: latency, throughput, memory.")
public final class Race implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(names = "--quick", description = "one round, one rate, tuned engines only")
    boolean isQuick;

    @Option(names = "--only", paramLabel = "NAME", description = "contestants whose engine or settings contain this")
    String only = "";

    @Option(names = "--rounds", description = "runs of each contestant (default: 3, or 1 with --quick)")
    Integer rounds;

    @Option(names = "--chart", paramLabel = "FILE", description = "draws the latencies as SVG")
    Path chart;

    private final Path project = ProjectFolder.find().orElseThrow();

    public static void main(String[] args) {
        Program.run(new Race(), args);
    }

    @Override
    public Integer call() throws Exception {
        List<Contestant> contestants = contestants();
        build(contestants);
        String machine = Machine.describe();
        System.out.println(machine);
        Settings settings = (isQuick ? Settings.QUICK : Settings.WHOLE).withRounds(rounds);
        Map<Contestant, List<Result>> runs = runs(settings, contestants);
        Report.print(settings, runs);
        if (chart != null) {
            Map<Contestant, Result> medians = new LinkedHashMap<>();
            runs.forEach((one, all) -> medians.put(one, Result.median(all)));
            Files.writeString(chart, Chart.latencies(medians, machine));
        }
        return 0;
    }

    private List<Contestant> contestants() {
        List<Contestant> contestants = Contestants.ALL.stream()
                .filter(one -> one.toString().toLowerCase(Locale.ROOT).contains(only.toLowerCase(Locale.ROOT)))
                .filter(one -> !isQuick || one.isTuned())
                .toList();
        if (contestants.isEmpty()) {
            throw new IllegalArgumentException("There is no contestant " + only + ", only " + Contestants.ALL + ".");
        }
        return contestants;
    }

    private Map<Contestant, List<Result>> runs(Settings settings, List<Contestant> contestants) throws Exception {
        Map<Contestant, List<Result>> runs = new LinkedHashMap<>();
        contestants.forEach(one -> runs.put(one, new ArrayList<>()));
        try (Child broker = Child.start(project, Scratch.folder("broker-").resolve("log"), brokerCommand());
                LocalKafka kafka = LocalKafka.connect(broker.await("BROKER", PATIENCE))) {
            for (int round = 1; round <= settings.rounds(); round++) {
                List<Contestant> order = new ArrayList<>(contestants);
                Collections.shuffle(order, new Random());
                for (Contestant one : order) {
                    System.out.printf("round %d of %d: %s%n", round, settings.rounds(), one);
                    String name = "race-" + round + "-" + contestants.indexOf(one);
                    Result result =
                            run(new ContestantRun(kafka, project, settings, one, name), round == settings.rounds());
                    System.out.println("    " + (result.problem().isEmpty() ? result : result.problem()));
                    runs.get(one).add(result);
                }
            }
        }
        return runs;
    }

    private Result run(ContestantRun run, boolean isRateDoubled) throws Exception {
        try {
            return run.run(isRateDoubled);
        } catch (IllegalStateException e) {
            return Result.failed(e.getMessage() + " See " + project.relativize(run.log()));
        }
    }

    /** Downloads libraries and compiles, so that neither is measured. */
    private void build(List<Contestant> contestants) throws IOException, InterruptedException {
        List<List<String>> programs = contestants.stream()
                .filter(Contestant::hasEngine)
                .map(one -> Stream.concat(one.jbangOptions().stream(), Stream.of(one.file()))
                        .toList())
                .distinct()
                .toList();
        for (List<String> program : programs) {
            List<String> command =
                    new ArrayList<>(List.of(project.resolve("jbang").toString(), "build"));
            command.addAll(program);
            Process build = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .inheritIO()
                    .start();
            if (build.waitFor() != 0) {
                throw new IllegalStateException(program + " could not be built.");
            }
        }
    }

    private static List<String> brokerCommand() {
        List<String> command = new ArrayList<>(List.of(Jvm.java()));
        command.addAll(Jvm.options());
        command.add("-XX:TieredStopAtLevel=4");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BrokerJvm.class.getName()));
        return command;
    }
}
