package workbook.capstone.spark;

import java.nio.file.Path;

/** The folder with a pipeline's models, checkpoints and lake. On a cluster it is shared by all machines. */
public record PipelineFolder(Path path) {

    /** Returns the folder of the {@link workbook.capstone.inference.ModelRegistry}. */
    public Path models() {
        return path.resolve("models");
    }

    /** Returns the folder of the {@link Lake}. */
    public Path lake() {
        return path.resolve("lake");
    }

    /** Returns the file with the schemas of payments and scores, if the pipeline runs its own registry. */
    public Path schemas() {
        return path.resolve("schemas.json");
    }

    /** Returns the checkpoint folder of the query with this name. */
    public Path checkpoint(String query) {
        return path.resolve("checkpoints").resolve(query);
    }
}
