package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The total of a correction is the sum of the entered amounts, each including tax, or one that was confirmed before it was issued. */
class CorrectionTotalsTest {
    private static final int ROUNDS = 12;
    private static final BigDecimal TAX = new BigDecimal("0.19");

    private static InvoicingFixture euro;

    private InvoicingFixture invoicingFixture;
    private boolean isGross;

    @BeforeAll
    static void openEuro() {
        euro = GermanTaxFixture.open("totals-eur-gross", "EUR", true);
    }

    @BeforeEach
    void selectEuro() {
        invoicingFixture = euro;
        isGross = true;
    }

    /** Creates October's invoice of items; returns its wallet. */
    private UUID invoiced(List<String> prices) {
        invoicingFixture.billingFixture.clock.stopAt(RENTED);
        var wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        for (var nth = 0; nth < prices.size(); nth++) {
            ItemsCharged.take(invoicingFixture.billingFixture, wallet, prices.get(nth), "setup:" + nth);
        }
        invoicingFixture.billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        return wallet;
    }

    private UUID invoice(UUID wallet) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select id from invoice where wallet_id = ? and kind = 'INVOICE'", row -> row.uuid("id"), wallet));
    }

    private CreditNotes creditNotes() {
        var billingFixture = invoicingFixture.billingFixture;
        return new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    private DebitNotes debitNotes() {
        var billingFixture = invoicingFixture.billingFixture;
        return new DebitNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
    }

    private CreditNotes.Outcome credit(
            UUID id, UUID invoice, Map<Integer, BigDecimal> amounts, Optional<Money> confirmed) {
        return invoicingFixture.billingFixture.in(
                () -> creditNotes().issue(id, invoice, amounts, "it was down", confirmed));
    }

    private DebitNotes.Outcome debit(
            UUID id, UUID invoice, Map<Integer, BigDecimal> amounts, Optional<Money> confirmed) {
        return invoicingFixture.billingFixture.in(
                () -> debitNotes().issue(id, invoice, amounts, "it was forgotten", confirmed));
    }

    private Money total(UUID document) {
        return invoicingFixture.billingFixture.in(() -> invoicingFixture.billingFixture.sql.one(
                "select total from invoice where id = ?",
                row -> new Money(
                        row.decimal("total"),
                        invoicingFixture.billingFixture.money("0").currency()),
                document));
    }

    private Money balance(UUID wallet) {
        invoicingFixture.billingFixture.topUp(wallet, "0");
        return invoicingFixture.billingFixture.balance(wallet);
    }

    /** Returns the sum of the amounts, each including tax and rounded separately. */
    private Money typed(Map<Integer, BigDecimal> amounts) {
        var zero = invoicingFixture.billingFixture.money("0");
        var decimals = zero.currency().getDefaultFractionDigits();
        return amounts.values().stream()
                .map(amount -> isGross ? amount : amount.add(amount.multiply(TAX)))
                .map(amount -> new Money(amount.setScale(decimals, RoundingMode.HALF_UP), zero.currency()))
                .reduce(zero, Money::plus);
    }

    @Test
    void asksBeforeItPaysACentMoreThanWasTyped() {
        var wallet = invoiced(List.of("22.59677048"));
        var before = balance(wallet);
        var id = UUID.randomUUID();
        var amounts = Map.of(1, new BigDecimal("0.02"));
        var cents = invoicingFixture.billingFixture.money("0.03");

        assertThat(credit(id, invoice(wallet), amounts, Optional.empty()))
                .isEqualTo(new CreditNotes.Outcome.Unconfirmed(cents));
        assertThat(credit(id, invoice(wallet), amounts, Optional.of(invoicingFixture.billingFixture.money("0.02"))))
                .as("agreed to another total")
                .isEqualTo(new CreditNotes.Outcome.Unconfirmed(cents));
        assertThat(balance(wallet)).isEqualTo(before);

        assertThat(credit(id, invoice(wallet), amounts, Optional.of(cents)))
                .isEqualTo(new CreditNotes.Outcome.Issued(id));
        assertThat(balance(wallet).minus(before)).isEqualTo(cents);
        assertThat(total(id)).isEqualTo(cents.negated());
    }

    @ParameterizedTest
    @CsvSource({"EUR,false", "JPY,false", "JPY,true", "KWD,false", "KWD,true"})
    void comesToWhatWasTypedOrConfirmed(String currency, boolean gross) {
        isGross = gross;
        invoicingFixture = GermanTaxFixture.open(
                "totals-" + currency.toLowerCase(Locale.ROOT) + (gross ? "-gross" : ""), currency, gross);
        propertyHolds(new Random(19));
    }

    @Test
    void comesToWhatWasTypedOrConfirmedInEuroWithTax() {
        propertyHolds(new Random(19));
    }

    private void propertyHolds(Random random) {
        var decimals = invoicingFixture.billingFixture.money("0").currency().getDefaultFractionDigits();
        var smallest = BigDecimal.ONE.movePointLeft(decimals);
        var asked = 0;
        var straight = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var count = 1 + random.nextInt(5);
            var wallet = invoiced(random.ints(count, 20_000_000, 900_000_000)
                    .mapToObj(units -> BigDecimal.valueOf(units, 6 + Math.min(decimals, 2)))
                    .map(BigDecimal::toPlainString)
                    .toList());
            var invoice = invoice(wallet);
            var amounts = new TreeMap<Integer, BigDecimal>();
            IntStream.rangeClosed(1, count)
                    .forEach(position ->
                            amounts.put(position, smallest.multiply(BigDecimal.valueOf(1 + random.nextInt(9)))));
            var isCredit = random.nextInt(3) > 0;
            var id = UUID.randomUUID();
            var before = balance(wallet);
            Object first = isCredit
                    ? credit(id, invoice, amounts, Optional.empty())
                    : debit(id, invoice, amounts, Optional.empty());
            var stated = typed(amounts);
            if (first instanceof CreditNotes.Outcome.Unconfirmed unconfirmed) {
                stated = unconfirmed.total();
            } else if (first instanceof DebitNotes.Outcome.Unconfirmed unconfirmed) {
                stated = unconfirmed.total();
            } else if (first instanceof CreditNotes.Outcome.Invalid || first instanceof DebitNotes.Outcome.Invalid) {
                assertThat(balance(wallet)).isEqualTo(before);
                continue;
            }
            if (stated.equals(typed(amounts))) {
                straight++;
            } else {
                asked++;
                assertThat(balance(wallet))
                        .as("nothing moves before the total is known")
                        .isEqualTo(before);
                var second = isCredit
                        ? credit(id, invoice, amounts, Optional.of(stated))
                        : debit(id, invoice, amounts, Optional.of(stated));
                assertThat(second).isInstanceOfAny(CreditNotes.Outcome.Issued.class, DebitNotes.Outcome.Issued.class);
            }
            var moved = balance(wallet).minus(before);
            assertThat(total(id)).as("round %s", round).isEqualTo(isCredit ? stated.negated() : stated);
            assertThat(moved).as("round %s", round).isEqualTo(isCredit ? stated : stated.negated());
        }
        assertThat(asked).as("totals to confirm").isPositive();
        assertThat(straight).as("totals as typed").isPositive();
    }
}
