package workbook.capstone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.capstone.inference.Algorithm;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.inference.Training;
import workbook.capstone.spark.PipelineFolder;
import workbook.kit.Simulator;

/** {@code ./jbang fraud train}: trains the first model of a pipeline. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a model on seven weeks of simulated payments and publishes it.",
        footer = {"", "A running pipeline uses it within a second, without a restart."})
final class TrainCommand implements Callable<Integer> {

    @Option(names = "--home", paramLabel = "DIR", required = true, description = "folder of the pipeline")
    private Path home;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "seed of the simulated payments (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--forest",
            description = "train a random forest: better on simulated payments than the regression, and slower")
    private boolean forest;

    @Override
    public Integer call() {
        Simulator.Settings simulation = Simulator.Settings.defaults().withSeed(seed);
        Algorithm algorithm = forest ? Algorithm.FOREST : Algorithm.REGRESSION;
        FraudModel model = Training.on(new Simulator(simulation), simulation, algorithm);
        String name = new ModelRegistry(new PipelineFolder(home).models()).publish(model);
        System.out.printf(
                "Published the model %s, trained on %,d payments, %,d of them frauds.%n",
                name, model.card().examples(), model.card().frauds());
        return 0;
    }
}
