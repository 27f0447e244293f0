package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.LineBreakdown;
import io.tenantry.billing.invoicing.LineBreakdowns;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.portal.PortalLabels;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The explanation of an invoice line by its source: a rated period, or an entry, of a wallet. For members and for staff. */
@Named
@RequestScoped
public class InvoiceLinePage {
    @Inject
    CurrentOrganization organization;

    @Inject
    CurrentPerson me;

    @Inject
    Access access;

    @Inject
    LineBreakdowns lineBreakdowns;

    private @Nullable String period;
    private @Nullable String wallet;
    private @Nullable String entry;
    private @Nullable LineBreakdown lineBreakdown;
    private boolean isLeading;

    /** Loads the explanation, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var owner = PageResult.id("wallet", wallet);
            lineBreakdown = period == null
                    ? lineBreakdowns.ofEntry(owner, number(entry))
                    : lineBreakdowns.ofPeriod(owner, number(period));
            isLeading = access.allowsIn(getExplanation().organizationId(), Permission.VPS_VIEW);
            organization.show(getExplanation().organizationId());
        });
    }

    private static long number(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(one -> one.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElseThrow(() -> new NotFoundException("line", String.valueOf(text)));
    }

    public LineBreakdown getExplanation() {
        return PageResult.opened(lineBreakdown);
    }

    /** Returns the path below which its pages are. */
    public String getPlace() {
        return me.isStaff() ? "/staff" : "/portal";
    }

    /** Whether the user is the reseller's staff. */
    public boolean isStaff() {
        return me.isStaff();
    }

    /** Returns the page of what the line is for; empty if the user may not view that. */
    public String getLead() {
        return getExplanation()
                .thing()
                .filter(any -> isLeading)
                .map(billedResource -> PortalLabels.pageOf(
                        getPlace(), billedResource.kind(), billedResource.id(), billedResource.serviceId()))
                .orElse("");
    }

    /** Returns the address of all charges of a day of its wallet. */
    public String charges(LocalDate day) {
        var origin = getExplanation().line().origin().orElseThrow();
        return PortalLabels.spentOn(getPlace(), origin.walletId(), day);
    }

    /** Returns the document that contains it, or the proforma of the running month. */
    public String getDocument() {
        var owner = me.isStaff() ? "?organization=" + getExplanation().organizationId() : "";
        return getPlace()
                + "/invoice"
                + getExplanation()
                        .document()
                        .map(resourceStatus ->
                                "?id=" + resourceStatus.document().id())
                        .orElse(owner);
    }

    public @Nullable String getPeriod() {
        return period;
    }

    public void setPeriod(@Nullable String period) {
        this.period = period;
    }

    public @Nullable String getWallet() {
        return wallet;
    }

    public void setWallet(@Nullable String wallet) {
        this.wallet = wallet;
    }

    public @Nullable String getEntry() {
        return entry;
    }

    public void setEntry(@Nullable String entry) {
        this.entry = entry;
    }
}
