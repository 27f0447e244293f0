package io.tenantry.web.invoice;

import io.tenantry.identity.Permission;
import io.tenantry.invoicing.TaxCorrections;
import io.tenantry.tax.Buyer;
import io.tenantry.tax.TaxOffice;
import io.tenantry.tax.VatChecks;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.AboutCustomer;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a customer is to the tax, and what proves it. */
@Named
@ViewScoped
public class TaxStatusPage extends AboutCustomer {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    TaxOffice office;

    @Inject
    VatChecks checks;

    @Inject
    TaxCorrections corrections;

    @Inject
    Fmt fmt;

    private String status = "";
    private String evidence = "";
    private VatChecks.Known known = VatChecks.Known.NOTHING;
    private List<VatChecks.Evidence> said = List.of();
    private TaxCorrections.@Nullable Offer offer;
    private boolean isByItself;

    /** Looks at the customer, if it may be seen. */
    public void open() {
        look(id -> {
            var standing = office.standing(id);
            status = standing.status().name();
            evidence = standing.evidence();
            known = checks.known(id);
            said = checks.evidence(id);
            offer = corrections.offer(id);
            isByItself = corrections.isByItself();
        });
    }

    /** It is that from now on. */
    public void save() {
        var said =
                getStatuses().stream().filter(one -> one.name().equals(status)).findFirst();
        if (said.isEmpty()) {
            Visit.refuse("status:what", fmt.text("tax.fault.status"));
        } else if (office.note(known(), said.get(), evidence) == TaxOffice.Outcome.EVIDENCE) {
            Visit.refuse("status:evidence", fmt.text("tax.fault.evidence"));
        } else {
            Visit.go("/staff/customer?id=" + known(), fmt.text("tax.status.saved"));
        }
    }

    /** Has VIES asked again. */
    public void again() {
        var asked = checks.again(known());
        Visit.go("/staff/tax-status?organization=" + known(), fmt.text("vat.asked." + asked));
    }

    /** Gives back what was taxed before the number was confirmed. */
    public void correct() {
        var done = corrections.correct(known());
        Visit.go(
                "/staff/tax-status?organization=" + known(),
                done.isNothing()
                        ? fmt.text("vat.back.nothing")
                        : fmt.text("vat.back.done", done.creditNotes().size()));
    }

    /** What was taxed before the number was confirmed. */
    public TaxCorrections.@Nullable Offer getOffer() {
        return offer;
    }

    /** Whether something may go back now. The use case asks again. */
    public boolean isCorrectable() {
        var known = offer;
        return isManaged() && known != null && !known.sum().isZero();
    }

    /** Whether what VIES confirms goes back by itself. */
    public boolean isByItself() {
        return isByItself;
    }

    /** Whether VIES may be asked. The use case asks again. */
    public boolean isAskable() {
        return isManaged() && known != VatChecks.Known.NOTHING;
    }

    /** Whether there is anything to say of VIES. */
    public boolean isChecked() {
        return known != VatChecks.Known.NOTHING || !said.isEmpty();
    }

    /** What VIES said, the latest first. */
    public List<VatChecks.Evidence> getSaid() {
        return said;
    }

    /** In which colour a verdict is said. */
    public String tone(String verdict) {
        return "VALID".equals(verdict) ? "ok" : "INVALID".equals(verdict) ? "bad" : "quiet";
    }

    /** What there is to be. */
    public List<Buyer.Status> getStatuses() {
        return List.of(Buyer.Status.values());
    }

    /** Whether it may be changed. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_WALLETS_ADJUST);
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(@Nullable String status) {
        this.status = Objects.requireNonNullElse(status, "");
    }

    public String getEvidence() {
        return evidence;
    }

    public void setEvidence(@Nullable String evidence) {
        this.evidence = Objects.requireNonNullElse(evidence, "");
    }
}
