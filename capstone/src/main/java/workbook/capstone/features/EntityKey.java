package workbook.capstone.features;

import java.util.Locale;

/** Whose figures they are. */
public record EntityKey(Kind kind, int number) {

    /** Customers and terminals are numbered apart. */
    public enum Kind {
        CUSTOMER,
        TERMINAL;

        /** As the lake and the stores write it: {@code customer} or {@code terminal}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind that is written so. */
        public static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /** The customer with this number. */
    public static EntityKey customer(int number) {
        return new EntityKey(Kind.CUSTOMER, number);
    }

    /** The terminal with this number. */
    public static EntityKey terminal(int number) {
        return new EntityKey(Kind.TERMINAL, number);
    }
}
