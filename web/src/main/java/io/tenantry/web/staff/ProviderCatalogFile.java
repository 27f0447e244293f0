package io.tenantry.web.staff;

import io.tenantry.cloud.provider.catalog.ProviderSizes;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** What providers sell, as a file. */
@WebServlet({"/staff/provider-catalog.csv", "/staff/provider-catalog.xlsx"})
public class ProviderCatalogFile extends ListFile<ProviderSizes.Size> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ProviderSizes providerSizes;

    @Inject
    transient ProviderCatalogColumns columns;

    @Override
    protected String title() {
        return "provider-catalog.title";
    }

    @Override
    protected List<String> filters() {
        return ProviderCatalogColumns.FILTERS;
    }

    @Override
    protected List<Field<ProviderSizes.Size>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(ProviderSizes.Size row) {
        return row.id();
    }

    @Override
    protected List<ProviderSizes.Size> rows(ListQuery listQuery) {
        return providerSizes.rows(listQuery);
    }
}
