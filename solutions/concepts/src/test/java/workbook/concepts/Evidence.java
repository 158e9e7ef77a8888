package workbook.concepts;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import workbook.check.catalog.Workspace;
import workbook.check.docs.Page;
import workbook.check.docs.Proof;

/** The content of a {@link Proof}: a program's output, as its lesson's page shows it, or the source of a member of a file. */
record Evidence(Proof proof) {

    private static final Set<String> RUN_BY_MAVEN = Set.of("Test", "ParameterizedTest", "Misconception");

    /** The text to compare values with: the run's output or the member's source; empty if it does not exist. */
    Optional<String> text() {
        if (!Files.isRegularFile(proof.file())) {
            return Optional.empty();
        }
        return proof.member()
                .map(this::source)
                .orElseGet(() -> proof.command(Workspace.current().home()).flatMap(this::output));
    }

    private Optional<String> output(String command) {
        String typed = "```console\n$ " + command + "\n";
        String page = Page.read(proof.file().resolveSibling("README.md")).text();
        int at = page.indexOf(typed);
        return at < 0
                ? Optional.empty()
                : Optional.of(page.substring(at + typed.length()).split("```", 2)[0]);
    }

    private Optional<String> source(String member) {
        if (!proof.file().endsWith(proof.name().replace("#" + member, ".java"))) {
            return Optional.empty();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(proof.file()));
            CompilationUnitTree source = task.parse().iterator().next();
            Tree found = new Member(member).scan(source, null);
            if (found == null) {
                return Optional.empty();
            }
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            return Optional.of(source.getSourceFile()
                    .getCharContent(true)
                    .toString()
                    .substring((int) positions.getStartPosition(source, found), (int)
                            positions.getEndPosition(source, found)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds a method or nested class by its name, if it is one that {@code mvn test} runs. */
    private static final class Member extends TreeScanner<Tree, Void> {

        private final String name;

        Member(String name) {
            this.name = name;
        }

        @Override
        public Tree visitMethod(MethodTree method, Void none) {
            return method.getName().contentEquals(name) && isRun(method.getModifiers()) ? method : null;
        }

        @Override
        public Tree visitClass(ClassTree type, Void none) {
            boolean isIt = type.getSimpleName().contentEquals(name) && isRun(type.getModifiers());
            return isIt ? type : super.visitClass(type, none);
        }

        @Override
        public Tree reduce(Tree one, Tree other) {
            return one == null ? other : one;
        }

        private static boolean isRun(ModifiersTree modifiers) {
            return modifiers.getAnnotations().stream()
                    .anyMatch(annotation ->
                            RUN_BY_MAVEN.contains(annotation.getAnnotationType().toString()));
        }
    }
}
