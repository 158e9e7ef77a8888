package workbook.capstone.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;

/**
 * Reads and writes the profiles and the history of a model by Java serialization. A filter refuses any other class
 * before an object is created: write access to the models' folder must not allow code execution in the processes that
 * read it.
 */
final class Serialized {

    /**
     * The classes of {@link Profiles} and {@link ProfileHistory}, those inside their maps and queues included, with
     * limits for 100,000 customers and as many terminals, ten times the simulator's. Arrays of primitives need no
     * entry.
     */
    private static final ObjectInputFilter FILTER = ObjectInputFilter.Config.createFilter(String.join(
            ";",
            "maxdepth=4",
            "maxrefs=400100",
            "maxarray=262144",
            "maxbytes=67108864",
            Profiles.class.getName(),
            ProfileHistory.class.getName(),
            ProfileHistory.class.getName() + "$Day",
            "java.time.Ser",
            "java.time.LocalDate",
            "java.util.HashMap",
            "java.util.Map$Entry",
            "java.util.ArrayDeque",
            "java.lang.Integer",
            "java.lang.Number",
            "java.lang.Object",
            "!*"));

    private Serialized() {}

    static void write(Serializable object, OutputStream file) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(file)) {
            out.writeObject(object);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the file holds anything else
     */
    static <T> T read(InputStream file, Class<T> type) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(file)) {
            in.setObjectInputFilter(FILTER);
            Object object = in.readObject();
            if (!type.isInstance(object)) {
                throw new InvalidObjectException("not a " + type.getSimpleName());
            }
            return type.cast(object);
        } catch (ClassNotFoundException e) {
            throw new IOException("unknown class " + e.getMessage(), e);
        }
    }
}
