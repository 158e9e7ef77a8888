package workbook.capstone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.capstone.inference.FraudModel;
import workbook.capstone.inference.ModelRegistry;
import workbook.capstone.inference.Training;
import workbook.capstone.spark.PipelineFolder;
import workbook.kit.Simulator;

/** {@code ./jbang fraud train}: the first model of a pipeline. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a model on seven weeks of simulated payments and puts it to use.",
        footer = {"", "A pipeline that runs takes it within a second, without a restart."})
final class TrainCommand implements Callable<Integer> {

    @Option(names = "--home", paramLabel = "DIR", required = true, description = "where the pipeline's models lie")
    private Path home;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "another seed, another history of payments (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() {
        Simulator.Settings simulation = Simulator.Settings.defaults().withSeed(seed);
        FraudModel model = Training.on(new Simulator(simulation), simulation);
        String name = new ModelRegistry(new PipelineFolder(home).models()).publish(model);
        System.out.printf(
                "The model %s learnt from %,d payments, %,d of them frauds, and is in use.%n",
                name, model.card().examples(), model.card().frauds());
        return 0;
    }
}
