package workbook.capstone.spark;

import java.nio.file.Path;

/** Where a pipeline keeps what outlives its processes. On a cluster, a folder that every machine sees. */
public record PipelineFolder(Path path) {

    /** Its {@link workbook.capstone.inference.ModelRegistry}. */
    public Path models() {
        return path.resolve("models");
    }

    /** Its {@link Lake}. */
    public Path lake() {
        return path.resolve("lake");
    }

    /** The checkpoint of the query with this name. */
    public Path checkpoint(String query) {
        return path.resolve("checkpoints").resolve(query);
    }
}
