package workbook.kit.schemas;

import java.util.ArrayList;
import java.util.List;
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
     * @param versions the earlier schemas, the oldest first
     */
    public List<String> conflicts(Schema proposed, List<Schema> versions) {
        List<String> conflicts = new ArrayList<>();
        int first = isTransitive ? 0 : Math.max(0, versions.size() - 1);
        for (Schema version : versions.subList(first, versions.size())) {
            if (newReadsOld) {
                conflicts.addAll(read("The new schema cannot read old records: ", proposed, version));
            }
            if (oldReadsNew) {
                conflicts.addAll(read("The old schema cannot read new records: ", version, proposed));
            }
        }
        return conflicts;
    }

    private static List<String> read(String sentence, Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(conflict ->
                        sentence + conflict.getType() + " at " + conflict.getLocation() + ", " + conflict.getMessage())
                .toList();
    }
}
