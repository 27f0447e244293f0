package io.tenantry.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeedTest {
    @ParameterizedTest
    @CsvSource({"DELETE, P1D", "SWITCH, PT10M"})
    void aVendorHasThatLongToDoIt(Deed deed, Duration patience) {
        assertThat(deed.isOverdue(patience)).isFalse();
        assertThat(deed.isOverdue(patience.plusSeconds(1))).isTrue();
    }
}
