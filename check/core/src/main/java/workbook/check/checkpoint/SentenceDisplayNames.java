package workbook.check.checkpoint;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Reads a method's name as a sentence: {@code aLateRowIsDropped} is "a late row is dropped". */
final class SentenceDisplayNames extends DisplayNameGenerator.Standard {

    /** The positions where a word starts; a single capital may be a word ("a"). */
    private static final String WORDS = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])";

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> type, Method method) {
        return method.getName().replaceAll(WORDS, " ").toLowerCase(Locale.ROOT);
    }
}
