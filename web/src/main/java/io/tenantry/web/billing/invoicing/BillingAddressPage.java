package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.tax.VatChecks;
import io.tenantry.documents.mail.InvoiceDelivery;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.CurrentOrganization;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The billing address of an organization, to which its documents are issued. */
@Named
@RequestScoped
public class BillingAddressPage extends PartyForm {
    @Inject
    CurrentOrganization organization;

    @Inject
    BillingParties billingParties;

    @Inject
    InvoiceDelivery mails;

    @Inject
    VatChecks checks;

    @Inject
    Format format;

    private String region = "";
    private String reference = "";
    private boolean isStructured;
    private VatChecks.Known known = VatChecks.Known.NONE;

    /** Loads the stored address, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var invoiceBuyer = billingParties.buyer(organization.getId());
            show(invoiceBuyer.address(), invoiceBuyer.vatNumber(), invoiceBuyer.email());
            region = invoiceBuyer.region();
            reference = invoiceBuyer.reference();
            known = checks.known(organization.getId());
            isStructured = mails.isXRechnung(organization.getId());
        });
    }

    /** Saves the address. */
    public void save() {
        var invoiceBuyer = new InvoiceBuyer(address(), region, getVatNumber(), getEmail(), reference);
        if (billingParties.buy(organization.getId(), invoiceBuyer) instanceof BillingParties.Outcome.Invalid invalid) {
            refuse(
                    invalid.fields(),
                    new ValidVatNumber(
                            invoiceBuyer.vatNumber(), invoiceBuyer.address().country()),
                    format);
        } else {
            PageResult.go("/portal/billing-address", format.text("party.saved"));
        }
    }

    /** Saves the preference for attachments of documents that are sent by email. */
    public void saveAttachmentPreference() {
        mails.setXRechnung(organization.getId(), isStructured);
        PageResult.go("/portal/billing-address", format.text("delivery.preference.saved"));
    }

    /** Whether the user may change it. The use case checks the permission again. */
    public boolean isManaged() {
        return organization.may(Permission.BILLING_MANAGE);
    }

    /** Returns the result of the VAT number's check; empty if there is none. */
    public String getVatNote() {
        return known == VatChecks.Known.NONE ? "" : format.text("party.vat." + known);
    }

    /** Returns the tone of that result. */
    public String getVatTone() {
        return known == VatChecks.Known.CONFIRMED ? "ok" : known == VatChecks.Known.UNKNOWN ? "bad" : "info";
    }

    @Override
    protected String printed() {
        return super.printed() + "\n" + reference;
    }

    public boolean isStructured() {
        return isStructured;
    }

    public void setStructured(boolean isStructured) {
        this.isStructured = isStructured;
    }

    public String getRegion() {
        return region;
    }

    public void setRegion(@Nullable String region) {
        this.region = Objects.requireNonNullElse(region, "");
    }

    public String getReference() {
        return reference;
    }

    public void setReference(@Nullable String reference) {
        this.reference = Objects.requireNonNullElse(reference, "");
    }
}
