package io.tenantry.batch.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.platform.OperatorRecovery;
import io.tenantry.tenancy.Actors;
import jakarta.batch.runtime.context.JobContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorLinkTest {
    private final List<String> statuses = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final OperatorLink step = new OperatorLink();

    @BeforeEach
    void prepare() {
        step.job = (JobContext) Proxy.newProxyInstance(
                JobContext.class.getClassLoader(), new Class<?>[] {JobContext.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("setExitStatus");
                    statuses.add((String) arguments[0]);
                    return null;
                });
        step.recovery = new OperatorRecovery() {
            @Override
            public Optional<Path> writeLink(String email) {
                asked.add(email + " by " + Actors.require().name());
                return email.equals("pia@example.com") ? Optional.of(Path.of("operator-link.txt")) : Optional.empty();
            }
        };
    }

    @Test
    void exitStatusNamesFile() {
        step.email = "pia@example.com";
        assertThat(step.process()).isEqualTo("written to operator-link.txt");
        assertThat(statuses).containsExactly("written to operator-link.txt");
        assertThat(asked).containsExactly("pia@example.com by operator-link");
        assertThat(Actors.current()).isEmpty();
    }

    @Test
    void reportsAddressOfNoOperator() {
        step.email = "nobody@example.com";
        step.process();
        assertThat(statuses).containsExactly("no operator who may sign in has this address");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void reportsMissingParameter(@Nullable String email) {
        step.email = email;
        step.process();
        assertThat(statuses).containsExactly("the job parameter email is missing");
        assertThat(asked).isEmpty();
    }

    @Test
    void leavesNoActorOnThreadAfterFailure() {
        step.email = "pia@example.com";
        var full = new IllegalStateException("no space left");
        step.recovery = new OperatorRecovery() {
            @Override
            public Optional<Path> writeLink(String email) {
                throw full;
            }
        };
        assertThatThrownBy(step::process).isSameAs(full);
        assertThat(Actors.current()).isEmpty();
        assertThat(statuses).isEmpty();
    }
}
