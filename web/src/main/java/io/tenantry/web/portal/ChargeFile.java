package io.tenantry.web.portal;

import io.tenantry.charging.ChargeParts;
import io.tenantry.identity.NotVisible;
import io.tenantry.listing.Wish;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.List;

/** The parts of a charge as a file. Who may see the wallet is decided by the use case. */
@WebServlet({"/portal/charge.csv", "/portal/charge.xlsx", "/staff/charge.csv", "/staff/charge.xlsx"})
public class ChargeFile extends ListFile<ChargeParts.Part> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ChargeParts parts;

    @Inject
    transient ChargeColumns columns;

    @Override
    protected String title() {
        return "charge.title";
    }

    @Override
    protected List<String> filters() {
        return ChargeColumns.FILTERS;
    }

    @Override
    protected List<Field<ChargeParts.Part>> fields() {
        return columns.fields();
    }

    @Override
    protected List<ChargeParts.Part> rows(Wish wish) {
        var wallet = Addresses.id(wish.filter(ChargeColumns.WALLET).orElse(null))
                .orElseThrow(() -> new NotVisible("wallet", ""));
        var asked = ChargeParts.Asked.of(
                wallet,
                wish.filter(ChargeColumns.ENTRY).orElse(null),
                wish.filter(ChargeColumns.DAY).orElse(null));
        return parts.rows(asked, wish);
    }

    @Override
    protected ZoneId zone() {
        return columns.zone();
    }
}
