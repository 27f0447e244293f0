package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_DECEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
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

/** A month's documents on a real PostgreSQL: the charges, to the last decimal, once. 7.30 a month is 0.01 an hour. */
class InvoicingTest {
    private static InvoicingFixture invoicingFixture;
    private static BillingFixture billingFixture;

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("invoiced", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
    }

    @BeforeEach
    void startInOctober() {
        billingFixture.clock.stopAt(RENTED);
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        assertThat(billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(billingFixture.tenant, "invoice")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void linesAddUpToTheChargesOfTheMonth(long seed) {
        var random = new Random(seed);
        var wallet = invoicingFixture.wallet("10000");
        for (var life = 0; life < 8; life++) {
            simulateServer(wallet, random);
        }
        billingFixture.charge(OCTOBER.to());
        var taken =
                new BigDecimal("10000").subtract(billingFixture.balance(wallet).amount());
        charge();

        var batch = invoicingFixture.issue(wallet, OCTOBER);

        var document = invoicingFixture.document(wallet);
        assertThat(batch.documents()).isEqualTo(1);
        assertThat(batch.net()).isEqualTo(document.net()).isEqualByComparingTo(taken);
        assertThat(document.lines()).isEqualTo(batch.lines()).isGreaterThanOrEqualTo(8);
        assertThat(document.total()).isEqualByComparingTo(taken.setScale(2, RoundingMode.HALF_UP));
        assertThat(document.rounding()).isEqualByComparingTo(document.total().subtract(document.net()));
    }

    /** Simulates one server in October that may change its plan and may end. */
    private static void simulateServer(UUID wallet, Random random) {
        var rented = billingFixture.rent(
                wallet, billingFixture.price("13.25"), RENTED.plusSeconds(random.nextInt(86_400 * 5)));
        if (random.nextBoolean()) {
            billingFixture.change(
                    rented,
                    billingFixture.price("0.07"),
                    RENTED.plusSeconds(86_400 * 6 + (long) random.nextInt(86_400 * 6)));
        }
        if (random.nextBoolean()) {
            billingFixture.end(rented, RENTED.plusSeconds(86_400 * 13 + (long) random.nextInt(86_400 * 5)));
        }
    }

    @Test
    void invoicesOneTimeItemsAsLines() {
        var rented = rented("100");
        billingFixture.clock.stopAt(RENTED.plus(Duration.ofDays(1)));
        invoicingFixture.take(rented.wallet(), "5.005", "setup:1");
        invoicingFixture.take(rented.wallet(), "-1", "setup:2");
        charge();
        invoicingFixture.take(rented.wallet(), "9", "setup:3");

        invoicingFixture.issue(rented.wallet(), OCTOBER);

        // 515 hours start between 10 October, 12:20, and the end of the month in Berlin
        assertThat(invoicingFixture.lines(
                        invoicingFixture.document(rented.wallet()).id()))
                .containsExactlyInAnyOrder("OTHER 5.00500000", "OTHER -1.00000000", "SERVICE 5.15000000");
        assertThat(invoicingFixture.document(rented.wallet()).total()).isEqualByComparingTo("9.16");
    }

    @Test
    void aRepeatedRunIssuesNothing() {
        var rented = rented("100");
        charge();

        assertThat(invoicingFixture.issue(rented.wallet(), OCTOBER).documents()).isEqualTo(1);
        assertThat(invoicingFixture.issue(rented.wallet(), OCTOBER).documents()).isZero();
        assertThat(invoicingFixture.documents(rented.wallet())).hasSize(1);
    }

    @Test
    void invoicesLateChargesOnTheNextDocument() {
        var rented = rented("100");
        charge();
        invoicingFixture.issue(rented.wallet(), OCTOBER);
        billingFixture.rent(
                rented.wallet(), billingFixture.price("7.30"), OCTOBER.to().minusSeconds(7_200));
        charge();
        assertThat(invoicingFixture.issue(rented.wallet(), OCTOBER).documents()).isZero();
        billingFixture.charge(NOVEMBER.to());
        var taken = new BigDecimal("100")
                .subtract(billingFixture.balance(rented.wallet()).amount());
        billingFixture.clock.stopAt(IN_DECEMBER);
        billingFixture.charge(IN_DECEMBER);

        invoicingFixture.issue(rented.wallet(), NOVEMBER);

        var documents = invoicingFixture.documents(rented.wallet());
        assertThat(documents).hasSize(2);
        assertThat(invoicingFixture.lines(documents.get(1).id())).hasSize(3).contains("SERVICE 0.02000000");
        assertThat(documents.get(0).net().add(documents.get(1).net())).isEqualByComparingTo(taken);
    }

    @Test
    void waitsForAWalletWhoseMonthIsNotCharged() {
        var rented = rented("100");
        billingFixture.charge(OCTOBER.to().minusSeconds(3_600));
        billingFixture.clock.stopAt(IN_NOVEMBER);

        var early = invoicingFixture.issue(rented.wallet(), OCTOBER);
        charge();

        assertThat(early.waiting()).isEqualTo(1);
        assertThat(early.documents()).isZero();
        assertThat(invoicingFixture.issue(rented.wallet(), OCTOBER).documents()).isEqualTo(1);
    }

    @Test
    void waitsForAParkedWallet() {
        var rented = rented("100");
        charge();
        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set parked = 'auditor' where id = ?", rented.wallet()));

        var parked = invoicingFixture.issue(rented.wallet(), OCTOBER);
        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set parked = null where id = ?", rented.wallet()));

        assertThat(parked.waiting()).isEqualTo(1);
        assertThat(parked.documents()).isZero();
        assertThat(invoicingFixture.issue(rented.wallet(), OCTOBER).documents()).isEqualTo(1);
    }

    @Test
    void carriesANegativeTotalOverToTheNextDocument() {
        var rented = rented("100");
        billingFixture.clock.stopAt(RENTED.plus(Duration.ofDays(1)));
        invoicingFixture.take(rented.wallet(), "-6", "setup:4");
        charge();
        assertThat(invoicingFixture.issue(rented.wallet(), OCTOBER).documents()).isZero();
        billingFixture.clock.stopAt(IN_DECEMBER);
        billingFixture.charge(IN_DECEMBER);

        invoicingFixture.issue(rented.wallet(), NOVEMBER);

        assertThat(invoicingFixture.lines(
                        invoicingFixture.document(rented.wallet()).id()))
                .hasSize(3)
                .contains("OTHER -6.00000000");
    }

    @Test
    void issuesNoDocumentForFreeServices() {
        var wallet = invoicingFixture.wallet("1");
        billingFixture.rent(wallet, billingFixture.price("0"), RENTED);
        charge();

        assertThat(invoicingFixture.issue(wallet, OCTOBER).documents()).isZero();
    }

    @Test
    void isPaidIfTheBalanceSufficedAtTheEndOfTheMonth() {
        var rich = rented("100");
        var enough = rented("5.20");
        var poor = rented("5.10");
        charge();
        for (var one : List.of(rich, enough, poor)) {
            invoicingFixture.issue(one.wallet(), OCTOBER);
        }

        assertThat(invoicingFixture.document(rich.wallet()).state()).isEqualTo("PAID");
        assertThat(invoicingFixture.document(enough.wallet()).state()).isEqualTo("PAID");
        assertThat(billingFixture.balance(enough.wallet()).isNegative()).isTrue();
        assertThat(invoicingFixture.document(poor.wallet()).state()).isEqualTo("FINAL");
    }

    @Test
    void settlesTheOldestDocumentFirst() {
        var rented = rented("5.10");
        charge();
        invoicingFixture.issue(rented.wallet(), OCTOBER);
        billingFixture.charge(NOVEMBER.to());
        billingFixture.clock.stopAt(IN_DECEMBER);
        billingFixture.charge(IN_DECEMBER);
        invoicingFixture.issue(rented.wallet(), NOVEMBER);
        assertThat(settled(rented.wallet())).isZero();
        assertThat(states(rented.wallet())).containsExactly("FINAL", "FINAL");

        billingFixture.topUp(rented.wallet(), "1");
        assertThat(settled(rented.wallet())).isEqualTo(1);
        assertThat(states(rented.wallet())).containsExactly("PAID", "FINAL");

        billingFixture.topUp(rented.wallet(), "100");
        assertThat(settled(rented.wallet())).isEqualTo(1);
        assertThat(states(rented.wallet())).containsExactly("PAID", "PAID");
        assertThat(settled(rented.wallet())).isZero();
    }

    private static int settled(UUID wallet) {
        return billingFixture.in(() -> invoicingFixture.invoicing.settle(wallet));
    }

    private static List<String> states(UUID wallet) {
        return invoicingFixture.documents(wallet).stream()
                .map(InvoicingFixture.Document::state)
                .toList();
    }

    @Test
    void postsTheRoundingOfUntaxedDocuments() {
        var rented = rented("100");
        billingFixture.clock.stopAt(RENTED.plus(Duration.ofDays(1)));
        invoicingFixture.take(rented.wallet(), "0.00333333", "setup:5");
        charge();
        var before = billingFixture.balance(rented.wallet());

        invoicingFixture.issue(rented.wallet(), OCTOBER);

        var document = invoicingFixture.document(rented.wallet());
        assertThat(document.total()).isEqualByComparingTo("5.15");
        assertThat(document.rounding()).isEqualByComparingTo("-0.00333333");
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(before.plus(billingFixture.money("0.00333333")));
    }

    @Test
    void previewEqualsTheDocument() {
        var rented = rented("100");
        charge();

        var preview = billingFixture.in(() -> invoicingFixture.invoicing.preview(rented.wallet(), OCTOBER));
        invoicingFixture.issue(rented.wallet(), OCTOBER);

        assertThat(preview).singleElement().satisfies(line -> {
            assertThat(line.name()).isEqualTo("web");
            assertThat(line.what()).isEqualTo("Plan");
            assertThat(line.quantity()).isEqualByComparingTo("515");
            assertThat(line.unitPrice()).isEqualTo(billingFixture.money("0.01"));
            assertThat(line.amount()).isEqualTo(billingFixture.money("5.15"));
        });
        assertThat(invoicingFixture.lines(
                        invoicingFixture.document(rented.wallet()).id()))
                .containsExactly("SERVICE 5.15000000");
        assertThat(billingFixture.in(() -> invoicingFixture.invoicing.preview(rented.wallet(), OCTOBER)))
                .isEmpty();
    }

    @Test
    void databaseFormatsNumbersLikeTheTemplate() {
        var rented = rented("100");
        charge();
        invoicingFixture.issue(rented.wallet(), OCTOBER);

        var document = invoicingFixture.document(rented.wallet());

        assertThat(document.numberText())
                .isEqualTo(new NumberTemplate("INV-{year}-{number:6}").in(2026).of(document.number()));
    }

    @Test
    void refusesToIssueBeforeTheWindowEnds() {
        billingFixture.clock.stopAt(OCTOBER.to().plus(Duration.ofHours(71)));

        assertThatThrownBy(() -> billingFixture.in(() -> invoicingFixture.invoicing.prepare(OCTOBER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2026-10");
        assertThat(billingFixture.in(invoicingFixture.invoicing::latestDue).month())
                .isEqualTo(OCTOBER.month().minusMonths(1));
    }

    @Test
    void issuesInBatchesOfWallets() {
        var wallets = List.of(rented("100"), rented("100"), rented("100"));
        charge();
        var month = billingFixture.in(() -> invoicingFixture.invoicing.prepare(OCTOBER));
        var after = new UUID(0, 0);
        var documents = 0;
        while (true) {
            var range = new Invoicing.Range(after, new UUID(-1, -1), 2);
            var batch = billingFixture.in(() -> invoicingFixture.invoicing.issue(range, month));
            documents += batch.documents();
            var last = batch.last();
            if (batch.isLast() || last == null) {
                break;
            }
            after = last;
        }

        assertThat(documents).isGreaterThanOrEqualTo(3);
        assertThat(wallets)
                .allSatisfy(one ->
                        assertThat(invoicingFixture.documents(one.wallet())).hasSize(1));
    }

    private static void charge() {
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
    }

    private static BillingFixture.Rented rented(String balance) {
        return billingFixture.rent(invoicingFixture.wallet(balance), billingFixture.price("7.30"), RENTED);
    }
}
