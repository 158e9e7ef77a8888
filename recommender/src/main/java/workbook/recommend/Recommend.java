package workbook.recommend;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import workbook.kit.Program;
import workbook.kit.app.Bricks;

/** {@code ./jbang recommend}: trains models, and serves recommendations with them. */
@Command(
        name = "recommend",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {TrainCommand.class, ServeCommand.class},
        description =
                "Trains a recommender on simulated payments, and serves recommendations on a stream and over HTTP.")
public final class Recommend implements Callable<Integer> {

    private static final Bricks BRICKS = new Bricks(
            List.of("lesson14.AlsoBought", "lesson14.ColdStart", "lesson14.RecommendStream", "lesson14.RecommendApi"),
            Recommend.class);

    @Option(
            names = Bricks.MINE,
            scope = ScopeType.INHERIT,
            description = "run on your own bricks; unsolved bricks are borrowed from the answers")
    private boolean mine;

    @Option(names = Bricks.OPTION, hidden = true, description = "set by --mine for the JVM that it starts")
    private String bricks;

    @Spec
    private CommandSpec spec;

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Program.run(List.of(args).contains(Bricks.MINE) ? new Mine() : new Recommend(), args);
    }

    /** The same command, with the learner's bricks on the class path. */
    @Command(name = "recommend")
    static final class Mine implements Callable<Integer> {

        @Option(names = Bricks.MINE)
        private boolean mine;

        @Unmatched
        private List<String> arguments = new ArrayList<>();

        @Override
        public Integer call() {
            return BRICKS.run(arguments, true);
        }
    }

    /** Without a command it says which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(System.err);
        return CommandLine.ExitCode.USAGE;
    }
}
