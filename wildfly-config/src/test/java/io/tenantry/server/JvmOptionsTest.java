package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JvmOptionsTest {
    @Test
    void optionsAreSeparatedByWhiteSpace() {
        assertThat(JvmOptions.split("")).isEmpty();
        assertThat(JvmOptions.split(" -Xmx1g\n\t-Da=b  ")).containsExactly("-Xmx1g", "-Da=b");
    }

    @Test
    void keepsSpacesInQuotes() {
        assertThat(JvmOptions.split("\"-javaagent:/a b/agent.jar=destfile=/c d/e.exec\" -Xmx1g"))
                .containsExactly("-javaagent:/a b/agent.jar=destfile=/c d/e.exec", "-Xmx1g");
        assertThat(JvmOptions.split("-Da=\"b c\"d")).containsExactly("-Da=b cd");
        assertThat(JvmOptions.split("\"\"")).containsExactly("");
    }

    @Test
    void backslashEscapesOnlyQuotesAndBackslashes() {
        assertThat(JvmOptions.split("-Da=\\\"b -Dc=C:\\d")).containsExactly("-Da=\"b", "-Dc=C:\\d");
        assertThat(JvmOptions.split("-Da=b\\\\")).containsExactly("-Da=b\\");
    }

    @Test
    void rejectsUnclosedQuote() {
        assertThatThrownBy(() -> JvmOptions.split("-Da=\"b c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-Da=");
    }
}
