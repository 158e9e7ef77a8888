package workbook.capstone.inference;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The model in use in this JVM, for all tasks on it. Once a second, while it is asked for, it looks whether another was
 * published, and reads that on another thread: no payment waits for it, and each is scored by one model or the other.
 */
public final class ActiveModel {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Map<Path, ActiveModel> IN_THIS_JVM = new ConcurrentHashMap<>();

    private final ModelRegistry models;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + LOOK_NANOS);
    private volatile Named current;
    private volatile String refused = "";

    /** A model and its name among the {@link ModelRegistry}. */
    public record Named(String name, FraudModel model) {}

    private ActiveModel(Path folder) {
        models = new ModelRegistry(folder);
        String name = models.requireActiveName();
        current = new Named(name, models.load(name));
    }

    /**
     * That of the {@link ModelRegistry} in this folder.
     *
     * @throws ModelRegistry.NoModelException if none was published there
     */
    public static ActiveModel of(Path folder) {
        return IN_THIS_JVM.computeIfAbsent(folder.toAbsolutePath().normalize(), ActiveModel::new);
    }

    /** The model to score with now. */
    public Named get() {
        long due = nextLook.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_NANOS)) {
            ForkJoinPool.commonPool().execute(this::look);
        }
        return current;
    }

    private void look() {
        try {
            models.activeName()
                    .filter(name -> !name.equals(current.name()) && !name.equals(refused))
                    .ifPresent(this::change);
        } catch (UncheckedIOException e) {
            // The file is out of reach for the moment: the model in use stays, and the next look is a second away.
        }
    }

    /** A model that cannot be read costs a line on the screen; the one in use stays. */
    private void change(String name) {
        try {
            current = new Named(name, models.load(name));
        } catch (RuntimeException e) {
            refused = name;
            System.err.println(
                    "The model " + name + " cannot be used, and " + current.name() + " stays: " + e.getMessage());
        }
    }
}
