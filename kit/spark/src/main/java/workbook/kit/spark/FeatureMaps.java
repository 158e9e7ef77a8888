package workbook.kit.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Converts a table of features into what a model takes. */
public final class FeatureMaps {

    private FeatureMaps() {}

    /**
     * Returns the features of each row by its id. A feature that is null is missing.
     *
     * @param table a column {@code id BIGINT}, and a column {@code DOUBLE} for each feature
     */
    public static Map<Long, Map<String, Double>> byId(Dataset<Row> table) {
        Map<Long, Map<String, Double>> features = new HashMap<>();
        for (Row row : table.collectAsList()) {
            Map<String, Double> known = new HashMap<>();
            for (String name : table.columns()) {
                if (!name.equals("id") && row.getAs(name) != null) {
                    known.put(name, row.getAs(name));
                }
            }
            features.put(row.getAs("id"), known);
        }
        return features;
    }
}
