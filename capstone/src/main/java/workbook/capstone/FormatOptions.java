package workbook.capstone;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import workbook.capstone.format.Encoding;
import workbook.capstone.format.OpenFormat;
import workbook.kit.schemas.LocalRegistry;

/** The option of a command that reads or writes payments or scores. */
final class FormatOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "json",
            converter = Encoding.Converter.class,
            description = "json or avro: the format of payments and scores, the same in all commands"
                    + " (default: ${DEFAULT-VALUE})")
    private Encoding encoding;

    Encoding encoding() {
        return encoding;
    }

    /** Opens the format, with a registry in this process, unless the environment names one. */
    OpenFormat open(Path schemas, int port) {
        return OpenFormat.of(encoding, () -> LocalRegistry.start(schemas, port));
    }

    /**
     * Opens the format, with the registry that the environment names.
     *
     * @throws IllegalStateException if it names none, and the format needs one
     */
    OpenFormat openExternal() {
        return OpenFormat.of(encoding, () -> {
            if (!LocalRegistry.isNamed()) {
                throw new IllegalStateException("This command needs a schema registry. Set " + LocalRegistry.CHOICE
                        + "=url, as ./jbang fraud jobs --format avro prints it.");
            }
            return LocalRegistry.start();
        });
    }
}
