package io.tenantry.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books;
import io.tenantry.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is set aside for a service on its way is not spent twice, is in no books, and ends by itself. */
class HoldsTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    private static final Duration SPAN = Duration.ofHours(2);

    private static Books books;
    private static Holds holds;
    private static Wallets wallets;
    private static UUID price;

    @BeforeAll
    static void openBooks() {
        books = new Books("holds", "EUR", "Europe/Berlin");
        holds = new Holds(books.sql, books.clock);
        wallets = new Wallets(books.sql, books.clock, books.ledger);
        price = books.price("7.30");
    }

    @BeforeEach
    void atNoon() {
        books.clock.stopAt(NOON);
    }

    @Test
    void whatIsHeldCannotBeSpentTwice() {
        var wallet = books.wallet("1");
        var first = service(wallet);
        var second = service(wallet);

        assertThat(hold(wallet, first, "0.60")).isEmpty();
        assertThat(hold(wallet, second, "0.60")).contains(books.money("0.20"));

        assertThat(standing(wallet).held()).isEqualTo(books.money("0.60"));
        assertThat(standing(wallet).spendable()).isEqualTo(books.money("0.40"));
    }

    @Test
    void isInNoBooks() {
        var wallet = books.wallet("1");
        hold(wallet, service(wallet), "0.60");

        assertThat(standing(wallet).balance()).isEqualTo(books.money("1"));
        assertThat(books.faults()).isEmpty();
    }

    @Test
    void theLastCentCanBeHeldAndNotOneMore() {
        var wallet = books.wallet("1");

        assertThat(hold(wallet, service(wallet), "1")).isEmpty();
        assertThat(hold(wallet, service(wallet), "0.00000001")).contains(books.money("0.00000001"));
    }

    @Test
    void theFirstHoursAreAsManyAsTheResellerWants() {
        assertThat(books.in(() -> holds.atFirst(books.money("0.00684932")))).isEqualTo(books.money("0.01369864"));
        books.in(() -> books.sql.update("update order_policy set hours_held = 24"));
        try {
            assertThat(books.in(() -> holds.atFirst(books.money("0.00684932")))).isEqualTo(books.money("0.16438368"));
        } finally {
            books.in(() -> books.sql.update("update order_policy set hours_held = 2"));
        }
    }

    @Test
    void aCreditLimitMayBeHeldToo() {
        var wallet = books.wallet("0");
        books.limit(wallet, new BigDecimal("5"));

        assertThat(hold(wallet, service(wallet), "5")).isEmpty();
        assertThat(hold(wallet, service(wallet), "1")).contains(books.money("1"));
    }

    @Test
    void whatIsReleasedCanBeSpentAgain() {
        var wallet = books.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");

        assertThat(books.in(() -> holds.release(wallet, service))).isTrue();
        assertThat(books.in(() -> holds.release(wallet, service))).isFalse();
        assertThat(books.in(() -> holds.take(wallet, service))).isFalse();
        assertThat(hold(wallet, service(wallet), "1")).isEmpty();
    }

    @Test
    void whatIsTakenIsNoLongerHeld() {
        var wallet = books.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "0.40");

        assertThat(books.in(() -> holds.take(wallet, service))).isTrue();

        assertThat(standing(wallet).held().isPositive()).isFalse();
        assertThat(states(service)).isEqualTo("TAKEN");
    }

    @Test
    void endsByItself() {
        var wallet = books.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");

        books.clock.stopAt(NOON.plus(SPAN).minusNanos(1_000));
        assertThat(hold(wallet, service(wallet), "1")).contains(books.money("1"));
        books.clock.stopAt(NOON.plus(SPAN));
        assertThat(standing(wallet).held().isPositive()).isFalse();
        assertThat(hold(wallet, service(wallet), "1")).isEmpty();
        assertThat(states(service)).isEqualTo("RELEASED");
    }

    @Test
    void goesOnForLongerWhileItLasts() {
        var wallet = books.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");
        books.clock.stopAt(NOON.plus(SPAN).minusSeconds(1));
        assertThat(renew(wallet, service, "1")).isEmpty();

        books.clock.stopAt(NOON.plus(SPAN).plus(SPAN).minusSeconds(2));
        assertThat(standing(wallet).held()).isEqualTo(books.money("1"));
        books.clock.stopAt(NOON.plus(SPAN).plus(SPAN).minusSeconds(1));
        assertThat(standing(wallet).held().isPositive()).isFalse();
    }

    @Test
    void isHeldAnewOnceItHasEndedIfThatIsThere() {
        var wallet = books.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "0.60");
        books.clock.stopAt(NOON.plus(SPAN));
        var other = service(wallet);
        hold(wallet, other, "0.50");

        assertThat(renew(wallet, service, "0.60")).contains(books.money("0.10"));
        assertThat(states(service)).isEqualTo("RELEASED");
        books.in(() -> holds.release(wallet, other));
        assertThat(renew(wallet, service, "0.60")).isEmpty();
        assertThat(standing(wallet).held()).isEqualTo(books.money("0.60"));
    }

    @Test
    void nothingIsHeldAnewForWhatCostsNothing() {
        var wallet = books.wallet("1");
        assertThat(renew(wallet, service(wallet), "-0.10")).isEmpty();
        assertThat(standing(wallet).held().isPositive()).isFalse();
    }

    @Test
    void canBeTakenAlsoAfterItsEndIfNobodyNeededTheMoney() {
        var wallet = books.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");
        books.clock.stopAt(NOON.plus(SPAN).plus(SPAN));

        assertThat(books.in(() -> holds.take(wallet, service))).isTrue();
    }

    @Test
    void nothingIsHeldForWhatCostsNothing() {
        var wallet = books.wallet("0");

        assertThat(hold(wallet, service(wallet), "0")).isEmpty();
        assertThat(standing(wallet).held().isPositive()).isFalse();
    }

    @Test
    void anotherCurrencyIsRefused() {
        var wallet = books.wallet("1");
        var service = service(wallet);

        assertThatThrownBy(() -> books.in(() -> holds.hold(wallet, service, Money.of("1", "USD"), SPAN)))
                .hasMessageContaining("holds EUR, not USD");
    }

    @Test
    void anotherWalletsHoldIsLeftAlone() {
        var wallet = books.wallet("1");
        var other = books.wallet("1");
        var service = service(wallet);
        hold(wallet, service, "1");

        assertThat(books.in(() -> holds.release(other, service))).isFalse();
        assertThat(standing(wallet).held()).isEqualTo(books.money("1"));
    }

    @Test
    void ofManyWhoAskAtOnceOnlyAsManyGetItAsThereIsMoneyFor() throws Exception {
        var wallet = books.wallet("1");
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
        assertThat(standing(wallet).spendable()).isEqualTo(books.money("0.10"));
    }

    private static UUID service(UUID wallet) {
        return books.order(wallet, price).service();
    }

    private static Optional<Money> renew(UUID wallet, UUID service, String amount) {
        return books.in(() -> holds.renew(wallet, service, books.money(amount), SPAN));
    }

    private static Optional<Money> hold(UUID wallet, UUID service, String amount) {
        return books.in(() -> holds.hold(wallet, service, books.money(amount), SPAN));
    }

    private static Wallets.Balance standing(UUID wallet) {
        return books.in(() -> wallets.find(wallet).orElseThrow());
    }

    private static String states(UUID service) {
        return books.in(() -> books.sql.one(
                "select string_agg(state, ', ') states from wallet_hold where service_id = ?",
                row -> row.text("states"),
                service));
    }
}
