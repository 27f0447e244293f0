package io.tenantry.web.staff;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.Permission;
import io.tenantry.provider.stock.Stock;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all vendors sell, as it was read last: search, narrow, choose some and sell them. */
@Named
@RequestScoped
public class StockPage {
    @Inject
    CurrentPerson me;

    @Inject
    Stock stock;

    @Inject
    StockColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<Stock.Size> table;

    /** Lets in who may see accounts with vendors. */
    public void open() {
        Visit.look(() -> {
            if (!me.may(Permission.STAFF_PROVIDERS_VIEW)) {
                throw new AccessDenied(Permission.STAFF_PROVIDERS_VIEW);
            }
        });
    }

    public Table<Stock.Size> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of("stock", "/staff/stock", List.of(), columns.columns(), columns.filters(), stock::find);
            table = known;
        }
        return known;
    }

    /** Whether plans may be made of it. */
    public boolean isSellable() {
        return me.may(Permission.STAFF_PLANS_MANAGE);
    }
}
