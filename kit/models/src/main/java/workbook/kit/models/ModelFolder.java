package workbook.kit.models;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import workbook.kit.Scratch;
import workbook.kit.VersionFolder;

/** A {@link VersionFolder} with published models. Serializable, as a path is not. */
public final class ModelFolder implements PublishedModels {

    private static final Map<String, LongAdder> LOADS = new ConcurrentHashMap<>();

    // A Path is not serializable.
    private final String folder;

    /** A folder, which need not exist yet. */
    public ModelFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize().toString();
    }

    /** Creates a folder with this model as {@code v1}. It is deleted when the JVM ends. */
    public static ModelFolder scratch(LogisticModel first) {
        ModelFolder models = new ModelFolder(Scratch.folder("models-"));
        models.publish(first);
        return models;
    }

    /** Returns the folder. */
    public Path path() {
        return Path.of(folder);
    }

    private VersionFolder versions() {
        return new VersionFolder(path());
    }

    /**
     * Writes a model under the next name, completely, and then makes it the current one.
     *
     * @return the name, such as {@code v2}
     * @throws UncheckedIOException if it cannot be written; then the current model stays
     */
    public String publish(LogisticModel model) {
        return versions().publish(model::save);
    }

    /**
     * Replaces {@code current} in one step, for example to return to an older model. Does not check the name.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void makeCurrent(String name) {
        versions().makeCurrent(name);
    }

    /**
     * Returns the name in {@code current}; empty if nothing was published.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    @Override
    public Optional<String> currentName() {
        return versions().currentName();
    }

    /**
     * Reads a model, and counts it among the {@link #loads}, whether it can be read or not.
     *
     * @param name such as {@code v2}
     * @throws UnreadableModelException if there is no model of this name, or only a part of it
     */
    @Override
    public LogisticModel load(String name) {
        LOADS.computeIfAbsent(folder, any -> new LongAdder()).increment();
        return LogisticModel.load(path().resolve(name));
    }

    /**
     * Reads a model together with its name, as {@link #load} does.
     *
     * @throws UnreadableModelException if there is no model of this name, or only a part of it
     */
    public NamedModel loadNamed(String name) {
        return new NamedModel(name, load(name));
    }

    /**
     * Reads the current model together with its name, as {@link #load} does.
     *
     * @throws NoSuchElementException if nothing was published
     * @throws UnreadableModelException if the current model cannot be read
     */
    public NamedModel loadCurrent() {
        return loadNamed(currentName().orElseThrow());
    }

    /**
     * Returns this model while its name is the current one; otherwise {@linkplain #loadCurrent reads} the current model.
     *
     * @param model null before the first
     */
    public NamedModel loadIfChanged(NamedModel model) {
        boolean isCurrent = model != null && currentName().equals(Optional.of(model.name()));
        return isCurrent ? model : loadCurrent();
    }

    /** Returns how often this JVM has loaded a model of this folder. */
    public long loads() {
        LongAdder loads = LOADS.get(folder);
        return loads == null ? 0 : loads.sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelFolder models && models.folder.equals(folder);
    }

    @Override
    public int hashCode() {
        return folder.hashCode();
    }

    /** Returns the folder's path. */
    @Override
    public String toString() {
        return folder;
    }
}
