package workbook.check.checkpoint;

import java.net.URL;
import java.net.URLClassLoader;
import workbook.check.engine.Engines;

/**
 * A class loader that looks into places of its own first. So one exercise's starter, answer and misconceptions can be
 * judged in one JVM, though they have the same names.
 */
public final class ChildFirstClassLoader extends URLClassLoader {

    /** Looks into these folders or jars before it asks the loader of this class. */
    public ChildFirstClassLoader(URL... places) {
        super(places, ChildFirstClassLoader.class.getClassLoader());
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
     * Does something with this loader in the place of the thread's own, and with engines that find their tasks' classes
     * through it.
     */
    public <T, E extends Exception> T asContextClassLoader(Action<T, E> action) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Engines.stop();
        thread.setContextClassLoader(this);
        try {
            return action.run();
        } finally {
            Engines.stop();
            thread.setContextClassLoader(before);
        }
    }

    /** What is done {@link #asContextClassLoader}. */
    public interface Action<T, E extends Exception> {
        T run() throws E;
    }
}
