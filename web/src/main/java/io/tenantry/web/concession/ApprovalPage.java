package io.tenantry.web.concession;

import io.tenantry.concession.Concession;
import io.tenantry.concession.Concessions;
import io.tenantry.concession.Concessions.Outcome;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.invoicing.CreditWishes;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that somebody wants to give up for a customer: another one decides, or who asked takes it back. */
@Named
@ViewScoped
public class ApprovalPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Concessions concessions;

    @Inject
    CreditWishes credits;

    @Inject
    OrganizationWallets wallets;

    @Inject
    ConcessionWords words;

    @Inject
    Fmt fmt;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private String remark = "";
    private transient @Nullable Concession one;
    private transient Wallets.@Nullable Balance wallet;
    private transient CreditWishes.@Nullable Wish wish;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var known = Visit.id("concession", parameter);
            one = concessions.one(known);
            id = known;
        });
    }

    /** It is done. */
    public void approve() {
        end(concessions.approve(known(), remark), "approval.approved");
    }

    /** It is not done. */
    public void refuse() {
        if (remark.isBlank()) {
            Visit.refuse("decide:remark", fmt.text("approval.remark.missing"));
            return;
        }
        end(concessions.refuse(known(), remark), "approval.refused");
    }

    /** Who asked wants it no more. */
    public void withdraw() {
        end(concessions.withdraw(known()), "approval.withdrawn");
    }

    private void end(Outcome outcome, String done) {
        one = null;
        if (outcome instanceof Outcome.Done || outcome instanceof Outcome.Closed) {
            Visit.go("/staff/approval?id=" + known(), fmt.text(done));
        } else {
            Visit.refuse(words.refusal(outcome));
        }
    }

    /** What happens when it is approved: the key of the words. */
    public String getDecision() {
        return switch (getOne().kind()) {
            case CREDIT, WRITE_OFF -> "approval.decide.text";
            case CREDIT_NOTE, VOID -> "approval.decide.document";
            case CREDIT_LIMIT -> "approval.decide.limit";
        };
    }

    /** Whether the one who looks may decide. The use case asks again. */
    public boolean isToDecide() {
        return getOne().isWaiting() && !getOne().isMine() && me.may(Permission.STAFF_CONCESSIONS_APPROVE);
    }

    /** Whether the one who looks may take it back. The use case asks again. */
    public boolean isToWithdraw() {
        return getOne().isWaiting() && getOne().isMine() && me.may(Permission.STAFF_WALLETS_ADJUST);
    }

    public Concession getOne() {
        var known = one;
        if (known == null) {
            known = concessions.one(known());
            one = known;
        }
        return known;
    }

    /** Which lines of which document it is of, if it is of one. */
    public CreditWishes.Wish getWish() {
        var known = wish;
        if (known == null) {
            known = getOne().kind().isDocument() ? credits.of(known()) : new CreditWishes.Wish(false, List.of());
            wish = known;
        }
        return known;
    }

    /** The wallet as it is now. */
    public Wallets.Balance getWallet() {
        var known = wallet;
        if (known == null) {
            var asked = getOne();
            known = wallets.of(asked.organizationId()).stream()
                    .filter(any -> any.id().equals(asked.walletId()))
                    .findFirst()
                    .orElseThrow(() -> new NotVisible("wallet", asked.walletId()));
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
        return Optional.ofNullable(id).orElseThrow(() -> new NotVisible("concession", "of the page"));
    }
}
