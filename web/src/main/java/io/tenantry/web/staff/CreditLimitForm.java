package io.tenantry.web.staff;

import io.tenantry.billing.adjustment.CreditLimits;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.undo.UndoAction;
import io.tenantry.web.undo.UndoActions;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The credit limit of a customer's wallet, on the customer's page. */
@Named
@ViewScoped
public class CreditLimitForm implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CustomerPage page;

    @Inject
    CreditLimits creditLimits;

    @Inject
    UndoActions undoActions;

    @Inject
    Format format;

    private final UUID requestId = UUID.randomUUID();
    private @Nullable BigDecimal amount;
    private String reason = "";

    /** Shows the present limit. */
    @PostConstruct
    void show() {
        var wallet = page.getWallet();
        amount = wallet == null ? null : wallet.creditLimit().amount();
    }

    /** Returns the maximum limit. */
    public Money getMost() {
        return Wallets.Movement.maximum(
                Objects.requireNonNull(page.getWallet()).balance().currency());
    }

    /** Sets the credit limit of the wallet. */
    public void limit() {
        var wallet = Objects.requireNonNull(page.getWallet());
        var typed = Objects.requireNonNullElse(amount, BigDecimal.ZERO);
        var outcome = creditLimits.set(requestId, wallet.id(), typed, reason);
        if (outcome instanceof CreditLimits.Outcome.LimitSet limitSet) {
            var limit = new Money(typed, wallet.balance().currency());
            var step = new UndoAction.LimitChanged(
                    page.known(),
                    wallet.id(),
                    limit.currency(),
                    limitSet.before().amount(),
                    limit.amount());
            PageResult.go(page.here(), format.text("limit.done", format.money(limit)), undoActions.keep(step));
        } else if (outcome instanceof CreditLimits.Outcome.Waiting) {
            PageResult.go("/staff/approval?id=" + requestId, format.text("approval.waits"));
        } else if (outcome instanceof CreditLimits.Outcome.AlreadyRequested already) {
            PageResult.refuse("limit:limit-amount", format.text("limit.already", format.money(already.limit())));
        } else if (outcome instanceof CreditLimits.Outcome.WalletClosed) {
            PageResult.refuse("limit:limit-amount", format.text("adjustment.wallet-closed"));
        } else if (outcome instanceof CreditLimits.Outcome.Amount) {
            PageResult.refuse(
                    "limit:limit-amount", format.text(typed.signum() < 0 ? "amount.zero" : "amount.currency-decimals"));
        } else if (outcome instanceof CreditLimits.Outcome.TooLarge tooLarge) {
            PageResult.refuse("limit:limit-amount", format.text("amount.too-large", format.money(tooLarge.most())));
        } else {
            PageResult.refuse("limit:limit-reason", format.text("limit.reason.missing"));
        }
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }

    public @Nullable BigDecimal getAmount() {
        return amount;
    }

    public void setAmount(@Nullable BigDecimal amount) {
        this.amount = amount;
    }
}
