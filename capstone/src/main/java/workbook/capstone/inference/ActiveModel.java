package workbook.capstone.inference;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The active model of this JVM, shared by all tasks. On use, at most once a second, it checks for a newly published
 * model and loads it on another thread: no payment waits, and each is scored by exactly one model.
 */
public final class ActiveModel {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Map<Path, ActiveModel> IN_THIS_JVM = new ConcurrentHashMap<>();
    private static final Map<String, ActiveModel> BY_NAME_OF_FOLDER = new ConcurrentHashMap<>();

    private final ModelRegistry models;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + LOOK_NANOS);
    private volatile Named current;
    private volatile String refused = "";

    /** A model and its name in the {@link ModelRegistry}. */
    public record Named(String name, FraudModel model) {}

    private ActiveModel(Path folder) {
        models = new ModelRegistry(folder);
        String name = models.requireActiveName();
        current = new Named(name, models.load(name));
    }

    /**
     * Returns the active model of the {@link ModelRegistry} in this folder.
     *
     * @throws ModelRegistry.NoModelException if none was published there
     */
    public static ActiveModel of(Path folder) {
        return IN_THIS_JVM.computeIfAbsent(folder.toAbsolutePath().normalize(), ActiveModel::new);
    }

    /** As {@link #of(Path)}, but fast enough for each payment: a path is parsed and normalized the first time only. */
    public static ActiveModel of(String folder) {
        return BY_NAME_OF_FOLDER.computeIfAbsent(folder, name -> of(Path.of(name)));
    }

    /** Returns the model to score with now. */
    public Named get() {
        long due = nextLook.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_NANOS)) {
            ForkJoinPool.commonPool().execute(this::refresh);
        }
        return current;
    }

    private void refresh() {
        try {
            models.activeName()
                    .filter(name -> !name.equals(current.name()) && !name.equals(refused))
                    .ifPresent(this::change);
        } catch (UncheckedIOException e) {
            // The file cannot be read now: the active model stays, and the next check follows in a second.
        }
    }

    /** If the new model cannot be read, prints a line and keeps the active one. */
    private void change(String name) {
        try {
            current = new Named(name, models.load(name));
        } catch (RuntimeException e) {
            refused = name;
            System.err.println(
                    "The model " + name + " cannot be loaded, " + current.name() + " stays active: " + e.getMessage());
        }
    }
}
