package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Expressions of pages compare only with constants and stored values that exist: EL fails for a name that an enum does not have. */
class PageConstantsTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final List<Path> SOURCES =
            List.of(Path.of("../tenants/src/main/java"), Path.of("../ejb/src/main/java"), Path.of("src/main/java"));
    private static final Path DATABASE = Path.of("../ejb/src/main/resources/db");

    private static final Pattern COMPARED =
            Pattern.compile("\\b(?:eq|ne) '([A-Z][A-Z0-9_]+)'|'([A-Z][A-Z0-9_]+)' (?:eq|ne)\\b");
    private static final Pattern COMMENTS = Pattern.compile("/\\*[\\s\\S]*?\\*/|//[^\\n]*");
    private static final Pattern ENUM = Pattern.compile("\\benum \\w+[^{]*\\{");
    private static final Pattern CONSTANT = Pattern.compile("(?<=[{,]|^)\\s*([A-Z][A-Z0-9_]*)\\b");
    private static final Pattern STORED = Pattern.compile("'([A-Z][A-Z0-9_]*)'");

    @Test
    void exist() {
        var known = new HashSet<String>();
        SOURCES.forEach(folder -> files(folder, ".java").forEach(file -> addConstants(read(file), known)));
        files(DATABASE, ".sql")
                .forEach(file -> STORED.matcher(read(file)).results().forEach(stored -> known.add(stored.group(1))));
        var unknown = new ArrayList<String>();
        var compared = 0;
        for (var page : files(PAGES, ".xhtml")) {
            for (var found : COMPARED.matcher(read(page)).results().toList()) {
                compared++;
                var name = found.group(1) == null ? found.group(2) : found.group(1);
                if (!known.contains(name)) {
                    unknown.add(PAGES.relativize(page) + ": " + name);
                }
            }
        }
        assertThat(compared).isGreaterThan(30);
        assertThat(unknown).isEmpty();
    }

    @Test
    void areCollectedFromEnumsOnly() {
        var known = new HashSet<String>();
        addConstants("""
                class A { static final int NOT = 1;
                  /** WORD */ enum B { ONE, /** more */ TWO(3, C.X) { void f() { g(NEITHER, NOR); } }, THREE; static final int NO = 1; } }
                """, known);
        assertThat(known).containsExactlyInAnyOrder("ONE", "TWO", "THREE");
    }

    private static void addConstants(String source, Set<String> known) {
        var code = COMMENTS.matcher(source).replaceAll("");
        var start = ENUM.matcher(code);
        while (start.find()) {
            CONSTANT.matcher(constants(code, start.end())).results().forEach(constant -> known.add(constant.group(1)));
        }
    }

    /** Returns the list of constants, without arguments and bodies. */
    private static String constants(String code, int from) {
        var list = new StringBuilder();
        var depth = 0;
        for (var at = from; at < code.length(); at++) {
            var sign = code.charAt(at);
            if (depth == 0 && (sign == ';' || sign == '}')) {
                break;
            }
            if (sign == '(' || sign == '{') {
                depth++;
            } else if (sign == ')' || sign == '}') {
                depth--;
            } else if (depth == 0) {
                list.append(sign);
            }
        }
        return list.toString();
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
