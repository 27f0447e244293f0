package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * An expression in web.xml that names no bean is silently empty: PrimeFaces then sends its own policy, without most of ours, and resource URLs
 * do not change with the build.
 */
class ConfiguredBeansTest {
    private static final Pattern EXPRESSION = Pattern.compile("#\\{(\\w+)\\.(\\w+)}");

    @Test
    void expressionsInWebXmlNameExistingBeans() throws IOException {
        var configuration = Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml"));
        assertThat(EXPRESSION.matcher(configuration).results().map(MatchResult::group))
                .containsExactlyInAnyOrder(
                        "#{" + bean(ContentSecurityPolicy.class) + ".text}",
                        "#{" + bean(ResourceVersion.class) + ".version}");
    }

    private static String bean(Class<?> type) {
        var given = type.getAnnotation(Named.class).value();
        var name = type.getSimpleName();
        return given.isEmpty() ? Character.toLowerCase(name.charAt(0)) + name.substring(1) : given;
    }
}
