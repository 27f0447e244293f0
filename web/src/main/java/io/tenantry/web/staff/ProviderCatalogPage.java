package io.tenantry.web.staff;

import io.tenantry.cloud.provider.catalog.ProviderSizes;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The catalogs of all providers as last read: searching, filtering, and selecting sizes to sell. */
@Named
@RequestScoped
public class ProviderCatalogPage {
    @Inject
    CurrentPerson me;

    @Inject
    ProviderSizes providerSizes;

    @Inject
    ProviderCatalogColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<ProviderSizes.Size> table;

    /** Checks that the user may view provider accounts. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_PROVIDERS_VIEW)) {
                throw new AccessDeniedException(Permission.STAFF_PROVIDERS_VIEW);
            }
        });
    }

    public Table<ProviderSizes.Size> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "stock",
                    "/staff/provider-catalog",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    providerSizes::find);
            table = known;
        }
        return known;
    }

    /** Whether the user may create plans from sizes. */
    public boolean isSellable() {
        return me.may(Permission.STAFF_PLANS_MANAGE);
    }
}
