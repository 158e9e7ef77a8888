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
 * What is looked up with a model, by Java serialization. A file that holds anything else is refused before an object of
 * it is made: whoever can write to the folder of the models is not to run code wherever they are read.
 */
final class Serialized {

    /**
     * What {@link Profiles} and {@link ProfileHistory} consist of, the insides of their maps and queues included, with
     * room for 100,000 customers and as many terminals, ten times what the simulator has. Arrays of numbers are let
     * through unnamed.
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
     * @throws IOException if that is something else
     */
    static <T> T read(InputStream file, Class<T> type) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(file)) {
            in.setObjectInputFilter(FILTER);
            Object object = in.readObject();
            if (!type.isInstance(object)) {
                throw new InvalidObjectException("no " + type.getSimpleName());
            }
            return type.cast(object);
        } catch (ClassNotFoundException e) {
            throw new IOException("there is no class " + e.getMessage(), e);
        }
    }
}
