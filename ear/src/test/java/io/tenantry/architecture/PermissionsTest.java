package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Permissions that roles contain and keys offer are not mere words: each of them is required by a use case. */
class PermissionsTest {
    private static final Path SOURCES = Path.of("..", "ejb", "src", "main", "java");

    /** Constants are compiled into their users, so the byte code does not tell who uses them. */
    private static final String REQUIRED = "\\b(?:require|requireIn)\\([^;]*\\bPermission\\.%s\\b";

    /** A permission that depends on the scope is chosen by a method whose result is required. */
    private static final Pattern CHOSEN =
            Pattern.compile("\\brequire\\((\\w+)\\(\\)\\).*String \\1\\(\\) \\{([^}]*)}", Pattern.DOTALL);

    @Test
    void eachIsRequiredByUseCase() throws IOException {
        List<String> texts;
        try (var files = Files.walk(SOURCES)) {
            texts = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("Permission.java"))
                    .map(PermissionsTest::text)
                    .toList();
        }
        var idle = Stream.of(Permission.MEMBER_KEY_SCOPES, Permission.OF_STAFF, Permission.OF_OPERATORS)
                .flatMap(List::stream)
                .filter(permission -> texts.stream().noneMatch(text -> isRequired(permission, text)))
                .toList();
        assertThat(idle).isEmpty();
    }

    private static boolean isRequired(String permission, String text) {
        var constant = permission.toUpperCase(Locale.ROOT);
        if (!text.contains(constant)) {
            return false;
        }
        var chosen = CHOSEN.matcher(text);
        return Pattern.compile(REQUIRED.formatted(constant)).matcher(text).find()
                || (chosen.find() && chosen.group(2).contains("Permission." + constant));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
