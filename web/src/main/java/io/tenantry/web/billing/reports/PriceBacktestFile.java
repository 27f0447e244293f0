package io.tenantry.web.billing.reports;

import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.billing.reports.ReportTable.Cell;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.ListFile;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All customers who would pay something else under other prices, as a file. */
@WebServlet({"/staff/price-backtest.csv", "/staff/price-backtest.xlsx"})
public class PriceBacktestFile extends ListFile<List<Cell>> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Customers customers;

    @Override
    protected String title() {
        return "price-backtest.title";
    }

    @Override
    protected List<String> filters() {
        return PriceBacktestForm.fields();
    }

    @Override
    protected List<Field<List<Cell>>> fields() {
        return customers.fields();
    }

    @Override
    protected List<List<Cell>> rows(ListQuery listQuery) {
        var lines = customers.lines(listQuery, rowsMax());
        return lines.subList(
                Math.min(listQuery.first(), lines.size()),
                Math.min(listQuery.first() + listQuery.limit(), lines.size()));
    }

    @Override
    protected ZoneId zone() {
        return customers.zone();
    }

    /** The lines of one request, calculated once. */
    @RequestScoped
    public static class Customers {
        @Inject
        PriceBacktestTables tables;

        @Inject
        TenantDirectory tenants;

        @Inject
        Format format;

        private List<String> heads = List.of();
        private @Nullable List<List<Cell>> lines;

        /**
         * Returns customers who would pay a different amount, then customers who are not included; the last two cells of each contain its
         * currency and the group that it belongs to.
         */
        List<List<Cell>> lines(ListQuery listQuery, int most) {
            var known = lines;
            if (known == null) {
                var backtestQuery = tables.ask(listQuery, most);
                var grid = backtestQuery.answer().map(tables::customers);
                heads = grid.map(ReportTable::heads).orElseGet(() -> PriceBacktestTables.FEWEST);
                var currency = tenants.current().currency().getCurrencyCode();
                var all = new ArrayList<List<Cell>>();
                grid.ifPresent(one -> one.lines().forEach(line -> all.add(marked(line, currency, ""))));
                var others = tables.linesOf(backtestQuery.leftOut().first(), heads.size());
                for (var i = 0; i < others.size(); i++) {
                    var own = backtestQuery
                            .leftOut()
                            .first()
                            .get(i)
                            .was()
                            .currency()
                            .getCurrencyCode();
                    all.add(marked(others.get(i), own, format.text("price-backtest.left-out.mark")));
                }
                known = List.copyOf(all);
                lines = known;
            }
            return known;
        }

        private static List<Cell> marked(List<Cell> line, String currency, String mark) {
            return Stream.concat(
                            line.stream(),
                            Stream.of(new Cell(currency, currency, "", ""), new Cell(mark, mark, "", "")))
                    .toList();
        }

        List<Field<List<Cell>>> fields() {
            var titles = Stream.concat(heads.stream(), Stream.of("csv.currency", "price-backtest.left-out.mark"))
                    .toList();
            return IntStream.range(0, titles.size())
                    .mapToObj(column -> new Field<List<Cell>>(
                            titles.get(column), line -> line.get(column).value()))
                    .toList();
        }

        ZoneId zone() {
            return tenants.current().zone();
        }
    }
}
