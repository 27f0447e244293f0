package io.tenantry.web.staff;

import io.tenantry.listing.Wish;
import io.tenantry.provider.stock.Stock;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** What vendors sell as a file. */
@WebServlet({"/staff/stock.csv", "/staff/stock.xlsx"})
public class StockFile extends ListFile<Stock.Size> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Stock stock;

    @Inject
    transient StockColumns columns;

    @Override
    protected String title() {
        return "stock.title";
    }

    @Override
    protected List<String> filters() {
        return StockColumns.FILTERS;
    }

    @Override
    protected List<Field<Stock.Size>> fields() {
        return columns.fields();
    }

    @Override
    protected List<Stock.Size> rows(Wish wish) {
        return stock.rows(wish);
    }
}
