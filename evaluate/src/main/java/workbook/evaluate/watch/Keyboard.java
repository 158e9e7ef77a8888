package workbook.evaluate.watch;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/** Reads single keys without echo. Without a terminal there are never any keys. */
final class Keyboard implements AutoCloseable {

    /** No key was pressed. */
    static final int NONE = NonBlockingReader.READ_EXPIRED;
    /** The terminal was closed. */
    static final int END = NonBlockingReader.EOF;

    private final Terminal terminal;
    private final Attributes before;

    private Keyboard(Terminal terminal) {
        this.terminal = terminal;
        this.before = terminal == null ? null : terminal.enterRawMode();
    }

    static Keyboard none() {
        return new Keyboard(null);
    }

    /** The keyboard of this process's terminal, if there is one. */
    static Keyboard open() {
        if (System.console() == null || "true".equals(System.getenv("JBANG_STDIN_NOTTY"))) {
            return none();
        }
        try {
            return new Keyboard(
                    TerminalBuilder.builder().system(true).dumb(false).build());
        } catch (IOException | IllegalStateException e) {
            return none();
        }
    }

    boolean isAvailable() {
        return terminal != null;
    }

    /** Waits for a key; returns a character, {@link #NONE} or {@link #END}. */
    int next(long milliseconds) throws InterruptedException {
        if (terminal == null) {
            Thread.sleep(milliseconds);
            return NONE;
        }
        try {
            return terminal.reader().read(milliseconds);
        } catch (IOException e) {
            return END;
        }
    }

    @Override
    public void close() {
        if (terminal == null) {
            return;
        }
        terminal.setAttributes(before);
        try {
            terminal.close();
        } catch (IOException e) {
            // the process ends anyway
        }
    }
}
