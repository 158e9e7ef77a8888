package lesson13;

import java.util.Map;

/** A format of records that have a schema. */
public interface Format {

    /**
     * Writes a record and reads its bytes.
     *
     * @param writer the version with which it is written
     * @param reader the version with which it is read
     * @return the fields that the reader gets, in the order of its version
     * @throws Exception if it cannot read the record
     */
    Map<String, Object> read(Version writer, Version reader) throws Exception;
}
