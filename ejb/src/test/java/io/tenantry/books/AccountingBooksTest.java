package io.tenantry.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books;
import io.tenantry.charging.Charging;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.ledger.Ledger.AccountKind;
import io.tenantry.listing.Wish;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two customers with a server each, charged for three hours: the first as it begins, and the second is the last of October in Berlin. */
class AccountingBooksTest {
    private static final Instant NINE = Instant.parse("2026-10-31T21:00:00Z");
    private static final Wish NOVEMBER = days("2026-11-01", "2026-11-30");
    private static final Wish ALL = days("2026-10-01", "2026-11-30");

    private static Books books;
    private static AccountingBooks accounting;

    @BeforeAll
    static void fill() {
        books = new Books("accounted", "EUR", "Europe/Berlin");
        books.clock.stopAt(NINE);
        var price = books.price("73.00");
        for (var name : List.of("First", "Second")) {
            var wallet = books.wallet("50");
            books.in(() -> books.sql.update("""
                    insert into organization (id, name, billing_email, country, state, created_at)
                    select organization_id, ?, 'billing@example.org', 'DE', 'ACTIVE', ? from wallet where id = ?
                    """, name, NINE, wallet));
            books.rent(wallet, price, NINE);
        }
        for (var hour = 1; hour <= 3; hour++) {
            var until = NINE.plusSeconds(3600L * hour);
            books.clock.stopAt(until);
            charge(until);
        }
        accounting = new AccountingBooks(
                books.sql, new Access(books.sql), books.clock, new TenantDirectory(Database.administration()));
    }

    private static void charge(Instant until) {
        books.in(() -> {
            books.charging.prepare();
            return books.charging.chargeWallets(
                    new Charging.Range(new UUID(0, 0), new UUID(-1, -1), 100), until, "run:" + until + ":1");
        });
    }

    @Test
    void anHourThatEndsAtMidnightIsOfTheMonthBefore() {
        var november = balance(NOVEMBER);
        assertThat(november.isBalanced()).isTrue();
        assertThat(line(november, AccountKind.CASH)).isEqualTo("-100 0 0 -100");
        assertThat(line(november, AccountKind.WALLET)).isEqualTo("99.6 0.2 0 99.4");
        assertThat(line(november, AccountKind.REVENUE)).isEqualTo("0.4 0 0.2 0.6");

        var october = balance(days("2026-10-01", "2026-10-31"));
        assertThat(october.isBalanced()).isTrue();
        assertThat(line(october, AccountKind.WALLET)).isEqualTo("0 0.4 100 99.6");
        assertThat(line(october, AccountKind.CASH)).isEqualTo("0 100 0 -100");
        assertThat(balances(days("2026-09-01", "2026-09-30"))).isEmpty();
    }

    @Test
    void theJournalGoesOnWhereAPartEndsAndLosesNothing() {
        var found = new ArrayList<JournalEntry>();
        for (var wish = ALL.part(0, 2); ; ) {
            var part = entries(wish);
            found.addAll(part);
            if (part.size() < 2) {
                break;
            }
            wish = wish.with(
                    AccountingBooks.BEFORE,
                    Long.toString(part.get(part.size() - 1).id()));
        }
        assertThat(found).isEqualTo(entries(ALL)).hasSize(6);
        assertThat(found)
                .extracting(JournalEntry::at)
                .containsExactly(
                        NINE.plusSeconds(10_800),
                        NINE.plusSeconds(7200),
                        NINE.plusNanos(1000),
                        NINE.plusNanos(1000),
                        NINE,
                        NINE);
        assertThat(found)
                .allSatisfy(entry -> assertThat(entry.legs().stream()
                                .map(leg -> leg.amount().amount())
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .isZero());
        assertThat(entries(NOVEMBER)).containsExactly(found.get(0));
        assertThat(entries(NOVEMBER.with(AccountingBooks.BEFORE, "999999999"))).containsExactly(found.get(0));
    }

    @Test
    void aLegSaysWhoseWalletItIsOrOfHowMany() {
        var all = entries(ALL);
        assertThat(all.get(0).legs())
                .satisfiesExactly(
                        wallets -> {
                            assertThat(wallets.account()).isEqualTo(AccountKind.WALLET);
                            assertThat(wallets.accounts()).isEqualTo(2);
                            assertThat(wallets.customer()).isEmpty();
                            assertThat(wallets.isDebit()).isTrue();
                            assertThat(wallets.size()).isEqualTo(books.money("0.2"));
                        },
                        revenue -> assertThat(revenue.account()).isEqualTo(AccountKind.REVENUE));
        assertThat(all.get(4).legs().get(1).customer()).contains("Second");
        assertThat(all.get(5).legs().get(1).customer()).contains("First");
    }

    @Test
    void entriesAreNarrowedByKindAndByWhatTheyComeFrom() {
        assertThat(entries(ALL.with(AccountingBooks.KIND, "charge"))).hasSize(4);
        assertThat(entries(ALL.with(AccountingBooks.KIND, "credit"))).hasSize(2);
        assertThat(entries(ALL.with(AccountingBooks.ORIGIN, "run"))).hasSize(2);
        assertThat(entries(ALL.with(AccountingBooks.ORIGIN, "service"))).hasSize(2);
        assertThat(entries(ALL.with(AccountingBooks.ORIGIN, "other")))
                .extracting(JournalEntry::source)
                .containsOnly("test")
                .hasSize(2);
        assertThat(entries(ALL.with(AccountingBooks.ORIGIN, "credit_note"))).isEmpty();
    }

    @Test
    void nobodyReadsThemWithoutTheRight() {
        var stranger = new Actor(Actor.Kind.STAFF, UUID.randomUUID(), "ann@example.org");
        Database.run(books.tenant, () -> {
            try (var acting = Actors.enter(stranger)) {
                assertThatThrownBy(() -> accounting.trialBalances(accounting.days(NOVEMBER)))
                        .isInstanceOf(AccessDenied.class);
                assertThatThrownBy(() -> accounting.entries(NOVEMBER)).isInstanceOf(AccessDenied.class);
            }
        });
    }

    private static Wish days(String from, String to) {
        return Wish.of(100).with(BookDays.FROM, from).with(BookDays.TO, to);
    }

    private static List<JournalEntry> entries(Wish wish) {
        return books.in(() -> accounting.entries(wish));
    }

    private static List<TrialBalance> balances(Wish wish) {
        return books.in(() -> accounting.trialBalances(accounting.days(wish)));
    }

    private static TrialBalance balance(Wish wish) {
        var found = balances(wish);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String line(TrialBalance balance, AccountKind account) {
        var line = balance.lines().stream()
                .filter(one -> one.account() == account)
                .findFirst()
                .orElseThrow();
        return List.of(line.opening(), line.debits(), line.credits(), line.closing()).stream()
                .map(money -> money.isZero()
                        ? "0"
                        : money.amount().stripTrailingZeros().toPlainString())
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();
    }
}
