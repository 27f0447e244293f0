package io.tenantry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.RunQuery.RunSummary;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Amounts of different currencies are in different lines of the export of runs, and no figure is in two of them. */
class RunColumnsTest {
    private static final TenantId AURORA = new TenantId("aurora");

    private final RunColumns columns = new RunColumns();

    @BeforeEach
    void open() {
        columns.tenants = new RunTenantNames();
        columns.tenants.directory = new TenantDirectory() {
            @Override
            public Optional<Tenant> byId(TenantId id) {
                return Optional.of(id)
                        .filter(AURORA::equals)
                        .map(known -> new Tenant(
                                known,
                                "Aurora",
                                Tenant.State.ACTIVE,
                                Currency.getInstance("EUR"),
                                ZoneOffset.UTC,
                                Locale.ENGLISH,
                                List.of(),
                                Instant.EPOCH));
            }
        };
    }

    @Test
    void writesALineForEachCurrency() {
        var run = run(AURORA, Money.of("12", "EUR"), Money.of("3.1", "USD"));

        assertThat(exported(run, "runs.number", "runs.services", "runs.hours", "runs.charged", "csv.currency"))
                .containsExactly("7 5 9 12.00000000 EUR", "7 - - 3.10000000 USD");
    }

    @Test
    void writesZeroInTheOwnCurrencyIfNothingWasCharged() {
        assertThat(exported(run(AURORA), "runs.services", "runs.charged", "csv.currency"))
                .containsExactly("5 0.00000000 EUR");
    }

    @Test
    void keepsTheCurrenciesOfADeletedTenant() {
        var gone = new TenantId("gone");

        assertThat(exported(run(gone, Money.of("4", "CHF")), "draft.slug", "runs.charged", "csv.currency"))
                .containsExactly("gone 4.00000000 CHF");
        assertThat(exported(run(gone), "draft.slug", "runs.charged", "csv.currency"))
                .containsExactly("gone - -");
    }

    private List<String> exported(RunSummary run, String... titles) {
        return columns.lines(columns.line(run)).stream()
                .map(line -> String.join(
                        " ",
                        Arrays.stream(titles)
                                .map(title -> columns.fields().stream()
                                        .filter(field -> field.title().equals(title))
                                        .findFirst()
                                        .orElseThrow())
                                .map(field -> text(field.value().apply(line)))
                                .toList()))
                .toList();
    }

    private static String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : Objects.toString(value, "-");
    }

    private static RunSummary run(TenantId tenant, Money... amounts) {
        return new RunSummary(
                7,
                tenant,
                Instant.parse("2026-03-10T12:00:00Z"),
                "DONE",
                100,
                5,
                9,
                List.of(amounts),
                Duration.ofMillis(40),
                "node-1",
                Optional.empty(),
                Optional.empty());
    }
}
