package io.tenantry.web.staff;

import io.tenantry.cloud.provider.account.ConnectionTestResult;
import io.tenantry.cloud.provider.account.ProviderAccountList;
import io.tenantry.cloud.provider.account.ProviderAccountList.Account;
import io.tenantry.cloud.provider.account.ProviderChoices;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
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
    public static final List<String> FILTERS = List.of(ProviderAccountList.VENDOR, ProviderAccountList.HEALTH);

    @Inject
    Format format;

    @Inject
    ProviderChoices providerChoices;

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
                        ProviderAccountList.VENDOR,
                        "provider.vendor",
                        format.text("table.any"),
                        providerChoices.offered().stream()
                                .map(vendor -> new Filter.Choice(vendor.code(), vendor.name()))
                                .toList()),
                new Filter(
                        ProviderAccountList.HEALTH,
                        "provider.health",
                        format.text("table.any"),
                        Stream.of("works", "fails", "untested")
                                .map(health -> new Filter.Choice(health, format.text("provider.health." + health)))
                                .toList()));
    }

    /** The columns of the file. */
    public List<Field<Account>> fields() {
        return List.of(
                new Field<>("service.id", Account::id),
                new Field<>("provider.name", Account::name),
                new Field<>("provider.vendor", Account::vendor),
                new Field<>("provider.base", account -> account.base().orElse("")),
                new Field<>("provider.state", account -> format.text("provider.state." + format.word(account.state()))),
                new Field<>("provider.health", this::verdict),
                new Field<>("provider.words", Account::words),
                new Field<>("provider.tested", account -> account.testedAt().orElse(null)));
    }

    /** What the last test said. */
    public String verdict(Account account) {
        return format.text(
                "provider.verdict." + account.verdict().map(format::word).orElse("none"));
    }

    /** How that is meant. */
    public String tone(Account account) {
        return account.verdict()
                .map(connectionTestResult -> connectionTestResult.isFine()
                        ? "ok"
                        : connectionTestResult == ConnectionTestResult.BUSY ? "warn" : "bad")
                .orElse("quiet");
    }
}
