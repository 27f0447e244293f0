package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.cloud.provider.Progress;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Add-ons of a server are taxed as the server's plan is. */
class AddonCategoriesTest {
    private static AddonFixture addonFixture;
    private static BillingFixture billingFixture;

    @BeforeAll
    static void open() {
        addonFixture = new AddonFixture("taxed-shed");
        addonFixture.publish("0.73", "3.65");
        billingFixture = addonFixture.billingFixture;
        for (var kind : List.of(AccountKind.TAX, AccountKind.ROUNDING)) {
            billingFixture.in(() -> billingFixture.ledger.account(
                    kind, billingFixture.money("0").currency()));
        }
        billingFixture.in(() -> {
            billingFixture.sql.update("""
                    insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                    values ('DE', 'DE999999995', 'DOMESTIC', '2026-01-01', now(), 'test')
                    """);
            return billingFixture.sql.update("""
                    insert into tax_rate (place, category, percent, from_day, recorded_at, recorded_by)
                    values ('DE', 'REDUCED', 7, '2026-01-01', now(), 'test')
                    """);
        });
    }

    @BeforeEach
    void begin() {
        billingFixture.clock.stopAt(AddonFixture.NOON);
        addonFixture.provider.setSlow(false);
        addonFixture.provider.setTaskProgress(Progress.done());
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(addonFixture.violations()).isEmpty();
    }

    /** Creates another server of the same customer, of a plan of that category. */
    private static Rented changePlan(Rented server, UUID price) {
        billingFixture.in(() -> billingFixture.sql.update(
                "update service set plan_id = (select plan_id from price_version where id = ?) where id = ?",
                price,
                server.service()));
        billingFixture.change(server, price, billingFixture.clock.instant());
        return server;
    }

    private static UUID reducedPlan() {
        var plan = billingFixture.plan();
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into plan_tax (plan_id, category, from_at, recorded_at, recorded_by)
                values (?, 'REDUCED', '2026-01-01', now(), 'test')
                """, plan));
        return billingFixture.price(plan, 1, "14.60");
    }

    private static String taxRate(UUID subject) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select tax_rate::text as rate from rated_period where service_id = ? and open",
                row -> row.text("rate"),
                subject));
    }

    @Test
    void taxesAddonsLikeTheServerAfterAPlanChange() {
        var server = addonFixture.server("10");
        var volume = addonFixture.createVolume(server, 10);
        AddonFixture.idOf(addonFixture.orderBackups(server));
        addonFixture.work(3);
        assertThat(taxRate(volume.service())).isEqualTo("0.190000");

        billingFixture.clock.stopAt(AddonFixture.NOON.plus(Duration.ofMinutes(30)));
        changePlan(server, reducedPlan());

        assertThat(taxRate(server.service())).isEqualTo("0.070000");
        assertThat(taxRate(volume.service())).isEqualTo("0.070000");
        assertThat(billingFixture.in(() -> billingFixture.sql.query(
                        "select tax_rate::text as rate from rated_period where wallet_id = ? and open",
                        row -> row.text("rate"),
                        server.wallet())))
                .hasSize(3)
                .containsOnly("0.070000");
        addonFixture.charge(Duration.ofHours(2));
    }

    @Test
    void taxesAddonsOfAReducedServerAtTheReducedRateFromTheFirstHour() {
        var server = changePlan(addonFixture.server("10"), reducedPlan());
        var before = billingFixture.balance(server.wallet());

        var volume = addonFixture.createVolume(server, 10);

        assertThat(taxRate(volume.service())).isEqualTo("0.070000");
        assertThat(before.minus(billingFixture.balance(server.wallet()))).isEqualTo(billingFixture.money("0.0107"));
    }

    @Test
    void taxesAVolumeLikeTheServerItIsAttachedTo() {
        var first = addonFixture.server("10");
        var second = changePlan(addonFixture.server(first.wallet()), reducedPlan());
        var volume = addonFixture.createVolume(first, 10);
        billingFixture.in(() -> addonFixture.volumes.detach(volume.service()));
        addonFixture.work(2);
        assertThat(taxRate(volume.service())).isEqualTo("0.190000");

        billingFixture.in(() -> addonFixture.volumes.attach(volume.service(), second.service()));
        addonFixture.work(2);

        assertThat(taxRate(volume.service())).isEqualTo("0.070000");
        assertThat(taxRate(first.service())).isEqualTo("0.190000");
        addonFixture.charge(Duration.ofHours(2));
    }
}
