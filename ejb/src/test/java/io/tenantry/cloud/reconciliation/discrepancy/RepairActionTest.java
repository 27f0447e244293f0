package io.tenantry.cloud.reconciliation.discrepancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairActionTest {
    @ParameterizedTest
    @CsvSource({"DELETE, P1D", "SWITCH, PT10M"})
    void isOverdueAfterItsWaitingTime(RepairAction repairAction, Duration waitMax) {
        assertThat(repairAction.isOverdue(waitMax)).isFalse();
        assertThat(repairAction.isOverdue(waitMax.plusSeconds(1))).isTrue();
    }
}
