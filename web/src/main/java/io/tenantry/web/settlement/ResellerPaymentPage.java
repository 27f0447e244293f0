package io.tenantry.web.settlement;

import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.SettlementAdministration;
import io.tenantry.settlement.SettlementAdministration.Payment;
import io.tenantry.settlement.SettlementAdministration.ReversalOutcome;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A payment of a reseller, which can be reversed. */
@Named
@RequestScoped
public class ResellerPaymentPage {
    @Inject
    SettlementAdministration console;

    @Inject
    Format format;

    private @Nullable String entry;
    private @Nullable Payment payment;
    private String reason = "";

    /** Loads the payment, if the user may view it. */
    public void open() {
        PageResult.load(() -> payment = console.payment(number()));
    }

    /** Reverses the payment. */
    public void takeBack() {
        var back = "/admin/settlements/one?slug=" + getPayment().tenant().value();
        var outcome = console.takeBack(number(), reason);
        if (outcome instanceof ReversalOutcome.Reason) {
            PageResult.refuse(
                    "back:reason", format.text("credit.reason.fault", SettlementAdministration.REFERENCE_MAX));
        } else if (outcome instanceof ReversalOutcome.Done done) {
            PageResult.go(
                    back,
                    done.reopened().isEmpty()
                            ? format.text("settlement.reverse.done")
                            : format.text("settlement.reverse.done.open", String.join(", ", done.reopened())));
        } else {
            PageResult.go(back, format.text("settlement.reversed"));
        }
    }

    /** Returns the number of the entry; the form needs it before the view's parameters are set. */
    private long number() {
        var known = entry != null
                ? entry
                : FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestParameterMap()
                        .getOrDefault("entry", "");
        if (!known.matches("[0-9]{1,18}")) {
            throw new NotFoundException("payment", known);
        }
        return Long.parseLong(known);
    }

    public Payment getPayment() {
        var known = payment;
        if (known == null) {
            known = console.payment(number());
            payment = known;
        }
        return known;
    }

    /** Returns the documents that would be reopened, in one line. */
    public String getReopens() {
        return String.join(", ", getPayment().reopens());
    }

    public @Nullable String getEntry() {
        return entry;
    }

    public void setEntry(@Nullable String entry) {
        this.entry = entry;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "");
    }
}
