package io.tenantry.web.staff;

import io.tenantry.listing.Wish;
import io.tenantry.provider.account.AccountList;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The reseller's accounts with vendors as a file; what lets us in is not in it. */
@WebServlet({"/staff/providers.csv", "/staff/providers.xlsx"})
public class ProvidersFile extends ListFile<AccountList.Account> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient AccountList accounts;

    @Inject
    transient ProviderColumns columns;

    @Override
    protected String title() {
        return "nav.providers";
    }

    @Override
    protected List<String> filters() {
        return ProviderColumns.FILTERS;
    }

    @Override
    protected List<Field<AccountList.Account>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(AccountList.Account row) {
        return row.id();
    }

    @Override
    protected List<AccountList.Account> rows(Wish wish) {
        return accounts.rows(wish);
    }
}
