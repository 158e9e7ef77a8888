package workbook.kit.explain;

import java.util.List;
import java.util.ServiceLoader;

/** Loads them once. */
final class EngineErrorsOnTheClassPath {

    static final List<EngineErrors> ALL =
            ServiceLoader.load(EngineErrors.class, EngineErrors.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private EngineErrorsOnTheClassPath() {}
}
