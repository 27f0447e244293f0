package io.tenantry.web.portal;

import io.tenantry.identity.NotVisible;
import io.tenantry.listing.Wish;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.table.ListAddress;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.List;

/** A wallet's statement as a file, line by line. Who may see the wallet is decided by the use case. */
@WebServlet({"/portal/statement.csv", "/portal/statement.xlsx", "/staff/statement.csv", "/staff/statement.xlsx"})
public class StatementFile extends ListFile<Wallets.Line> {
    private static final long serialVersionUID = 1L;

    /** A sheet of Excel holds so many besides the two rows above them and one below. By key, each part costs the same. */
    private static final int ROWS_MAX = 1_048_573;

    @Inject
    transient OrganizationWallets wallets;

    @Inject
    transient StatementColumns columns;

    @Override
    protected String title() {
        return "wallet.statement";
    }

    @Override
    protected List<String> filters() {
        return StatementColumns.FILTERS;
    }

    @Override
    protected List<Field<Wallets.Line>> fields() {
        return columns.fields();
    }

    @Override
    protected List<Wallets.Line> rows(Wish wish) {
        var wallet = Addresses.id(wish.filter(StatementColumns.WALLET).orElse(null))
                .orElseThrow(() -> new NotVisible("wallet", ""));
        return wallets.statement(wallet, Statement.selection(wish, zone()), Statement.before(wish), wish.limit());
    }

    @Override
    protected Wish following(Wish wish, int done, Wallets.Line last) {
        return wish.with(ListAddress.BEFORE, Long.toString(last.entryId()));
    }

    @Override
    protected int rowsMax() {
        return ROWS_MAX;
    }

    @Override
    protected ZoneId zone() {
        return columns.zone();
    }
}
