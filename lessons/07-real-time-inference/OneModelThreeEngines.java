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
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vectors;
import picocli.CommandLine.*;
import workbook.kit.*;
import workbook.kit.models.*;
import workbook.kit.spark.Mllib;

/** One logistic regression in three libraries: what each makes of the same input, and of a wrong one. */
@Command(description = "A model of Tribuo in ONNX Runtime and in MLlib.", mixinStandardHelpOptions = true)
public class OneModelThreeEngines implements Callable<Integer> {

    /** The payment, in the order of the training, and the same in other ways. */
    static final List<String> INPUTS = List.of(
            "amount=0.9 count=3 night=1",
            "night=1 amount=0.9 count=3",
            "Amount=0.9 count=3 night=1",
            "amount=0.9 count=3",
            "a=0.9 b=3 c=1",
            "amount=NaN count=3 night=1");

    /** A scorer of features in order. Only Tribuo uses the names; to the others, features are positions. */
    interface Engine {
        double score(Map<String, Double> features) throws Exception;
    }

    static Engine mllib(ExportableModel model) {
        double[] weights = model.weights(List.of("amount", "count", "night"));
        var same = new LogisticRegressionModel("of-tribuo", Vectors.dense(weights), model.bias());
        return features -> {
            double[] values =
                    features.values().stream().mapToDouble(value -> value).toArray();
            return same.predictProbability(Vectors.dense(values)).apply(1);
        };
    }

    static Engine onnx(ExportableModel model, OrtEnvironment environment, OrtSession session) {
        String input = session.getInputNames().iterator().next();
        return features -> {
            float[][] floats = new float[1][features.size()];
            int i = 0;
            for (double value : features.values()) {
                floats[0][i++] = (float) value;
            }
            try (OnnxTensor tensor = OnnxTensor.createTensor(environment, floats);
                    OrtSession.Result result = session.run(Map.of(input, tensor))) {
                return ((float[][]) result.get(0).getValue())[0][model.onnxOutput()];
            }
        };
    }

    @Override
    public Integer call() throws Exception {
        Mllib.useJavaOnly();
        ExportableModel model = ExportableModel.train(SimulatedExamples.twoWeeks(), 1);
        Path file = Scratch.folder("model-").resolve("model.onnx");
        model.saveOnnx(file);
        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession session = environment.createSession(file.toString())) {
            Engine tribuo = model::score;
            Engine onnx = onnx(model, environment, session);
            Engine mllib = mllib(model);
            TextTable table = new TextTable("%-26s  %-24s  %-12s  %s");
            table.row("", "Tribuo", "ONNX Runtime", "MLlib");
            INPUTS.forEach(in -> table.row(in, outcome(tribuo, in), outcome(onnx, in), outcome(mllib, in)));
            double exact = tribuo.score(FeatureText.parse(INPUTS.get(0)));
            double single = onnx.score(FeatureText.parse(INPUTS.get(0)));
            System.out.printf(
                    "Tribuo and ONNX Runtime: equal %b, closer than a millionth %b%n",
                    exact == single, Math.abs(exact - single) < 1e-6);
        }
        return 0;
    }

    private static String outcome(Engine engine, String input) {
        try {
            return Decimals.of(engine.score(FeatureText.parse(input)), 7);
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    public static void main(String[] args) {
        Program.run(new OneModelThreeEngines(), args);
    }
}
