package io.tenantry.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.LeaseLostException;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.FeeTerms.Tier;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A month is settled once, by the wholesale prices of its hours, even when workers die; late hours belong to the next month; resellers cannot
 * read each other's settlements.
 */
class SettlementTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant OCTOBER_ENDED = Instant.parse("2026-10-31T23:00:00Z");
    private static final Instant NOVEMBER_ENDED = Instant.parse("2026-11-30T23:00:00Z");

    /** The end of the window of October, and of November. */
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-05T00:00:00Z");

    private static final Instant IN_DECEMBER = Instant.parse("2026-12-05T00:00:00Z");
    private static int resellers;

    private final List<SettlementFixture> opened = new ArrayList<>();
    private final SettlementFixture settlementFixture = reseller();
    private final BillingFixture billingFixture = settlementFixture.billingFixture;

    private SettlementFixture reseller() {
        var made = new SettlementFixture("settled-" + ++resellers, "EUR", "Europe/Berlin");
        made.billingFixture.clock.stopAt(RENTED);
        opened.add(made);
        return made;
    }

    @AfterEach
    void ledgersAreConsistent() {
        assertThat(settlementFixture.faults()).isEmpty();
        for (var one : opened) {
            assertThat(one.billingFixture.faults()).isEmpty();
            assertThat(AuditorFixture.found(one.billingFixture.tenant, "settle"))
                    .isEmpty();
            assertThat(one.runs.forget(one.billingFixture.tenant)).isLessThanOrEqualTo(1);
        }
    }

    private FeeTerms terms(String percent, String perService, String perOrganization, String minimum) {
        return new FeeTerms(
                billingFixture.money("0").currency(),
                List.of(new Tier(billingFixture.money("0"), new BigDecimal(percent))),
                billingFixture.money(perService),
                billingFixture.money(perOrganization),
                billingFixture.money(minimum));
    }

    @Test
    void settlesAMonthOnceAtTheWholesalePricesOfItsHours() {
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        settlementFixture.terms("2026-01", terms("10", "0.25", "0.50", "0"));
        billingFixture.charge(OCTOBER_ENDED);

        settlementFixture.settle(Instant.parse("2026-11-04T22:59:59Z"));
        assertThat(settlementFixture.settlements()).as("the window is open").isEmpty();

        settlementFixture.settle(IN_NOVEMBER);
        // 515 hours at 0.01 and 0.005; 2.575 is rounded to 2.58, 1.265 to 1.27
        assertThat(settlementFixture.lines("2026-10"))
                .containsExactly(
                        "SERVICE 2026-10 1 515 0 5.15 2.575",
                        "PERCENT 2026-10 0 0 0 0 0.515",
                        "PER_SERVICE 2026-10 0 0 0 0 0.25",
                        "PER_ORGANIZATION 2026-10 0 0 0 0 0.5");
        assertThat(settlementFixture.settlements())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("2026-10 OPEN 2.575 1.265 3.85");
        assertThat(Database.texts("select rounding || ' ' || margin from platform.settlement where number_text = '"
                        + settlementFixture.number() + "'"))
                .containsExactly("0.01000000 1.30000000");
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("-3.85"));

        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.settlements()).hasSize(1);
    }

    @Test
    void convertsOtherCurrenciesAtTheRateOfTheMonthsLastDay() {
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        var plan = billingFixture.plan();
        var price = UUID.randomUUID();
        billingFixture.in(() -> billingFixture.sql.update("""
            insert into sales_currency (code, decimals, opened_at, opened_by) values ('SEK', 2, ?, 'test')
            """, RENTED));
        billingFixture.in(() -> billingFixture.sql.update("""
            insert into price_version (id, plan_id, version, currency, monthly, hourly, wholesale_monthly, valid_from,
                                       published_at, published_by)
            values (?, ?, 1, 'SEK', 146, 0.2, 3.65, ?, ?, 'test')
            """, price, plan, RENTED, RENTED));
        var wallet = billingFixture.in(
                () -> ItemsCharged.wallets(billingFixture).open(UUID.randomUUID(), Currency.getInstance("SEK")));
        billingFixture.in(() -> billingFixture.ledger.account(Ledger.AccountKind.REVENUE, Currency.getInstance("SEK")));
        billingFixture.rent(wallet, price, RENTED);
        billingFixture.charge(OCTOBER_ENDED);

        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.settlements())
                .as("the exchange rate is missing")
                .isEmpty();

        Database.asOwner("""
            insert into platform.exchange_rate (currency, day, per_euro, source, recorded_at, recorded_by)
            values ('SEK', '2026-10-30', 11.2, 'ECB', now(), 'test')
            """);
        settlementFixture.runs.retryAll();
        settlementFixture.settle(Instant.parse("2026-11-06T00:00:00Z"));
        assertThat(settlementFixture.unfinished()).isEmpty();

        // 515 hours of 0.20 kronor are 103, which is 9.19642857 euros; each plan costs 2.575
        assertThat(settlementFixture.settlements())
                .hasSize(1)
                .first()
                .asString()
                .contains(" OPEN 5.15 0 5.15");
        assertThat(Database.texts("select revenue || ' ' || margin from platform.settlement where number_text = '"
                        + settlementFixture.number() + "'"))
                .containsExactly("14.34642857 9.20000000");
        assertThat(billingFixture.in(() -> billingFixture.sql.query(
                        "select currency || ' ' || per_base_currency || ' ' || day || ' ' || source as rate from"
                                + " settled_rate",
                        row -> row.text("rate"))))
                .containsExactly("SEK 11.2000000000 2026-10-30 ECB");
    }

    @Test
    void settlesMissedMonthsInOrderAndPaysTheOldestFirst() {
        settlementFixture.rent(settlementFixture.price("7.30", "7.30"), RENTED);
        billingFixture.charge(NOVEMBER_ENDED);
        settlementFixture.settle(IN_DECEMBER);
        // November has 720 hours.
        assertThat(settlementFixture.settlements()).hasSize(2);
        assertThat(settlementFixture.settlements().get(0)).endsWith("2026-10 OPEN 5.15 0 5.15");
        assertThat(settlementFixture.settlements().get(1)).endsWith("2026-11 OPEN 7.2 0 7.2");

        assertThat(settlementFixture.pay("a", "5.14")).isTrue();
        assertThat(settlementFixture.pay("a", "5.14")).as("the same key").isFalse();
        assertThat(settlementFixture.settlements().get(0)).contains("OPEN");
        assertThat(settlementFixture.pay("b", "0.01")).isTrue();
        assertThat(settlementFixture.settlements().get(0)).contains("PAID");
        assertThat(settlementFixture.settlements().get(1)).contains("OPEN");
        assertThat(settlementFixture.pay("c", "10")).isTrue();
        assertThat(settlementFixture.settlements().get(1)).contains("PAID");
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("2.8"));
    }

    @Test
    void capsWholesaleAtTheMonthlyPriceAndChargesIncreasesOnce() {
        // 744 hours and one more for the end of summer time: more than 730
        var capped =
                settlementFixture.rent(settlementFixture.price("7.30", "3.65"), Instant.parse("2026-09-30T22:00:00Z"));
        var changed = settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        var dearer = settlementFixture.price("14.60", "7.30");
        // in the middle of an hour: the current hour also costs the difference
        billingFixture.charge(Instant.parse("2026-10-20T12:20:00Z"));
        billingFixture.change(changed, dearer, Instant.parse("2026-10-20T12:50:00Z"));
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);

        assertThat(wholesale(capped)).containsExactly("3.65000000");
        // 241 hours at 0.005, then 0.005 for the increase and 274 hours at 0.01
        assertThat(wholesale(changed)).containsExactly("1.20500000", "2.74500000");
        assertThat(settlementFixture.settlements().get(0)).endsWith("OPEN 7.6 0 7.6");
    }

    private List<String> wholesale(BillingFixture.Rented rented) {
        return billingFixture.in(() -> billingFixture.sql.query("""
            select s.wholesale::text as wholesale
              from settled_period s
              join rated_period p on p.id = s.rated_period_id
             where p.service_id = ?
             order by p.id
            """, row -> row.text("wholesale"), rented.service()));
    }

    /** For any plans of a service in a month: the set-based statement yields what charging charges at those prices. */
    @Test
    void calculatesWholesaleLikeCharging() {
        var seed = 22L;
        var random = new Random(seed);
        var plans = new ArrayList<UUID>();
        for (var monthly : List.of("0.73", "3.33", "7.30", "19.99", "50")) {
            // The same price for both: the charged amount equals the wholesale amount.
            plans.add(settlementFixture.price(monthly, monthly));
        }
        for (var i = 0; i < 12; i++) {
            var at = Instant.parse("2026-09-28T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(30_000)));
            var rented = settlementFixture.rent(plans.get(random.nextInt(plans.size())), at);
            for (var changes = random.nextInt(6); changes > 0; changes--) {
                at = at.plus(Duration.ofMinutes(1 + random.nextInt(9_000)));
                if (at.isBefore(OCTOBER_ENDED)) {
                    billingFixture.change(rented, plans.get(random.nextInt(plans.size())), at);
                }
            }
        }
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(billingFixture.in(() -> billingFixture.sql.query("""
            select p.id || ': ' || s.wholesale || ' for ' || p.amount as off
              from settled_period s
              join rated_period p on p.id = s.rated_period_id
             where s.wholesale <> p.amount
            """, row -> row.text("off"))))
                .as("seed %s", seed)
                .isEmpty();
        Integer periods = billingFixture.in(
                () -> billingFixture.sql.one("select count(*)::int as n from settled_period", row -> row.whole("n")));
        assertThat(periods).isGreaterThan(20);
    }

    @Test
    void reportsHoursWithoutWholesalePriceSeparatelyAtNoCost() {
        settlementFixture.rent(settlementFixture.price("7.30", "0"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.lines("2026-10")).containsExactly("SERVICE 2026-10 1 515 515 5.15 0");
        assertThat(settlementFixture.settlements().get(0)).contains("PAID 0 0 0");
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("0"));
    }

    /** Includes credit notes: a kind that a ledger may contain and a settlement may not would block a month's settlement permanently. */
    @Test
    void settlesInvoiceItemsOfEveryKind() {
        var kinds = Database.texts("""
            select (regexp_matches(pg_get_constraintdef(oid), '''([A-Z_]+)''', 'g'))[1]
              from pg_constraint
             where conname = 'invoice_item_kind_ck' and conrelid = '${schema}.invoice_item'::regclass
            """.replace("${schema}", billingFixture.tenant.schema()));
        assertThat(kinds).contains("CREDITED");
        var rented = settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        for (var kind : kinds) {
            billingFixture.topUp(rented.wallet(), "1");
            billingFixture.in(() -> billingFixture.sql.update("""
                insert into invoice_item (entry_id, wallet_id, kind, reason, currency, amount, effective_at, collected_at,
                                          tax_rate, tax_included, tax)
                select max(e.id), ?, ?, '', 'EUR', 1, ?, max(e.posted_at), 0, false, 0
                  from journal_entry e
                """, rented.wallet(), kind, RENTED));
        }
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.unfinished()).isEmpty();
        assertThat(settlementFixture.lines("2026-10"))
                .contains("SERVICE 2026-10 1 515 0 5.15 2.575")
                .containsAll(
                        kinds.stream().map(kind -> kind + " 2026-10 1 0 0 1 0").toList());
    }

    @Test
    void addsLateHoursToTheNextSettlementUnderTheirOwnMonth() {
        settlementFixture.terms("2026-01", terms("0", "1", "0", "0"));
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        var parked = settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set parked = 'test' where id = ?", parked.wallet()));
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.lines("2026-10"))
                .containsExactly("SERVICE 2026-10 1 515 0 5.15 2.575", "PER_SERVICE 2026-10 0 0 0 0 1");

        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set parked = null where id = ?", parked.wallet()));
        billingFixture.charge(NOVEMBER_ENDED);
        settlementFixture.settle(IN_DECEMBER);
        // Two services in November, and one of October that was not included then.
        assertThat(settlementFixture.lines("2026-11"))
                .containsExactly(
                        "SERVICE 2026-11 1 720 0 7.2 3.6",
                        "SERVICE 2026-11 1 720 0 7.2 3.6",
                        "SERVICE 2026-10 1 515 0 5.15 2.575",
                        "PER_SERVICE 2026-11 0 0 0 0 3");
    }

    @Test
    void waitsUntilTheMonthIsCharged() {
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        Database.asOwner("insert into work.charging_run (tenant, tenant_role, until) values ('"
                + billingFixture.tenant.value() + "', '" + billingFixture.tenant.role() + "', '2026-10-31T23:00:00Z')");
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.unfinished()).hasSize(1).first().asString().contains("to be charged");

        billingFixture.charge(OCTOBER_ENDED);
        Database.asOwner("delete from work.charging_run where tenant = '" + billingFixture.tenant.value() + "'");
        settlementFixture.runs.retryAll();
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.unfinished()).isEmpty();
        assertThat(settlementFixture.settlements()).hasSize(1);
    }

    @Tag("full")
    @Test
    void settlesOnceOnConcurrentNodes() throws Exception {
        for (var i = 0; i < 5; i++) {
            settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        }
        billingFixture.charge(NOVEMBER_ENDED);
        billingFixture.clock.stopAt(IN_DECEMBER);
        var nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> node = () -> {
                settlementFixture.settle(IN_DECEMBER);
                return true;
            };
            for (var done : nodes.invokeAll(List.of(node, node, node, node))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            nodes.shutdown();
            assertThat(nodes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        settleUntilDone();
        assertThat(settlementFixture.settlements()).hasSize(2);
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("-30.88"));
        assertNumbersWithoutGaps();
    }

    /** Leases of dead workers expire. */
    private void settleUntilDone() {
        for (var i = 0; i < 200 && !settlementFixture.unfinished().isEmpty(); i++) {
            settlementFixture.settle(IN_DECEMBER);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(settlementFixture.unfinished()).isEmpty();
    }

    private static void assertNumbersWithoutGaps() {
        assertThat(Database.texts(
                        "select year || ': ' || count(*) || ' of ' || max(number) from platform.settlement group by"
                                + " year having count(*) <> max(number)"))
                .isEmpty();
    }

    /** Dies before or after every step, and once during the commit: each time another worker continues. */
    @Test
    void settlesTheSameAfterAWorkerDiesAtAnyStep() {
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        var open = settlementFixture.runs.open(settlementFixture.tenant(), IN_NOVEMBER);
        assertThat(open).isEqualTo(10);

        var first = claimOctober();
        expireLeases();
        var second = claimOctober();
        assertThat(settlementFixture.months.take(second)).isInstanceOf(WholesaleUsage.Outcome.Calculated.class);
        expireLeases();
        // Recorded after October was calculated: it belongs to the next month.
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), Instant.parse("2026-10-31T22:30:00Z"));
        billingFixture.charge(OCTOBER_ENDED);
        var third = claimOctober();
        var calculated = (WholesaleUsage.Outcome.Calculated) settlementFixture.months.take(third);
        assertThat(calculated.wholesaleStatement().services()).isEqualTo(1);
        assertThatThrownBy(() -> settlementFixture.runs.issueAndDie(third, calculated.wholesaleStatement()))
                .hasMessage("died");
        assertThatThrownBy(() -> settlementFixture.runs.issue(first, calculated.wholesaleStatement()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(settlementFixture.settlements()).isEmpty();
        expireLeases();
        var fourth = claimOctober();
        assertThat(settlementFixture.months.take(fourth)).isEqualTo(calculated);
        assertThat(settlementFixture.runs.issue(fourth, calculated.wholesaleStatement()))
                .isPresent();
        assertThatThrownBy(() -> settlementFixture.runs.issue(third, calculated.wholesaleStatement()))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> settlementFixture.runs.issue(fourth, calculated.wholesaleStatement()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(settlementFixture.settlements())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("OPEN 2.575 0 2.58");
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("-2.58"));
        assertNumbersWithoutGaps();
    }

    /** Empty months before October are completed at once. */
    private SettlementRuns.Claim claimOctober() {
        while (true) {
            var claim = settlementFixture.runs.claim(IN_NOVEMBER).orElseThrow();
            if (claim.period().month().getMonthValue() == 10) {
                return claim;
            }
            var calculated = (WholesaleUsage.Outcome.Calculated) settlementFixture.months.take(claim);
            assertThat(settlementFixture.runs.issue(claim, calculated.wholesaleStatement()))
                    .isEmpty();
        }
    }

    private static void expireLeases() {
        Database.asOwner(
                "update platform.settlement_run set lease_until = now() - interval '1 second' where state = 'RUNNING'");
    }

    @Test
    void doesNotSettleAMonthWhoseWholesaleWasCollectedByAnotherRun() {
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        billingFixture.in(() -> billingFixture.sql.one(
                "select collect_wholesale('2026-10-01', ?, '2025-12-31T23:00:00Z', ?, 'Europe/Berlin', 'EUR', ?) as"
                        + " run",
                row -> row.uuid("run"),
                UUID.randomUUID(),
                OCTOBER_ENDED,
                IN_NOVEMBER));
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.unfinished()).isEmpty();
        assertThat(settlementFixture.settlements()).isEmpty();
    }

    /** Time zone data of Java and PostgreSQL are updated independently. 3.65 a month is 0.005 an hour. */
    @ParameterizedTest
    @CsvSource({"-1 hour, 2.57", "1 hour, 2.58"})
    void settlesAMonthThatEndsElsewhereInPostgresAsOne(String difference, String october) {
        billingFixture.moveMonthEnds(difference);
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        for (var now : List.of(IN_NOVEMBER, IN_DECEMBER)) {
            billingFixture.charge(now);
            settlementFixture.settle(now);
        }
        assertThat(settlementFixture.settlements()).hasSize(2);
        assertThat(settlementFixture.settlements().get(0).toString()).contains(" " + october + " ");
        assertThat(settlementFixture.settlements().get(1).toString()).contains(" 3.6 ");
        assertThat(billingFixture.in(() -> billingFixture.sql.query(
                        "select month = of_month as same from settled_period", row -> row.flag("same"))))
                .hasSize(2)
                .containsOnly(true);
    }

    @Test
    void resellersReadOnlyTheirOwnRowsAndWriteNone() {
        var other = reseller();
        for (var one : List.of(settlementFixture, other)) {
            one.terms("2026-01", terms("10", "0", "0", "0"));
            one.rent(one.price("7.30", "3.65"), RENTED);
            one.billingFixture.charge(OCTOBER_ENDED);
            one.settle(IN_NOVEMBER);
            assertThat(one.pay("of-" + one.billingFixture.tenant, "1")).isTrue();
        }
        var tables = List.of(
                "reseller_ledger_account",
                "settlement",
                "settlement_line",
                "fee_terms",
                "fee_tier",
                "posting",
                "journal_entry");
        for (var table : tables) {
            var own = read(settlementFixture, "select count(*)::int from platform." + table);
            var all = Database.texts("select count(*)::int from platform." + table);
            assertThat(own)
                    .as(table)
                    .isNotEqualTo(Optional.of("0"))
                    .isNotEqualTo(all.stream().findFirst());
        }
        assertThat(read(
                        settlementFixture,
                        "select string_agg(distinct tenant, ',') from platform.reseller_ledger_account"))
                .contains(billingFixture.tenant.value());
        assertThat(read(
                        settlementFixture,
                        "select count(*) from platform.settlement where number_text = '" + other.number() + "'"))
                .contains("0");
        for (var refused : List.of(
                "select 1 from platform.settlement_run",
                "select 1 from platform.settlement_policy",
                "select 1 from platform.tenant",
                "select 1 from platform.audit_record",
                "select issued_by from platform.settlement",
                "select actor from platform.journal_entry",
                "update platform.reseller_ledger_account set credit_limit = 1",
                "insert into platform.settlement_series (year, prefix, digits, opened_at) values (2099, 'x', 1, now())",
                "delete from platform.settlement")) {
            assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update(refused)))
                    .as(refused)
                    .hasStackTraceContaining("permission denied");
        }
        assertThat(other.runs.forget(other.billingFixture.tenant)).isEqualTo(1);
        assertThat(read(other, "select count(*) from platform.settlement")).contains("0");
    }

    private static Optional<String> read(SettlementFixture settlementFixture, String sql) {
        return settlementFixture
                .billingFixture
                .in(() -> settlementFixture.billingFixture.sql.first(
                        "select q::text as c from (" + sql + ") q", row -> row.text("c")))
                .map(row -> row.replaceAll("[()]", ""));
    }

    @Test
    void issuedSettlementsAndPostingsAreImmutable() {
        settlementFixture.terms("2026-01", terms("10", "0", "0", "0"));
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        for (var refused : List.of(
                "update platform.settlement set revenue = 0",
                "update platform.settlement set state = 'PAID', paid_at = now(), number = 99",
                "delete from platform.settlement",
                "update platform.settlement_line set amount = 0",
                "insert into platform.settlement_line select settlement_id, account_id, 99, kind, subject, name,"
                        + " provider, of_month, services, hours, 0, 0, 0, 0, 0 from platform.settlement_line limit 1",
                "update platform.settlement_series set next_number = next_number + 1",
                "update platform.settlement_series set next_number = 1",
                "delete from platform.reseller_ledger_account",
                "update platform.reseller_ledger_account set currency = 'USD'",
                "update platform.fee_terms set minimum = 0",
                "delete from platform.fee_tier",
                "update platform.posting set amount = 1",
                "truncate platform.journal_entry cascade",
                "insert into platform.journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor,"
                        + " reason) values ('CREDIT', 'x', gen_random_uuid()::text, now(), now(), 'x', 'x')",
                "insert into platform.posting (entry_id, account_id, currency, amount)"
                        + " select e.id, gen_random_uuid(), 'EUR', 1 from platform.journal_entry e limit 1",
                "update " + billingFixture.tenant.schema() + ".settled_period set wholesale = 0",
                "delete from " + billingFixture.tenant.schema() + ".wholesale_month",
                "delete from " + billingFixture.tenant.schema() + ".settled_item")) {
            assertThatThrownBy(() -> Database.asOwner(refused)).as(refused).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void auditorFindsInjectedErrors() {
        settlementFixture.terms("2026-01", terms("10", "0", "0", "0"));
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(tenantFindingsAfter("update settled_period set wholesale = wholesale + 0.00000001"))
                .containsExactlyInAnyOrder("settlement-wholesale", "settlement-sums");
        assertThat(tenantFindingsAfter("update settled_period set revenue = revenue + 1"))
                .containsExactlyInAnyOrder("settlement-wholesale", "settlement-sums");
        assertThat(tenantFindingsAfter("update settled_period set rated_period_id = 0"))
                .contains("settlement-wholesale");
        assertThat(tenantFindingsAfter("delete from settled_period")).containsExactly("settlement-sums");
        assertThat(tenantFindingsAfter("update platform.settlement_line set of_month = '2026-09-01'"))
                .contains("settlement-sums");

        assertThat(platformFindingsAfter()).isEmpty();
        var own =
                "(select id from settlement where account_id in (select id from reseller_ledger_account where tenant ="
                        + " '"
                        + billingFixture.tenant.value() + "'))";
        for (var damage : List.of(
                "update settlement_line set amount = amount + 1 where settlement_id in " + own,
                "update settlement_line set revenue = revenue + 1 where settlement_id in " + own,
                "update settlement set fees = fees + 1 where id in " + own,
                "delete from settlement where id in " + own,
                "update settlement_series set next_number = next_number + 1",
                "update reseller_ledger_account set balance = balance + 1",
                "update reseller_ledger_account set version = version + 1",
                "update posting set amount = amount * 2 where account_id in (select id from reseller_ledger_account)",
                "update journal_entry set idempotency_key = 'x' where idempotency_key = (select 'settlement:' || id"
                        + " from settlement where id in " + own + ")")) {
            assertThat(platformFindingsAfter(damage)).as(damage).containsOnly("settlement-ledger");
        }
        assertThat(platformFindingsAfter("grant select on tenant to tenantry_tenant"))
                .containsExactly("reseller-privileges");
        assertThat(platformFindingsAfter("grant update (balance) on reseller_ledger_account to tenantry_tenant"))
                .containsExactly("reseller-privileges");
        assertThat(platformFindingsAfter("alter table posting disable row level security"))
                .containsExactly("reseller-privileges");
    }

    private List<String> tenantFindingsAfter(String damage) {
        return invariants(AuditorFixture.inTheLedgerAfter(billingFixture.tenant, damage));
    }

    private static List<String> platformFindingsAfter(String... damage) {
        return invariants(AuditorFixture.inTheLedgerAfter(null, damage));
    }

    private static List<String> invariants(List<Violation> violations) {
        return violations.stream()
                .map(Violation::invariant)
                .filter(name -> name.startsWith("settlement") || name.startsWith("reseller"))
                .distinct()
                .toList();
    }

    @Test
    void reportsAUsedUpCreditLimitUntilAPayment() {
        settlementFixture.rent(settlementFixture.price("7.30", "7.30"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.isUsedUp()).as("without a limit").isFalse();
        setLimit("5.16");
        assertThat(settlementFixture.isUsedUp()).isFalse();
        setLimit("5.15");
        assertThat(settlementFixture.isUsedUp()).isTrue();
        assertThat(reseller().isUsedUp()).as("another reseller").isFalse();
        assertThat(settlementFixture.pay("d", "0.01")).isTrue();
        assertThat(settlementFixture.isUsedUp()).isFalse();
    }

    @Test
    void rejectsTermsForSettledMonths() {
        var administration = settlementFixture.administration();
        var usd = new FeeTerms(
                Money.of("0", "USD").currency(),
                List.of(),
                Money.of("1", "USD"),
                Money.of("0", "USD"),
                Money.of("0", "USD"));
        assertThat(settlementFixture.platform(
                        () -> administration.write(billingFixture.tenant, YearMonth.of(2026, 10), usd)))
                .isEqualTo(new SettlementAdministration.Outcome.OtherCurrency(
                        billingFixture.money("0").currency()));
        assertThat(settlementFixture.platform(() -> administration.write(
                        billingFixture.tenant, YearMonth.of(2026, 10), terms("101", "0", "0", "0"))))
                .isEqualTo(new SettlementAdministration.Outcome.InvalidTerms(Set.of(FeeTerms.Fault.PERCENT)));
        assertThat(settlementFixture.platform(() ->
                        administration.write(billingFixture.tenant, YearMonth.of(2026, 10), terms("0", "0", "0", "9"))))
                .isInstanceOf(SettlementAdministration.Outcome.Done.class);
        assertThat(settlementFixture.platform(() ->
                        administration.write(billingFixture.tenant, YearMonth.of(2026, 10), terms("0", "0", "0", "7"))))
                .as("later terms of the same month replace earlier ones")
                .isInstanceOf(SettlementAdministration.Outcome.Done.class);
        settlementFixture.rent(settlementFixture.price("7.30", "3.65"), RENTED);
        billingFixture.charge(NOVEMBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        assertThat(settlementFixture.settlements())
                .hasSize(1)
                .first()
                .asString()
                .endsWith("OPEN 2.575 7 9.58");
        assertThat(settlementFixture.platform(() ->
                        administration.write(billingFixture.tenant, YearMonth.of(2026, 10), terms("0", "0", "0", "1"))))
                .isEqualTo(new SettlementAdministration.Outcome.Settled(YearMonth.of(2026, 10)));
        assertThat(settlementFixture.platform(() ->
                        administration.write(billingFixture.tenant, YearMonth.of(2026, 11), terms("0", "0", "0", "1"))))
                .isInstanceOf(SettlementAdministration.Outcome.Done.class);
        settlementFixture.settle(IN_DECEMBER);
        assertThat(settlementFixture.settlements().get(1)).endsWith("OPEN 3.6 1 4.6");
    }

    @Test
    void validatesAndAuditsPaymentsAndLimits() {
        var administration = settlementFixture.administration();
        var key = UUID.randomUUID();
        for (var wrong : List.of("0", "-1", "0.001")) {
            assertThatThrownBy(() -> settlementFixture.platform(
                            () -> administration.pay(billingFixture.tenant, key, billingFixture.money(wrong), "x")))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> settlementFixture.platform(
                        () -> administration.pay(billingFixture.tenant, key, Money.of("1", "USD"), "x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settlementFixture.platform(
                        () -> administration.pay(billingFixture.tenant, key, billingFixture.money("1"), " ")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(settlementFixture.platform(
                        () -> administration.pay(billingFixture.tenant, key, billingFixture.money("1"), "x")))
                .isTrue();
        assertThat(settlementFixture.platform(
                        () -> administration.pay(billingFixture.tenant, key, billingFixture.money("1"), "x")))
                .isFalse();
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("1"));
        settlementFixture.platform(() -> {
            administration.limit(billingFixture.tenant, billingFixture.money("5"));
            return true;
        });
        assertThat(Database.texts(
                        "select action || ' ' || (facts ->> 'limit') from platform.audit_record where action ="
                                + " 'settlement.limit_changed' and subject_id = '" + billingFixture.tenant.value()
                                + "'"))
                .containsExactly("settlement.limit_changed 5.00000000 EUR");
        var stranger = new Actor(Actor.Kind.OPERATOR, UUID.randomUUID(), "nobody");
        try (var actorScope = Actors.enter(stranger)) {
            assertThatThrownBy(() -> Database.in(Scope.PLATFORM, administration::resellers))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    private ResellerAccountQuery.Movement payment(String reference) {
        return settlementFixture
                .platform(() -> settlementFixture.accountQuery().status(billingFixture.tenant, YearMonth.of(2026, 12)))
                .movements()
                .stream()
                .filter(one -> one.reason().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    private SettlementAdministration.ReversalOutcome reverse(long entry, String reason) {
        return settlementFixture.platform(
                () -> settlementFixture.administration().takeBack(entry, reason));
    }

    private List<String> states() {
        return settlementFixture.documentColumn("state");
    }

    /** The remaining money pays the oldest, regardless of which payment paid it first. */
    @Test
    void reversingAPaymentReopensTheLatestSettlementsFirst() {
        settlementFixture.rent(settlementFixture.price("7.30", "7.30"), RENTED);
        billingFixture.charge(NOVEMBER_ENDED);
        settlementFixture.settle(IN_DECEMBER);
        var administration = settlementFixture.administration();
        settlementFixture.platform(() -> administration.pay(
                billingFixture.tenant, UUID.randomUUID(), billingFixture.money("12.35"), "both months"));
        settlementFixture.platform(() -> administration.pay(
                billingFixture.tenant, UUID.randomUUID(), billingFixture.money("5.15"), "in advance"));
        assertThat(states()).containsExactly("PAID", "PAID");
        setLimit("7.20");
        assertThat(settlementFixture.isUsedUp()).isFalse();
        var wrong = payment("both months");
        var numbers = settlementFixture.documentColumn("number_text");
        assertThat(settlementFixture
                        .platform(() -> administration.payment(wrong.entry()))
                        .reopens())
                .containsExactly(numbers.get(1));

        assertThat(reverse(wrong.entry(), " ")).isInstanceOf(SettlementAdministration.ReversalOutcome.Reason.class);
        assertThat(reverse(wrong.entry(), "x".repeat(201)))
                .isInstanceOf(SettlementAdministration.ReversalOutcome.Reason.class);
        assertThat(reverse(wrong.entry(), "bounced"))
                .isEqualTo(new SettlementAdministration.ReversalOutcome.Done(List.of(numbers.get(1))));
        assertThat(reverse(wrong.entry(), "bounced"))
                .isInstanceOf(SettlementAdministration.ReversalOutcome.Before.class);
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("-7.20"));
        assertThat(states()).containsExactly("PAID", "OPEN");
        assertThat(settlementFixture.isUsedUp())
                .as("the limit is used up again")
                .isTrue();
        assertThat(payment("both months").isReversed()).isTrue();
        assertThat(payment("both months").isPayment()).isFalse();
        assertThat(payment("both months: bounced").amount()).isEqualTo(billingFixture.money("-12.35"));
        assertThat(billingFixture
                        .in(() ->
                                settlementFixture.accountQuery().status(billingFixture.tenant, YearMonth.of(2026, 12)))
                        .movements())
                .as("the reseller sees the reversal")
                .anyMatch(one -> one.reason().equals("both months: bounced"));

        assertThat(reverse(payment("in advance").entry(), "another's"))
                .isEqualTo(new SettlementAdministration.ReversalOutcome.Done(List.of(numbers.get(0))));
        assertThat(states()).containsExactly("OPEN", "OPEN");
        settlementFixture.platform(() ->
                administration.pay(billingFixture.tenant, UUID.randomUUID(), billingFixture.money("12.35"), "at last"));
        assertThat(states()).containsExactly("PAID", "PAID");
        assertThat(Database.texts("select facts ->> 'reopened' from platform.audit_record where action ="
                        + " 'settlement.payment_reversed' and subject_id = '" + billingFixture.tenant.value()
                        + "' and facts ->> 'reason' = 'bounced'"))
                .containsExactly(numbers.get(1));
    }

    @Test
    void reversesAPaymentOnceWhenRequestedConcurrently() throws Exception {
        settlementFixture.rent(settlementFixture.price("7.30", "7.30"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        var administration = settlementFixture.administration();
        settlementFixture.platform(() ->
                administration.pay(billingFixture.tenant, UUID.randomUUID(), billingFixture.money("5.15"), "once"));
        var entry = payment("once").entry();
        var clerks = Executors.newFixedThreadPool(4);
        try {
            Callable<SettlementAdministration.ReversalOutcome> reversal = () -> reverse(entry, "at once");
            var done = 0;
            for (var one : clerks.invokeAll(List.of(reversal, reversal, reversal, reversal))) {
                done += one.get() instanceof SettlementAdministration.ReversalOutcome.Done ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        } finally {
            clerks.shutdown();
            assertThat(clerks.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("-5.15"));
        assertThat(states()).containsExactly("OPEN");
    }

    @Test
    void reversesOnlyPaymentsAndRequiresThePermission() {
        settlementFixture.rent(settlementFixture.price("7.30", "7.30"), RENTED);
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        var settled = payment(settlementFixture.number()).entry();
        assertThatThrownBy(() -> reverse(settled, "why")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> reverse(Long.MAX_VALUE, "why")).isInstanceOf(NotFoundException.class);
        var administration = settlementFixture.administration();
        settlementFixture.platform(
                () -> administration.pay(billingFixture.tenant, UUID.randomUUID(), billingFixture.money("1"), "mine"));
        var entry = payment("mine").entry();
        var stranger = new Actor(Actor.Kind.OPERATOR, UUID.randomUUID(), "nobody");
        try (var actorScope = Actors.enter(stranger)) {
            assertThatThrownBy(() -> Database.in(Scope.PLATFORM, () -> administration.takeBack(entry, "why")))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(Scope.PLATFORM, () -> administration.payment(entry)))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(reverse(entry, "why")).isInstanceOf(SettlementAdministration.ReversalOutcome.Done.class);
        var taken = payment("mine: why").entry();
        assertThatThrownBy(() -> reverse(taken, "back and forth")).isInstanceOf(NotFoundException.class);
        assertThat(platformFindingsAfter("update posting set amount = amount * 2 where entry_id = " + taken))
                .containsOnly("settlement-ledger");
        assertThat(settlementFixture.balance()).isEqualTo(billingFixture.money("-5.15"));
    }

    /** The database's error message is only logged. */
    @Test
    void showsOperatorsFailedAndWaitingMonthsWithoutErrorDetails() {
        billingFixture.clock.stopAt(IN_NOVEMBER);
        assertThat(settlementFixture.runs.open(settlementFixture.tenant(), IN_NOVEMBER))
                .isEqualTo(10);
        var failed = claimOctober();
        assertThat(listedReseller().stop()).as("a worker processes it").isEmpty();
        settlementFixture.runs.park(failed, "ERROR: relation \"settled_period\" does not exist");
        var reseller = listedReseller();
        assertThat(reseller.waits()).contains(YearMonth.of(2026, 10));
        var settlementDelay = reseller.stop().orElseThrow();
        assertThat(settlementDelay.reference()).isEqualTo(failed.runId());
        assertThat(settlementDelay.failed()).isTrue();
        assertThat(reseller).asString().doesNotContain("settled_period");

        Database.asOwner("update platform.settlement_run set retry_at = now() - interval '1 second' where id = '"
                + failed.runId() + "'");
        settlementFixture.runs.putOff(claimOctober());
        assertThat(listedReseller().stop().orElseThrow().failed()).isFalse();
        assertThat(settlementFixture.unfinished()).hasSize(1);
    }

    private SettlementAdministration.Reseller listedReseller() {
        return settlementFixture.platform(settlementFixture.administration()::resellers).stream()
                .filter(one -> one.account().tenant().equals(billingFixture.tenant))
                .findFirst()
                .orElseThrow();
    }

    /** From the month down to the hours, for both sides, and without data of another reseller. */
    @Test
    void detailsLeadFromTheMarginToItsHours() {
        var other = reseller();
        for (var one : List.of(settlementFixture, other)) {
            one.rent(one.price("7.30", "3.65"), RENTED);
            one.billingFixture.charge(OCTOBER_ENDED);
            one.settle(IN_NOVEMBER);
        }
        var own = settlementFixture.ledger();
        var october = billingFixture.in(
                () -> own.months(billingFixture.tenant, YearMonth.of(2026, 1), YearMonth.of(2026, 12)));
        assertThat(october).singleElement().satisfies(settlementSummary -> {
            assertThat(settlementSummary.revenue()).isEqualTo(billingFixture.money("5.15"));
            assertThat(settlementSummary.margin()).isEqualTo(billingFixture.money("2.57"));
        });
        var id = october.get(0).id();
        var seen = billingFixture.in(() -> own.drill(id, 1, Optional.empty(), 1));
        assertThat(seen.services())
                .singleElement()
                .satisfies(
                        sold -> assertThat(sold.margin()).isEqualTo(seen.line().margin()));
        var service = Optional.of(seen.services().get(0).id());
        var hours = billingFixture.in(() -> own.drill(id, 1, service, 1)).hours();
        assertThat(hours).singleElement().satisfies(one -> {
            assertThat(one.hours()).isEqualTo(515);
            assertThat(one.asked())
                    .containsExactly(new SettlementLineDetails.LineQuery(515, billingFixture.money("0.005")));
            assertThat(one.margin()).isEqualTo(billingFixture.money("2.575"));
        });
        // The operator sees the same, with the read-only role.
        assertThat(settlementFixture
                        .platform(() -> own.drill(id, 1, service, 1))
                        .hours())
                .isEqualTo(hours);
        assertThat(settlementFixture.platform(
                        () -> own.months(other.billingFixture.tenant, YearMonth.of(2026, 10), YearMonth.of(2026, 10))))
                .hasSize(1);
        // Another reseller receives its own data or none, whatever it requests.
        assertThatThrownBy(() -> other.billingFixture.in(() -> own.document(id)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> other.billingFixture.in(() -> own.drill(id, 1, service, 1)))
                .isInstanceOf(NotFoundException.class);
        assertThat(other.billingFixture.in(
                        () -> own.months(billingFixture.tenant, YearMonth.of(2026, 10), YearMonth.of(2026, 10))))
                .singleElement()
                .satisfies(settlementSummary ->
                        assertThat(settlementSummary.tenant()).isEqualTo(other.billingFixture.tenant));
    }

    /** When there are more entries than a page shows, the next page continues, and a page beyond the last is the last. */
    @Test
    void pagesThroughAllServicesOfALine() {
        var price = settlementFixture.price("7.30", "3.65");
        var rented = SettlementQuery.SERVICES_A_PART + 1;
        for (var nth = 0; nth < rented; nth++) {
            settlementFixture.rent(price, RENTED);
        }
        billingFixture.charge(OCTOBER_ENDED);
        settlementFixture.settle(IN_NOVEMBER);
        var own = settlementFixture.ledger();
        var id = billingFixture
                .in(() -> own.months(billingFixture.tenant, YearMonth.of(2026, 10), YearMonth.of(2026, 10)))
                .get(0)
                .id();

        var first = billingFixture.in(() -> own.drill(id, 1, Optional.empty(), 1));
        var second = billingFixture.in(() -> own.drill(id, 1, Optional.empty(), 2));

        assertThat(first.line().services()).isEqualTo(rented);
        assertThat(first.services())
                .hasSize(SettlementQuery.SERVICES_A_PART)
                .doesNotContainAnyElementsOf(second.services());
        assertThat(second.services()).hasSize(1);
        assertThat(billingFixture.in(() -> own.drill(id, 1, Optional.empty(), 9)))
                .isEqualTo(second);
    }

    private void setLimit(String limit) {
        settlementFixture.platform(() -> {
            var id = settlementFixture.account().id();
            settlementFixture.accounts.limit(settlementFixture.accounts.lock(id).id(), billingFixture.money(limit));
            return id;
        });
    }
}
