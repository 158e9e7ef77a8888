package workbook.evaluate.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import workbook.evaluate.exercises.CommandRunner;

/**
 * Docker, which is needed only by those who want it.
 *
 * @param engine what {@code docker version} said of the engine; none if there is no client
 * @param hasCompose whether {@code docker compose} is there
 */
record Docker(Optional<CommandRunner.Result> engine, boolean hasCompose) implements Observation {

    private static final String FOR = "Only 'docker compose up' and WORKBOOK_KAFKA=container need it.";

    static Docker of(Path home) {
        CommandRunner tool = new CommandRunner(home, Duration.ofSeconds(5));
        Optional<CommandRunner.Result> engine = tool.run("docker", "version", "--format", "{{.Server.Version}}");
        return new Docker(
                engine,
                engine.filter(CommandRunner.Result::isFine).isPresent()
                        && tool.run("docker", "compose", "version")
                                .filter(CommandRunner.Result::isFine)
                                .isPresent());
    }

    @Override
    public Finding finding() {
        if (engine.isEmpty()) {
            return Finding.note("not installed", FOR);
        }
        if (!engine.get().hasEnded()) {
            return Finding.note("the client is here, the engine gives no answer within 5 s", FOR, "Restart Docker.");
        }
        if (!engine.get().isFine()) {
            return engine.get().err().contains("permission denied")
                    ? Finding.note(
                            "the client is here, and you may not talk to the engine",
                            FOR,
                            "sudo usermod -aG docker \"$USER\", then log in again.")
                    : Finding.note(
                            "the client is here, no engine answers",
                            FOR,
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
