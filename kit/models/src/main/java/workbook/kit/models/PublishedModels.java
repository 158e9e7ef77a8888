package workbook.kit.models;

import java.io.Serializable;
import java.util.Optional;

/**
 * Models that another process publishes while this one scores; one of them is current. Two objects for the same place are
 * equal. Serializable, so that functions on a cluster may hold it.
 */
public interface PublishedModels extends Serializable {

    /**
     * Returns the name of the current model; empty if nothing was published. A cheap call.
     *
     * @throws RuntimeException if it cannot be read now
     */
    Optional<String> currentName();

    /**
     * Reads a model. An expensive call.
     *
     * @param name such as {@code v2}
     * @throws RuntimeException if there is no model of this name, or only a part of it
     */
    ScoringModel load(String name);
}
