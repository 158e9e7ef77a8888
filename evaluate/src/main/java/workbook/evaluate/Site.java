package workbook.evaluate;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import workbook.check.catalog.Workspace;
import workbook.evaluate.site.StaticSite;
import workbook.kit.Program;

/** {@code ./jbang site}: writes the lessons, concepts and questions as a static site. */
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Writes the lessons, concepts and questions as a static site, which needs no server and no network.")
public final class Site implements Callable<Integer> {

    private final Supplier<Workspace> workspace;
    private final PrintStream out;

    @Option(
            names = "--to",
            paramLabel = "<folder>",
            defaultValue = ".workbook/site",
            description = "a new folder, or one that has a site already (${DEFAULT-VALUE})")
    private Path to;

    @Spec
    private CommandSpec spec;

    Site(Supplier<Workspace> workspace, PrintStream out) {
        this.workspace = workspace;
        this.out = out;
    }

    /** Runs the command and ends the JVM. */
    public static void main(String[] args) {
        Program.run(new Site(Workspace::current, System.out), args);
    }

    @Override
    public Integer call() {
        StaticSite site = new StaticSite(workspace.get().home());
        if (!site.broken().isEmpty()) {
            site.broken().forEach((link, page) -> err("%s links to %s, which does not exist.".formatted(page, link)));
            return CommandLine.ExitCode.SOFTWARE;
        }
        Path folder = workspace.get().home().resolve(to);
        if (!StaticSite.mayReplace(folder)) {
            err("%s has other files than a site. Name a new folder with --to.".formatted(to));
            return CommandLine.ExitCode.USAGE;
        }
        try {
            site.write(folder);
        } catch (UncheckedIOException e) {
            err(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        out.printf("%d pages and %d source files: open %s%n", site.pages(), site.sources(), to.resolve("index.html"));
        return CommandLine.ExitCode.OK;
    }

    private void err(String message) {
        spec.commandLine().getErr().println(message);
    }
}
