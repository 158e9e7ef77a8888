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

/** A bar that fills as time passes, with a message behind it: in place on a terminal, elsewhere a line now and then. */
public final class ProgressLine implements AutoCloseable {

    private static final int WIDTH = 110;

    private final ProgressBar bar;
    private final ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor();
    private final Supplier<String> message;
    private final long began = System.nanoTime();
    private final long seconds;

    /**
     * Shows the line until it is closed.
     *
     * @param length after which the bar is full
     * @param message asked for twice a second
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

    /** Prints a line unless it is the one before. */
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
