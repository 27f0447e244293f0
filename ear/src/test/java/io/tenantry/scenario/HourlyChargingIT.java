package io.tenantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.charging.LeaseLostException;
import io.tenantry.billing.charging.RunQuery;
import io.tenantry.it.Deployments;
import io.tenantry.kernel.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The main job inside the server. Batches hold three wallets and leases last two seconds here, so that a handful of customers suffices. 7.30 a
 * month is 0.01 an hour.
 */
class HourlyChargingIT extends Deployments {
    private static final Instant NOON = Instant.parse("2027-03-10T12:00:00Z");

    private static Story story() {
        return bean(Story.class);
    }

    private static ChargingRuns runs() {
        return bean(ChargingRuns.class);
    }

    @Test
    void chargesHourlyAndCatchesUpMissedHours() {
        story().alone();
        story().at(NOON);
        var reseller = story().reseller("hourly", "7.30");
        var customer = story().customer(reseller, "anna", "10");
        story().server(reseller, customer, "web-1");
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.99", "USD"));

        story().at(NOON.plus(Duration.ofHours(1)));
        story().chargeAll();
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.99", "USD"));

        story().at(NOON.plus(Duration.ofHours(2)));
        story().chargeAll();
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.98", "USD"));

        story().at(NOON.plus(Duration.ofHours(36)));
        story().chargeAll();
        assertThat(story().balance(reseller, customer)).isEqualTo(Money.of("9.64", "USD"));
        assertThat(story().faults(reseller)).isEmpty();
    }

    @Test
    void repeatedJobChargesNothing() {
        story().alone();
        story().at(NOON);
        var reseller = story().reseller("repeated", "7.30");
        var customer = story().customer(reseller, "bert", "10");
        story().server(reseller, customer, "web-1");
        story().at(NOON.plus(Duration.ofHours(5)));
        story().chargeAll();
        var once = story().balance(reseller, customer);

        story().runJob();
        story().runJob();

        assertThat(story().balance(reseller, customer)).isEqualTo(once);
    }

    @Test
    void continuesRunOfDeadWorkerAndFencesLateHolder() {
        story().alone();
        story().at(NOON);
        var reseller = story().reseller("died", "7.30");
        for (var i = 0; i < 10; i++) {
            story().server(reseller, story().customer(reseller, "customer-" + i, "10"), "web");
        }
        story().at(NOON.plus(Duration.ofHours(2)));
        runs().open(runs().reachedHour());
        ChargingRuns.Claim dead = claimOf(reseller);
        Optional<ChargingRuns.Claim> left = runs().chargeNext(dead);
        assertThat(left).isPresent();

        story().chargeAll();

        assertThat(story().hours(reseller)).hasSize(10).containsOnly(2);
        assertThatThrownBy(() -> runs().chargeNext(left.orElseThrow())).isInstanceOf(LeaseLostException.class);
        assertThat(story().hours(reseller)).hasSize(10).containsOnly(2);
        assertThat(story().faults(reseller)).isEmpty();
    }

    @Test
    void failingTenantStopsNoOtherAndIsRetried() {
        story().alone();
        story().at(NOON);
        var broken = story().reseller("broken", "7.30");
        var well = story().reseller("well", "7.30");
        var unlucky = story().customer(broken, "unlucky", "10");
        var lucky = story().customer(well, "lucky", "10");
        story().server(broken, unlucky, "web");
        story().server(well, lucky, "web");
        breakCharging(broken, true);

        story().at(NOON.plus(Duration.ofHours(2)));
        story().runJob();

        assertThat(story().balance(well, lucky)).isEqualTo(Money.of("9.98", "USD"));
        assertThat(story().balance(broken, unlucky)).isEqualTo(Money.of("9.99", "USD"));
        var parked = bean(RunQuery.class).list(new RunQuery.Filter(broken.id(), true, 0, 10));
        assertThat(parked).extracting(RunQuery.RunSummary::state).contains("FAILED");
        assertThat(parked).anySatisfy(run -> assertThat(run.error()).isPresent());

        breakCharging(broken, false);
        parked.forEach(run -> runs().retry(run.id()));
        story().chargeAll();
        assertThat(story().balance(broken, unlucky)).isEqualTo(Money.of("9.98", "USD"));
    }

    @Test
    void tenantWithUnplannableRunStopsNoOtherAndIsRetried() {
        story().alone();
        story().at(NOON);
        var broken = story().reseller("a-hopeless", "7.30");
        var well = story().reseller("b-hopeful", "7.30");
        var unlucky = story().customer(broken, "unlucky", "10");
        var lucky = story().customer(well, "lucky", "10");
        story().server(broken, unlucky, "web");
        story().server(well, lucky, "web");
        story().asOwner("alter table t_a_hopeless.ledger_account rename to mislaid");

        story().at(NOON.plus(Duration.ofHours(2)));
        story().runJob();

        assertThat(story().balance(well, lucky)).isEqualTo(Money.of("9.98", "USD"));
        var parked = bean(RunQuery.class).list(new RunQuery.Filter(broken.id(), true, 0, 10));
        assertThat(parked)
                .anySatisfy(run -> assertThat(run.error())
                        .hasValueSatisfying(why -> assertThat(why).contains("ledger_account")));

        story().asOwner("alter table t_a_hopeless.mislaid rename to ledger_account");
        parked.forEach(run -> runs().retry(run.id()));
        story().chargeAll();
        assertThat(story().balance(broken, unlucky)).isEqualTo(Money.of("9.98", "USD"));
    }

    @Test
    void workersShareManyHoursOfManyTenants() {
        story().alone();
        story().at(NOON);
        var resellers = List.of(
                story().reseller("shared-a", "7.30"),
                story().reseller("shared-b", "7.30"),
                story().reseller("shared-c", "7.30"));
        for (var reseller : resellers) {
            for (var i = 0; i < 7; i++) {
                story().server(reseller, story().customer(reseller, "customer-" + i, "10"), "web");
            }
        }

        story().at(NOON.plus(Duration.ofHours(24)));
        story().chargeAll();

        for (var reseller : resellers) {
            assertThat(story().hours(reseller)).hasSize(7).containsOnly(24);
            assertThat(story().faults(reseller)).isEmpty();
        }
    }

    /** Renames a column, as a failed migration might: the tenant's charging fails until it is repaired. */
    private void breakCharging(Story.Reseller reseller, boolean broken) {
        story().asOwner("alter table " + reseller.id().schema() + ".rated_period "
                + (broken ? "rename column surcharge to mislaid" : "rename column mislaid to surcharge"));
    }

    private ChargingRuns.Claim claimOf(Story.Reseller reseller) {
        for (var open = runs().unplanned(); !open.isEmpty(); open = runs().unplanned()) {
            for (var claim = runs().plan(open.get(0)); claim.isPresent(); claim = runs().claim()) {
                if (claim.get().tenant().equals(reseller.id())
                        && claim.get().until().equals(NOON.plus(Duration.ofHours(2)))) {
                    return claim.get();
                }
                for (Optional<ChargingRuns.Claim> left = claim; left.isPresent(); ) {
                    left = runs().chargeNext(left.get());
                }
            }
        }
        throw new IllegalStateException("nothing to claim for " + reseller.id());
    }
}
