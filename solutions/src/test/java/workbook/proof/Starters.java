package workbook.proof;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import workbook.check.Desk;
import workbook.check.Judgement;
import workbook.check.Trial;

/**
 * Judges the starters in a JVM whose class path holds the answers, which have the same names: through a class loader
 * that looks at the desk first. One loader serves them all, for Spark's tasks keep to the one that Spark started with.
 */
final class Starters {

    private final ClassLoader loader;

    /** The starters compiled from a desk; Spark is stopped, so that it starts again among them. */
    Starters(Desk desk) {
        loader = new DeskFirst(compiled(desk, "classes"), compiled(desk, "test-classes"));
        Trial.stopSpark();
    }

    Judgement judge(Class<?> checkpoint) throws ClassNotFoundException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return Trial.of(Class.forName(checkpoint.getName(), true, loader));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL compiled(Desk desk, String folder) {
        try {
            return desk.home().resolve("exercises/target").resolve(folder).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class DeskFirst extends URLClassLoader {

        DeskFirst(URL... desk) {
            super(desk, Starters.class.getClassLoader());
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
    }
}
