package io.tenantry.web.catalog.fx;

import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Currency;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The currency in which a customer pays, and its change: by the customer's members, or by staff for it. */
@Named
@RequestScoped
public class CurrencyChoice {
    @Inject
    WalletAdministration wallets;

    @Inject
    CurrentOrganization organization;

    @Inject
    DisplayCurrency list;

    @Inject
    CurrentPerson me;

    @Inject
    HttpServletRequest request;

    @Inject
    Format format;

    private @Nullable String code;

    /** Whether there is more than one currency to choose from. */
    public boolean isAny() {
        return list.getSold().size() > 1;
    }

    /** Changes to the chosen currency from now on. */
    public void choose() {
        var chosen = getCode();
        if (!list.getCodes().contains(chosen)) {
            PageResult.refuse("currency:code", format.text("currency.not-sold"));
            return;
        }
        switch (wallets.choose(owner(), Currency.getInstance(chosen))) {
            case DONE, UNCHANGED -> PageResult.go(here(), format.text("currency.chosen", chosen));
            case NOT_SOLD -> PageResult.refuse("currency:code", format.text("currency.not-sold"));
            case IN_USE -> PageResult.refuse("currency:code", format.text("currency.in-use"));
        }
    }

    private UUID owner() {
        return me.isStaff() ? PageResult.id("organization", request.getParameter("id")) : organization.getId();
    }

    private String here() {
        return me.isStaff() ? "/staff/customer?id=" + owner() : "/portal/billing-address";
    }

    /** Whether the user may change it. The use case checks the permission again. */
    public boolean isManaged() {
        return me.isStaff() ? me.may(Permission.STAFF_BILLING_MANAGE) : organization.may(Permission.BILLING_MANAGE);
    }

    public String getCode() {
        var known = code;
        if (known == null) {
            known = wallets.currency(owner()).getCurrencyCode();
            code = known;
        }
        return known;
    }

    public void setCode(@Nullable String code) {
        this.code = Objects.requireNonNullElse(code, "");
    }
}
