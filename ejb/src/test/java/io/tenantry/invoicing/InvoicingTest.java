package io.tenantry.invoicing;

import static io.tenantry.invoicing.Office.IN_DECEMBER;
import static io.tenantry.invoicing.Office.IN_NOVEMBER;
import static io.tenantry.invoicing.Office.NOVEMBER;
import static io.tenantry.invoicing.Office.OCTOBER;
import static io.tenantry.invoicing.Office.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A month's documents on a real PostgreSQL: what was charged, to the last decimal, once. 7.30 a month is 0.01 an hour. */
class InvoicingTest {
    private static Office office;
    private static Books books;

    @BeforeAll
    static void open() {
        books = new Books("invoiced", "EUR", "Europe/Berlin");
        office = new Office(books);
    }

    @BeforeEach
    void beginInOctober() {
        books.clock.stopAt(RENTED);
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(books.faults()).isEmpty();
        assertThat(Rig.found(books.tenant)).noneMatch(found -> found.invariant().startsWith("invoice"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void linesAddUpToWhatTheMonthTookFromTheWallet(long seed) {
        var random = new Random(seed);
        var wallet = office.wallet("10000");
        for (var life = 0; life < 8; life++) {
            live(wallet, random);
        }
        books.charge(OCTOBER.to());
        var taken = new BigDecimal("10000").subtract(books.balance(wallet).amount());
        charge();

        var batch = office.issue(wallet, OCTOBER);

        var document = office.document(wallet);
        assertThat(batch.documents()).isEqualTo(1);
        assertThat(batch.net()).isEqualTo(document.net()).isEqualByComparingTo(taken);
        assertThat(document.lines()).isEqualTo(batch.lines()).isGreaterThanOrEqualTo(8);
        assertThat(document.total()).isEqualByComparingTo(taken.setScale(2, RoundingMode.HALF_UP));
        assertThat(document.rounding()).isEqualByComparingTo(document.total().subtract(document.net()));
    }

    /** One server that may change its plan, and may end, in October. */
    private static void live(UUID wallet, Random random) {
        var rented = books.rent(wallet, books.price("13.25"), RENTED.plusSeconds(random.nextInt(86_400 * 5)));
        if (random.nextBoolean()) {
            books.change(
                    rented, books.price("0.07"), RENTED.plusSeconds(86_400 * 6 + (long) random.nextInt(86_400 * 6)));
        }
        if (random.nextBoolean()) {
            books.end(rented, RENTED.plusSeconds(86_400 * 13 + (long) random.nextInt(86_400 * 5)));
        }
    }

    @Test
    void whatIsNoHourIsALineToo() {
        var rented = rented("100");
        books.clock.stopAt(RENTED.plus(Duration.ofDays(1)));
        office.take(rented.wallet(), "5.005", "setup:1");
        office.take(rented.wallet(), "-1", "setup:2");
        charge();
        office.take(rented.wallet(), "9", "setup:3");

        office.issue(rented.wallet(), OCTOBER);

        // 515 hours begin between 10 October, 12:20, and the end of the month in Berlin
        assertThat(office.lines(office.document(rented.wallet()).id()))
                .containsExactlyInAnyOrder("OTHER 5.00500000", "OTHER -1.00000000", "SERVICE 5.15000000");
        assertThat(office.document(rented.wallet()).total()).isEqualByComparingTo("9.16");
    }

    @Test
    void aRepeatedRunIssuesNothing() {
        var rented = rented("100");
        charge();

        assertThat(office.issue(rented.wallet(), OCTOBER).documents()).isEqualTo(1);
        assertThat(office.issue(rented.wallet(), OCTOBER).documents()).isZero();
        assertThat(office.documents(rented.wallet())).hasSize(1);
    }

    @Test
    void whatComesLateIsOnTheNextDocument() {
        var rented = rented("100");
        charge();
        office.issue(rented.wallet(), OCTOBER);
        books.rent(rented.wallet(), books.price("7.30"), OCTOBER.to().minusSeconds(7_200));
        charge();
        assertThat(office.issue(rented.wallet(), OCTOBER).documents()).isZero();
        books.charge(NOVEMBER.to());
        var taken =
                new BigDecimal("100").subtract(books.balance(rented.wallet()).amount());
        books.clock.stopAt(IN_DECEMBER);
        books.charge(IN_DECEMBER);

        office.issue(rented.wallet(), NOVEMBER);

        var documents = office.documents(rented.wallet());
        assertThat(documents).hasSize(2);
        assertThat(office.lines(documents.get(1).id())).hasSize(3).contains("SERVICE 0.02000000");
        assertThat(documents.get(0).net().add(documents.get(1).net())).isEqualByComparingTo(taken);
    }

    @Test
    void aWalletWhoseMonthIsNotChargedYetWaits() {
        var rented = rented("100");
        books.charge(OCTOBER.to().minusSeconds(3_600));
        books.clock.stopAt(IN_NOVEMBER);

        var early = office.issue(rented.wallet(), OCTOBER);
        charge();

        assertThat(early.waiting()).isEqualTo(1);
        assertThat(early.documents()).isZero();
        assertThat(office.issue(rented.wallet(), OCTOBER).documents()).isEqualTo(1);
    }

    @Test
    void aWalletThatIsParkedWaits() {
        var rented = rented("100");
        charge();
        books.in(() -> books.sql.update("update wallet set parked = 'auditor' where id = ?", rented.wallet()));

        var parked = office.issue(rented.wallet(), OCTOBER);
        books.in(() -> books.sql.update("update wallet set parked = null where id = ?", rented.wallet()));

        assertThat(parked.waiting()).isEqualTo(1);
        assertThat(parked.documents()).isZero();
        assertThat(office.issue(rented.wallet(), OCTOBER).documents()).isEqualTo(1);
    }

    @Test
    void whoWouldBeGivenMoneyGetsItWithTheNextDocument() {
        var rented = rented("100");
        books.clock.stopAt(RENTED.plus(Duration.ofDays(1)));
        office.take(rented.wallet(), "-6", "setup:4");
        charge();
        assertThat(office.issue(rented.wallet(), OCTOBER).documents()).isZero();
        books.clock.stopAt(IN_DECEMBER);
        books.charge(IN_DECEMBER);

        office.issue(rented.wallet(), NOVEMBER);

        assertThat(office.lines(office.document(rented.wallet()).id()))
                .hasSize(3)
                .contains("OTHER -6.00000000");
    }

    @Test
    void whatCostsNothingIsOnNoDocument() {
        var wallet = office.wallet("1");
        books.rent(wallet, books.price("0"), RENTED);
        charge();

        assertThat(office.issue(wallet, OCTOBER).documents()).isZero();
    }

    @Test
    void isPaidIfTheWalletHeldEnoughAtTheMonthsEnd() {
        var rich = rented("100");
        var enough = rented("5.20");
        var poor = rented("5.10");
        charge();
        for (var one : List.of(rich, enough, poor)) {
            office.issue(one.wallet(), OCTOBER);
        }

        assertThat(office.document(rich.wallet()).state()).isEqualTo("PAID");
        assertThat(office.document(enough.wallet()).state()).isEqualTo("PAID");
        assertThat(books.balance(enough.wallet()).isNegative()).isTrue();
        assertThat(office.document(poor.wallet()).state()).isEqualTo("FINAL");
    }

    @Test
    void whoPaysInPaysTheOldestDocumentFirst() {
        var rented = rented("5.10");
        charge();
        office.issue(rented.wallet(), OCTOBER);
        books.charge(NOVEMBER.to());
        books.clock.stopAt(IN_DECEMBER);
        books.charge(IN_DECEMBER);
        office.issue(rented.wallet(), NOVEMBER);
        assertThat(settled(rented.wallet())).isZero();
        assertThat(states(rented.wallet())).containsExactly("FINAL", "FINAL");

        books.topUp(rented.wallet(), "1");
        assertThat(settled(rented.wallet())).isEqualTo(1);
        assertThat(states(rented.wallet())).containsExactly("PAID", "FINAL");

        books.topUp(rented.wallet(), "100");
        assertThat(settled(rented.wallet())).isEqualTo(1);
        assertThat(states(rented.wallet())).containsExactly("PAID", "PAID");
        assertThat(settled(rented.wallet())).isZero();
    }

    private static int settled(UUID wallet) {
        return books.in(() -> office.invoicing.settle(wallet));
    }

    private static List<String> states(UUID wallet) {
        return office.documents(wallet).stream().map(Office.Document::state).toList();
    }

    @Test
    void roundingOfADocumentThatBearsNoTaxGoesThroughTheBooksToo() {
        var rented = rented("100");
        books.clock.stopAt(RENTED.plus(Duration.ofDays(1)));
        office.take(rented.wallet(), "0.00333333", "setup:5");
        charge();
        var before = books.balance(rented.wallet());

        office.issue(rented.wallet(), OCTOBER);

        var document = office.document(rented.wallet());
        assertThat(document.total()).isEqualByComparingTo("5.15");
        assertThat(document.rounding()).isEqualByComparingTo("-0.00333333");
        assertThat(books.balance(rented.wallet())).isEqualTo(before.plus(books.money("0.00333333")));
    }

    @Test
    void thePreviewIsTheDocument() {
        var rented = rented("100");
        charge();

        var preview = books.in(() -> office.invoicing.preview(rented.wallet(), OCTOBER));
        office.issue(rented.wallet(), OCTOBER);

        assertThat(preview).singleElement().satisfies(line -> {
            assertThat(line.name()).isEqualTo("web");
            assertThat(line.what()).isEqualTo("Plan");
            assertThat(line.quantity()).isEqualByComparingTo("515");
            assertThat(line.unitPrice()).isEqualTo(books.money("0.01"));
            assertThat(line.amount()).isEqualTo(books.money("5.15"));
        });
        assertThat(office.lines(office.document(rented.wallet()).id())).containsExactly("SERVICE 5.15000000");
        assertThat(books.in(() -> office.invoicing.preview(rented.wallet(), OCTOBER)))
                .isEmpty();
    }

    @Test
    void theDatabaseWritesNumbersAsThePatternDoes() {
        var rented = rented("100");
        charge();
        office.issue(rented.wallet(), OCTOBER);

        var document = office.document(rented.wallet());

        assertThat(document.numberText())
                .isEqualTo(new NumberPattern("INV-{year}-{number:6}").in(2026).of(document.number()));
    }

    @Test
    void nothingIsIssuedWhileTheWindowIsOpen() {
        books.clock.stopAt(OCTOBER.to().plus(Duration.ofHours(71)));

        assertThatThrownBy(() -> books.in(() -> office.invoicing.prepare(OCTOBER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2026-10");
        assertThat(books.in(office.invoicing::latestDue).month())
                .isEqualTo(OCTOBER.month().minusMonths(1));
    }

    @Test
    void manyWalletsGetTheirsBatchByBatch() {
        var wallets = List.of(rented("100"), rented("100"), rented("100"));
        charge();
        var month = books.in(() -> office.invoicing.prepare(OCTOBER));
        var after = new UUID(0, 0);
        var documents = 0;
        while (true) {
            var range = new Invoicing.Range(after, new UUID(-1, -1), 2);
            var batch = books.in(() -> office.invoicing.issue(range, month));
            documents += batch.documents();
            var last = batch.last();
            if (batch.isLast() || last == null) {
                break;
            }
            after = last;
        }

        assertThat(documents).isGreaterThanOrEqualTo(3);
        assertThat(wallets)
                .allSatisfy(one -> assertThat(office.documents(one.wallet())).hasSize(1));
    }

    private static void charge() {
        books.charge(IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);
    }

    private static Books.Rented rented(String balance) {
        return books.rent(office.wallet(balance), books.price("7.30"), RENTED);
    }
}
