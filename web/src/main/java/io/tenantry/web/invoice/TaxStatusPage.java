package io.tenantry.web.invoice;

import io.tenantry.identity.Permission;
import io.tenantry.invoicing.TaxCorrections;
import io.tenantry.tax.Buyer;
import io.tenantry.tax.TaxFile;
import io.tenantry.tax.TaxOffice;
import io.tenantry.tax.VatChecks;
import io.tenantry.web.portal.Days;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.AboutCustomer;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Uploads;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
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
    private String until = "";
    private String end = "";
    private String document = "";
    private transient @Nullable Part file;
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
            until = standing.until().map(LocalDate::toString).orElse("");
            end = standing.isExpired()
                    ? fmt.text("tax.until.was", fmt.date(standing.from().orElseThrow(), "date"))
                    : "";
            document = standing.document().map(UUID::toString).orElse("");
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
            return;
        }
        var chosen = said.get() == Buyer.Status.EXEMPT && file != null && file.getSize() > 0 ? file : null;
        var shown = chosen == null ? Optional.<TaxFile>empty() : read(chosen);
        if (chosen != null && shown.isEmpty()) {
            Visit.refuse("status:file", fmt.text("tax.fault.document"));
            return;
        }
        var day = Days.day(until);
        if (said.get() == Buyer.Status.EXEMPT && day.isEmpty() && !until.isBlank()) {
            Visit.refuse("status:until", fmt.text("tax.fault.until"));
            return;
        }
        var proof = new TaxOffice.Proof(evidence, day, shown);
        switch (office.note(known(), said.get(), proof)) {
            case EVIDENCE -> Visit.refuse("status:evidence", fmt.text("tax.fault.evidence"));
            case DOCUMENT -> Visit.refuse("status:file", fmt.text("tax.fault.document"));
            case UNTIL -> Visit.refuse("status:until", fmt.text("tax.fault.until"));
            default -> Visit.go("/staff/customer?id=" + known(), fmt.text("tax.status.saved"));
        }
    }

    /** That it was exempt, and until when; empty if it is still, or never was. */
    public String getEnd() {
        return end;
    }

    /** The document that was shown for the exemption in force; empty if there is none. */
    public String getDocument() {
        return document;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String until) {
        this.until = Objects.requireNonNullElse(until, "");
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    private static Optional<TaxFile> read(Part file) {
        var name = Objects.requireNonNullElse(file.getSubmittedFileName(), "");
        return TaxFile.of(name, Uploads.content(file, TaxFile.BYTES_MAX));
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
