package io.tenantry.web.catalog.pricing;

import io.tenantry.admin.platform.TenantChoice;
import io.tenantry.catalog.pricing.PlatformAccounts;
import io.tenantry.catalog.pricing.PlatformAccounts.Outcome;
import io.tenantry.catalog.pricing.ProviderCosts.Account;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ownership of the provider accounts that resellers use: the platform's, or their own. The displayed rows are kept: a button acts on the
 * account of its row, even if accounts were added since.
 */
@Named
@ViewScoped
public class PlatformAccountsPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HERE = "/admin/price-lists/accounts?reseller=";

    @Inject
    PlatformAccounts accounts;

    @Inject
    TenantChoice tenants;

    @Inject
    CurrentPerson me;

    @Inject
    Format format;

    private String chosen = "";
    private @Nullable List<Account> rows;

    /** Loads the accounts, if the user may view them. */
    public void open() {
        PageResult.load(() -> {
            chosen = getReseller().map(one -> one.id().value()).orElse("");
            getRows();
        });
    }

    /** Marks an account as the platform's from now on. */
    public void provide(String tenant, UUID account) {
        var outcome = accounts.provide(new TenantId(tenant), account, true);
        if (outcome instanceof Outcome.Unpriced unpriced) {
            PageResult.refuse(format.text("pricing.accounts.unpriced", WholesaleLabels.named(unpriced.keys())));
            return;
        }
        PageResult.go(HERE + tenant, format.text("pricing.accounts.provided"));
    }

    /** Marks an account as the reseller's own from now on. */
    public void giveBack(String tenant, UUID account) {
        accounts.provide(new TenantId(tenant), account, false);
        PageResult.go(HERE + tenant, format.text("pricing.accounts.returned"));
    }

    /** Returns the provider accounts of the selected reseller. */
    public List<Account> getRows() {
        var known = rows;
        if (known == null) {
            known = getReseller().map(one -> accounts.of(one.id())).orElse(List.of());
            rows = known;
        }
        return known;
    }

    /** Returns the resellers to select from. */
    public List<Tenant> getResellers() {
        return tenants.chargeable();
    }

    /** Returns the selected reseller; by default the first. */
    public Optional<Tenant> getReseller() {
        return getResellers().stream()
                .filter(one -> one.id().value().equals(chosen))
                .findFirst()
                .or(() -> getResellers().stream().findFirst());
    }

    public String getChosen() {
        return chosen;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = Objects.requireNonNullElse(chosen, "");
    }

    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }
}
