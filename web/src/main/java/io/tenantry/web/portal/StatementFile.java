package io.tenantry.web.portal;

import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.list.ListAddress;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.List;

/** The export of a wallet's statement, line by line. The use case decides who may view the wallet. */
@WebServlet({"/portal/statement.csv", "/portal/statement.xlsx", "/staff/statement.csv", "/staff/statement.xlsx"})
public class StatementFile extends ListFile<WalletStatements.StatementLine> {
    private static final long serialVersionUID = 1L;

    /** The rows of an Excel sheet, less two rows above and one below. Parts are read by key, so each costs the same. */
    private static final int ROWS_MAX = 1_048_573;

    @Inject
    transient WalletAdministration wallets;

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
    protected List<Field<WalletStatements.StatementLine>> fields() {
        return columns.fields();
    }

    @Override
    protected List<WalletStatements.StatementLine> rows(ListQuery listQuery) {
        var wallet = QueryParameters.id(
                        listQuery.filter(StatementColumns.WALLET).orElse(null))
                .orElseThrow(() -> new NotFoundException("wallet", ""));
        return wallets.statement(
                wallet, Statement.selection(listQuery, zone()), Statement.before(listQuery), listQuery.limit());
    }

    @Override
    protected ListQuery following(ListQuery listQuery, int done, WalletStatements.StatementLine last) {
        return listQuery.with(ListAddress.BEFORE, Long.toString(last.entryId()));
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
