package io.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.audit.AuditTrail;
import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.WalletMoved;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Desk;
import io.tenantry.work.Work;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent beyond what plans include is taken once, at the price that was in force when the period began. */
class BillsTest {
    private static final Instant SEPTEMBER = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant SETTLED = NOVEMBER.plus(Bills.SETTLED_AFTER).plusSeconds(60);

    private static Books books;
    private static Desk desk;
    private static Twice bills;
    private static UUID price;
    private UUID wallet;

    @BeforeAll
    static void open() {
        books = new Books("billed", "EUR", "Europe/Berlin");
        desk = new Desk(books.tenant);
        var wallets = new Wallets(books.sql, books.clock, books.ledger);
        inject(wallets, "moved", unheard());
        bills = new Twice(wallets);
        var audit = new AuditTrail();
        inject(audit, "sql", books.sql);
        var prices = new TransferPrices(
                books.sql, books.clock, new Access(books.sql), audit, new TenantDirectory(Database.administration()));
        books.clock.stopAt(SEPTEMBER.plusSeconds(1));
        assertThat(books.in(() -> prices.publish(books.money("0.01")))).isEqualTo(TransferPrices.Outcome.DONE);
        assertThat(books.in(() -> prices.publish(books.money("0.01")))).isEqualTo(TransferPrices.Outcome.UNCHANGED);
        price = books.price("7.30");
    }

    @BeforeEach
    void fill() {
        desk.clear();
        books.clock.stopAt(OCTOBER);
        wallet = books.wallet("100");
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(books.faults()).isEmpty();
        assertThat(Rig.found(books.tenant)).noneMatch(found -> found.invariant().startsWith("transfer"));
    }

    @Test
    void whatIsBeyondAllPlansTogetherIsTakenOnce() {
        sent(rented(OCTOBER), 1500, true);
        sent(rented(OCTOBER), 600, true);
        var before = atSettled();
        reckon();
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("1")));
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatOneLeavesOverAnotherMayUse() {
        sent(rented(OCTOBER), 1500, true);
        sent(rented(OCTOBER), 400, true);
        var before = atSettled();
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before);
        assertThat(entries()).isEmpty();
    }

    @Test
    void vendorsHaveTwoDaysToTellTheRest() {
        sent(rented(OCTOBER), 1500, true);
        var before = atSettled();
        books.clock.stopAt(NOVEMBER.plus(Bills.SETTLED_AFTER));
        reckon();
        assertThat(books.balance(wallet)).isEqualTo(before);

        books.clock.stopAt(SETTLED);
        reckon();
        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("5")));
    }

    @Test
    void whatIsToldAfterwardsCostsNothing() {
        var service = rented(OCTOBER);
        sent(service, 1500, true);
        atSettled();
        reckon();
        var after = books.balance(wallet);
        books.in(() ->
                books.sql.update("update transfer_period set out_peak = out_peak * 2 where service_id = ?", service));
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(after);
    }

    @Test
    void aPlanCountsForTheTimeForWhichItWasCharged() {
        sent(rented(Instant.parse("2026-10-16T12:00:00Z")), 600, true);
        var before = atSettled();
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("1")));
    }

    @Test
    void plansThatFollowEachOtherWithinAPeriodCountEachForItsTime() {
        var large = plan("update plan set transfer_gib = 2000");
        var server = books.rent(wallet, price, OCTOBER);
        books.change(server, large, Instant.parse("2026-10-16T12:00:00Z"));
        sent(server.service(), 1600, true);
        var before = atSettled();
        reckon();

        assertThat(books.balance(wallet)).as("500 and 1000 are included").isEqualTo(before.minus(books.money("1")));
    }

    @Test
    void theHourInWhichAPlanIsChangedIsTheEarlierOnes() {
        var none = plan("update plan set transfer_gib = 0");
        var server = books.rent(wallet, price, OCTOBER);
        books.change(server, none, Instant.parse("2026-10-16T11:00:01Z"));
        sent(server.service(), 600, true);
        var before = atSettled();
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("1")));
    }

    @Test
    void whoeverTriesAnUnlimitedPlanWithinAnHourHasHadItForNone() {
        var unlimited = plan("update plan set transfer_unlimited = true, transfer_gib = 0");
        var server = books.rent(wallet, price, OCTOBER);
        books.change(server, unlimited, Instant.parse("2026-10-16T12:10:00Z"));
        books.change(server, price, Instant.parse("2026-10-16T12:20:00Z"));
        sent(server.service(), 1100, true);
        var before = atSettled();
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("1")));
    }

    /** The price of another plan, that is changed so. */
    private static UUID plan(String change) {
        var other = books.price("7.30");
        books.in(
                () -> books.sql.update(change + " where id = (select plan_id from price_version where id = ?)", other));
        return other;
    }

    @Test
    void ofAnUnlimitedPlanNothingIsBeyondAndNothingIsLeftToOthers() {
        var unlimited = books.price("7.30");
        books.in(() -> books.sql.update("""
                update plan
                   set transfer_unlimited = true, transfer_gib = 0
                 where id = (select plan_id from price_version where id = ?)
                """, unlimited));
        sent(books.rent(wallet, unlimited, OCTOBER).service(), 90_000, true);
        sent(rented(OCTOBER), 1500, true);
        var before = atSettled();
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("5")));
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatIsOnlyEstimatedCostsNothing() {
        sent(rented(OCTOBER), 1500, false);
        var before = atSettled();
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before);
    }

    @Test
    void aPriceDoesNotReachBackIntoAPeriodThatHasBegun() {
        books.clock.stopAt(SEPTEMBER);
        var service = rented(SEPTEMBER);
        period(service, SEPTEMBER, OCTOBER, 1500, true);
        books.clock.stopAt(OCTOBER.plus(Bills.SETTLED_AFTER).plusSeconds(60));
        books.charge(books.clock.instant());
        var before = books.balance(wallet);
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before);
    }

    @Test
    void ofTwoWhoReckonTheSameOneTakesIt() {
        sent(rented(OCTOBER), 1500, true);
        var before = atSettled();
        bills.isTwice = true;
        reckon();
        bills.isTwice = false;

        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("5")));
        assertThat(entries()).hasSize(1);
    }

    private UUID rented(Instant at) {
        books.clock.stopAt(at);
        return books.rent(wallet, price, at).service();
    }

    private void sent(UUID service, long gib, boolean isExact) {
        period(service, OCTOBER, NOVEMBER, gib, isExact);
    }

    private static void period(UUID service, Instant from, Instant to, long gib, boolean isExact) {
        books.in(() -> books.sql.update("""
                insert into transfer_period (service_id, from_at, to_at, in_carried, in_peak, in_kept, out_carried, out_peak,
                                             out_kept, exact, read_at)
                values (?, ?, ?, 0, 0, 0, 0, ?, 0, ?, ?)
                """, service, from, to, gib << 30, isExact, to));
    }

    /** All hours are charged, and the vendors' two days are over. */
    private io.tenantry.money.Money atSettled() {
        books.clock.stopAt(SETTLED);
        books.charge(SETTLED);
        return books.balance(wallet);
    }

    private static void reckon() {
        books.in(() -> desk.items.write(BillTransfer.KIND, BillTransfer.KEY, BillTransfer.SUBJECT));
        desk.makeDue();
        desk.work(new BillTransfer(bills));
    }

    private List<String> entries() {
        return books.in(() -> books.sql.query("""
                select e.source
                  from journal_entry e
                  join posting p on p.entry_id = e.id
                 where p.account_id = ? and e.source like 'transfer:%'
                """, row -> row.text("source"), wallet));
    }

    private static void inject(Object bean, String name, Object value) {
        io.tenantry.provider.account.Desk.inject(bean, name, value);
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletMoved> unheard() {
        return (Event<WalletMoved>) Proxy.newProxyInstance(
                BillsTest.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> null);
    }

    /** What the container does for {@code REQUIRES_NEW}; and, if asked to, each period comes twice, as for two who listed it at once. */
    private static final class Twice extends Bills {
        private boolean isTwice;

        Twice(Wallets wallets) {
            super(books.sql, books.clock, desk.items, wallets);
        }

        @Override
        public List<Period> due(Work work, int limit) {
            List<Period> found = Database.in(books.tenant, () -> super.due(work, limit));
            var all = new ArrayList<>(found);
            if (isTwice) {
                all.addAll(found);
            }
            return all;
        }

        @Override
        public void reckon(Work work, Period period) {
            Database.run(books.tenant, () -> super.reckon(work, period));
        }
    }
}
