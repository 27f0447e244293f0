package io.tenantry.cloud.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.transfer.TransferPacks.Outcome;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkQueueFixture;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prepaid transfer: bought once, and used before overage is charged. */
class TransferPacksTest {
    private static final Instant SEPTEMBER = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant SETTLED =
            NOVEMBER.plus(OverageBilling.SETTLED_AFTER).plusSeconds(60);

    private static BillingFixture billingFixture;
    private static WorkQueueFixture workQueueFixture;
    private static TransferPackOffers offers;
    private static TransferPacks transferPacks;
    private static TransferPools transferPools;
    private static RepeatedBilling bills;
    private static UUID price;
    private static UUID yearly;
    private static UUID unexpiring;
    private static UUID monthly;
    private UUID wallet = new UUID(0, 0);
    private UUID organization = new UUID(0, 0);

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("packed", "EUR", "Europe/Berlin");
        workQueueFixture = new WorkQueueFixture(billingFixture.tenant);
        var access = new Access(billingFixture.sql);
        var tenants = new TenantDirectory(Database.administration());
        var wallets = new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger);
        inject(wallets, "moved", ignoringEvent());
        var items = new ItemCharges(wallets);
        var audit = new AuditTrail();
        inject(audit, "sql", billingFixture.sql);
        offers = new TransferPackOffers(billingFixture.sql, billingFixture.clock, access, audit, tenants);
        transferPacks = new TransferPacks(
                billingFixture.sql, billingFixture.clock, access, audit, tenants, wallets, items, offers);
        transferPools = new TransferPools(billingFixture.sql, billingFixture.clock, access);
        bills = new RepeatedBilling(items);
        billingFixture.clock.stopAt(SEPTEMBER);
        yearly = createOffer(300, "5", 12);
        unexpiring = createOffer(100, "2", 0);
        monthly = createOffer(50, "1", 1);
        assertThat(billingFixture.in(() -> offers.onSale(Currency.getInstance("EUR"))))
                .as("while overage has no price")
                .isEmpty();
        var prices = new OveragePrices(billingFixture.sql, billingFixture.clock, access, audit, tenants);
        assertThat(billingFixture.in(() -> prices.publish(billingFixture.money("0.01"))))
                .isEqualTo(OveragePrices.Outcome.DONE);
        price = billingFixture.price("7.30");
    }

    @BeforeEach
    void prepare() {
        workQueueFixture.clear();
        billingFixture.clock.stopAt(OCTOBER);
        wallet = billingFixture.wallet("100");
        organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into organization (id, name, billing_email, country, created_at)
                values (?, 'Kiosk', 'books@kiosk.example', 'DE', ?)
                """, organization, OCTOBER));
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(billingFixture.tenant, "transfer")).isEmpty();
    }

    @Test
    void chargesAPackOnceWhenRequestedAgain() {
        var pack = buyPack(yearly, OCTOBER);
        assertThat(buy(yearly, pack)).isEqualTo(new Outcome.Done(pack));

        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("95"));
        assertThat(entries("transfer-pack:%")).containsExactly("DEBIT -5.00000000");
        assertThat(packs()).singleElement().satisfies(one -> {
            assertThat(one.leftBytes()).isEqualTo(300L << 30);
            assertThat(one.expiresAt()).contains(Instant.parse("2027-10-01T00:00:00Z"));
            assertThat(one.isOver()).isFalse();
        });
    }

    @Test
    void chargesAPackOnceForConcurrentRequests() throws Exception {
        var pack = UUID.randomUUID();
        var threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Outcome> one = () -> buy(yearly, pack);
            for (var answer : threads.invokeAll(List.of(one, one, one, one))) {
                assertThat(answer.get()).isEqualTo(new Outcome.Done(pack));
            }
        } finally {
            threads.shutdown();
        }
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("95"));
        assertThat(packs()).hasSize(1);
    }

    /** The owner changes the currency in one session, and buys in another, which waits for the wallet. */
    @Test
    void refusesAPackForAWalletThatIsClosedMeanwhile() throws Exception {
        var threads = Executors.newSingleThreadExecutor();
        try {
            var bought = billingFixture.in(() -> {
                billingFixture.sql.update("update wallet set closed_at = ? where id = ?", OCTOBER, wallet);
                var purchase = threads.submit(() -> buy(yearly, UUID.randomUUID()));
                awaitWaiting();
                return purchase;
            });
            assertThat(bought.get())
                    .isEqualTo(new Outcome.NoWallet(billingFixture.money("0").currency()));
        } finally {
            threads.shutdown();
        }
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("100"));
        assertThat(packs()).isEmpty();
    }

    /** Waits until a transaction waits for a lock of this tenant. */
    private static void awaitWaiting() {
        var patience = 200;
        while (Database.texts(
                        "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%wallet%'")
                .isEmpty()) {
            assertThat(patience--).as("attempts left").isPositive();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void doesNotSpendReservedMoney() {
        billingFixture.in(() -> new Reservations(
                        billingFixture.sql, billingFixture.clock, new TenantDirectory(Database.administration()))
                .hold(wallet, UUID.randomUUID(), billingFixture.money("97"), Duration.ofHours(1)));
        assertThat(buy(yearly, UUID.randomUUID())).isEqualTo(new Outcome.InsufficientFunds(billingFixture.money("2")));
        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("100"));
        assertThat(packs()).isEmpty();
    }

    @Test
    void refusesAPackForAParkedWallet() {
        Database.asOwner("update t_packed.wallet set parked = 'under review' where id = '" + wallet + "'");
        assertThat(buy(yearly, UUID.randomUUID()))
                .isEqualTo(new Outcome.NoWallet(billingFixture.money("0").currency()));
    }

    @Test
    void refusesAWithdrawnOfferButKeepsBoughtPacks() {
        var offer = createOffer(7, "1", 0);
        assertThat(offer(7, "1", 0)).isEqualTo(TransferPackOffers.Outcome.DUPLICATE);
        var pack = buyPack(offer, OCTOBER);
        assertThat(billingFixture.<Boolean>in(() -> offers.withdraw(offer))).isTrue();
        assertThat(billingFixture.<Boolean>in(() -> offers.withdraw(offer))).isFalse();
        assertThatThrownBy(() -> billingFixture.in(() -> offers.withdraw(UUID.randomUUID())))
                .isInstanceOf(NotFoundException.class);

        assertThat(buy(offer, UUID.randomUUID())).isEqualTo(new Outcome.Withdrawn());
        assertThat(buy(offer, pack)).as("requested again").isEqualTo(new Outcome.Done(pack));
        assertThat(packs()).hasSize(1);
        assertThat(billingFixture.in(() -> offers.all()))
                .filteredOn(one -> one.id().equals(offer))
                .extracting(TransferPackOffers.Offer::sold)
                .containsExactly(1);
    }

    @Test
    void refusesInvalidOffers() {
        assertThat(offer(0, "1", 0)).isEqualTo(TransferPackOffers.Outcome.INVALID);
        assertThat(offer(TransferPackOffers.GIB_MAX + 1, "1", 0)).isEqualTo(TransferPackOffers.Outcome.INVALID);
        assertThat(offer(11, "0", 0)).isEqualTo(TransferPackOffers.Outcome.INVALID);
        assertThat(offer(11, "1000000.01", 0)).isEqualTo(TransferPackOffers.Outcome.INVALID);
        assertThat(offer(11, "1", TransferPackOffers.MONTHS_MAX + 1)).isEqualTo(TransferPackOffers.Outcome.INVALID);
        assertThat(billingFixture.in(
                        () -> offers.offer(new TransferPackOffers.Draft(11, Money.of("1", "USD"), Optional.empty()))))
                .isEqualTo(TransferPackOffers.Outcome.INVALID);
    }

    @Test
    void reportsEveryInvalidFieldOfAnOffer() {
        assertThat(new TransferPackOffers.Draft(0, Money.of("0", "EUR"), Optional.of(0)).faults())
                .containsExactly(
                        TransferPackOffers.Field.GIB, TransferPackOffers.Field.PRICE, TransferPackOffers.Field.MONTHS);
        assertThat(new TransferPackOffers.Draft(1, Money.of("0.01", "EUR"), Optional.empty()).faults())
                .isEmpty();
    }

    @Test
    void hidesPacksOfOtherOrganizations() {
        var pack = buyPack(yearly, OCTOBER);
        prepare();
        assertThatThrownBy(() -> buy(yearly, pack)).isInstanceOf(NotFoundException.class);
        assertThat(packs()).isEmpty();
    }

    @Test
    void drawsOverageFromPacksAndChargesTheRest() {
        var pack = buyPack(yearly, OCTOBER);
        var before = recordTransfer(1500);
        billPeriod();
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("2")));
        assertThat(remainingBytes(pack)).isZero();
        assertThat(packs()).extracting(TransferPacks.Pack::isOver).containsExactly(true);
        assertThat(billingFixture.in(() -> transferPools.billedPeriods(organization, 10)))
                .singleElement()
                .satisfies(past -> {
                    assertThat(past.beyond()).isEqualTo(500L << 30);
                    assertThat(past.prepaid()).isEqualTo(300L << 30);
                    assertThat(past.amount()).isEqualTo(billingFixture.money("2"));
                });
    }

    @Test
    void namesServerAndPackSizeOnTheStatement() {
        buyPack(yearly, OCTOBER);
        recordTransfer(1500);
        billPeriod();
        var lines = billingFixture.in(
                () -> new WalletStatements(billingFixture.sql).statement(wallet, Long.MAX_VALUE, 1_000));

        assertThat(lines)
                .filteredOn(statementLine -> statementLine.source().startsWith("transfer-pack:"))
                .extracting(WalletStatements.StatementLine::about)
                .containsExactly(Optional.of("300"));
        assertThat(lines)
                .filteredOn(statementLine -> statementLine.source().startsWith("transfer:"))
                .extracting(WalletStatements.StatementLine::about)
                .containsExactly(Optional.of("web"));
    }

    @Test
    void usesTheFirstPackToExpireFirst() {
        var last = buyPack(unexpiring, OCTOBER);
        var middle = buyPack(yearly, OCTOBER.plusSeconds(60));
        var first = buyPack(monthly, OCTOBER.plusSeconds(120));
        var before = recordTransfer(1100);
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before);
        assertThat(entries("transfer:%")).isEmpty();
        assertThat(List.of(remainingBytes(first), remainingBytes(middle), remainingBytes(last)))
                .containsExactly(0L, 250L << 30, 100L << 30);
    }

    @Test
    void drawsFromAPackOnceWhenTwoWorkersProcessAPeriod() {
        var pack = buyPack(yearly, OCTOBER);
        recordTransfer(1100);
        bills.repeatsPeriods = true;
        billPeriod();
        bills.repeatsPeriods = false;
        assertThat(remainingBytes(pack)).isEqualTo(200L << 30);
    }

    @Test
    void ignoresPacksExpiredBeforeOrBoughtAfterThePeriod() {
        var early = buyPack(monthly, SEPTEMBER);
        var late = buyPack(unexpiring, NOVEMBER);
        var before = recordTransfer(1100);
        billPeriod();

        assertThat(billingFixture.balance(wallet)).isEqualTo(before.minus(billingFixture.money("1")));
        assertThat(remainingBytes(early)).isEqualTo(50L << 30);
        assertThat(remainingBytes(late)).isEqualTo(100L << 30);
    }

    @Test
    void usesAPackBoughtDuringThePeriodForAllOfIt() {
        var pack = buyPack(unexpiring, NOVEMBER.minusSeconds(1));
        var before = recordTransfer(1100);
        billPeriod();
        assertThat(billingFixture.balance(wallet)).isEqualTo(before);
        assertThat(remainingBytes(pack)).isZero();
    }

    @Test
    void showsUsageAndIncludedTransferOfAPool() {
        rentServer();
        var other = rentServer();
        recordPeriod(other, 1200);
        billingFixture.clock.stopAt(OCTOBER.plus(Duration.ofDays(2)));
        assertThat(billingFixture.in(() -> transferPools.of(organization)))
                .singleElement()
                .satisfies(pool -> {
                    assertThat(pool.services()).isEqualTo(1);
                    assertThat(pool.used()).isEqualTo(1200L << 30);
                    assertThat(pool.included()).isEqualTo(1000L << 30);
                    assertThat(pool.percent()).isEqualTo(120);
                    assertThat(pool.beyond()).isEqualTo(200L << 30);
                    assertThat(pool.perGib()).contains(billingFixture.money("0.01"));
                });
    }

    private static UUID createOffer(int gib, String amount, int months) {
        assertThat(offer(gib, amount, months)).isEqualTo(TransferPackOffers.Outcome.DONE);
        return billingFixture.in(() -> offers.all()).stream()
                .filter(one -> one.gib() == gib && one.withdrawnAt().isEmpty())
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static TransferPackOffers.Outcome offer(int gib, String amount, int months) {
        var draft = new TransferPackOffers.Draft(
                gib, billingFixture.money(amount), Optional.of(months).filter(some -> some > 0));
        return billingFixture.in(() -> offers.offer(draft));
    }

    private UUID buyPack(UUID offer, Instant at) {
        billingFixture.clock.stopAt(at);
        var pack = UUID.randomUUID();
        assertThat(buy(offer, pack)).isEqualTo(new Outcome.Done(pack));
        return pack;
    }

    private Outcome buy(UUID offer, UUID pack) {
        return billingFixture.in(() -> transferPacks.buy(organization, offer, pack));
    }

    private List<TransferPacks.Pack> packs() {
        return billingFixture.in(() -> transferPacks.of(organization));
    }

    private long remainingBytes(UUID pack) {
        return packs().stream()
                .filter(one -> one.id().equals(pack))
                .findFirst()
                .orElseThrow()
                .leftBytes();
    }

    private UUID rentServer() {
        billingFixture.clock.stopAt(OCTOBER);
        return billingFixture.rent(wallet, price, OCTOBER).service();
    }

    /** Sends this much transfer from one server, charges all hours, and lets the providers' two days pass. */
    private Money recordTransfer(long gib) {
        recordPeriod(rentServer(), gib);
        billingFixture.clock.stopAt(SETTLED);
        billingFixture.charge(SETTLED);
        return billingFixture.balance(wallet);
    }

    private static void recordPeriod(UUID service, long gib) {
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into transfer_period (service_id, from_at, to_at, in_previous, in_peak, in_committed, out_previous, out_peak,
                                             out_committed, exact, read_at)
                values (?, ?, ?, 0, 0, 0, 0, ?, 0, true, ?)
                """, service, OCTOBER, NOVEMBER, gib << 30, OCTOBER));
    }

    private static void billPeriod() {
        billingFixture.in(() -> workQueueFixture.items.write(
                OverageBillingHandler.KIND, OverageBillingHandler.KEY, OverageBillingHandler.SUBJECT));
        workQueueFixture.makeDue();
        workQueueFixture.work(new OverageBillingHandler(bills));
    }

    private List<String> entries(String source) {
        return billingFixture.in(() -> billingFixture.sql.query("""
                select e.kind || ' ' || p.amount as line
                  from journal_entry e
                  join posting p on p.entry_id = e.id
                 where p.account_id = ? and e.source like ?
                """, row -> row.text("line"), wallet, source));
    }

    private static void inject(Object bean, String name, Object value) {
        io.tenantry.cloud.provider.account.ProviderAccountFixture.inject(bean, name, value);
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletBalanceChanged> ignoringEvent() {
        return (Event<WalletBalanceChanged>) Proxy.newProxyInstance(
                TransferPacksTest.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (proxy, method, arguments) -> null);
    }

    /**
     * Starts transactions as the container does for {@code REQUIRES_NEW}; optionally processes each period twice, as if two workers had listed
     * it at once.
     */
    private static final class RepeatedBilling extends OverageBilling {
        private boolean repeatsPeriods;

        RepeatedBilling(ItemCharges items) {
            super(billingFixture.sql, billingFixture.clock, workQueueFixture.items, items);
        }

        @Override
        public List<Period> due(ClaimedWorkItem claimedWorkItem, int limit) {
            List<Period> found = Database.in(billingFixture.tenant, () -> super.due(claimedWorkItem, limit));
            var all = new ArrayList<>(found);
            if (repeatsPeriods) {
                all.addAll(found);
            }
            return all;
        }

        @Override
        public void billPeriod(ClaimedWorkItem claimedWorkItem, Period period) {
            Database.run(billingFixture.tenant, () -> super.billPeriod(claimedWorkItem, period));
        }
    }
}
