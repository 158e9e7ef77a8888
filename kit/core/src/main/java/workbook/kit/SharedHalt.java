package workbook.kit;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Halts this JVM when each of several threads is at the place where it is to die. No shutdown hook runs, no {@code finally}
 * and no {@code close}, as after {@code kill -9}.
 */
public final class SharedHalt {

    /** The exit code of the JVM, the same as after {@code kill -9}: 128 + 9. */
    public static final int EXIT_CODE = 137;

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 10;

    private final Set<String> places = ConcurrentHashMap.newKeySet();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    /** A thread is to die at this place, for which it has not started yet. */
    public void dieAt(String place) {
        places.add(place);
    }

    /** Tells that a thread is at this place. If it is to die there, the method never returns. */
    public void at(String place) {
        if (places.contains(place)) {
            reached.add(place);
            while (true) {
                sleep(Long.MAX_VALUE);
            }
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            // An interrupt does not end the wait.
        }
    }

    /**
     * Waits until there is a thread at each of the places, and halts the JVM.
     *
     * @throws IllegalStateException if a thread does not come within two minutes
     */
    public void halt() {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        while (!reached.equals(places)) {
            if (System.nanoTime() > deadline) {
                places.removeAll(reached);
                throw new IllegalStateException("No thread came to " + places);
            }
            sleep(POLL_MILLIS);
        }
        System.out.flush();
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
