///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//SOURCES ../../kit/models/src/main/java/workbook/kit/models/*.java
//DEPS com.microsoft.onnxruntime:onnxruntime:1.20.0
//DEPS org.apache.spark:spark-mllib_2.13:4.2.0
package lesson07;

import ai.onnxruntime.*;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.Callable;
import java.util.logging.*;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vectors;
import org.tribuo.*;
import org.tribuo.classification.*;
import org.tribuo.classification.sgd.linear.*;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import picocli.CommandLine.*;
import workbook.kit.*;

/** One logistic regression in three libraries: what each makes of the same input, and of a wrong one. */
@Command(description = "A model of Tribuo in ONNX Runtime and in MLlib.", mixinStandardHelpOptions = true)
public class OneModelThreeEngines implements Callable<Integer> {

    static final String[] NAMES = {"amount", "count", "night"};

    /** The payment, in the order of the training, and the same in other ways. */
    static final List<String> INPUTS = List.of(
            "amount=0.9 count=3 night=1",
            "night=1 amount=0.9 count=3",
            "Amount=0.9 count=3 night=1",
            "amount=0.9 count=3",
            "a=0.9 b=3 c=1",
            "amount=NaN count=3 night=1");

    /** A scorer of named features. Only Tribuo uses the names; to the others, features are positions. */
    interface Engine {
        double score(String[] names, double[] values) throws Exception;
    }

    /** Learns with Tribuo from payments of the simulator: the amount in hundreds, payments so far today, night. */
    static LinearSGDModel learn() {
        List<Example<Label>> examples = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        new Simulator(Simulator.Settings.defaults()
                        .withCustomers(500)
                        .withTerminals(1000)
                        .withDays(14))
                .payments()
                .forEach(one -> {
                    Payment payment = one.payment();
                    String day = payment.time().toString().substring(0, 10);
                    double count = counts.merge(payment.customer() + day, 1, Integer::sum);
                    boolean night = payment.time().toString().substring(11, 13).compareTo("06") <= 0;
                    double[] values = {payment.amount().doubleValue() / 100, count, night ? 1 : 0};
                    examples.add(new ArrayExample<>(new Label(one.isFraud() ? "fraud" : "genuine"), NAMES, values));
                });
        var source = new ListDataSource<>(
                examples, new LabelFactory(), new SimpleDataSourceProvenance("payments", new LabelFactory()));
        var trainer = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(1, 0.1), 5, 1);
        return trainer.train(new MutableDataset<>(source));
    }

    static Engine tribuo(LinearSGDModel model) {
        return (names, values) -> model.predict(new ArrayExample<>(new Label("?"), names, values))
                .getOutputScores()
                .get("fraud")
                .getScore();
    }

    /** The same model in MLlib: of the two rows of weights, the difference decides. */
    static Engine mllib(LinearSGDModel model) {
        var weights = model.getWeightsCopy();
        int fraud = model.getOutputIDInfo().getID(new Label("fraud"));
        double[] difference = new double[NAMES.length + 1];
        for (int i = 0; i <= NAMES.length; i++) {
            int column = i == NAMES.length ? i : model.getFeatureIDMap().getID(NAMES[i]);
            difference[i] = weights.get(fraud, column) - weights.get(1 - fraud, column);
        }
        var same = new LogisticRegressionModel(
                "of-tribuo", Vectors.dense(Arrays.copyOf(difference, NAMES.length)), difference[NAMES.length]);
        return (names, values) -> same.predictProbability(Vectors.dense(values)).apply(1);
    }

    static Engine onnx(LinearSGDModel model, OrtSession session, OrtEnvironment environment) {
        int fraud = model.getOutputIDInfo().getID(new Label("fraud"));
        String input = session.getInputNames().iterator().next();
        return (names, values) -> {
            float[] floats = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                floats[i] = (float) values[i];
            }
            try (OnnxTensor tensor = OnnxTensor.createTensor(environment, new float[][] {floats});
                    OrtSession.Result result = session.run(Map.of(input, tensor))) {
                return ((float[][]) result.get(0).getValue())[0][fraud];
            }
        };
    }

    @Override
    public Integer call() throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        // MLlib looks for a native library first, and a machine without it gets a line of warning.
        System.setProperty("dev.ludovic.netlib.blas.allowNative", "false");
        LinearSGDModel model = learn();
        Path file = Scratch.folder("model-").resolve("model.onnx");
        model.saveONNXModel("workbook", 1, file);
        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession session = environment.createSession(file.toString())) {
            List<Engine> engines = List.of(tribuo(model), onnx(model, session, environment), mllib(model));
            TextTable table = new TextTable("%-26s  %-24s  %-12s  %s");
            table.row("", "Tribuo", "ONNX Runtime", "MLlib");
            for (String input : INPUTS) {
                List<String> scores =
                        engines.stream().map(engine -> score(engine, input)).toList();
                table.row(input, scores.get(0), scores.get(1), scores.get(2));
            }
            double[] values = {0.9, 3, 1};
            double exact = engines.get(0).score(NAMES, values);
            double single = engines.get(1).score(NAMES, values);
            System.out.printf(
                    "Tribuo and ONNX Runtime: equal %b, closer than a millionth %b%n",
                    exact == single, Math.abs(exact - single) < 1e-6);
        }
        return 0;
    }

    private static String score(Engine engine, String input) {
        String[] features = input.split(" ");
        String[] names = new String[features.length];
        double[] values = new double[features.length];
        for (int i = 0; i < features.length; i++) {
            names[i] = features[i].split("=")[0];
            values[i] = Double.parseDouble(features[i].split("=")[1]);
        }
        try {
            return String.format(Locale.ROOT, "%.7f", engine.score(names, values));
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    public static void main(String[] args) {
        Program.run(new OneModelThreeEngines(), args);
    }
}
