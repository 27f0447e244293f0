package io.tenantry.concession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.charging.HourlyRuns;
import io.tenantry.concession.Concession.Kind;
import io.tenantry.concession.Concession.State;
import io.tenantry.concession.Concessions.Outcome;
import io.tenantry.concession.Concessions.Wish;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.invoicing.Office;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people of the staff, and what they give up: up to 50 a day alone. */
class ConcessionsTest {
    private static final Instant MORNING = Instant.parse("2026-11-10T08:00:00Z");

    private static Books books;
    private static Concessions concessions;
    private static ConcessionLimits limits;
    private static Actor anna;
    private static Actor bruno;
    private static Actor sofia;

    @BeforeAll
    static void open() {
        books = new Books("conceded", "EUR", "Europe/Berlin");
        books.clock.stopAt(MORNING);
        var access = new Access(books.sql);
        var audit = Office.trail(books);
        limits = new ConcessionLimits(
                books.sql, books.clock, access, audit, new TenantDirectory(Database.administration()));
        concessions = new Concessions(
                books.sql,
                books.clock,
                access,
                audit,
                ItemsTaken.wallets(books, HourlyRuns.heardBy(books.charging)::fire),
                (asked, lines) -> {
                    throw new AssertionError("no document was asked for");
                });
        anna = staff("Anna", "staff_owner");
        bruno = staff("Bruno", "staff_billing");
        sofia = staff("Sofia", "staff_support");
    }

    @BeforeEach
    void fiftyADay() {
        books.clock.stopAt(MORNING);
        limit("50");
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("concession")
                        || found.invariant().startsWith("wallet-")
                        || List.of("entry-balances", "running-balance", "history-guarded")
                                .contains(found.invariant()));
    }

    @Test
    void upToTheLimitItIsDoneAtOnce() {
        var wallet = books.wallet("10");
        var wish = credit(wallet, "50");
        assertThat(ask(bruno, wish)).isEqualTo(new Outcome.Done());
        assertThat(ask(bruno, wish)).as("a form that is sent twice").isEqualTo(new Outcome.Done());
        assertThat(books.balance(wallet)).isEqualTo(books.money("60"));
        assertThat(texts("select action || ' ' || actor_name from %s.audit_record where subject_id = '" + wallet + "'"))
                .containsExactly("wallet.credited Bruno");
    }

    @Test
    void whatIsSplitCountsTogetherForADayWhoeverGivesIt() {
        var wallet = books.wallet("0");
        assertThat(ask(bruno, credit(wallet, "30"))).isEqualTo(new Outcome.Done());
        assertThat(ask(anna, credit(wallet, "20.01"))).isEqualTo(new Outcome.Waiting());
        assertThat(ask(anna, credit(wallet, "20"))).isEqualTo(new Outcome.Done());
        assertThat(ask(anna, credit(books.wallet("0"), "50")))
                .as("another customer")
                .isEqualTo(new Outcome.Done());
        books.clock.stopAt(MORNING.plus(Duration.ofHours(23)));
        assertThat(ask(bruno, credit(wallet, "0.01"))).isEqualTo(new Outcome.Waiting());
        books.clock.stopAt(MORNING.plus(Duration.ofHours(24)));
        assertThat(ask(bruno, credit(wallet, "50"))).isEqualTo(new Outcome.Done());
        assertThat(books.balance(wallet)).isEqualTo(books.money("100"));
    }

    @Test
    void ofManyAtOnceNoMoreAreDoneThanTheLimitAllows() {
        var wallet = books.wallet("0");
        var barrier = new CyclicBarrier(4);
        var outcomes = together(IntStream.range(0, 4).mapToObj(any -> (Supplier<Outcome>) () -> {
            await(barrier);
            return ask(any % 2 == 0 ? anna : bruno, credit(wallet, "20"));
        }));
        assertThat(outcomes.stream().filter(new Outcome.Done()::equals)).hasSize(2);
        assertThat(books.balance(wallet)).isEqualTo(books.money("40"));
    }

    @Test
    void aboveItSomebodyElseApprovesOnce() {
        var wallet = books.wallet("0");
        var wish = credit(wallet, "50.01");
        assertThat(ask(bruno, wish)).isEqualTo(new Outcome.Waiting());
        assertThat(ask(bruno, wish)).as("a form that is sent twice").isEqualTo(new Outcome.Waiting());
        assertThat(books.balance(wallet)).isEqualTo(books.money("0"));
        assertThat(texts("select p.name || ' ' || n.kind from %s.notification n join %s.person p on p.id = n.person_id"
                        + " where n.path = 'approval?id=" + wish.id() + "'"))
                .contains("Anna APPROVAL_WANTED")
                .doesNotContain("Bruno APPROVAL_WANTED", "Sofia APPROVAL_WANTED");
        assertThat(as(bruno, () -> concessions.approve(wish.id(), ""))).isEqualTo(new Outcome.NotForYou());
        assertThat(as(bruno, () -> concessions.refuse(wish.id(), "no"))).isEqualTo(new Outcome.NotForYou());
        assertThat(as(anna, () -> concessions.withdraw(wish.id()))).isEqualTo(new Outcome.NotForYou());
        assertThatThrownBy(() -> as(sofia, () -> concessions.approve(wish.id(), "")))
                .isInstanceOf(AccessDenied.class);

        assertThat(as(anna, () -> concessions.approve(wish.id(), "as agreed"))).isEqualTo(new Outcome.Done());
        assertThat(as(anna, () -> concessions.approve(wish.id(), ""))).isEqualTo(new Outcome.Over(State.DONE));
        assertThat(books.balance(wallet)).isEqualTo(books.money("50.01"));
        assertThat(as(anna, () -> concessions.one(wish.id())).decision()).hasValueSatisfying(decision -> {
            assertThat(decision.by()).isEqualTo("Anna");
            assertThat(decision.remark()).contains("as agreed");
        });
    }

    @Test
    void approvedTwiceAtOnceItIsDoneOnce() {
        var other = staff("Clara", "staff_owner");
        for (var round = 0; round < 5; round++) {
            var wallet = books.wallet("0");
            var wish = credit(wallet, "70");
            ask(bruno, wish);
            var barrier = new CyclicBarrier(3);
            var outcomes = together(Stream.<Supplier<Outcome>>of(
                    () -> {
                        await(barrier);
                        return as(anna, () -> concessions.approve(wish.id(), ""));
                    },
                    () -> {
                        await(barrier);
                        return as(other, () -> concessions.approve(wish.id(), ""));
                    },
                    () -> {
                        await(barrier);
                        return as(bruno, () -> concessions.withdraw(wish.id()));
                    }));
            assertThat(outcomes.stream().filter(one -> !(one instanceof Outcome.Over)))
                    .hasSize(1);
            assertThat(books.balance(wallet))
                    .isEqualTo(books.money(outcomes.contains(new Outcome.Done()) ? "70" : "0"));
        }
    }

    @Test
    void noMoreIsWrittenOffThanIsOwedAtThatMoment() {
        var wallet = owing("80");
        assertThat(ask(anna, writeOff(wallet, "80.01"))).isEqualTo(new Outcome.OwesLess(books.money("80")));
        assertThat(ask(anna, writeOff(wallet, "30"))).isEqualTo(new Outcome.Done());
        var rest = writeOff(wallet, "50");
        assertThat(ask(anna, rest)).isEqualTo(new Outcome.Waiting());
        books.topUp(wallet, "10");
        assertThat(as(bruno, () -> concessions.approve(rest.id(), "")))
                .isEqualTo(new Outcome.OwesLess(books.money("40")));
        assertThat(as(bruno, () -> concessions.refuse(rest.id(), " "))).isEqualTo(new Outcome.Reason());
        assertThat(as(bruno, () -> concessions.refuse(rest.id(), "they have paid")))
                .isEqualTo(new Outcome.Closed());
        var all = writeOff(wallet, "40");
        assertThat(ask(anna, all)).isEqualTo(new Outcome.Waiting());
        assertThat(as(bruno, () -> concessions.approve(all.id(), ""))).isEqualTo(new Outcome.Done());
        assertThat(books.balance(wallet)).isEqualTo(books.money("0"));
        assertThat(texts("select sum(p.amount)::text from %s.posting p join %s.ledger_account a on a.id = p.account_id"
                        + " join %s.concession_decision d on d.entry_id = p.entry_id"
                        + " join %s.concession c on c.id = d.concession_id and c.wallet_id = '" + wallet
                        + "' where a.kind = 'WRITE_OFF'"))
                .containsExactly("-70.00000000");
    }

    @Test
    void whatNobodyDecidesOnExpires() {
        var wish = credit(books.wallet("0"), "60");
        ask(bruno, wish);
        books.clock.stopAt(MORNING.plus(Duration.ofDays(14)).minusSeconds(1));
        assertThat(as(anna, () -> concessions.waiting()))
                .extracting(Concession::id)
                .contains(wish.id());
        books.clock.stopAt(MORNING.plus(Duration.ofDays(14)));
        assertThat(as(anna, () -> concessions.waiting()))
                .extracting(Concession::id)
                .doesNotContain(wish.id());
        assertThat(as(anna, () -> concessions.approve(wish.id(), ""))).isEqualTo(new Outcome.Over(State.EXPIRED));
        assertThat(as(bruno, () -> concessions.withdraw(wish.id()))).isEqualTo(new Outcome.Over(State.EXPIRED));
    }

    @Test
    void withoutALimitNobodyHasToApprove() {
        as(anna, () -> limits.set(ConcessionLimits.Subject.CONCESSION, Optional.empty()));
        assertThat(ask(bruno, credit(books.wallet("0"), "5000"))).isEqualTo(new Outcome.Done());
        limit("0");
        assertThat(ask(bruno, credit(books.wallet("0"), "0.01"))).isEqualTo(new Outcome.Waiting());
        assertThatThrownBy(() -> as(bruno, () -> limits.set(ConcessionLimits.Subject.CONCESSION, Optional.empty())))
                .isInstanceOf(AccessDenied.class);
        assertThat(as(anna, () -> limits.set(ConcessionLimits.Subject.CONCESSION, Optional.of(new BigDecimal("-1")))))
                .isFalse();
    }

    @Test
    void eachHasAReasonOfItsKindAndAnAmount() {
        var wallet = owing("5");
        assertThat(ask(anna, new Wish(UUID.randomUUID(), wallet, Kind.WRITE_OFF, Ground.GOODWILL, BigDecimal.ONE, "x")))
                .isEqualTo(new Outcome.Reason());
        assertThat(ask(anna, new Wish(UUID.randomUUID(), wallet, Kind.CREDIT, Ground.OTHER, BigDecimal.ONE, " ")))
                .isEqualTo(new Outcome.Reason());
        assertThat(ask(anna, writeOff(wallet, "0"))).isEqualTo(new Outcome.Amount());
        assertThat(ask(anna, writeOff(wallet, "0.000000001"))).isEqualTo(new Outcome.Amount());
        assertThatThrownBy(() -> ask(sofia, writeOff(wallet, "1"))).isInstanceOf(AccessDenied.class);
    }

    @Test
    void theDatabaseRefusesAndTheAuditorFindsOnesOwnApproval() {
        var wish = credit(books.wallet("0"), "60");
        ask(bruno, wish);
        books.topUp(wish.walletId(), "1");
        var entry = texts("select max(entry_id)::text from %s.posting").get(0);
        var own =
                "insert into %s.concession_decision (concession_id, outcome, decided_at, decided_by, decided_by_name, entry_id)"
                        + " values ('" + wish.id() + "', 'DONE', '2026-11-10T09:00:00Z', '" + bruno.personId()
                        + "', 'Bruno', "
                        + entry + ")";
        assertThatThrownBy(() -> books.in(() -> books.sql.update(in(own))))
                .hasStackTraceContaining("is not what entry");
        assertThat(Rig.inTheBooksAfter(books.tenant, in(own)))
                .filteredOn(found -> found.invariant().equals("concessions"))
                .hasSize(2);
    }

    private static Outcome ask(Actor who, Wish wish) {
        return as(who, () -> concessions.ask(wish));
    }

    private static Wish credit(UUID wallet, String amount) {
        return new Wish(UUID.randomUUID(), wallet, Kind.CREDIT, Ground.GOODWILL, new BigDecimal(amount), "it was down");
    }

    private static Wish writeOff(UUID wallet, String amount) {
        return new Wish(
                UUID.randomUUID(), wallet, Kind.WRITE_OFF, Ground.INSOLVENT, new BigDecimal(amount), "insolvent");
    }

    private static UUID owing(String amount) {
        var wallet = books.wallet("0");
        books.takeOut(wallet, amount);
        return wallet;
    }

    private static void limit(String amount) {
        as(anna, () -> limits.set(ConcessionLimits.Subject.CONCESSION, Optional.of(new BigDecimal(amount))));
    }

    private static <T> T as(Actor who, Supplier<T> deed) {
        return Database.in(books.tenant, () -> {
            try (var acting = Actors.enter(who)) {
                return deed.get();
            }
        });
    }

    private static List<Outcome> together(Stream<Supplier<Outcome>> deeds) {
        var threads = Executors.newCachedThreadPool();
        try {
            return deeds.map(deed -> CompletableFuture.supplyAsync(deed, threads)).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Actor staff(String name, String role) {
        var person = UUID.randomUUID();
        books.in(() -> {
            books.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, ?, ?)",
                    person,
                    person + "@conceded.example",
                    name,
                    MORNING);
            return books.sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, ?, 'STAFF', ?)",
                    person,
                    role,
                    MORNING);
        });
        return new Actor(Actor.Kind.STAFF, person, name);
    }

    private static List<String> texts(String query) {
        return Database.texts(in(query));
    }

    private static String in(String sql) {
        return sql.replace("%s", books.tenant.schema().toString());
    }
}
