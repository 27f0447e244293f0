package io.tenantry.web.settlement;

import io.tenantry.identity.NotVisible;
import io.tenantry.settlement.SettlementConsole;
import io.tenantry.settlement.SettlementConsole.Payment;
import io.tenantry.settlement.SettlementConsole.TakenBack;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A payment of a reseller, which can be taken back. */
@Named
@RequestScoped
public class ResellerPaymentPage {
    @Inject
    SettlementConsole console;

    @Inject
    Fmt fmt;

    private @Nullable String entry;
    private @Nullable Payment payment;
    private String reason = "";

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> payment = console.payment(number()));
    }

    /** Takes it back. */
    public void takeBack() {
        var back = "/console/settlements/one?slug=" + getPayment().tenant().value();
        var outcome = console.takeBack(number(), reason);
        if (outcome instanceof TakenBack.Reason) {
            Visit.refuse("back:reason", fmt.text("credit.reason.fault", SettlementConsole.REFERENCE_MAX));
        } else if (outcome instanceof TakenBack.Done done) {
            Visit.go(
                    back,
                    done.reopened().isEmpty()
                            ? fmt.text("settlement.back.done")
                            : fmt.text("settlement.back.done.open", String.join(", ", done.reopened())));
        } else {
            Visit.go(back, fmt.text("settlement.taken-back"));
        }
    }

    /** Which it is; the form asks before the view's parameters are set. */
    private long number() {
        var known = entry != null
                ? entry
                : FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getRequestParameterMap()
                        .getOrDefault("entry", "");
        if (!known.matches("[0-9]{1,18}")) {
            throw new NotVisible("payment", known);
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

    /** What would be open again, in one line. */
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
