package workbook.proof;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.ThrowStmt;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/** Makes the mutants of an answer: the changes that people make by mistake. Not every mutant compiles. */
final class AnswerMutator {

    private static final List<BiConsumer<Node, AnswerMutants>> KINDS = List.of(
            ConstantChanges::of,
            ConditionChanges::of,
            CallChanges::of,
            ColumnChanges::of,
            RowChanges::of,
            StatementChanges::of);

    private AnswerMutator() {}

    /**
     * The mutants of a source, in order of its lines.
     *
     * @param hasNulls whether the exercise's input may contain nulls; without them, a change that only nulls show makes no
     *        mutant
     * @throws IllegalArgumentException if the source is not Java 17
     */
    static List<AnswerMutant> mutants(String source, boolean hasNulls) {
        AnswerMutants mutants = new AnswerMutants(source, hasNulls);
        parsed(source).walk(node -> {
            if (!isFree(node)) {
                KINDS.forEach(kind -> kind.accept(node, mutants));
            }
        });
        return mutants.all().stream()
                .sorted(Comparator.comparingInt(AnswerMutant::line))
                .toList();
    }

    /**
     * Whether a part of an answer does not matter: annotations, the texts of exceptions, and how long a consumer waits for
     * records.
     */
    private static boolean isFree(Node node) {
        return node instanceof AnnotationExpr
                || isThrown(node)
                || Ancestors.of(node, ObjectCreationExpr.class).anyMatch(AnswerMutator::isThrown)
                || Ancestors.of(node, MethodCallExpr.class)
                        .anyMatch(call -> call.getNameAsString().equals("poll"));
    }

    private static boolean isThrown(Node node) {
        return node instanceof ObjectCreationExpr && node.getParentNode().orElseThrow() instanceof ThrowStmt;
    }

    private static CompilationUnit parsed(String source) {
        ParserConfiguration java17 =
                new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        var result = new JavaParser(java17).parse(source);
        return result.getResult()
                .filter(unit -> result.isSuccessful())
                .orElseThrow(() -> new IllegalArgumentException("This is not Java 17: " + result.getProblems()));
    }
}
