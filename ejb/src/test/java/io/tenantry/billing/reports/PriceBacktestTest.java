package io.tenantry.billing.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.PriceSimulation;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.BuildLog;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A random history is charged under two price lists, each in its own ledger. Backtested under its own prices, each yields what it charged;
 * under the other's, what the other charged: period by period, to the last decimal.
 *
 * <p>{@code -Dtenantry.whatif.services=1400} for a month of a million hours.
 */
@Tag("full")
class PriceBacktestTest {
    private static final Instant BEGIN = Instant.parse("2026-09-12T07:00:00Z");
    private static final Instant END = Instant.parse("2026-12-20T12:00:00Z");
    private static final List<YearMonth> MONTHS =
            Stream.of(9, 10, 11, 12).map(month -> YearMonth.of(2026, month)).toList();
    private static final List<String> OURS = List.of("7.30", "13.25", "0.01", "4", "99.99", "0", "123.45678901");
    private static final List<String> THEIRS = List.of("9.10", "3", "0.02", "4", "250", "1.23456789", "0");
    private static final BigDecimal NOTHING = BigDecimal.ZERO;
    private static final int SERVICES = Integer.getInteger("tenantry.whatif.services", 60);
    private static final double SECONDS_ATMOST = 30;

    /** A ledger under one price list, with everything that is queried about it. */
    private record Shop(BillingFixture books, List<UUID> plans, List<UUID> prices, PriceBacktest priceBacktest) {
        static Shop of(String slug, List<String> list) {
            var billingFixture = new BillingFixture(slug, "EUR", "Europe/Berlin");
            billingFixture.clock.stopAt(BEGIN);
            billingFixture.in(() -> billingFixture.ledger.account(
                    AccountKind.TAX, billingFixture.money("0").currency()));
            var plans = new ArrayList<UUID>();
            var prices = new ArrayList<UUID>();
            for (var monthly : list) {
                plans.add(billingFixture.plan());
                prices.add(billingFixture.price(plans.get(plans.size() - 1), 1, monthly));
            }
            var priceBacktest = new PriceBacktest(
                    billingFixture.sql,
                    new Access(billingFixture.sql),
                    billingFixture.clock,
                    new TenantDirectory(Database.administration()));
            return new Shop(billingFixture, plans, prices, priceBacktest);
        }

        /** Simulates random services, the same for the same seed. */
        void simulateServices(long seed) {
            var random = new Random(seed);
            var wallets = Stream.generate(() -> books.wallet("100000")).limit(4).toList();
            for (var life = 0; life < 12; life++) {
                var at = BEGIN.plus(random.nextInt(86_400 * 40), ChronoUnit.SECONDS);
                var rented = books.rent(wallets.get(life % wallets.size()), price(random), at);
                for (var step = 0; step < 10; step++) {
                    at = at.plus(random.nextInt(random.nextBoolean() ? 86_400 * 12 : 5_000) + 1L, ChronoUnit.SECONDS);
                    if (at.isAfter(END)) {
                        break;
                    }
                    if (random.nextInt(3) > 0) {
                        books.change(rented, price(random), at);
                    } else if (random.nextBoolean()) {
                        changeTax(rented.wallet(), random.nextBoolean(), at);
                    }
                }
                if (random.nextBoolean() && at.isBefore(END)) {
                    books.end(rented, at);
                }
            }
            books.charge(END);
            books.clock.stopAt(END);
        }

        private UUID price(Random random) {
            return prices.get(random.nextInt(prices.size()));
        }

        /** Applies a tax change: the open period ends, and the next has another tax and the remainder of the month's cap. */
        private void changeTax(UUID wallet, boolean isIncluded, Instant at) {
            books.charge(at);
            books.in(() -> books.sql.update("""
                    with ended as (
                      update rated_period set open = false where wallet_id = ? and open returning *
                    )
                    insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at,
                                              charged_until, month_cap, cap, tax_rate, tax_included)
                    select service_id, wallet_id, price_version_id, currency, hourly, charged_until, month_ends_at,
                           charged_until, month_cap, cap - amount, 0.19, ?
                      from ended
                    """, wallet, isIncluded));
        }

        /** Returns the charges, period by period, under the prices of a list, or its own. */
        List<String> hypotheticalCharges(List<String> list) {
            return MONTHS.stream()
                    .flatMap(month -> chargesOf(month, list, "would", "net_would").stream())
                    .sorted()
                    .toList();
        }

        List<String> actualCharges() {
            return MONTHS.stream()
                    .flatMap(month -> chargesOf(month, List.of(), "was", "net_was").stream())
                    .sorted()
                    .toList();
        }

        private List<String> chargesOf(YearMonth month, List<String> list, String amount, String net) {
            var hypotheticalChange = new PriceBacktest.HypotheticalChange(month, NOTHING, prices(list));
            return books.in(() -> PriceSimulation.query(
                    books.sql,
                    PriceBacktest.terms(hypotheticalChange, new TenantDirectory(Database.administration()).current()),
                    " select e.*, p.starts_at, p.hours from each_period e join rated_period p on p.id = e.id",
                    row -> row.instant("starts_at") + " " + row.whole("hours") + " "
                            + row.decimal(amount).stripTrailingZeros().toPlainString() + " "
                            + row.decimal(net).stripTrailingZeros().toPlainString()));
        }

        Map<String, BigDecimal> prices(List<String> list) {
            var named = new LinkedHashMap<String, BigDecimal>();
            for (var at = 0; at < list.size(); at++) {
                named.put(plans.get(at).toString(), new BigDecimal(list.get(at)));
            }
            return named;
        }
    }

    @Test
    void predictsExactlyWhatChargingChargesUnderOtherPrices() {
        compareShops(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    @Tag("full")
    void predictsExactlyForOtherHistories(int seed) {
        compareShops(seed);
    }

    private static void compareShops(int seed) {
        var ours = Shop.of("if-ours-" + seed, OURS);
        var theirs = Shop.of("if-theirs-" + seed, THEIRS);
        ours.simulateServices(seed);
        theirs.simulateServices(seed);

        assertThat(ours.actualCharges()).hasSizeGreaterThan(80).isNotEqualTo(theirs.actualCharges());
        assertThat(ours.hypotheticalCharges(List.of())).isEqualTo(ours.actualCharges());
        assertThat(ours.hypotheticalCharges(THEIRS)).isEqualTo(theirs.actualCharges());
        assertThat(theirs.hypotheticalCharges(OURS)).isEqualTo(ours.actualCharges());
    }

    @Test
    void roundsAPercentageChangeToTheCent() {
        var ours = Shop.of("if-percent", OURS);
        var raised = Shop.of(
                "if-raised",
                OURS.stream()
                        .map(price -> {
                            var old = new BigDecimal(price);
                            return old.multiply(new BigDecimal("1.075"))
                                    .setScale(Math.max(2, old.scale()), RoundingMode.HALF_UP)
                                    .toPlainString();
                        })
                        .toList());
        ours.simulateServices(11);
        raised.simulateServices(11);
        var month = YearMonth.of(2026, 11);
        var hypotheticalChange = new PriceBacktest.HypotheticalChange(month, new BigDecimal("7.5"), Map.of());
        var backtestResult = ours.books()
                .in(() -> ours.priceBacktest().ask(hypotheticalChange, 50))
                .orElseThrow();
        var charged = raised.books()
                .in(() ->
                        raised.priceBacktest().ask(new PriceBacktest.HypotheticalChange(month, NOTHING, Map.of()), 50))
                .orElseThrow();

        assertThat(backtestResult.all().would()).isEqualTo(charged.all().was());
        assertThat(charged.all().change().isZero()).isTrue();
        assertThat(charged.customers()).isEmpty();
        assertThat(charged.paySame()).isEqualTo(4);
        assertThat(sum(backtestResult.plans())).isEqualTo(backtestResult.all().change());
        assertThat(sum(backtestResult.customers()))
                .isEqualTo(backtestResult.all().change());
        assertThat(backtestResult.payMore())
                .isEqualTo(backtestResult.customers().size())
                .isPositive();
        assertThat(backtestResult.payLess()).isZero();
        assertThat(backtestResult.all().wholesale()).isEmpty();
        assertThat(ours.books().in(() -> ours.priceBacktest().subjects(month)))
                .hasSize(backtestResult.plans().size());
    }

    @Test
    void offersNoMonthBeforeTheResellerStarted() {
        var shop = Shop.of("if-began", OURS);
        shop.books().clock.stopAt(Instant.parse("2026-03-31T22:30:00Z"));
        assertThat(shop.books().in(shop.priceBacktest()::months))
                .containsExactly(
                        YearMonth.of(2026, 4), YearMonth.of(2026, 3), YearMonth.of(2026, 2), YearMonth.of(2026, 1));
    }

    @Test
    void listsExcludedCustomersAndCountsThemNowhere() {
        var shop = Shop.of("if-left-out", OURS);
        var billingFixture = shop.books();
        billingFixture.clock.stopAt(BEGIN);
        var ours =
                billingFixture.rent(billingFixture.wallet("1000"), shop.prices().get(0), BEGIN);
        billingFixture.charge(END);
        var month = YearMonth.of(2026, 10);
        var hypotheticalChange = new PriceBacktest.HypotheticalChange(month, BigDecimal.TEN, Map.of());
        var before = billingFixture
                .in(() -> shop.priceBacktest().ask(hypotheticalChange, 50))
                .orElseThrow();
        assertThat(before.leftOut()).isEqualTo(new PriceBacktest.ExcludedCustomers(0, 0, List.of()));

        var organization = chargeInAnotherCurrency(billingFixture, ours.service(), "Alpen AG", "CHF");

        var after = billingFixture
                .in(() -> shop.priceBacktest().ask(hypotheticalChange, 50))
                .orElseThrow();
        assertThat(after.all()).isEqualTo(before.all());
        assertThat(after.customers()).isEqualTo(before.customers());
        assertThat(after.payMore() + after.payLess() + after.paySame())
                .isEqualTo(before.payMore() + before.payLess() + before.paySame());
        assertThat(after.leftOut())
                .isEqualTo(new PriceBacktest.ExcludedCustomers(
                        1,
                        1,
                        List.of(new PriceBacktest.ExcludedCustomer(
                                organization, "Alpen AG", 1, Money.of("0.1", "CHF")))));
        assertThat(billingFixture.in(() -> shop.priceBacktest().leftOut(month.minusMonths(3), 50)))
                .isEqualTo(new PriceBacktest.ExcludedCustomers(0, 0, List.of()));
    }

    /** Creates a customer whose ten hours of October were charged in another currency. */
    private static UUID chargeInAnotherCurrency(
            BillingFixture billingFixture, UUID service, String name, String currency) {
        var organization = UUID.randomUUID();
        billingFixture.in(() -> {
            var wallet = UUID.randomUUID();
            billingFixture.ledger.openAccount(wallet, AccountKind.WALLET, Currency.getInstance(currency));
            billingFixture.sql.update(
                    "insert into organization (id, name, billing_email, country, created_at) values (?, ?, 'a@alpen.example', 'CH', ?)",
                    organization,
                    name,
                    BEGIN);
            billingFixture.sql.update(
                    "insert into wallet (id, organization_id, currency, opened_at) values (?, ?, ?, ?)",
                    wallet,
                    organization,
                    currency,
                    BEGIN);
            return billingFixture.sql.update(
                    """
                    insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at,
                                              charged_until, month_cap, cap, hours, amount, tax_rate, tax_included)
                    select ?, ?, price_version_id, ?, 0.01, starts_at, month_ends_at, starts_at + interval '10 hours', 7, 7, 10, 0.1,
                           0.19, false
                      from rated_period where service_id = ? and month_ends_at = (select min(month_ends_at) from rated_period where month_ends_at > ?)
                    """, UUID.randomUUID(), wallet, currency, service, Instant.parse("2026-10-15T00:00:00Z"));
        });
        return organization;
    }

    @Test
    void namesOnlyTheFirstOfManyExcludedCustomers() {
        var shop = Shop.of("if-many-left-out", OURS);
        var billingFixture = shop.books();
        billingFixture.clock.stopAt(BEGIN);
        var ours =
                billingFixture.rent(billingFixture.wallet("1000"), shop.prices().get(0), BEGIN);
        billingFixture.charge(END);
        for (var name : List.of("Dora", "Anna", "Cleo", "Bert")) {
            chargeInAnotherCurrency(billingFixture, ours.service(), name, name.equals("Anna") ? "USD" : "CHF");
        }
        var month = YearMonth.of(2026, 10);
        var two = billingFixture.in(() -> shop.priceBacktest().leftOut(month, 2));
        assertThat(two.first()).extracting(PriceBacktest.ExcludedCustomer::name).containsExactly("Bert", "Cleo");
        assertThat(two.customers()).isEqualTo(4);
        assertThat(two.lines()).isEqualTo(4);
        var hypotheticalChange = new PriceBacktest.HypotheticalChange(month, BigDecimal.TEN, Map.of());
        var backtestResult = billingFixture
                .in(() -> shop.priceBacktest().ask(hypotheticalChange, 3))
                .orElseThrow();
        assertThat(backtestResult.leftOut().first())
                .extracting(PriceBacktest.ExcludedCustomer::name)
                .containsExactly("Bert", "Cleo", "Dora");
        assertThat(backtestResult.leftOut().lines()).isEqualTo(4);
    }

    private static Money sum(List<PriceBacktest.Line> lines) {
        return lines.stream()
                .map(PriceBacktest.Line::change)
                .reduce(Money.zero(lines.get(0).was().currency()), Money::plus);
    }

    /** Every service runs all of October and is changed once in it. */
    @Test
    @Tag("full")
    void simulatesAMillionHoursInLessThanHalfAMinute() {
        var shop = Shop.of("if-many", OURS);
        var wallet = shop.books().wallet("1000000");
        shop.books()
                .in(() -> shop.books()
                        .sql
                        .update("""
                insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at,
                                          charged_until, hours, month_cap, cap, amount, open)
                select md5('s' || s)::uuid, ?, v.id, v.currency, v.hourly, t.at, '2026-10-31T23:00:00Z',
                       t.at + h.hours * interval '1 hour', h.hours, v.monthly, v.monthly, least(v.monthly, h.hours * v.hourly), false
                  from generate_series(1, ?) s
                 cross join (values (0, 400), (1, 345)) h (k, hours)
                 cross join lateral (select '2026-09-30T22:00:00Z'::timestamptz + h.k * interval '400 hours' as at) t
                  join price_version v on v.id = ?
                """, wallet, SERVICES, shop.prices().get(0)));
        shop.books().clock.stopAt(END);
        var sum = "select sum(amount) as amount from rated_period where month_ends_at = '2026-10-31T23:00:00Z'";
        var hypotheticalChange = new PriceBacktest.HypotheticalChange(YearMonth.of(2026, 10), BigDecimal.TEN, Map.of());
        var asked = seconds(() -> assertThat(
                        shop.books().in(() -> shop.priceBacktest().ask(hypotheticalChange, 50)))
                .hasValueSatisfying(backtestResult ->
                        assertThat(backtestResult.all().services()).isEqualTo(SERVICES)));
        var plain = seconds(() -> {
            var total = shop.books().in(() -> shop.books().sql.one(sum, row -> row.decimal("amount")));
            assertThat(total).isPositive();
        });
        BuildLog.note(String.format(
                Locale.ROOT,
                "what if: %,d hours of %,d services under other prices in %.3f s, %.1f times a plain sum of the same rows",
                SERVICES * 745L,
                SERVICES,
                asked,
                asked / plain));
        assertThat(asked).isLessThan(SECONDS_ATMOST);
    }

    /** Returns the minimum of five runs. */
    private static double seconds(Runnable work) {
        var least = Double.MAX_VALUE;
        for (var time = 0; time < 5; time++) {
            var before = System.nanoTime();
            work.run();
            least = Math.min(least, (System.nanoTime() - before) / 1e9);
        }
        return least;
    }

    @Test
    void refusesInvalidPricesAndMissingPermissions() {
        var month = YearMonth.of(2026, 10);
        for (var percent : List.of("-100.01", "1000.01", "0.001")) {
            assertThatThrownBy(() -> new PriceBacktest.HypotheticalChange(month, new BigDecimal(percent), Map.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (var price : List.of("-1", "100000.01", "0.000000001")) {
            assertThatThrownBy(() -> new PriceBacktest.HypotheticalChange(
                            month, NOTHING, Map.of("VOLUME", new BigDecimal(price))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        var shop = Shop.of("if-stranger", OURS);
        var stranger = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "ann@example.org");
        Database.run(shop.books().tenant, () -> {
            try (var actorScope = Actors.enter(stranger)) {
                assertThatThrownBy(() -> shop.priceBacktest()
                                .ask(new PriceBacktest.HypotheticalChange(month, NOTHING, Map.of()), 50))
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> shop.priceBacktest().subjects(month))
                        .isInstanceOf(AccessDeniedException.class);
            }
        });
    }
}
