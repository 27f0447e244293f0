package io.tenantry.web.staff;

import io.tenantry.provider.account.AccountList;
import io.tenantry.provider.account.AccountList.Account;
import io.tenantry.provider.account.Vendors;
import io.tenantry.provider.account.Verdict;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;

/** What the list of accounts with vendors looks like: columns, filters, the columns of the file, and words. */
@Named
@RequestScoped
public class ProviderColumns {
    /** By what accounts can be narrowed. */
    public static final List<String> FILTERS = List.of(AccountList.VENDOR, AccountList.HEALTH);

    @Inject
    Fmt fmt;

    @Inject
    Vendors vendors;

    /** The columns. */
    public List<Column> columns() {
        return List.of(
                Column.of("name", "provider.name").always(),
                Column.of("vendor", "provider.vendor"),
                Column.of("state", "provider.state"),
                Column.of("health", "provider.health").unsorted(),
                Column.of("tested", "provider.tested"));
    }

    /** What they can be narrowed by. */
    public List<Filter> filters() {
        return List.of(
                new Filter(
                        AccountList.VENDOR,
                        "provider.vendor",
                        fmt.text("table.any"),
                        vendors.offered().stream()
                                .map(vendor -> new Filter.Choice(vendor.code(), vendor.name()))
                                .toList()),
                new Filter(
                        AccountList.HEALTH,
                        "provider.health",
                        fmt.text("table.any"),
                        Stream.of("works", "fails", "untested")
                                .map(health -> new Filter.Choice(health, fmt.text("provider.health." + health)))
                                .toList()));
    }

    /** The columns of the file. */
    public List<Field<Account>> fields() {
        return List.of(
                new Field<>("service.id", Account::id),
                new Field<>("provider.name", Account::name),
                new Field<>("provider.vendor", Account::vendor),
                new Field<>("provider.base", account -> account.base().orElse("")),
                new Field<>("provider.state", account -> fmt.text("provider.state." + fmt.word(account.state()))),
                new Field<>("provider.health", this::verdict),
                new Field<>("provider.words", Account::words),
                new Field<>("provider.tested", account -> account.testedAt().orElse(null)));
    }

    /** What the last test said. */
    public String verdict(Account account) {
        return fmt.text("provider.verdict." + account.verdict().map(fmt::word).orElse("none"));
    }

    /** How that is meant. */
    public String tone(Account account) {
        return account.verdict()
                .map(verdict -> verdict.isFine() ? "ok" : verdict == Verdict.BUSY ? "warn" : "bad")
                .orElse("quiet");
    }
}
