package io.tenantry.web.dunning;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.AdjustmentReason;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.billing.adjustment.Adjustments.AdjustmentRequest;
import io.tenantry.billing.adjustment.Adjustments.Outcome;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.DunningForecast;
import io.tenantry.dunning.Dunning.StepHistory;
import io.tenantry.dunning.DunningCase;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.text.DateText;
import io.tenantry.web.billing.approval.AdjustmentLabels;
import io.tenantry.web.layout.CustomerScopedPage;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The dunning of one customer: the current state, the steps taken so far, pausing, and writing off. */
@Named
@ViewScoped
public class CustomerDunningPage extends CustomerScopedPage {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Dunning dunning;

    @Inject
    DunningLabels labels;

    @Inject
    Format format;

    @Inject
    Adjustments adjustments;

    @Inject
    AdjustmentLabels adjustmentLabels;

    private final UUID requestId = UUID.randomUUID();
    private @Nullable BigDecimal amount;
    private AdjustmentReason adjustmentReason = AdjustmentReason.INSOLVENT;
    private String note = "";
    private String until = "";
    private String reason = "";
    private transient @Nullable List<DunningForecast> forecasts;
    private transient @Nullable List<StepHistory> history;

    /** Loads the customer, if the user may view it. */
    public void open() {
        load(id -> {
            forecasts = dunning.of(id);
            history = dunning.history(id);
            amount = debtor().map(dunningCase -> dunningCase.balance().negated().amount())
                    .orElse(null);
        });
    }

    /** Writes off the customer's debt or a part of it, or requests the approval. */
    public void writeOff() {
        var debt = debtor();
        if (debt.isEmpty()) {
            PageResult.refuse("writeoff:amount", format.text("writeoff.none"));
            return;
        }
        var outcome = adjustments.ask(new AdjustmentRequest(
                requestId,
                debt.get().walletId(),
                Kind.WRITE_OFF,
                adjustmentReason,
                Objects.requireNonNullElse(amount, BigDecimal.ZERO),
                note));
        if (outcome instanceof Outcome.Done) {
            PageResult.go(here(), format.text("writeoff.done"));
        } else if (outcome instanceof Outcome.Waiting) {
            PageResult.go("/staff/approval?id=" + requestId, format.text("approval.waits"));
        } else {
            var field = outcome instanceof Outcome.Reason ? "writeoff:note" : "writeoff:amount";
            PageResult.refuse(field, adjustmentLabels.refusal(outcome));
        }
    }

    /** Whether there is a debt to write off, and the user may do so. The use case checks the permission again. */
    public boolean isToWriteOff() {
        return isManaged() && debtor().isPresent();
    }

    /** Returns the reasons for a write-off. */
    public List<AdjustmentReason> getReasons() {
        return AdjustmentReason.of(Kind.WRITE_OFF);
    }

    /** Returns the wallet that has a debt. */
    private Optional<DunningCase> debtor() {
        return getForecasts().stream()
                .map(DunningForecast::debt)
                .filter(dunningCase -> dunningCase.balance().isNegative())
                .findFirst();
    }

    /** Returns the maximum amount that can be written off at once. */
    public @Nullable Money getMost() {
        return debtor().map(dunningCase ->
                        Wallets.Movement.maximum(dunningCase.balance().currency()))
                .orElse(null);
    }

    /** Returns the currency of the debt. */
    public String getCurrency() {
        return debtor().map(dunningCase -> dunningCase.balance().currency().getCurrencyCode())
                .orElse("");
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }

    public AdjustmentReason getGround() {
        return adjustmentReason;
    }

    /** Keeps the current reason if the form omits it. */
    public void setGround(@Nullable AdjustmentReason adjustmentReason) {
        if (adjustmentReason != null) {
            this.adjustmentReason = adjustmentReason;
        }
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = Objects.requireNonNullElse(note, "");
    }

    /** Pauses the dunning until the end of the entered day. */
    public void pause() {
        var end = day().map(day ->
                day.plusDays(1).atStartOfDay(format.zoneOfBooks()).toInstant());
        if (end.isEmpty() || !dunning.pause(known(), reason, end.get())) {
            PageResult.refuse("pause:until", format.text("dunning-case.pause.until.invalid"));
            return;
        }
        PageResult.go(here(), format.text("dunning-case.pause.done"));
    }

    /** Ends the pause. */
    public void goOn() {
        var isOver = dunning.goOn(known());
        PageResult.go(here(), format.text(isOver ? "dunning-case.pause.lifted" : "dunning-case.pause.none"));
    }

    private Optional<LocalDate> day() {
        return DateText.day(until);
    }

    /** Whether the user may pause the dunning. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_BILLING_MANAGE);
    }

    /** Whether the dunning is paused now. */
    public boolean isPaused() {
        return getForecasts().stream().anyMatch(labels::isPaused);
    }

    /** Returns the forecasts of the customer's wallets. */
    public List<DunningForecast> getForecasts() {
        var known = forecasts;
        if (known == null) {
            known = dunning.of(known());
            forecasts = known;
        }
        return known;
    }

    /** Returns the steps taken, the newest first. */
    public List<StepHistory> getHistory() {
        var known = history;
        if (known == null) {
            known = dunning.history(known());
            history = known;
        }
        return known;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String until) {
        this.until = Objects.requireNonNullElse(until, "");
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    private String here() {
        return "/staff/customer-dunning?organization=" + known();
    }
}
