package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.RunQuery.ChargedAmount;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PlatformOverviewTest {
    @Test
    void addsUpPerCurrency() {
        var tenants = List.of(tenant("aurora", "USD"), tenant("borealis", "EUR"), tenant("cirrus", "EUR"));
        var charged = List.of(charged("aurora", "1.5"), charged("borealis", "2"), charged("cirrus", "0.25"));

        assertThat(PlatformOverview.perCurrency(charged, tenants))
                .containsExactly(Money.of("2.25", "EUR"), Money.of("1.5", "USD"));
    }

    @Test
    void showsZeroWhereNothingWasCharged() {
        assertThat(PlatformOverview.perCurrency(List.of(), List.of(tenant("aurora", "USD"))))
                .containsExactly(Money.of("0", "USD"));
    }

    @Test
    void leavesOutTenantsMissingFromTheDirectory() {
        assertThat(PlatformOverview.perCurrency(List.of(charged("gone", "1.5")), List.of(tenant("aurora", "USD"))))
                .containsExactly(Money.of("0", "USD"));
    }

    private static ChargedAmount charged(String tenant, String amount) {
        return new ChargedAmount(new TenantId(tenant), 1, new BigDecimal(amount));
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
