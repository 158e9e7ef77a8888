package workbook.kit.spark;

import java.util.Map;

/**
 * Settings of a library that {@link LocalSpark} adds to every session while the library's part of the kit is on the class
 * path. Implementations are found by {@link java.util.ServiceLoader}.
 */
public interface SessionSettings {

    /** Returns Spark properties. They override the settings of {@link LocalSpark}; a program's own override these. */
    Map<String, String> settings();
}
