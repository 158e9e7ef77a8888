package workbook.capstone.format;

import java.util.Optional;
import java.util.function.Supplier;
import workbook.kit.schemas.LocalRegistry;

/** The format that a process has chosen, and its schema registry, if it needs one. Closing it closes the registry. */
public final class OpenFormat implements AutoCloseable {

    private final Format format;
    private final Optional<LocalRegistry> registry;

    private OpenFormat(Format format, Optional<LocalRegistry> registry) {
        this.format = format;
        this.registry = registry;
    }

    /** @param start called only if the format needs a registry */
    public static OpenFormat of(Encoding encoding, Supplier<LocalRegistry> start) {
        return switch (encoding) {
            case JSON -> new OpenFormat(JsonFormat.PLAIN, Optional.empty());
            case AVRO -> {
                LocalRegistry registry = start.get();
                try {
                    yield new OpenFormat(AvroFormat.register(registry.url()), Optional.of(registry));
                } catch (RuntimeException e) {
                    registry.close();
                    throw e;
                }
            }
        };
    }

    /** Returns the format. */
    public Format format() {
        return format;
    }

    /** Returns the URL of the registry; empty if there is none. */
    public Optional<String> registry() {
        return registry.map(LocalRegistry::url);
    }

    @Override
    public void close() {
        registry.ifPresent(LocalRegistry::close);
    }
}
