package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payments with references of one customer in several forms, and those with references of two. */
class PaymentReferencesTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;

    private record Customer(UUID wallet, String reference) {
        String digits() {
            return reference.substring(4);
        }
    }

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("referenced", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        billingFixture.clock.stopAt(NOON);
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void before() {
        empty();
    }

    private static void empty() {
        Database.asOwner("truncate t_referenced.bank_import cascade");
        billingFixture.clock.stopAt(NOON);
    }

    @Test
    void keepsAReferenceWithDigitsOfAnotherForReview() {
        var one = customer();
        var other = customer();
        waits(one, other, one.reference() + " " + other.digits());
        waits(one, other, other.digits() + " thanks " + one.reference());
        waits(one, other, CreditorReference.grouped(one.reference()) + " " + other.digits());
        waits(one, other, one.reference() + " " + CreditorReference.grouped(other.digits()));
    }

    @Test
    void keepsAReferenceWithAnotherWithoutPrefixForReview() {
        var one = customer();
        var other = customer();
        waits(one, other, one.reference() + "/" + other.reference().substring(2));
        waits(one, other, one.reference() + " " + other.reference().substring(2));
        waits(one, other, one.reference() + " Nr. 1" + other.reference().substring(2));
    }

    @Test
    void keepsAReferenceWithOneOfAnotherIssuerForReview() {
        var one = customer();
        waits(one, one, "not " + one.reference() + " but RF18 5390 0754 7034");
        waits(one, one, one.reference() + " RF18539007547034");
        waits(one, one, "RF471234567890123456789 RF48ABCDE9 RF18539007547034 " + one.reference());
    }

    @Test
    void ignoresReferencesWithinLongerNumbers() {
        var one = customer();
        waits(one, one, one.reference() + "9");
        waits(one, one, CreditorReference.grouped(one.reference()) + "9");
        waits(one, one, one.reference() + one.digits());
    }

    @Test
    void ignoresOtherNumbersNextToAReference() {
        var one = customer();
        var before = balance(one);
        desk.take(csv(one.reference() + " 2026-11 and RF47 1234"));
        assertThat(balance(one).subtract(before)).isEqualByComparingTo("33");
    }

    @Test
    void keepsAReferenceWithAMistypedOneForReview() {
        var one = customer();
        var other = customer();
        var check = Integer.parseInt(other.reference().substring(2, 4));
        var mistyped = String.format(Locale.ROOT, "RF%02d%s", (check + 1) % 100, other.digits());
        waits(one, other, one.reference() + " " + mistyped);
        waits(one, other, one.reference() + " " + CreditorReference.grouped(mistyped));
    }

    @Test
    void keepsAReferenceWithAnothersInvoiceForReview() {
        var one = customer();
        var other = customer();
        var number = number(other);
        waits(one, other, one.reference() + " " + number);
        waits(one, other, "pays" + number.replace("-", "- ") + " of " + one.reference());
    }

    @Test
    void proposesNobodyForDigitsOfOneAndAnInvoiceOfAnother() {
        var one = customer();
        var other = customer();
        waits(one, other, one.digits() + " " + number(other));
    }

    @Test
    void creditsIfAllNumbersBelongToOneCustomer() {
        var one = customer();
        var number = number(one);
        var before = balance(one);
        desk.take(csv(one.reference() + " " + one.digits() + " " + number));
        assertThat(balance(one).subtract(before)).isEqualByComparingTo("33");
    }

    @Test
    void ignoresInvoiceNumbersWithinLongerNumbers() {
        var one = customer();
        var other = customer();
        var number = number(other);
        desk.take(csv(one.reference() + " " + number + "1"));
        assertThat(balance(one)).isEqualByComparingTo("33");
        empty();
        desk.take(csv("Kd 9" + number + "7"));
        assertThat(why()).isEqualTo(MatchReason.UNKNOWN);
    }

    private static void waits(Customer one, Customer other, String words) {
        empty();
        var before = balance(one).add(balance(other));
        desk.take(csv(words));
        assertThat(balance(one).add(balance(other))).as(words).isEqualByComparingTo(before);
        var open = billingFixture.in(() -> desk.query.lines(State.OPEN, 10, 0));
        assertThat(open).singleElement().satisfies(line -> {
            assertThat(line.why()).as(words).isEqualTo(MatchReason.AMBIGUOUS);
            assertThat(line.proposed()).isEmpty();
        });
    }

    private static MatchReason why() {
        return billingFixture
                .in(() -> desk.query.lines(State.OPEN, 10, 0))
                .get(0)
                .why();
    }

    private static String csv(String words) {
        return "Date;Amount;Payer;Payer IBAN;Text\n2026-11-09;33,00;Anyone;DE1;" + words + "\n";
    }

    private static Customer customer() {
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        return new Customer(
                wallet, billingFixture.in(() -> billingFixture.sql.one("""
                select r.reference from bank_reference r join wallet w on w.organization_id = r.organization_id where w.id = ?
                """, row -> row.text("reference"), wallet)));
    }

    /** Returns the number of an open document: hours of October that are unpaid. */
    private static String number(Customer customer) {
        billingFixture.clock.stopAt(Instant.parse("2026-10-10T12:20:00Z"));
        billingFixture.rent(customer.wallet(), billingFixture.price("7.30"), billingFixture.clock.instant());
        billingFixture.charge(Instant.parse("2026-11-04T00:00:00Z"));
        billingFixture.clock.stopAt(NOON);
        assertThat(invoicingFixture
                        .issue(customer.wallet(), InvoicingFixture.OCTOBER)
                        .documents())
                .isEqualTo(1);
        return billingFixture.in(() -> billingFixture.sql.one(
                "select number_text from invoice where wallet_id = ?",
                row -> row.text("number_text"),
                customer.wallet()));
    }

    private static BigDecimal balance(Customer customer) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select balance from wallet where id = ?", row -> row.decimal("balance"), customer.wallet()));
    }
}
