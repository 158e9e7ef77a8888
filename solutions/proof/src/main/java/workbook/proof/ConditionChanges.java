package workbook.proof;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BinaryExpr.Operator;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.IfStmt;
import java.util.EnumMap;
import java.util.Map;

/** Other operators, operands left out, and conditions negated. */
final class ConditionChanges {

    private static final Map<Operator, Operator> OTHER = new EnumMap<>(Map.of(
            Operator.GREATER, Operator.GREATER_EQUALS,
            Operator.GREATER_EQUALS, Operator.GREATER,
            Operator.LESS, Operator.LESS_EQUALS,
            Operator.LESS_EQUALS, Operator.LESS,
            Operator.AND, Operator.OR,
            Operator.OR, Operator.AND,
            Operator.PLUS, Operator.MINUS,
            Operator.MINUS, Operator.PLUS,
            Operator.MULTIPLY, Operator.DIVIDE,
            Operator.DIVIDE, Operator.MULTIPLY));

    static {
        OTHER.put(Operator.EQUALS, Operator.NOT_EQUALS);
        OTHER.put(Operator.NOT_EQUALS, Operator.EQUALS);
    }

    private ConditionChanges() {}

    static void of(Node node, AnswerMutants mutants) {
        if (node instanceof BinaryExpr binary) {
            binary(binary, mutants);
        } else if (node instanceof ConditionalExpr choice) {
            negated(choice.getCondition(), mutants);
            mutants.replace(choice, mutants.text(choice.getThenExpr()));
            mutants.replace(choice, mutants.text(choice.getElseExpr()));
        } else if (node instanceof IfStmt branch) {
            negated(branch.getCondition(), mutants);
        } else if (node instanceof UnaryExpr not && not.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT) {
            mutants.replace(not, mutants.text(not.getExpression()));
        } else if (node instanceof AssignExpr sum && sum.getOperator() == AssignExpr.Operator.PLUS) {
            mutants.replace(sum, mutants.text(sum.getTarget()) + " = " + mutants.text(sum.getValue()));
        }
    }

    private static void binary(BinaryExpr binary, AnswerMutants mutants) {
        String left = mutants.text(binary.getLeft());
        String right = mutants.text(binary.getRight());
        Operator operator = binary.getOperator();
        if (OTHER.containsKey(operator)) {
            mutants.replace(binary, left + " " + OTHER.get(operator).asString() + " " + right);
        }
        if (operator == Operator.AND || operator == Operator.OR) {
            mutants.replace(binary, left);
            mutants.replace(binary, right);
        } else if (operator == Operator.PLUS || operator == Operator.MINUS) {
            mutants.replace(binary, left);
        }
    }

    /** Other mutants negate a comparison or take away a negation. */
    private static void negated(Expression condition, AnswerMutants mutants) {
        if (!(condition instanceof BinaryExpr) && !(condition instanceof UnaryExpr)) {
            mutants.replace(condition, "!(" + mutants.text(condition) + ")");
        }
    }
}
