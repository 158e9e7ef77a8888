///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../kit/spark/src/main/java/workbook/kit/spark/*.java
//DEPS org.apache.spark:spark-graphx_2.13:4.2.0
package lesson08;

import java.util.*;
import java.util.stream.*;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.graphx.*;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.*;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import workbook.kit.*;
import workbook.kit.spark.*;

/** Cards and terminals as a graph: which cards are connected with a fraud, and how closely. */
@Command(description = "Components and PageRank with GraphX.")
public class WhoIsNearFraud extends SparkProgram {

    @Option(names = "--fraud", defaultValue = "101", description = "the vertex of a known fraud (${DEFAULT-VALUE})")
    long fraud;

    /** Payments: a card and a terminal, whose numbers begin at 101. */
    static final String PAYMENTS = "1 101, 1 102, 2 101, 2 103, 3 102, 4 102, 4 103, 5 103, 6 104, 7 104, 7 105, 8 105";

    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    /** The graph, with an edge in each direction for each payment. */
    public static GraphOps<Object, Object> graph(SparkSession spark, String payments) {
        List<Edge<Object>> edges = Stream.of(payments.split(", "))
                .map(payment -> payment.split(" "))
                .flatMap(ends -> Stream.of(edge(ends[0], ends[1]), edge(ends[1], ends[0])))
                .toList();
        Graph<Object, Object> graph = Graph.fromEdges(
                new JavaSparkContext(spark.sparkContext()).parallelize(edges, 2).rdd(),
                1,
                StorageLevel.MEMORY_ONLY(),
                StorageLevel.MEMORY_ONLY(),
                ANY,
                ANY);
        return Graph.graphToGraphOps(graph, ANY, ANY);
    }

    private static Edge<Object> edge(String from, String to) {
        return new Edge<>(Long.parseLong(from), Long.parseLong(to), 1);
    }

    @Override
    protected void run(SparkSession spark) {
        GraphOps<Object, Object> graph = graph(spark, PAYMENTS);
        Map<Long, Object> components = values(graph.connectedComponents().vertices());
        Map<Long, Object> ranks = values(graph.staticPageRank(30, 0.15).vertices());
        Map<Long, Object> near =
                values(graph.staticPersonalizedPageRank(fraud, 30, 0.15).vertices());
        TextTable table = new TextTable("%-8s  %9s  %8s  %s");
        table.row("vertex", "component", "PageRank", "near " + fraud);
        near.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Long, Object> one) -> text(one.getValue()))
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .forEach(one -> table.row(
                        one.getKey(),
                        components.get(one.getKey()),
                        text(ranks.get(one.getKey())),
                        text(one.getValue())));
        System.out.println("sums: PageRank " + sum(ranks) + ", near " + fraud + " " + sum(near));
    }

    /** The values of all vertices, by their number. */
    @SuppressWarnings("unchecked")
    private static Map<Long, Object> values(Object vertices) {
        Map<Long, Object> values = new TreeMap<>();
        for (Tuple2<Object, Object> vertex : (Tuple2<Object, Object>[]) ((VertexRDD<Object>) vertices).collect()) {
            values.put((Long) vertex._1(), vertex._2());
        }
        return values;
    }

    private static String text(Object rank) {
        return String.format(Locale.ROOT, "%.3f", rank);
    }

    private static String sum(Map<Long, Object> ranks) {
        return text(ranks.values().stream().mapToDouble(rank -> (double) rank).sum());
    }

    public static void main(String[] args) {
        Program.run(new WhoIsNearFraud(), args);
    }
}
