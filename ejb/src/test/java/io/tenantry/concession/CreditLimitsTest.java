package io.tenantry.concession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.charging.HourlyRuns;
import io.tenantry.concession.ConcessionLimits.Subject;
import io.tenantry.concession.CreditLimits.Outcome;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A credit limit above 500 needs two people of the staff. */
class CreditLimitsTest {
    private static final Instant MORNING = Instant.parse("2026-11-11T08:00:00Z");

    private static Books books;
    private static Concessions concessions;
    private static CreditLimits credit;
    private static ConcessionLimits limits;
    private static Actor anna;
    private static Actor bruno;
    private static Actor sofia;

    @BeforeAll
    static void open() {
        books = new Books("credited", "EUR", "Europe/Berlin");
        books.clock.stopAt(MORNING);
        var access = new Access(books.sql);
        var audit = Office.trail(books);
        var wallets = ItemsTaken.wallets(books, HourlyRuns.heardBy(books.charging)::fire);
        limits = new ConcessionLimits(
                books.sql, books.clock, access, audit, new TenantDirectory(Database.administration()));
        credit = new CreditLimits(books.sql, books.clock, access, audit, wallets);
        concessions = new Concessions(books.sql, books.clock, access, audit, wallets, (asked, lines) -> {
            throw new AssertionError("no document was asked for");
        });
        anna = staff("Anna", "staff_owner");
        bruno = staff("Bruno", "staff_billing");
        sofia = staff("Sofia", "staff_support");
    }

    @BeforeEach
    void fiveHundred() {
        books.clock.stopAt(MORNING);
        threshold("500");
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(Rig.found(books.tenant))
                .noneMatch(found -> found.invariant().startsWith("concession")
                        || found.invariant().startsWith("wallet-"));
    }

    @Test
    void upToTheThresholdItHoldsAtOnce() {
        var wallet = books.wallet("0");
        assertThat(set(bruno, wallet, "500", "")).isEqualTo(new Outcome.Holds(books.money("0")));
        assertThat(set(bruno, wallet, "100", "")).isEqualTo(new Outcome.Holds(books.money("500")));
        assertThat(limitOf(wallet)).isEqualByComparingTo("100");
        assertThatThrownBy(() -> set(sofia, wallet, "1", "")).isInstanceOf(AccessDenied.class);
        assertThat(set(bruno, wallet, "-1", "")).isEqualTo(new Outcome.Amount());
        assertThat(set(bruno, wallet, "1000001", "large")).isEqualTo(new Outcome.Amount());
    }

    @Test
    void aboveItSomebodyElseApprovesAndNeverTheSame() {
        var wallet = books.wallet("0");
        assertThat(set(bruno, wallet, "500.01", " ")).isEqualTo(new Outcome.Reason());
        var id = UUID.randomUUID();
        assertThat(set(bruno, id, wallet, "500.01", "pays by invoice")).isEqualTo(new Outcome.Waiting());
        assertThat(set(bruno, id, wallet, "500.01", "pays by invoice"))
                .as("a form that is sent twice")
                .isEqualTo(new Outcome.Waiting());
        assertThat(limitOf(wallet)).isEqualByComparingTo("0");
        assertThat(as(bruno, () -> concessions.approve(id, ""))).isEqualTo(new Concessions.Outcome.NotForYou());
        assertThatThrownBy(() -> as(sofia, () -> concessions.approve(id, ""))).isInstanceOf(AccessDenied.class);
        assertThat(as(anna, () -> concessions.approve(id, "fine"))).isEqualTo(new Concessions.Outcome.Done());
        assertThat(limitOf(wallet)).isEqualByComparingTo("500.01");
        assertThat(as(anna, () -> concessions.approve(id, "")))
                .isEqualTo(new Concessions.Outcome.Over(Concession.State.DONE));
        assertThat(texts("select action || ' ' || actor_name from %s.audit_record where subject_id = '" + wallet
                        + "' order by seq"))
                .containsExactly("concession.asked Bruno", "wallet.limited Anna");
    }

    @Test
    void refusedWithdrawnOrExpiredItStaysAsItWas() {
        for (var how : List.of("refused", "withdrawn", "expired")) {
            var wallet = books.wallet("0");
            var id = UUID.randomUUID();
            set(bruno, id, wallet, "900", "large customer");
            switch (how) {
                case "refused" -> as(anna, () -> concessions.refuse(id, "no"));
                case "withdrawn" -> as(bruno, () -> concessions.withdraw(id));
                default -> books.clock.stopAt(MORNING.plus(Duration.ofDays(14)));
            }
            assertThat(as(anna, () -> concessions.approve(id, ""))).isInstanceOf(Concessions.Outcome.Over.class);
            assertThat(limitOf(wallet)).isEqualByComparingTo("0");
        }
    }

    @Test
    void aCreditLimitGivesNothingUpSoItDoesNotCountTowardWhatADayMayGive() {
        var wallet = books.wallet("0");
        as(anna, () -> limits.set(Subject.CONCESSION, Optional.of(new BigDecimal("50"))));
        var id = UUID.randomUUID();
        set(bruno, id, wallet, "900", "large customer");
        as(anna, () -> concessions.approve(id, ""));
        var wish = new Concessions.Wish(
                UUID.randomUUID(),
                wallet,
                Concession.Kind.CREDIT,
                Ground.GOODWILL,
                new BigDecimal("50"),
                "it was down");
        assertThat(as(bruno, () -> concessions.ask(wish))).isEqualTo(new Concessions.Outcome.Done());
        var wrong = new Concessions.Wish(
                UUID.randomUUID(),
                wallet,
                Concession.Kind.CREDIT_LIMIT,
                Ground.ALLOWANCE,
                new BigDecimal("5"),
                "the other way in");
        assertThat(as(bruno, () -> concessions.ask(wrong))).isEqualTo(new Concessions.Outcome.Reason());
    }

    @Test
    void withoutAThresholdNobodyApproves() {
        var wallet = books.wallet("0");
        as(anna, () -> limits.set(Subject.CREDIT_LIMIT, Optional.empty()));
        assertThat(set(bruno, wallet, "100000", "")).isInstanceOf(Outcome.Holds.class);
    }

    @Test
    void theDatabaseRefusesADecisionThatTheWalletDoesNotShow() {
        var wallet = books.wallet("0");
        var id = UUID.randomUUID();
        set(bruno, id, wallet, "900", "large customer");
        assertThatThrownBy(() -> as(
                        anna,
                        () -> books.sql.update(
                                "insert into concession_decision (concession_id, outcome, decided_at, decided_by,"
                                        + " decided_by_name, credit_limit) values (?, 'DONE', ?, ?, 'Anna', 900)",
                                id,
                                MORNING,
                                anna.personId())))
                .hasStackTraceContaining("is not the credit limit that was set");
    }

    private static Outcome set(Actor who, UUID wallet, String amount, String reason) {
        return set(who, UUID.randomUUID(), wallet, amount, reason);
    }

    private static Outcome set(Actor who, UUID id, UUID wallet, String amount, String reason) {
        return as(who, () -> credit.set(id, wallet, new BigDecimal(amount), reason));
    }

    private static BigDecimal limitOf(UUID wallet) {
        return books.in(() -> books.sql.one(
                "select credit_limit from wallet where id = ?", row -> row.decimal("credit_limit"), wallet));
    }

    private static void threshold(String amount) {
        as(anna, () -> limits.set(Subject.CREDIT_LIMIT, Optional.of(new BigDecimal(amount))));
    }

    private static <T> T as(Actor who, Supplier<T> deed) {
        return Database.in(books.tenant, () -> {
            try (var acting = Actors.enter(who)) {
                return deed.get();
            }
        });
    }

    private static List<String> texts(String query) {
        return Database.texts(query.replace("%s", books.tenant.schema().toString()));
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
}
