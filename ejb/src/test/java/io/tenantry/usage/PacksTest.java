package io.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.audit.AuditTrail;
import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.money.Money;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.usage.Packs.Outcome;
import io.tenantry.wallet.Holds;
import io.tenantry.wallet.WalletMoved;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Desk;
import io.tenantry.work.Work;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfer that is paid in advance: bought once, and used before money is taken for what is beyond. */
class PacksTest {
    private static final Instant SEPTEMBER = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant SETTLED = NOVEMBER.plus(Bills.SETTLED_AFTER).plusSeconds(60);

    private static Books books;
    private static Desk desk;
    private static PackOffers offers;
    private static Packs packs;
    private static Pools pools;
    private static Repeating bills;
    private static UUID price;
    private static UUID yearly;
    private static UUID lasting;
    private static UUID monthly;
    private UUID wallet = new UUID(0, 0);
    private UUID organization = new UUID(0, 0);

    @BeforeAll
    static void open() {
        books = new Books("packed", "EUR", "Europe/Berlin");
        desk = new Desk(books.tenant);
        var access = new Access(books.sql);
        var tenants = new TenantDirectory(Database.administration());
        var wallets = new Wallets(books.sql, books.clock, books.ledger);
        inject(wallets, "moved", unheard());
        var audit = new AuditTrail();
        inject(audit, "sql", books.sql);
        offers = new PackOffers(books.sql, books.clock, access, audit, tenants);
        packs = new Packs(books.sql, books.clock, access, audit, tenants, wallets, offers);
        pools = new Pools(books.sql, books.clock, access);
        bills = new Repeating(wallets);
        books.clock.stopAt(SEPTEMBER);
        yearly = offered(300, "5", 12);
        lasting = offered(100, "2", 0);
        monthly = offered(50, "1", 1);
        assertThat(books.in(() -> offers.onSale(Currency.getInstance("EUR"))))
                .as("while nothing is taken for what is beyond")
                .isEmpty();
        var prices = new TransferPrices(books.sql, books.clock, access, audit, tenants);
        assertThat(books.in(() -> prices.publish(books.money("0.01")))).isEqualTo(TransferPrices.Outcome.DONE);
        price = books.price("7.30");
    }

    @BeforeEach
    void fill() {
        desk.clear();
        books.clock.stopAt(OCTOBER);
        wallet = books.wallet("100");
        organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        books.in(() -> books.sql.update("""
                insert into organization (id, name, billing_email, country, created_at)
                values (?, 'Kiosk', 'books@kiosk.example', 'DE', ?)
                """, organization, OCTOBER));
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(books.faults()).isEmpty();
        assertThat(Rig.found(books.tenant)).noneMatch(found -> found.invariant().startsWith("transfer"));
    }

    @Test
    void aPackIsPaidFromTheWalletOnceHoweverOftenItIsAskedFor() {
        var pack = bought(yearly, OCTOBER);
        assertThat(buy(yearly, pack)).isEqualTo(new Outcome.Done(pack));

        assertThat(books.balance(wallet)).isEqualTo(books.money("95"));
        assertThat(entries("transfer-pack:%")).containsExactly("DEBIT -5.00000000");
        assertThat(all()).singleElement().satisfies(one -> {
            assertThat(one.leftBytes()).isEqualTo(300L << 30);
            assertThat(one.expiresAt()).contains(Instant.parse("2027-10-01T00:00:00Z"));
            assertThat(one.isOver()).isFalse();
        });
    }

    @Test
    void ofManyWhoAskForTheSameAtOnceOnePays() throws Exception {
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
        assertThat(books.balance(wallet)).isEqualTo(books.money("95"));
        assertThat(all()).hasSize(1);
    }

    @Test
    void whatIsHeldForServersIsNotSpent() {
        books.in(() -> new Holds(books.sql, books.clock)
                .hold(wallet, UUID.randomUUID(), books.money("97"), Duration.ofHours(1)));
        assertThat(buy(yearly, UUID.randomUUID())).isEqualTo(new Outcome.TooLittle(books.money("2")));
        assertThat(books.balance(wallet)).isEqualTo(books.money("100"));
        assertThat(all()).isEmpty();
    }

    @Test
    void aWalletThatIsParkedPaysNothing() {
        Database.asOwner("update t_packed.wallet set parked = 'looked at' where id = '" + wallet + "'");
        assertThat(buy(yearly, UUID.randomUUID()))
                .isEqualTo(new Outcome.NoWallet(books.money("0").currency()));
    }

    @Test
    void whatIsWithdrawnIsNotSoldAnyMoreButWhatWasBoughtStays() {
        var offer = offered(7, "1", 0);
        assertThat(offer(7, "1", 0)).isEqualTo(PackOffers.Outcome.THERE);
        var pack = bought(offer, OCTOBER);
        assertThat(books.<Boolean>in(() -> offers.withdraw(offer))).isTrue();
        assertThat(books.<Boolean>in(() -> offers.withdraw(offer))).isFalse();
        assertThatThrownBy(() -> books.in(() -> offers.withdraw(UUID.randomUUID())))
                .isInstanceOf(NotVisible.class);

        assertThat(buy(offer, UUID.randomUUID())).isEqualTo(new Outcome.Withdrawn());
        assertThat(buy(offer, pack)).as("asked for again").isEqualTo(new Outcome.Done(pack));
        assertThat(all()).hasSize(1);
        assertThat(books.in(() -> offers.all()))
                .filteredOn(one -> one.id().equals(offer))
                .extracting(PackOffers.Offer::sold)
                .containsExactly(1);
    }

    @Test
    void whatNobodyCouldSellIsNotOffered() {
        assertThat(offer(0, "1", 0)).isEqualTo(PackOffers.Outcome.INVALID);
        assertThat(offer(PackOffers.GIB_MAX + 1, "1", 0)).isEqualTo(PackOffers.Outcome.INVALID);
        assertThat(offer(11, "0", 0)).isEqualTo(PackOffers.Outcome.INVALID);
        assertThat(offer(11, "1", PackOffers.MONTHS_MAX + 1)).isEqualTo(PackOffers.Outcome.INVALID);
        assertThat(books.in(() -> offers.offer(new PackOffers.Draft(11, Money.of("1", "USD"), Optional.empty()))))
                .isEqualTo(PackOffers.Outcome.INVALID);
    }

    @Test
    void thePackOfAnotherIsNotKnown() {
        var pack = bought(yearly, OCTOBER);
        fill();
        assertThatThrownBy(() -> buy(yearly, pack)).isInstanceOf(NotVisible.class);
        assertThat(all()).isEmpty();
    }

    @Test
    void whatIsBeyondIsTakenFromPacksAndOnlyTheRestIsCharged() {
        var pack = bought(yearly, OCTOBER);
        var before = sent(1500);
        reckon();
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("2")));
        assertThat(left(pack)).isZero();
        assertThat(all()).extracting(Packs.Pack::isOver).containsExactly(true);
        assertThat(books.in(() -> pools.reckoned(organization, 10)))
                .singleElement()
                .satisfies(past -> {
                    assertThat(past.beyond()).isEqualTo(500L << 30);
                    assertThat(past.prepaid()).isEqualTo(300L << 30);
                    assertThat(past.amount()).isEqualTo(books.money("2"));
                });
    }

    @Test
    void theStatementNamesTheServerAndTheSizeOfThePack() {
        bought(yearly, OCTOBER);
        sent(1500);
        reckon();
        var lines = books.in(
                () -> new Wallets(books.sql, books.clock, books.ledger).statement(wallet, Long.MAX_VALUE, 1_000));

        assertThat(lines)
                .filteredOn(line -> line.source().startsWith("transfer-pack:"))
                .extracting(Wallets.Line::about)
                .containsExactly(Optional.of("300"));
        assertThat(lines)
                .filteredOn(line -> line.source().startsWith("transfer:"))
                .extracting(Wallets.Line::about)
                .containsExactly(Optional.of("web"));
    }

    @Test
    void whatEndsFirstGoesFirst() {
        var last = bought(lasting, OCTOBER);
        var middle = bought(yearly, OCTOBER.plusSeconds(60));
        var first = bought(monthly, OCTOBER.plusSeconds(120));
        var before = sent(1100);
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before);
        assertThat(entries("transfer:%")).isEmpty();
        assertThat(List.of(left(first), left(middle), left(last))).containsExactly(0L, 250L << 30, 100L << 30);
    }

    @Test
    void ofTwoWhoReckonTheSameOneTakesFromThePack() {
        var pack = bought(yearly, OCTOBER);
        sent(1100);
        bills.isTwice = true;
        reckon();
        bills.isTwice = false;
        assertThat(left(pack)).isEqualTo(200L << 30);
    }

    @Test
    void aPackThatEndedBeforeAPeriodBeganOrWasBoughtAfterItsEndDoesNotCount() {
        var early = bought(monthly, SEPTEMBER);
        var late = bought(lasting, NOVEMBER);
        var before = sent(1100);
        reckon();

        assertThat(books.balance(wallet)).isEqualTo(before.minus(books.money("1")));
        assertThat(left(early)).isEqualTo(50L << 30);
        assertThat(left(late)).isEqualTo(100L << 30);
    }

    @Test
    void aPackThatIsBoughtWithinAPeriodCountsForAllOfIt() {
        var pack = bought(lasting, NOVEMBER.minusSeconds(1));
        var before = sent(1100);
        reckon();
        assertThat(books.balance(wallet)).isEqualTo(before);
        assertThat(left(pack)).isZero();
    }

    @Test
    void aPoolTellsHowItStandsAndWhatIsIncludedUntilThePeriodEnds() {
        rented();
        var other = rented();
        period(other, 1200);
        books.clock.stopAt(OCTOBER.plus(Duration.ofDays(2)));
        assertThat(books.in(() -> pools.of(organization))).singleElement().satisfies(pool -> {
            assertThat(pool.services()).isEqualTo(1);
            assertThat(pool.used()).isEqualTo(1200L << 30);
            assertThat(pool.included()).isEqualTo(1000L << 30);
            assertThat(pool.percent()).isEqualTo(120);
            assertThat(pool.beyond()).isEqualTo(200L << 30);
            assertThat(pool.perGib()).contains(books.money("0.01"));
        });
    }

    private static UUID offered(int gib, String amount, int months) {
        assertThat(offer(gib, amount, months)).isEqualTo(PackOffers.Outcome.DONE);
        return books.in(() -> offers.all()).stream()
                .filter(one -> one.gib() == gib && one.withdrawnAt().isEmpty())
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static PackOffers.Outcome offer(int gib, String amount, int months) {
        var draft = new PackOffers.Draft(
                gib, books.money(amount), Optional.of(months).filter(some -> some > 0));
        return books.in(() -> offers.offer(draft));
    }

    private UUID bought(UUID offer, Instant at) {
        books.clock.stopAt(at);
        var pack = UUID.randomUUID();
        assertThat(buy(offer, pack)).isEqualTo(new Outcome.Done(pack));
        return pack;
    }

    private Outcome buy(UUID offer, UUID pack) {
        return books.in(() -> packs.buy(organization, offer, pack));
    }

    private List<Packs.Pack> all() {
        return books.in(() -> packs.of(organization));
    }

    private long left(UUID pack) {
        return all().stream()
                .filter(one -> one.id().equals(pack))
                .findFirst()
                .orElseThrow()
                .leftBytes();
    }

    private UUID rented() {
        books.clock.stopAt(OCTOBER);
        return books.rent(wallet, price, OCTOBER).service();
    }

    /** One server sends so much; all hours are charged, and the vendors' two days are over. */
    private Money sent(long gib) {
        period(rented(), gib);
        books.clock.stopAt(SETTLED);
        books.charge(SETTLED);
        return books.balance(wallet);
    }

    private static void period(UUID service, long gib) {
        books.in(() -> books.sql.update("""
                insert into transfer_period (service_id, from_at, to_at, in_carried, in_peak, in_kept, out_carried, out_peak,
                                             out_kept, exact, read_at)
                values (?, ?, ?, 0, 0, 0, 0, ?, 0, true, ?)
                """, service, OCTOBER, NOVEMBER, gib << 30, OCTOBER));
    }

    private static void reckon() {
        books.in(() -> desk.items.write(BillTransfer.KIND, BillTransfer.KEY, BillTransfer.SUBJECT));
        desk.makeDue();
        desk.work(new BillTransfer(bills));
    }

    private List<String> entries(String source) {
        return books.in(() -> books.sql.query("""
                select e.kind || ' ' || p.amount as line
                  from journal_entry e
                  join posting p on p.entry_id = e.id
                 where p.account_id = ? and e.source like ?
                """, row -> row.text("line"), wallet, source));
    }

    private static void inject(Object bean, String name, Object value) {
        io.tenantry.provider.account.Desk.inject(bean, name, value);
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletMoved> unheard() {
        return (Event<WalletMoved>) Proxy.newProxyInstance(
                PacksTest.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> null);
    }

    /** What the container does for {@code REQUIRES_NEW}; and, if asked to, each period comes twice, as for two who listed it at once. */
    private static final class Repeating extends Bills {
        private boolean isTwice;

        Repeating(Wallets wallets) {
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
