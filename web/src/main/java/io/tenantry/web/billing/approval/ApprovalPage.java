package io.tenantry.web.billing.approval;

import io.tenantry.billing.adjustment.Adjustment;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.billing.adjustment.Adjustments.Outcome;
import io.tenantry.billing.invoicing.CreditNoteRequests;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An adjustment for a customer that needs approval: another member of staff decides, or the requester withdraws it. */
@Named
@ViewScoped
public class ApprovalPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Adjustments adjustments;

    @Inject
    CreditNoteRequests credits;

    @Inject
    WalletAdministration wallets;

    @Inject
    AdjustmentLabels labels;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String remark = "";
    private transient @Nullable Adjustment one;
    private transient Wallets.@Nullable Balance wallet;
    private transient CreditNoteRequests.@Nullable CreditNoteRequest creditNoteRequest;

    /** Loads the adjustment, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("adjustment", parameter);
            one = adjustments.one(known);
            id = known;
        });
    }

    /** Approves the adjustment. */
    public void approve() {
        end(adjustments.approve(known(), remark), "approval.approved");
    }

    /** Rejects the adjustment. */
    public void refuse() {
        if (remark.isBlank()) {
            PageResult.refuse("decide:remark", format.text("approval.remark.missing"));
            return;
        }
        end(adjustments.refuse(known(), remark), "approval.refused");
    }

    /** Withdraws the adjustment on behalf of its requester. */
    public void withdraw() {
        end(adjustments.withdraw(known()), "approval.withdrawn");
    }

    private void end(Outcome outcome, String done) {
        one = null;
        if (outcome instanceof Outcome.Done || outcome instanceof Outcome.Closed) {
            PageResult.go("/staff/approval?id=" + known(), format.text(done));
        } else {
            PageResult.refuse(labels.refusal(outcome));
        }
    }

    /** Returns the message key that describes the effect of an approval. */
    public String getDecision() {
        return switch (getOne().kind()) {
            case CREDIT, WRITE_OFF -> "approval.decide.text";
            case CREDIT_NOTE, VOID -> "approval.decide.document";
            case CREDIT_LIMIT -> "approval.decide.limit";
        };
    }

    /** Whether the user may decide. The use case checks the permission again. */
    public boolean isToDecide() {
        return getOne().isWaiting() && !getOne().isMine() && me.may(Permission.STAFF_ADJUSTMENTS_APPROVE);
    }

    /** Whether the user may withdraw it. The use case checks the permission again. */
    public boolean isToWithdraw() {
        return getOne().isWaiting() && getOne().isMine() && me.may(Permission.STAFF_BILLING_MANAGE);
    }

    public Adjustment getOne() {
        var known = one;
        if (known == null) {
            known = adjustments.one(known());
            one = known;
        }
        return known;
    }

    /** Returns the lines of the document that the request is for; empty if it is for none. */
    public CreditNoteRequests.CreditNoteRequest getRequest() {
        var known = creditNoteRequest;
        if (known == null) {
            known = getOne().kind().isDocument()
                    ? credits.of(known())
                    : new CreditNoteRequests.CreditNoteRequest(false, false, List.of());
            creditNoteRequest = known;
        }
        return known;
    }

    /** Returns the current balance of the wallet. */
    public Wallets.Balance getWallet() {
        var known = wallet;
        if (known == null) {
            known = wallets.one(getOne().walletId());
            wallet = known;
        }
        return known;
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getRemark() {
        return remark;
    }

    public void setRemark(@Nullable String remark) {
        this.remark = Objects.requireNonNullElse(remark, "");
    }

    private UUID known() {
        return Optional.ofNullable(id).orElseThrow(() -> new NotFoundException("adjustment", "of the page"));
    }
}
