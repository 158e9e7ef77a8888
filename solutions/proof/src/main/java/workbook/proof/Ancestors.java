package workbook.proof;

import com.github.javaparser.ast.Node;
import java.util.Optional;
import java.util.stream.Stream;

/** The nodes that a node is in. */
final class Ancestors {

    private Ancestors() {}

    /** Those of a type, the nearest first. */
    static <T extends Node> Stream<T> of(Node node, Class<T> type) {
        return Stream.iterate(node.getParentNode(), Optional::isPresent, parent -> parent.flatMap(Node::getParentNode))
                .flatMap(Optional::stream)
                .filter(type::isInstance)
                .map(type::cast);
    }
}
