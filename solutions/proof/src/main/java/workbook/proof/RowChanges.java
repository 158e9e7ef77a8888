package workbook.proof;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import java.util.List;

/** Rows lost at the beginning: equal ones, those with a null, those without a positive amount. */
final class RowChanges {

    private static final List<String> LOSSES = List.of(".distinct()", ".where(\"amount > 0\")");
    private static final String WITHOUT_NULLS = ".na().drop()";

    private RowChanges() {}

    static void of(Node node, AnswerMutants mutants) {
        if (node instanceof NameExpr rows && (isDataset(rows) || isWritten(rows)) && !isAskedForNoRows(rows)) {
            LOSSES.forEach(loss -> mutants.replace(rows, mutants.text(rows) + loss));
            if (mutants.hasNulls()) {
                mutants.replace(rows, mutants.text(rows) + WITHOUT_NULLS);
            }
        }
    }

    /** Whether a name is that of a parameter of the public method that it is in, a dataset of rows. */
    private static boolean isDataset(NameExpr name) {
        return Ancestors.of(name, MethodDeclaration.class)
                .filter(MethodDeclaration::isPublic)
                .flatMap(method -> method.getParameters().stream())
                .filter(parameter -> parameter.getType().toString().equals("Dataset<Row>"))
                .map(Parameter::getNameAsString)
                .anyMatch(name.getNameAsString()::equals);
    }

    private static boolean isAskedForNoRows(NameExpr rows) {
        return isScopeOf("sparkSession", rows) || isScopeOf("schema", rows);
    }

    /** The parameter of a lambda that writes a batch has no type in the source. */
    private static boolean isWritten(NameExpr name) {
        return isScopeOf("write", name);
    }

    private static boolean isScopeOf(String method, NameExpr name) {
        return name.getParentNode()
                .filter(parent -> parent instanceof MethodCallExpr call
                        && call.getNameAsString().equals(method))
                .isPresent();
    }
}
