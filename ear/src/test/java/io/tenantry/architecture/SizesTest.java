package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Limits the size of classes and methods and the number of injected fields. What is larger is listed here with its reason; what no longer is has
 * to be removed from the list.
 */
class SizesTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of("tenants", "ejb", "batch", "web", "wildfly-config");

    private static final long CLASS_LINES_MAX = 400;
    private static final long METHOD_LINES_MAX = 60;
    private static final long INJECTED_MAX = 10;

    private static final Map<String, String> LONG_CLASSES = Map.of();

    private static final Map<String, String> LONG_METHODS = Map.of();

    private static final Map<String, String> MANY_INJECTED = Map.of(
            "io.tenantry.cloud.addon.BackupOrders", "its four actions change prices and need the rules of restoring",
            "io.tenantry.cloud.console.SshConsoles", "puts the steps of opening and closing a console in order",
            "io.tenantry.cloud.provisioning.Resizes", "reserves as an order does, and requests as an operation does",
            "io.tenantry.people.identity.Members",
                    "invited, pending and present members are of one list, under the same locks",
            "io.tenantry.web.undo.UndoOperations", "is nothing but the list of what can be undone");

    private static final Map<String, Long> CLASS_LINES = new TreeMap<>();
    private static final Map<String, Long> METHOD_LINES = new TreeMap<>();
    private static final Map<String, Long> INJECTED = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        for (var module : MODULES) {
            read(ROOT.resolve(module).resolve("src/main/java"));
        }
    }

    private static void read(Path folder) throws IOException {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (var walk = Files.walk(folder);
                var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var files = walk.filter(file -> file.toString().endsWith(".java")).toList();
            for (var file : files) {
                CLASS_LINES.put(nameOf(folder.relativize(file)), (long)
                        Files.readAllLines(file).size());
            }
            var options = List.of("-proc:none");
            var sources = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) compiler.getTask(null, manager, null, options, null, sources);
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                var name = nameOf(folder.toAbsolutePath()
                        .relativize(Path.of(unit.getSourceFile().toUri())));
                new Measurement(name, unit, positions).scan(unit, null);
            }
        }
    }

    private static String nameOf(Path file) {
        return file.toString().replace(".java", "").replace('/', '.').replace('\\', '.');
    }

    /** Measures the types of a source. Constant bodies and nested types count under the name of the source. */
    private static final class Measurement extends TreeScanner<Void, Void> {
        private final String name;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        private Measurement(String name, CompilationUnitTree unit, SourcePositions positions) {
            this.name = name;
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            var fields = type.getMembers().stream()
                    .filter(member -> member instanceof VariableTree field && isInjected(field.getModifiers()))
                    .count();
            INJECTED.merge(name, fields, Math::max);
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            METHOD_LINES.merge(name + "." + method.getName(), linesOf(method), Math::max);
            if (isInjected(method.getModifiers())) {
                INJECTED.merge(name, (long) method.getParameters().size(), Math::max);
            }
            return super.visitMethod(method, null);
        }

        private long linesOf(Tree tree) {
            var lines = unit.getLineMap();
            return lines.getLineNumber(positions.getEndPosition(unit, tree))
                    - lines.getLineNumber(positions.getStartPosition(unit, tree))
                    + 1;
        }

        private static boolean isInjected(ModifiersTree modifiers) {
            return modifiers.getAnnotations().stream()
                    .map(AnnotationTree::getAnnotationType)
                    .anyMatch(type -> type.toString().matches("(jakarta\\.inject\\.)?Inject"));
        }
    }

    @Test
    void classesAreShort() {
        requireAtMost(CLASS_LINES, CLASS_LINES_MAX, LONG_CLASSES);
    }

    @Test
    void methodsAreShort() {
        requireAtMost(METHOD_LINES, METHOD_LINES_MAX, LONG_METHODS);
    }

    @Test
    void classesHaveFewCollaborators() {
        requireAtMost(INJECTED, INJECTED_MAX, MANY_INJECTED);
    }

    private static void requireAtMost(Map<String, Long> sizes, long most, Map<String, String> exceptions) {
        var above = new TreeMap<>(sizes);
        above.values().removeIf(size -> size <= most);
        assertThat(above.keySet()).as("more than %d: %s", most, above).isEqualTo(exceptions.keySet());
    }
}
