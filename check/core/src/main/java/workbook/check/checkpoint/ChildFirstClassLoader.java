package workbook.check.checkpoint;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import workbook.check.engine.Engines;

/**
 * A class loader that searches its own folders before its parent. It allows one JVM to check the starter, the answer and
 * the misconceptions of an exercise, although they have the same names.
 */
public final class ChildFirstClassLoader extends URLClassLoader {

    /** Searches these folders and jars before the class loader of this class. */
    public ChildFirstClassLoader(URL... places) {
        this(ChildFirstClassLoader.class.getClassLoader(), places);
    }

    private ChildFirstClassLoader(ClassLoader parent, URL... places) {
        super(places, parent);
    }

    /**
     * Loads these classes again, from their folders or jars, and with them those of their superclasses that are in the same
     * package. All other classes are those of the first one's loader.
     */
    public static ChildFirstClassLoader reloading(Class<?>... types) {
        URL[] places = Stream.of(types)
                .flatMap(type -> Stream.<Class<?>>iterate(type, Class::getSuperclass)
                        .takeWhile(each -> each.getPackage().equals(type.getPackage())))
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .distinct()
                .toArray(URL[]::new);
        return new ChildFirstClassLoader(types[0].getClassLoader(), places);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null && findResource(name.replace('.', '/') + ".class") != null
                    ? findClass(name)
                    : super.loadClass(name, resolve);
        }
    }

    /**
     * Runs an action with this loader as the thread's context class loader. Engines are stopped before and after it, so
     * that their tasks load classes from this loader.
     */
    public <T, E extends Exception> T asContextClassLoader(Action<T, E> action) throws E {
        return withContextClassLoader(this, action);
    }

    /** As {@link #asContextClassLoader}, with any loader. */
    public static <T, E extends Exception> T withContextClassLoader(ClassLoader loader, Action<T, E> action) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Engines.stop();
        thread.setContextClassLoader(loader);
        try {
            return action.run();
        } finally {
            Engines.stop();
            thread.setContextClassLoader(before);
        }
    }

    /** An action for {@link #asContextClassLoader}. */
    public interface Action<T, E extends Exception> {
        T run() throws E;
    }
}
