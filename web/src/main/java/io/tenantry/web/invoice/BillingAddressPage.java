package io.tenantry.web.invoice;

import io.tenantry.identity.Permission;
import io.tenantry.invoicing.Buyer;
import io.tenantry.invoicing.Parties;
import io.tenantry.mail.DocumentMails;
import io.tenantry.tax.VatChecks;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** To whom an organization's documents are made out. */
@Named
@RequestScoped
public class BillingAddressPage extends PartyForm {
    @Inject
    CurrentOrganization organization;

    @Inject
    Parties parties;

    @Inject
    DocumentMails mails;

    @Inject
    VatChecks checks;

    @Inject
    Fmt fmt;

    private String region = "";
    private String reference = "";
    private boolean isStructured;
    private VatChecks.Known known = VatChecks.Known.NOTHING;

    /** Looks at what is known, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var buyer = parties.buyer(organization.getId());
            show(buyer.address(), buyer.vatNumber(), buyer.email());
            region = buyer.region();
            reference = buyer.reference();
            known = checks.known(organization.getId());
            isStructured = mails.isXRechnung(organization.getId());
        });
    }

    /** Says it. */
    public void save() {
        var buyer = new Buyer(address(), region, getVatNumber(), getEmail(), reference);
        if (parties.buy(organization.getId(), buyer) instanceof Parties.Outcome.Invalid invalid) {
            refuse(
                    invalid.fields(),
                    new Numbered(buyer.vatNumber(), buyer.address().country()),
                    fmt);
        } else {
            Visit.go("/portal/billing-address", fmt.text("party.saved"));
        }
    }

    /** Says what comes with documents that go out by mail. */
    public void wish() {
        mails.wish(organization.getId(), isStructured);
        Visit.go("/portal/billing-address", fmt.text("delivery.wish.saved"));
    }

    /** Whether the member may change it. The use case asks again. */
    public boolean isManaged() {
        return organization.may(Permission.BILLING_MANAGE);
    }

    /** What is known of the VAT number; empty if nothing is to be said. */
    public String getVatNote() {
        return known == VatChecks.Known.NOTHING ? "" : fmt.text("party.vat." + known);
    }

    /** In which colour that is said. */
    public String getVatTone() {
        return known == VatChecks.Known.CONFIRMED ? "ok" : known == VatChecks.Known.UNKNOWN ? "bad" : "info";
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
