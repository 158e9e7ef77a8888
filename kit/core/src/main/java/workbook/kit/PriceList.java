package workbook.kit;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Prices from a file of properties, which readers edit: {@code node.hour = 0.40}. */
public final class PriceList {

    private final Path file;
    private final Properties prices = new Properties();

    private PriceList(Path file) {
        this.file = file;
    }

    /**
     * Reads a list.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public static PriceList read(Path file) {
        PriceList list = new PriceList(file);
        try (Reader reader = Files.newBufferedReader(file)) {
            list.prices.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
        return list;
    }

    /**
     * Returns a price.
     *
     * @throws IllegalArgumentException if the file has no such price, or it is not a number
     */
    public double of(String name) {
        String price = prices.getProperty(name);
        if (price == null) {
            throw new IllegalArgumentException(file + " has no price " + name + ".");
        }
        try {
            return Double.parseDouble(price);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(file + ": the price " + name + " is not a number: " + price, e);
        }
    }
}
