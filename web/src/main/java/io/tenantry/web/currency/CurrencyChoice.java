package io.tenantry.web.currency;

import io.tenantry.identity.Permission;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Currency;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In which currency a customer pays, and choosing another: by its members, or by staff for it. */
@Named
@RequestScoped
public class CurrencyChoice {
    @Inject
    OrganizationWallets wallets;

    @Inject
    CurrentOrganization organization;

    @Inject
    PriceList list;

    @Inject
    CurrentPerson me;

    @Inject
    HttpServletRequest request;

    @Inject
    Fmt fmt;

    private @Nullable String code;

    /** Whether there is anything to choose. */
    public boolean isAny() {
        return list.getSold().size() > 1;
    }

    /** Pays in the chosen one from now on. */
    public void choose() {
        var chosen = getCode();
        if (!list.getCodes().contains(chosen)) {
            Visit.refuse("currency:code", fmt.text("currency.not-sold"));
            return;
        }
        switch (wallets.choose(whose(), Currency.getInstance(chosen))) {
            case DONE, UNCHANGED -> Visit.go(here(), fmt.text("currency.chosen", chosen));
            case NOT_SOLD -> Visit.refuse("currency:code", fmt.text("currency.not-sold"));
            case IN_USE -> Visit.refuse("currency:code", fmt.text("currency.in-use"));
        }
    }

    private UUID whose() {
        return me.isStaff() ? Visit.id("organization", request.getParameter("id")) : organization.getId();
    }

    private String here() {
        return me.isStaff() ? "/staff/customer?id=" + whose() : "/portal/billing-address";
    }

    /** Whether the person may choose. The use case asks again. */
    public boolean isManaged() {
        return me.isStaff() ? me.may(Permission.STAFF_WALLETS_ADJUST) : organization.may(Permission.BILLING_MANAGE);
    }

    public String getCode() {
        var known = code;
        if (known == null) {
            known = wallets.currency(whose()).getCurrencyCode();
            code = known;
        }
        return known;
    }

    public void setCode(@Nullable String code) {
        this.code = Objects.requireNonNullElse(code, "");
    }
}
