package workbook.evaluate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import workbook.evaluate.airflow.AirflowFolder;
import workbook.evaluate.airflow.DagChecks;
import workbook.evaluate.airflow.Installation;
import workbook.evaluate.airflow.Services;
import workbook.kit.Program;
import workbook.kit.ProjectFolder;

/** {@code ./jbang airflow}: a real Airflow for lesson 11. */
@Command(
        name = "airflow",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Installs and runs Apache Airflow for lesson 11, in .workbook/airflow.",
        subcommands = Airflow.Cli.class)
public final class Airflow implements Callable<Integer> {

    private final AirflowFolder folder;
    private final PrintStream out;

    @Spec
    private CommandSpec spec;

    Airflow(AirflowFolder folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** Runs the command and ends the JVM. */
    public static void main(String[] args) {
        Program.run(
                new Airflow(
                        new AirflowFolder(ProjectFolder.find()
                                .orElseThrow(() -> new IllegalStateException("This is not the workbook's folder."))),
                        System.out),
                args);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(out);
        return CommandLine.ExitCode.USAGE;
    }

    @Command(description = "Installs Airflow from PyPI: 300 MB. Needs Python 3.10 or newer.")
    int install() {
        new Installation(folder, out).install();
        return 0;
    }

    @Command(description = "Starts Airflow on 127.0.0.1 and waits until it is healthy.")
    int up(
            @Option(
                            names = "--port",
                            paramLabel = "N",
                            defaultValue = "8180",
                            description = "the port of its page (default: ${DEFAULT-VALUE})")
                    int port) {
        return ifInstalled(() -> {
            new Services(folder, out).up(port);
            return 0;
        });
    }

    @Command(description = "Stops Airflow.")
    int down() {
        new Services(folder, out).down();
        return 0;
    }

    @Command(description = "Checks your DAGs: fraud_nightly and branches.")
    int test(
            @Parameters(arity = "0..*", paramLabel = "<exercise>", description = "its name (default: all)")
                    List<String> exercises,
            @Option(names = "--proof", description = "prove that the checkpoints decide rightly, for contributors")
                    boolean proof,
            @Option(names = "--conformance", description = "compare the NightRunner with Airflow, for contributors")
                    boolean conformance) {
        List<String> arguments = new ArrayList<>(exercises == null ? List.of() : exercises);
        if (proof) {
            arguments.add("--proof");
        }
        if (conformance) {
            arguments.add("--conformance");
        }
        return ifInstalled(() -> new DagChecks(folder).run(arguments));
    }

    private int ifInstalled(Callable<Integer> work) {
        if (folder.installedVersion().isEmpty()) {
            spec.commandLine().getErr().println("needs Airflow: ./jbang airflow install");
            return CommandLine.ExitCode.SOFTWARE;
        }
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code ./jbang airflow cli}: options are those of Airflow. */
    @Command(name = "cli", description = "Runs a command of Airflow itself, such as: ./jbang airflow cli dags list")
    static final class Cli implements Callable<Integer> {

        @ParentCommand
        private Airflow airflow;

        @Unmatched
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() {
            return airflow.ifInstalled(() -> new Services(airflow.folder, airflow.out).run(arguments));
        }
    }
}
