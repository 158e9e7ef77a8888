package workbook.evaluate.watch;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A console with a line to which ticks are added, one for each step that has passed. Whatever else is printed, also by
 * another thread, begins on a line of its own. Without a terminal there are no ticks, so that a log has only whole lines.
 */
final class TickStream extends PrintStream {

    private static final String TICK = tick(System.console());

    private final PrintStream console;
    private final boolean isTerminal;
    private boolean isOpen;

    TickStream(PrintStream console, boolean isTerminal) {
        super(console, true);
        this.console = console;
        this.isTerminal = isTerminal;
    }

    /** Begins a line to which ticks are added. */
    synchronized void begin(String text) {
        println(text, isTerminal);
    }

    /** Adds a tick; if something was printed since the last one, on a new line. */
    synchronized void tick() {
        if (isTerminal) {
            console.print(isOpen ? " " + TICK : "  " + TICK);
            console.flush();
            isOpen = true;
        }
    }

    @Override
    public void println() {
        println("");
    }

    @Override
    public void println(Object value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(String text) {
        println(text, false);
    }

    @Override
    public synchronized PrintStream format(Locale locale, String format, Object... values) {
        endLine();
        console.format(locale, format, values);
        return this;
    }

    private synchronized void println(String text, boolean staysOpen) {
        endLine();
        if (staysOpen) {
            console.print(text);
            console.flush();
        } else {
            console.println(text);
        }
        isOpen = staysOpen;
    }

    private void endLine() {
        if (isOpen) {
            console.println();
            isOpen = false;
        }
    }

    /** Flushes the console, which stays open. */
    @Override
    public void close() {
        endLine();
        console.flush();
    }

    /** Not every console of Windows has a check mark. */
    private static String tick(Console console) {
        return console == null || console.charset().newEncoder().canEncode('✓') ? "✓" : "+";
    }
}
