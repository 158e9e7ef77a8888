package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import workbook.evaluate.exercises.CommandRunner;

/**
 * Docker, which is optional.
 *
 * @param engine the result of {@code docker version} for the engine; empty if there is no client
 * @param hasCompose whether {@code docker compose} is installed
 */
record Docker(Optional<CommandRunner.Result> engine, boolean hasCompose) implements Observation {

    private static final String USE = "Only 'docker compose up' and WORKBOOK_KAFKA=container need it.";

    static Docker of(Path home) {
        CommandRunner tool = new CommandRunner(home, Duration.ofSeconds(5));
        Optional<CommandRunner.Result> engine = tool.run("docker", "version", "--format", "{{.Server.Version}}");
        return new Docker(
                engine,
                engine.filter(CommandRunner.Result::isSuccess).isPresent()
                        && tool.run("docker", "compose", "version")
                                .filter(CommandRunner.Result::isSuccess)
                                .isPresent());
    }

    @Override
    public Finding finding() {
        if (engine.isEmpty()) {
            return Finding.note("not installed", USE);
        }
        if (!engine.get().hasEnded()) {
            return Finding.note(
                    "the client is installed, but the engine did not answer within 5 s", USE, "Restart Docker.");
        }
        if (!engine.get().isSuccess()) {
            return engine.get().err().contains("permission denied")
                    ? Finding.note(
                            "the client is installed, but you have no permission to use the engine",
                            USE,
                            "sudo usermod -aG docker \"$USER\", then log in again.")
                    : Finding.note(
                            "the client is installed, but no engine is running",
                            USE,
                            "Start Docker Desktop, or: sudo systemctl start docker");
        }
        String version = engine.get().out().strip();
        return hasCompose
                ? Finding.ok("engine " + version + " with compose")
                : Finding.note(
                        "engine " + version + ", without compose",
                        "Only 'docker compose up' needs it.",
                        "Install its plugin: https://docs.docker.com/compose/install");
    }
}
