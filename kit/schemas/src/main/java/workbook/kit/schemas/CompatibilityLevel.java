package workbook.kit.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Which versions of a schema a new one has to fit, and who reads whose records. */
public enum CompatibilityLevel {
    NONE(false, false, false),
    /** The new schema reads records of the latest version. */
    BACKWARD(true, false, false),
    /** The new schema reads records of all versions. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** The latest version reads records of the new schema. */
    FORWARD(false, true, false),
    /** All versions read records of the new schema. */
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean isTransitive;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean isTransitive) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.isTransitive = isTransitive;
    }

    /**
     * Returns why the schema may not follow these versions, one sentence for each conflict; empty if it may.
     *
     * @param versions the earlier schemas by their numbers
     */
    public List<String> conflicts(Schema proposed, SortedMap<Integer, Schema> versions) {
        List<String> conflicts = new ArrayList<>();
        compared(versions).forEach((number, version) -> {
            if (newReadsOld) {
                conflicts.addAll(conflicts("it cannot read version " + number, proposed, version));
            }
            if (oldReadsNew) {
                conflicts.addAll(conflicts("version " + number + " cannot read it", version, proposed));
            }
        });
        return conflicts;
    }

    private SortedMap<Integer, Schema> compared(SortedMap<Integer, Schema> versions) {
        return isTransitive || versions.isEmpty() ? versions : versions.tailMap(versions.lastKey());
    }

    private static List<String> conflicts(String sentence, Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(found ->
                        sentence + ": " + found.getType() + " at " + found.getLocation() + ", " + found.getMessage())
                .toList();
    }
}
