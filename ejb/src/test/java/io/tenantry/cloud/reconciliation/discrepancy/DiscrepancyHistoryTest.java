package io.tenantry.cloud.reconciliation.discrepancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory.Decision;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscrepancyHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // state, certain, decided, asked: to decide, to leave
        "OPEN, false, false, false, false, false",
        "OPEN, true, false, false, true, true",
        "OPEN, true, true, false, false, true",
        "OPEN, true, true, true, false, false",
        "DISMISSED, true, false, false, false, false",
        "RESOLVED, true, false, false, false, false"
    })
    void allowsDecisionsOnceConfirmedAndDismissalUntilRequested(
            State state, boolean isCertain, boolean isDecided, boolean isAsked, boolean isToDecide, boolean isToLeave) {
        var discrepancyHistory = new DiscrepancyHistory(
                state,
                Optional.of(NOON).filter(noon -> isCertain),
                Optional.of(RepairAction.DELETE).filter(repairAction -> isDecided),
                new Decision(Optional.of(NOON).filter(noon -> isAsked), Optional.empty()),
                new Decision(Optional.empty(), Optional.empty()),
                Optional.empty(),
                new Decision(Optional.empty(), Optional.empty()),
                Optional.empty());
        assertThat(discrepancyHistory.isToDecide()).isEqualTo(isToDecide);
        assertThat(discrepancyHistory.isToLeave()).isEqualTo(isToLeave);
    }
}
