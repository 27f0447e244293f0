package io.tenantry.catalog.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.catalog.pricing.PlatformAccounts.Outcome;
import io.tenantry.people.identity.Access;
import io.tenantry.settlement.SettlementFixture;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlatformAccountsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final PriceKey SMALL = PriceFixture.plan("linode", "small", "");

    private final UUID account = UUID.randomUUID();
    private List<PriceKey> missing = List.of(SMALL);
    private boolean isHeld;

    @Test
    void sharesAnAccountOnlyIfEverythingInItHasAPrice() {
        var settlementFixture = new SettlementFixture("provided", "SEK", "Europe/Stockholm");
        settlementFixture.billingFixture.clock.stopAt(NOON);
        var tenant = settlementFixture.billingFixture.tenant;
        var accounts = new PlatformAccounts(
                settlementFixture.billingFixture.sql,
                settlementFixture.billingFixture.clock,
                new Access(settlementFixture.billingFixture.sql),
                InvoicingFixture.trail(settlementFixture.billingFixture),
                new TenantDirectory(Database.administration()),
                new Costs(),
                settlementFixture.resellerAccounts());

        assertThat(settlementFixture.platform(() -> accounts.provide(tenant, account, true)))
                .isEqualTo(new Outcome.Unpriced(List.of(SMALL)));
        assertThat(changes()).isEmpty();

        missing = List.of();
        assertThat(settlementFixture.platform(() -> accounts.provide(tenant, account, true)))
                .isEqualTo(new Outcome.Done());
        assertThat(settlementFixture.platform(() -> accounts.provide(tenant, account, true)))
                .isEqualTo(new Outcome.Unchanged());

        missing = List.of(SMALL);
        assertThat(settlementFixture.platform(() -> accounts.provide(tenant, account, false)))
                .as("returning it needs no price")
                .isEqualTo(new Outcome.Done());
        assertThat(changes()).containsExactly("true", "false");
        assertThat(isHeld).as("the owner is read under a lock").isTrue();
    }

    private List<String> changes() {
        return Database.texts(
                "select provided::text from platform.platform_provider_account where provider_account_id = '" + account
                        + "' order by id");
    }

    /** The costs that the reseller's schema would return. */
    private final class Costs extends ProviderCosts {
        @Override
        public List<Account> accounts(TenantId tenant, Instant at) {
            isHeld = isLocked(tenant);
            var changes = changes();
            var isPlatforms =
                    !changes.isEmpty() && changes.get(changes.size() - 1).equals("true");
            return List.of(new Account(account, "Main", "linode", true, isPlatforms, 1));
        }

        private boolean isLocked(TenantId tenant) {
            try {
                Database.asOwner("select from platform.reseller_ledger_account where tenant = '" + tenant.value()
                        + "' for no key update nowait");
                return false;
            } catch (IllegalStateException locked) {
                return true;
            }
        }

        @Override
        public List<PriceKey> missing(TenantId tenant, UUID accountId, Instant at) {
            return missing;
        }
    }
}
