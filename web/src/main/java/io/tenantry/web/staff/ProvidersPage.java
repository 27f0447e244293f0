package io.tenantry.web.staff;

import io.tenantry.cloud.provider.account.ProviderAccountList;
import io.tenantry.cloud.provider.account.ProviderAccounts;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reseller's provider accounts, and whether they work. */
@Named
@RequestScoped
public class ProvidersPage {
    @Inject
    CurrentPerson me;

    @Inject
    ProviderAccountList accounts;

    @Inject
    ProviderAccounts changes;

    @Inject
    ProviderColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<ProviderAccountList.Account> table;

    public Table<ProviderAccountList.Account> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "providers",
                    "/staff/providers",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    listQuery ->
                            me.may(Permission.STAFF_PROVIDERS_VIEW) ? accounts.find(listQuery) : ResultPage.nothing());
            table = known;
        }
        return known;
    }

    /** Whether the user may connect accounts. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_PROVIDERS_MANAGE);
    }

    /** Whether the installation has a key to encrypt credentials. */
    public boolean isReady() {
        return changes.isReady();
    }
}
