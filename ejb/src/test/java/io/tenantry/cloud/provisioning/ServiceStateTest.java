package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provisioning.Service.State;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceStateTest {
    /** All transitions that exist; there is none from a state to itself. */
    @ParameterizedTest
    @CsvSource({
        "ORDERED,      PROVISIONING ACTIVE FAILED",
        "PROVISIONING, ACTIVE FAILED UNKNOWN",
        "ACTIVE,       SUSPENDED TERMINATING TERMINATED",
        "SUSPENDED,    ACTIVE TERMINATING TERMINATED",
        "TERMINATING,  TERMINATED",
        "TERMINATED,   ''",
        "FAILED,       ''",
        "UNKNOWN,      PROVISIONING FAILED"
    })
    void allowsOnlyTheDefinedTransitions(State from, String ways) {
        assertThat(Arrays.stream(State.values())
                        .filter(from::mayBecome)
                        .map(State::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(ways);
    }

    @Test
    void coversEveryState() {
        assertThat(State.values()).hasSize(8);
    }
}
