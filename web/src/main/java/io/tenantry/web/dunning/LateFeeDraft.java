package io.tenantry.web.dunning;

import io.tenantry.dunning.DunningAction;
import io.tenantry.dunning.DunningStep;
import io.tenantry.dunning.LateFee;
import io.tenantry.kernel.money.Money;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The late fee of a dunning policy as entered, and the steps that cost it. */
public class LateFeeDraft implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable BigDecimal amount;
    private @Nullable BigDecimal percent;
    private boolean isOfReminders;
    private boolean isOfFinalNotice;
    private boolean isOfSuspending;

    /** Reads the fee of a step. */
    void read(DunningStep dunningStep) {
        dunningStep.fee().ifPresent(fee -> {
            amount = fee.most().amount().stripTrailingZeros();
            percent = fee.percent().map(BigDecimal::stripTrailingZeros).orElse(null);
            switch (dunningStep.act()) {
                case REMIND -> isOfReminders = true;
                case FINAL_NOTICE -> isOfFinalNotice = true;
                case SUSPEND -> isOfSuspending = true;
                case RUNWAY, TERMINATE -> throw new IllegalStateException(dunningStep.act() + " costs nothing");
            }
        });
    }

    /** Returns the key of the message about what is wrong or missing; empty if it can be added to the steps. */
    Optional<String> fault(List<DunningStep> steps, Currency currency) {
        var isWanted = isOfReminders || isOfFinalNotice || isOfSuspending;
        if (amount == null) {
            return isWanted || percent != null ? Optional.of("dunning-policy.fee.lacks.amount") : Optional.empty();
        }
        if (!isWanted) {
            return Optional.of("dunning-policy.fee.lacks");
        }
        return addTo(steps, currency).equals(steps) ? Optional.of("dunning-policy.fee.lacks.step") : Optional.empty();
    }

    /** Returns the steps with the fee, where they have one. */
    List<DunningStep> addTo(List<DunningStep> steps, Currency currency) {
        var most = amount;
        if (most == null) {
            return steps;
        }
        var fee = new LateFee(Optional.ofNullable(percent), new Money(most, currency));
        var costly = new ArrayList<DunningStep>();
        for (var dunningStep : steps) {
            var isFirst = costly.isEmpty();
            costly.add(!isFirst && isCostly(dunningStep.act()) ? dunningStep.withFee(fee) : dunningStep);
        }
        return costly;
    }

    private boolean isCostly(DunningAction dunningAction) {
        return switch (dunningAction) {
            case REMIND -> isOfReminders;
            case FINAL_NOTICE -> isOfFinalNotice;
            case SUSPEND -> isOfSuspending;
            case RUNWAY, TERMINATE -> false;
        };
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public @Nullable BigDecimal getPercent() {
        return percent;
    }

    public void setPercent(@Nullable BigDecimal percent) {
        this.percent = percent;
    }

    public boolean isOfReminders() {
        return isOfReminders;
    }

    public void setOfReminders(boolean ofReminders) {
        isOfReminders = ofReminders;
    }

    public boolean isOfFinalNotice() {
        return isOfFinalNotice;
    }

    public void setOfFinalNotice(boolean ofFinalNotice) {
        isOfFinalNotice = ofFinalNotice;
    }

    public boolean isOfSuspending() {
        return isOfSuspending;
    }

    public void setOfSuspending(boolean ofSuspending) {
        isOfSuspending = ofSuspending;
    }
}
