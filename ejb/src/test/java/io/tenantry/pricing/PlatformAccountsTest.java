package io.tenantry.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.identity.Access;
import io.tenantry.invoicing.Office;
import io.tenantry.pricing.PlatformAccounts.Outcome;
import io.tenantry.settlement.Counter;
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
    void anAccountBecomesThePlatformsOnlyIfEverythingInItHasAPrice() {
        var counter = new Counter("provided", "SEK", "Europe/Stockholm");
        counter.books.clock.stopAt(NOON);
        var tenant = counter.books.tenant;
        var accounts = new PlatformAccounts(
                counter.books.sql,
                counter.books.clock,
                new Access(counter.books.sql),
                Office.trail(counter.books),
                new TenantDirectory(Database.administration()),
                new Costs(),
                counter.resellerBooks());

        assertThat(counter.platform(() -> accounts.provide(tenant, account, true)))
                .isEqualTo(new Outcome.Unpriced(List.of(SMALL)));
        assertThat(changes()).isEmpty();

        missing = List.of();
        assertThat(counter.platform(() -> accounts.provide(tenant, account, true)))
                .isEqualTo(new Outcome.Done());
        assertThat(counter.platform(() -> accounts.provide(tenant, account, true)))
                .isEqualTo(new Outcome.Unchanged());

        missing = List.of(SMALL);
        assertThat(counter.platform(() -> accounts.provide(tenant, account, false)))
                .as("giving it back needs no price")
                .isEqualTo(new Outcome.Done());
        assertThat(changes()).containsExactly("true", "false");
        assertThat(isHeld)
                .as("whose it is is read while nobody else can say otherwise")
                .isTrue();
    }

    private List<String> changes() {
        return Database.texts(
                "select provided::text from platform.platform_provider_account where provider_account_id = '" + account
                        + "' order by id");
    }

    /** What the reseller's schema would tell. */
    private final class Costs extends ProviderCosts {
        @Override
        public List<Account> accounts(TenantId tenant, Instant at) {
            isHeld = isHeld(tenant);
            var changes = changes();
            var isPlatforms =
                    !changes.isEmpty() && changes.get(changes.size() - 1).equals("true");
            return List.of(new Account(account, "Main", "linode", true, isPlatforms, 1));
        }

        private boolean isHeld(TenantId tenant) {
            try {
                Database.asOwner("select from platform.reseller_account where tenant = '" + tenant.value()
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
