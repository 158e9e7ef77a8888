package workbook.capstone.features;

import java.util.Locale;

/** A customer or a terminal. */
public record EntityKey(Kind kind, int number) {

    /** The kind of a key: customers and terminals have separate numbers. */
    public enum Kind {
        CUSTOMER,
        TERMINAL;

        /** Returns {@code customer} or {@code terminal}, as in the lake and the stores. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Parses what {@link #toString} returns. */
        public static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** Returns the key of the customer with this number. */
    public static EntityKey customer(int number) {
        return new EntityKey(Kind.CUSTOMER, number);
    }

    /** Returns the key of the terminal with this number. */
    public static EntityKey terminal(int number) {
        return new EntityKey(Kind.TERMINAL, number);
    }
}
