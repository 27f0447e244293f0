package io.tenantry.web.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.dunning.DunningAction;
import io.tenantry.dunning.DunningStep;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateFeeDraftTest {
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final List<DunningStep> STEPS = List.of(
            new DunningStep(DunningAction.REMIND, 1, 3),
            new DunningStep(DunningAction.REMIND, 2, 7),
            new DunningStep(DunningAction.SUSPEND, 1, 14));

    private final LateFeeDraft fee = new LateFeeDraft();

    @Test
    void emptyDraftAddsNoFee() {
        assertThat(fee.fault(STEPS, EUR)).isEmpty();
        assertThat(fee.addTo(STEPS, EUR)).isEqualTo(STEPS);
    }

    @Test
    void requiresAmountForSelectedSteps() {
        fee.setOfReminders(true);
        assertThat(fee.fault(STEPS, EUR)).contains("dunning-policy.fee.lacks.amount");
    }

    @Test
    void requiresStepKindForAmount() {
        fee.setAmount(new BigDecimal("5"));
        assertThat(fee.fault(STEPS, EUR)).contains("dunning-policy.fee.lacks");
    }

    @Test
    void rejectsStepKindMissingAfterFirstStep() {
        fee.setAmount(new BigDecimal("5"));
        fee.setOfFinalNotice(true);
        assertThat(fee.fault(STEPS, EUR)).contains("dunning-policy.fee.lacks.step");
    }

    @Test
    void chargesNoFeeForFirstReminder() {
        fee.setAmount(new BigDecimal("5"));
        fee.setOfReminders(true);
        assertThat(fee.fault(STEPS, EUR)).isEmpty();
        assertThat(fee.addTo(STEPS, EUR))
                .extracting(step -> step.fee().isPresent())
                .containsExactly(false, true, false);
    }

    @Test
    void readsFeeFromSteps() {
        fee.setAmount(new BigDecimal("5"));
        fee.setOfSuspending(true);
        var read = new LateFeeDraft();
        fee.addTo(STEPS, EUR).forEach(read::read);
        assertThat(read.getAmount()).isEqualByComparingTo("5");
        assertThat(read.isOfSuspending()).isTrue();
        assertThat(read.isOfReminders()).isFalse();
    }
}
