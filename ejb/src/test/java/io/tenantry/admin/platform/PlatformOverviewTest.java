package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.RunQuery.ChargedAmount;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlatformOverviewTest {
    @Test
    void addsUpPerCurrency() {
        var tenants = List.of(tenant("aurora", "USD"), tenant("borealis", "EUR"), tenant("cirrus", "EUR"));
        var charged =
                List.of(charged("aurora", "1.5 USD"), charged("borealis", "2 EUR"), charged("cirrus", "0.25 EUR"));

        assertThat(PlatformOverview.perCurrency(charged, tenants))
                .containsExactly(Money.of("2.25", "EUR"), Money.of("1.5", "USD"));
    }

    @Test
    void showsZeroWhereNothingWasCharged() {
        assertThat(PlatformOverview.perCurrency(List.of(), List.of(tenant("aurora", "USD"))))
                .containsExactly(Money.of("0", "USD"));
    }

    /** A tenant that sells in a further currency adds to that currency, not to its own. */
    @Test
    void addsAmountsOfOneTenantToTheirCurrencies() {
        var tenants = List.of(tenant("aurora", "USD"), tenant("borealis", "EUR"));
        var charged = List.of(charged("aurora", "1.5 USD", "3 EUR", "7 CHF"), charged("borealis", "2 EUR"));

        assertThat(PlatformOverview.perCurrency(charged, tenants))
                .containsExactly(Money.of("7", "CHF"), Money.of("5", "EUR"), Money.of("1.5", "USD"));
    }

    private static ChargedAmount charged(String tenant, String... amounts) {
        return new ChargedAmount(
                new TenantId(tenant),
                1,
                Stream.of(amounts)
                        .map(amount -> amount.split(" ", -1))
                        .map(parts -> Money.of(parts[0], parts[1]))
                        .toList());
    }

    private static Tenant tenant(String slug, String currency) {
        return new Tenant(
                new TenantId(slug),
                slug,
                Tenant.State.ACTIVE,
                Currency.getInstance(currency),
                ZoneOffset.UTC,
                Locale.ENGLISH,
                List.of(slug + ".localhost"),
                Instant.EPOCH);
    }
}
