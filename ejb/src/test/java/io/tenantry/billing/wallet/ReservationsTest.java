package io.tenantry.billing.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money reserved for a pending service is not spent twice, is in no ledger, and expires automatically. */
class ReservationsTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    private static final Duration SPAN = Duration.ofHours(2);

    private static BillingFixture billingFixture;
    private static Reservations reservations;
    private static Wallets wallets;
    private static UUID price;

    @BeforeAll
    static void openLedger() {
        billingFixture = new BillingFixture("holds", "EUR", "Europe/Berlin");
        reservations = new Reservations(
                billingFixture.sql, billingFixture.clock, new TenantDirectory(Database.administration()));
        wallets = new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger);
        price = billingFixture.price("7.30");
    }

    @BeforeEach
    void setClockToNoon() {
        billingFixture.clock.stopAt(NOON);
    }

    @Test
    void refusesToReserveTheSameMoneyTwice() {
        var wallet = billingFixture.wallet("1");
        var first = service(wallet);
        var second = service(wallet);

        assertThat(hold(wallet, first, "0.60")).isEmpty();
        assertThat(hold(wallet, second, "0.60")).contains(billingFixture.money("0.20"));

        assertThat(status(wallet).held()).isEqualTo(billingFixture.money("0.60"));
        assertThat(status(wallet).spendable()).isEqualTo(billingFixture.money("0.40"));
    }

    @Test
    void refusesAClosedWalletEvenForFreeServices() {
        var wallet = billingFixture.wallet("0");
        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set closed_at = ? where id = ?", NOON, wallet));

        assertThat(hold(wallet, UUID.randomUUID(), "0")).contains(billingFixture.money("0"));
    }

    /** The change of currency starts while an order holds the wallet, and must see its reservation when the order commits. */
    @Test
    void keepsTheCurrencyOfAnOrderThatIsBeingPlaced() throws Exception {
        var wallet = billingFixture.wallet("0");
        var organization = billingFixture.in(() -> {
            billingFixture.sql.update("update wallet set credit_limit = 5 where id = ?", wallet);
            return billingFixture.sql.one(
                    "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet);
        });
        var change = billingFixture.in(() -> {
            assertThat(reservations.hold(wallet, UUID.randomUUID(), billingFixture.money("1"), SPAN))
                    .isEmpty();
            var started = CompletableFuture.supplyAsync(
                    () -> billingFixture.in(() -> wallets.change(organization, Currency.getInstance("USD"))));
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            return started;
        });

        assertThat(change.get(30, TimeUnit.SECONDS)).as("it changed").isFalse();
    }

    @Test
    void changesNeitherBalanceNorLedger() {
        var wallet = billingFixture.wallet("1");
        hold(wallet, service(wallet), "0.60");

        assertThat(status(wallet).balance()).isEqualTo(billingFixture.money("1"));
        assertThat(billingFixture.faults()).isEmpty();
    }

    @Test
    void reservesTheLastCentButNoMore() {
        var wallet = billingFixture.wallet("1");

        assertThat(hold(wallet, service(wallet), "1")).isEmpty();
        assertThat(hold(wallet, service(wallet), "0.00000001")).contains(billingFixture.money("0.00000001"));
    }

    @Test
    void reservesAsManyHoursAsConfigured() {
        billingFixture.wallet("1");
        assertThat(billingFixture.in(ReservationsTest::firstHours)).isEqualTo(billingFixture.money("0.01369864"));
        billingFixture.in(() -> billingFixture.sql.update("update order_policy set reserved_hours = 24"));
        try {
            assertThat(billingFixture.in(ReservationsTest::firstHours)).isEqualTo(billingFixture.money("0.16438368"));
        } finally {
            billingFixture.in(() -> billingFixture.sql.update("update order_policy set reserved_hours = 2"));
        }
    }

    @Test
    void reservesWithinTheCreditLimit() {
        var wallet = billingFixture.wallet("0");
        billingFixture.limit(wallet, new BigDecimal("5"));

        assertThat(hold(wallet, service(wallet), "5")).isEmpty();
        assertThat(hold(wallet, service(wallet), "1")).contains(billingFixture.money("1"));
    }

    @Test
    void freesReleasedMoney() {
        var wallet = billingFixture.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");

        assertThat(billingFixture.in(() -> reservations.release(wallet, service)))
                .isTrue();
        assertThat(billingFixture.in(() -> reservations.release(wallet, service)))
                .isFalse();
        assertThat(billingFixture.in(() -> reservations.take(wallet, service))).isFalse();
        assertThat(hold(wallet, service(wallet), "1")).isEmpty();
    }

    @Test
    void freesMoneyThatWasTaken() {
        var wallet = billingFixture.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "0.40");

        assertThat(billingFixture.in(() -> reservations.take(wallet, service))).isTrue();

        assertThat(status(wallet).held().isPositive()).isFalse();
        assertThat(states(service)).isEqualTo("CAPTURED");
    }

    @Test
    void expires() {
        var wallet = billingFixture.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");

        billingFixture.clock.stopAt(NOON.plus(SPAN).minusNanos(1_000));
        assertThat(hold(wallet, service(wallet), "1")).contains(billingFixture.money("1"));
        billingFixture.clock.stopAt(NOON.plus(SPAN));
        assertThat(status(wallet).held().isPositive()).isFalse();
        assertThat(hold(wallet, service(wallet), "1")).isEmpty();
        assertThat(states(service)).isEqualTo("RELEASED");
    }

    @Test
    void isExtendedWhileItLasts() {
        var wallet = billingFixture.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");
        billingFixture.clock.stopAt(NOON.plus(SPAN).minusSeconds(1));
        assertThat(renew(wallet, service, "1")).isEmpty();

        billingFixture.clock.stopAt(NOON.plus(SPAN).plus(SPAN).minusSeconds(2));
        assertThat(status(wallet).held()).isEqualTo(billingFixture.money("1"));
        billingFixture.clock.stopAt(NOON.plus(SPAN).plus(SPAN).minusSeconds(1));
        assertThat(status(wallet).held().isPositive()).isFalse();
    }

    @Test
    void reservesAgainAfterExpiryIfTheBalanceSuffices() {
        var wallet = billingFixture.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "0.60");
        billingFixture.clock.stopAt(NOON.plus(SPAN));
        var other = service(wallet);
        hold(wallet, other, "0.50");

        assertThat(renew(wallet, service, "0.60")).contains(billingFixture.money("0.10"));
        assertThat(states(service)).isEqualTo("RELEASED");
        billingFixture.in(() -> reservations.release(wallet, other));
        assertThat(renew(wallet, service, "0.60")).isEmpty();
        assertThat(status(wallet).held()).isEqualTo(billingFixture.money("0.60"));
    }

    @Test
    void reservesNothingAgainForFreeItems() {
        var wallet = billingFixture.wallet("1");
        assertThat(renew(wallet, service(wallet), "-0.10")).isEmpty();
        assertThat(status(wallet).held().isPositive()).isFalse();
    }

    @Test
    void canBeTakenAfterExpiryIfTheMoneyIsStillThere() {
        var wallet = billingFixture.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");
        billingFixture.clock.stopAt(NOON.plus(SPAN).plus(SPAN));

        assertThat(billingFixture.in(() -> reservations.take(wallet, service))).isTrue();
    }

    @Test
    void reservesNothingForFreeItems() {
        var wallet = billingFixture.wallet("0");

        assertThat(hold(wallet, service(wallet), "0")).isEmpty();
        assertThat(status(wallet).held().isPositive()).isFalse();
    }

    @Test
    void refusesAnotherCurrency() {
        var wallet = billingFixture.wallet("1");
        var service = service(wallet);

        assertThatThrownBy(
                        () -> billingFixture.in(() -> reservations.hold(wallet, service, Money.of("1", "USD"), SPAN)))
                .hasMessageContaining("holds EUR, not USD");
    }

    @Test
    void refusesToReleaseTheReservationOfAnotherWallet() {
        var wallet = billingFixture.wallet("1");
        var other = billingFixture.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");

        assertThat(billingFixture.in(() -> reservations.release(other, service)))
                .isFalse();
        assertThat(status(wallet).held()).isEqualTo(billingFixture.money("1"));
    }

    @Test
    void grantsConcurrentReservationsOnlyAsTheBalanceAllows() throws Exception {
        var wallet = billingFixture.wallet("1");
        var threads = Executors.newFixedThreadPool(4);
        try {
            var asked = new ArrayList<Callable<Optional<Money>>>();
            for (var i = 0; i < 8; i++) {
                var service = service(wallet);
                asked.add(() -> hold(wallet, service, "0.30"));
            }
            var granted = 0;
            for (var answer : threads.invokeAll(asked)) {
                granted += answer.get().isEmpty() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
        assertThat(status(wallet).spendable()).isEqualTo(billingFixture.money("0.10"));
    }

    /** At a price of 0.01 an hour plus 19 percent tax, the first hour takes 0.0119 from the wallet. */
    @Test
    void reservesTheTaxThatTheFirstHourCharges() {
        var taxed = taxed("holds-taxed", false);
        var hours = new Reservations(taxed.sql, taxed.clock, new TenantDirectory(Database.administration()));
        var sold = taxed.price("7.30");
        var poor = taxed.wallet("0.0118");
        var exact = taxed.wallet("0.0119");
        var planId = taxed.in(() ->
                taxed.sql.one("select plan_id from price_version where id = ?", row -> row.uuid("plan_id"), sold));
        var service = taxed.order(exact, sold).service();

        var first = taxed.in(() -> hours.firstHoursOfPlan(exact, planId, taxed.money("0.01")));

        assertThat(first).isEqualTo(taxed.money("0.0119"));
        assertThat(taxed.in(() -> hours.firstHoursOf(exact, service, taxed.money("0.01"))))
                .as("of an ordered service")
                .isEqualTo(first);
        var refused = taxed.order(poor, sold).service();
        assertThat(taxed.in(() -> hours.hold(poor, refused, first, SPAN))).contains(taxed.money("0.0001"));
        assertThat(taxed.in(() -> hours.hold(exact, service, first, SPAN))).isEmpty();
        taxed.in(() -> {
            taxed.charging.activate(service, exact, sold, NOON);
            return hours.take(exact, service);
        });
        assertThat(taxed.balance(exact)).as("not below zero").isEqualTo(taxed.money("0"));
    }

    @Test
    void reservesThePriceThatIncludesTheTax() {
        var taxed = taxed("holds-taxed-gross", true);
        var hours = new Reservations(taxed.sql, taxed.clock, new TenantDirectory(Database.administration()));
        var wallet = taxed.wallet("1");
        var service = taxed.order(wallet, taxed.price("7.30")).service();

        assertThat(taxed.in(() -> hours.firstHoursOf(wallet, service, taxed.money("0.01"))))
                .isEqualTo(taxed.money("0.01"));
    }

    /** Creates a German reseller that collects tax, and reserves one hour. */
    private static BillingFixture taxed(String slug, boolean isIncluded) {
        var taxed = new BillingFixture(slug, "EUR", "Europe/Berlin");
        taxed.clock.stopAt(NOON);
        taxed.in(() -> taxed.sql.update("""
                insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                values ('DE', 'DE999999995', 'DOMESTIC', '2026-01-01', now(), 'test')
                """));
        taxed.in(() -> taxed.sql.update("""
                insert into tax_pricing (included, from_at, recorded_at, recorded_by) values (?, '2026-01-01', now(), 'test')
                """, isIncluded));
        taxed.in(() ->
                taxed.ledger.account(Ledger.AccountKind.TAX, taxed.money("0").currency()));
        taxed.in(() -> taxed.sql.update("update order_policy set reserved_hours = 1"));
        return taxed;
    }

    private static Money firstHours() {
        var wallet = billingFixture.sql.one("select id from wallet limit 1", row -> row.uuid("id"));
        return reservations.firstHoursOfPlan(wallet, UUID.randomUUID(), billingFixture.money("0.00684932"));
    }

    private static UUID service(UUID wallet) {
        return billingFixture.order(wallet, price).service();
    }

    private static Optional<Money> renew(UUID wallet, UUID service, String amount) {
        return billingFixture.in(() -> reservations.renew(wallet, service, billingFixture.money(amount), SPAN));
    }

    private static Optional<Money> hold(UUID wallet, UUID service, String amount) {
        return billingFixture.in(() -> reservations.hold(wallet, service, billingFixture.money(amount), SPAN));
    }

    private static Wallets.Balance status(UUID wallet) {
        return billingFixture.in(() -> wallets.find(wallet).orElseThrow());
    }

    private static String states(UUID service) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select string_agg(state, ', ') states from wallet_reservation where service_id = ?",
                row -> row.text("states"),
                service));
    }
}
