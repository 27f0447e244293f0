package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.listing.Found;
import io.tenantry.provider.account.AccountList;
import io.tenantry.provider.account.ProviderAccounts;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reseller's accounts with vendors, and whether they work. */
@Named
@RequestScoped
public class ProvidersPage {
    @Inject
    CurrentPerson me;

    @Inject
    AccountList accounts;

    @Inject
    ProviderAccounts changes;

    @Inject
    ProviderColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<AccountList.Account> table;

    public Table<AccountList.Account> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "providers",
                    "/staff/providers",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    wish -> me.may(Permission.STAFF_PROVIDERS_VIEW) ? accounts.find(wish) : Found.nothing());
            table = known;
        }
        return known;
    }

    /** Whether accounts may be connected. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_PROVIDERS_MANAGE);
    }

    /** Whether the installation has a key to seal credentials with. */
    public boolean isReady() {
        return changes.isReady();
    }
}
