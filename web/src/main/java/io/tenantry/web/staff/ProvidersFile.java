package io.tenantry.web.staff;

import io.tenantry.cloud.provider.account.ProviderAccountList;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The export of the reseller's provider accounts, without credentials. */
@WebServlet({"/staff/providers.csv", "/staff/providers.xlsx"})
public class ProvidersFile extends ListFile<ProviderAccountList.Account> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ProviderAccountList accounts;

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
    protected List<Field<ProviderAccountList.Account>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(ProviderAccountList.Account row) {
        return row.id();
    }

    @Override
    protected List<ProviderAccountList.Account> rows(ListQuery listQuery) {
        return accounts.rows(listQuery);
    }
}
