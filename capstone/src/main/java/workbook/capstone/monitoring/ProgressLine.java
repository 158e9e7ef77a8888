package workbook.capstone.monitoring;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar over time, followed by a message. On a terminal it updates in place, otherwise it prints a line every
 * 5 s.
 */
public final class ProgressLine implements AutoCloseable {

    private static final int WIDTH = 110;

    private final ProgressBar bar;
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor();
    private final Supplier<String> message;
    private final long began = System.nanoTime();
    private final long seconds;

    /**
     * Shows the bar until it is closed.
     *
     * @param length time until the bar is full
     * @param message called twice a second
     */
    public ProgressLine(Duration length, Supplier<String> message) {
        this.message = message;
        this.seconds = length.toSeconds();
        this.bar = bar(seconds);
        ticking.scheduleAtFixedRate(this::tick, 500, 500, TimeUnit.MILLISECONDS);
    }

    private static ProgressBar bar(long seconds) {
        ProgressBarBuilder bar = new ProgressBarBuilder()
                .setTaskName("payments")
                .setInitialMax(seconds)
                .setUnit(" s", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta()
                .setMaxRenderedLength(WIDTH)
                .continuousUpdate();
        return System.console() != null
                ? bar.setUpdateIntervalMillis(500).build()
                : bar.setUpdateIntervalMillis(5_000)
                        .setConsumer(new DelegatingProgressBarConsumer(new Lines(), WIDTH))
                        .build();
    }

    /** Prints a line unless it equals the previous one. */
    private static final class Lines implements Consumer<String> {
        private String last = "";

        @Override
        public void accept(String line) {
            if (!line.equals(last)) {
                System.out.println(line);
                last = line;
            }
        }
    }

    private void tick() {
        bar.setExtraMessage(message.get());
        bar.stepTo(Math.min(seconds, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)));
    }

    @Override
    public void close() {
        ticking.shutdownNow();
        tick();
        bar.close();
    }
}
