package workbook.capstone.features;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link EntityFeatures} as text, for Redis: first the version, the payment's time and id in {@value #VERSION_LENGTH}
 * digits; then count and mean of each window, separated by blanks. Versions compare as text, because Redis scripts
 * compare numbers of only 53 bits, and an id has 64.
 */
final class EntityFeaturesText {

    static final int VERSION_LENGTH = 40;

    private static final int HALF = VERSION_LENGTH / 2;

    private EntityFeaturesText() {}

    static String write(EntityFeatures features) {
        StringBuilder text = new StringBuilder(digits(micros(features.time())))
                .append(digits(Long.toUnsignedString(features.id() ^ Long.MIN_VALUE))); // sorts negative ids first
        features.windows()
                .forEach(window -> text.append(' ')
                        .append(window.count())
                        .append(' ')
                        .append(window.mean().toPlainString()));
        return text.toString();
    }

    static EntityFeatures read(EntityKey key, String text) {
        long id = Long.parseUnsignedLong(text.substring(HALF, VERSION_LENGTH)) ^ Long.MIN_VALUE;
        String[] numbers = text.substring(VERSION_LENGTH + 1).split(" ");
        List<EntityFeatures.Window> windows = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 2) {
            windows.add(new EntityFeatures.Window(Long.parseLong(numbers[i]), new BigDecimal(numbers[i + 1])));
        }
        return new EntityFeatures(key, time(text.substring(0, HALF)), id, windows);
    }

    /** Returns microseconds since 1970. */
    static String micros(Instant time) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    static Instant time(String micros) {
        return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
    }

    private static String digits(String number) {
        return "0".repeat(HALF - number.length()) + number;
    }
}
