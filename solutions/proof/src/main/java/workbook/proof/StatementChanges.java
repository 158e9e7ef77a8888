package workbook.proof;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.TryStmt;
import com.github.javaparser.ast.type.Type;
import com.github.javaparser.ast.type.UnionType;
import java.util.LinkedHashSet;
import java.util.Set;

/** Statements left out or swapped, exceptions swallowed, resources left open, state kept in static fields. */
final class StatementChanges {

    /** Methods that fail when something outside the JVM does. */
    private static final Set<String> MAY_FAIL = Set.of(
            "write",
            "save",
            "parquet",
            "json",
            "csv",
            "text",
            "saveAsTable",
            "insertInto",
            "append",
            "send",
            "get",
            "flush",
            "commit",
            "commitSync",
            "poll",
            "close",
            "start",
            "awaitTermination",
            "processAllAvailable",
            "accept",
            "call",
            "execute",
            "createDirectories",
            "move",
            "delete",
            "copy");

    private StatementChanges() {}

    static void of(Node node, AnswerMutants mutants) {
        if (node instanceof BlockStmt block) {
            block.getStatements().forEach(statement -> leftOut(statement, mutants));
            swapped(block.getStatements(), mutants);
        } else if (node instanceof ExpressionStmt statement) {
            swallowed(statement, mutants);
            keptInAStaticField(statement, mutants);
        } else if (node instanceof CatchClause clause) {
            caught(clause, mutants);
        } else if (node instanceof TryStmt attempt) {
            leftOpen(attempt, mutants);
        } else if (node instanceof ForEachStmt loop && loop.getBody() instanceof BlockStmt body) {
            int end = mutants.end(body) - 1;
            mutants.replace(end, end, "break; ", "after the first, " + AnswerMutants.shown("break;"));
        } else if (node instanceof ObjectCreationExpr creation) {
            creation.getArguments().stream()
                    .filter(argument -> !argument.isLiteralExpr())
                    .forEach(argument -> mutants.replace(argument, "null"));
        } else if (node instanceof FieldDeclaration field) {
            madeStatic(field, mutants);
        }
    }

    private static void leftOut(Statement statement, AnswerMutants mutants) {
        if (!isDeclaration(statement) && !statement.isTryStmt()) {
            mutants.remove(statement);
        }
    }

    /** The order of two declarations makes no difference. */
    private static void swapped(NodeList<Statement> statements, AnswerMutants mutants) {
        for (int i = 1; i < statements.size(); i++) {
            Statement first = statements.get(i - 1);
            Statement second = statements.get(i);
            if (!isDeclaration(first) || !isDeclaration(second)) {
                mutants.replace(
                        mutants.begin(first),
                        mutants.end(second),
                        mutants.text(second) + " " + mutants.text(first),
                        AnswerMutants.shown(mutants.text(second)) + " before "
                                + AnswerMutants.shown(mutants.text(first)));
            }
        }
    }

    private static void swallowed(ExpressionStmt statement, AnswerMutants mutants) {
        if (mayFail(statement.getExpression())) {
            String call = mutants.text(statement.getExpression());
            String ignoring = "try { " + call + "; } catch (Exception ignored) { }";
            boolean isLambda = statement.getParentNode().orElseThrow() instanceof LambdaExpr;
            mutants.replace(
                    mutants.begin(statement),
                    mutants.end(statement),
                    isLambda ? "{ " + ignoring + " }" : ignoring,
                    "exceptions ignored of " + AnswerMutants.shown(call));
        }
    }

    private static boolean mayFail(Expression expression) {
        return expression instanceof MethodCallExpr call && MAY_FAIL.contains(call.getNameAsString());
    }

    private static void caught(CatchClause clause, AnswerMutants mutants) {
        BlockStmt body = clause.getBody();
        if (!body.isEmpty()) {
            mutants.replace(body, "{ }");
            mutants.replace(body, "{ return null; }");
            mutants.replace(body, "{ return 0; }");
        }
        if (clause.getParameter().getType() instanceof UnionType union) {
            for (Type type : union.getElements()) {
                Set<Type> others = new LinkedHashSet<>(union.getElements());
                others.remove(type);
                mutants.replace(
                        union,
                        String.join(" | ", others.stream().map(mutants::text).toList()));
            }
        }
    }

    /** {@code try (var producer = …) {} becomes {@code {var producer = …;}: nothing closes the producer. */
    private static void leftOpen(TryStmt attempt, AnswerMutants mutants) {
        if (!attempt.getResources().isEmpty()
                && attempt.getCatchClauses().isEmpty()
                && attempt.getFinallyBlock().isEmpty()) {
            StringBuilder opened = new StringBuilder("{ ");
            attempt.getResources()
                    .forEach(resource -> opened.append(mutants.text(resource)).append("; "));
            mutants.replace(
                    mutants.begin(attempt),
                    mutants.begin(attempt.getTryBlock()) + 1,
                    opened.toString(),
                    AnswerMutants.shown(mutants.text(attempt.getResources().get(0))) + " is not closed");
        }
    }

    private static void madeStatic(FieldDeclaration field, AnswerMutants mutants) {
        boolean isOfClass = field.getParentNode()
                .filter(parent -> parent instanceof ClassOrInterfaceDeclaration type && !type.isInterface())
                .isPresent();
        if (isOfClass && !field.isStatic()) {
            VariableDeclarator variable = field.getVariable(0);
            int begin = mutants.begin(variable.getType());
            mutants.replace(begin, begin, "static ", AnswerMutants.shown(variable.getNameAsString()) + " is static");
        }
    }

    private static void keptInAStaticField(ExpressionStmt statement, AnswerMutants mutants) {
        if (statement.getExpression() instanceof VariableDeclarationExpr declaration
                && declaration.getVariables().size() == 1
                && declaration
                        .getVariable(0)
                        .getInitializer()
                        .filter(Expression::isObjectCreationExpr)
                        .isPresent()) {
            Ancestors.of(statement, TypeDeclaration.class)
                    .findFirst()
                    .map(type -> (Node) type.getMember(0))
                    .ifPresent(first -> mutants.move(
                            mutants.begin(statement),
                            mutants.end(statement),
                            mutants.begin(first),
                            "static " + mutants.text(statement) + " ",
                            AnswerMutants.shown(declaration.getVariable(0).getNameAsString()) + " is a static field"));
        }
    }

    private static boolean isDeclaration(Statement statement) {
        return statement instanceof ExpressionStmt expression
                && expression.getExpression().isVariableDeclarationExpr();
    }
}
