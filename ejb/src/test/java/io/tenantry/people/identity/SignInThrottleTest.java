package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInThrottleTest {
    @ParameterizedTest
    @CsvSource({"1, PT0S", "4, PT0S", "5, PT30S", "6, PT1M", "7, PT2M", "9, PT8M", "10, PT15M", "1000000, PT15M"})
    void doublesAccountPausesUpToFifteenMinutes(int failures, Duration pause) {
        assertThat(SignInThrottle.ACCOUNT.pauseAfter(failures)).isEqualTo(pause);
    }

    @ParameterizedTest
    @CsvSource({"29, PT0S", "30, PT1M", "31, PT2M", "34, PT15M"})
    void allowsMoreFailuresPerAddressThanPerAccount(int failures, Duration pause) {
        assertThat(SignInThrottle.ADDRESS.pauseAfter(failures)).isEqualTo(pause);
    }

    @Test
    void pausesEndBeforeFailuresAreForgotten() {
        assertThat(SignInThrottle.ACCOUNT.pauseAfter(Integer.MAX_VALUE))
                .isLessThanOrEqualTo(SignInThrottle.FORGOTTEN_AFTER);
    }
}
