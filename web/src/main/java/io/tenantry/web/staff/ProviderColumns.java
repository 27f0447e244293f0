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

/** The presentation of the list of provider accounts: columns, filters, export fields and labels. */
@Named
@RequestScoped
public class ProviderColumns {
    /** The parameters by which accounts can be filtered. */
    public static final List<String> FILTERS = List.of(ProviderAccountList.PROVIDER, ProviderAccountList.HEALTH);

    @Inject
    Format format;

    @Inject
    ProviderChoices providerChoices;

    /** Returns the columns. */
    public List<Column> columns() {
        return List.of(
                Column.of("name", "provider.name").always(),
                Column.of("provider", "provider.provider"),
                Column.of("state", "provider.state"),
                Column.of("health", "provider.health").unsorted(),
                Column.of("tested", "provider.tested"));
    }

    /** Returns the filters. */
    public List<Filter> filters() {
        return List.of(
                new Filter(
                        ProviderAccountList.PROVIDER,
                        "provider.provider",
                        format.text("table.any"),
                        providerChoices.offered().stream()
                                .map(provider -> new Filter.Choice(provider.code(), provider.name()))
                                .toList()),
                new Filter(
                        ProviderAccountList.HEALTH,
                        "provider.health",
                        format.text("table.any"),
                        Stream.of("works", "fails", "untested")
                                .map(health -> new Filter.Choice(health, format.text("provider.health." + health)))
                                .toList()));
    }

    /** Returns the fields of the export. */
    public List<Field<Account>> fields() {
        return List.of(
                new Field<>("service.id", Account::id),
                new Field<>("provider.name", Account::name),
                new Field<>("provider.provider", Account::provider),
                new Field<>("provider.base", account -> account.base().orElse("")),
                new Field<>("provider.state", account -> format.text("provider.state." + format.word(account.state()))),
                new Field<>("provider.health", this::verdict),
                new Field<>("provider.words", Account::words),
                new Field<>("provider.tested", account -> account.testedAt().orElse(null)));
    }

    /** Returns the result of the last test. */
    public String verdict(Account account) {
        return format.text(
                "provider.test-result." + account.verdict().map(format::word).orElse("none"));
    }

    /** Returns the tone of that result. */
    public String tone(Account account) {
        return account.verdict()
                .map(connectionTestResult -> connectionTestResult.isFine()
                        ? "ok"
                        : connectionTestResult == ConnectionTestResult.BUSY ? "warn" : "bad")
                .orElse("quiet");
    }
}
