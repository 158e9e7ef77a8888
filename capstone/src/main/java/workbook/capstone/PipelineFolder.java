package workbook.capstone;

import java.nio.file.Path;

/** Where a pipeline keeps what outlives its processes. On a cluster, a folder that every machine sees. */
record PipelineFolder(Path path) {

    /** Its {@link workbook.capstone.inference.Models}. */
    Path models() {
        return path.resolve("models");
    }

    /** Its {@link workbook.capstone.spark.Lake}. */
    Path lake() {
        return path.resolve("lake");
    }

    /** The checkpoint of the query with this name. */
    Path checkpoint(String query) {
        return path.resolve("checkpoints").resolve(query);
    }
}
