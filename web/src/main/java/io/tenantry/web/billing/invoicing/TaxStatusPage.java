package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.AutomaticTaxCorrections;
import io.tenantry.billing.invoicing.TaxCorrections;
import io.tenantry.billing.tax.CustomerTaxStatuses;
import io.tenantry.billing.tax.ExemptionCertificate;
import io.tenantry.billing.tax.TaxCustomer;
import io.tenantry.billing.tax.VatChecks;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.CustomerScopedPage;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Uploads;
import io.tenantry.web.portal.DateRange;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tax status of a customer, and its evidence. */
@Named
@ViewScoped
public class TaxStatusPage extends CustomerScopedPage {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    CustomerTaxStatuses statuses;

    @Inject
    VatChecks checks;

    @Inject
    TaxCorrections corrections;

    @Inject
    AutomaticTaxCorrections automaticCorrections;

    @Inject
    Format format;

    private String status = "";
    private String evidence = "";
    private String until = "";
    private String end = "";
    private String document = "";
    private transient @Nullable Part file;
    private VatChecks.Known known = VatChecks.Known.NONE;
    private List<VatChecks.Evidence> vatChecks = List.of();
    private TaxCorrections.@Nullable Offer offer;
    private boolean isByItself;

    /** Loads the customer, if the user may view it. */
    public void open() {
        load(id -> {
            var customerTaxStatus = statuses.of(id);
            status = customerTaxStatus.status().name();
            evidence = customerTaxStatus.evidence();
            until = customerTaxStatus.until().map(LocalDate::toString).orElse("");
            end = customerTaxStatus.isExpired()
                    ? format.text(
                            "tax.until.was",
                            format.date(customerTaxStatus.from().orElseThrow(), "date"))
                    : "";
            document = customerTaxStatus.document().map(UUID::toString).orElse("");
            known = checks.known(id);
            vatChecks = checks.evidence(id);
            offer = corrections.offer(id);
            isByItself = automaticCorrections.isEnabled();
        });
    }

    /** Saves the status, which applies from now on. */
    public void save() {
        var vatChecks =
                getStatuses().stream().filter(one -> one.name().equals(status)).findFirst();
        if (vatChecks.isEmpty()) {
            PageResult.refuse("status:what", format.text("tax.fault.status"));
            return;
        }
        var chosen = vatChecks.get() == TaxCustomer.Status.EXEMPT && !Uploads.isMissing(file) ? file : null;
        var shown = chosen == null ? Optional.<ExemptionCertificate>empty() : read(chosen);
        var day = DateRange.day(until);
        var proof = new CustomerTaxStatuses.Proof(evidence, day, shown);
        var faults = EnumSet.noneOf(CustomerTaxStatuses.Outcome.class);
        faults.addAll(statuses.faults(known(), vatChecks.get(), proof));
        if (chosen != null && shown.isEmpty()) {
            faults.add(CustomerTaxStatuses.Outcome.DOCUMENT);
        }
        if (vatChecks.get() == TaxCustomer.Status.EXEMPT && day.isEmpty() && !until.isBlank()) {
            faults.add(CustomerTaxStatuses.Outcome.UNTIL);
        }
        if (faults.isEmpty()) {
            show(statuses.set(known(), vatChecks.get(), proof));
        } else {
            faults.forEach(this::show);
        }
    }

    private void show(CustomerTaxStatuses.Outcome outcome) {
        switch (outcome) {
            case EVIDENCE -> PageResult.refuse("status:evidence", format.text("tax.fault.evidence"));
            case DOCUMENT -> PageResult.refuse("status:file", format.text("tax.fault.document"));
            case UNTIL -> PageResult.refuse("status:until", format.text("tax.fault.until"));
            default -> PageResult.go("/staff/customer?id=" + known(), format.text("tax.status.saved"));
        }
    }

    /** Returns the note that an exemption has ended, and when; empty if it still applies or never existed. */
    public String getEnd() {
        return end;
    }

    /** Returns the certificate of the exemption in force; empty if there is none. */
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

    private static Optional<ExemptionCertificate> read(Part file) {
        var name = Objects.requireNonNullElse(file.getSubmittedFileName(), "");
        return ExemptionCertificate.of(name, Uploads.content(file, ExemptionCertificate.BYTES_MAX));
    }

    /** Requests another check by VIES. */
    public void again() {
        var checkTrigger = checks.again(known());
        PageResult.go("/staff/tax-status?organization=" + known(), format.text("vat.asked." + checkTrigger));
    }

    /** Refunds the tax that was charged before the number was confirmed. */
    public void correct() {
        var done = corrections.correct(known());
        PageResult.go(
                "/staff/tax-status?organization=" + known(),
                done.isNothing()
                        ? format.text("vat.refund.nothing")
                        : format.text("vat.refund.done", done.creditNotes().size()));
    }

    /** Returns the tax that was charged before the number was confirmed. */
    public TaxCorrections.@Nullable Offer getOffer() {
        return offer;
    }

    /** Whether a refund is possible now. The use case checks the permission again. */
    public boolean isCorrectable() {
        var known = offer;
        return isManaged() && known != null && !known.sum().isZero();
    }

    /** Whether tax is refunded automatically when VIES confirms a number. */
    public boolean isByItself() {
        return isByItself;
    }

    /** Whether the user may request a check by VIES. The use case checks the permission again. */
    public boolean isAskable() {
        return isManaged() && known != VatChecks.Known.NONE;
    }

    /** Whether there is any VIES result to show. */
    public boolean isChecked() {
        return known != VatChecks.Known.NONE || !vatChecks.isEmpty();
    }

    /** Returns the VIES responses, the latest first. */
    public List<VatChecks.Evidence> getVatChecks() {
        return vatChecks;
    }

    /** Returns the tone of a verdict. */
    public String tone(String verdict) {
        return "VALID".equals(verdict) ? "ok" : "INVALID".equals(verdict) ? "bad" : "quiet";
    }

    /** Returns the available statuses. */
    public List<TaxCustomer.Status> getStatuses() {
        return List.of(TaxCustomer.Status.values());
    }

    /** Whether the user may change the status. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_BILLING_MANAGE);
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
