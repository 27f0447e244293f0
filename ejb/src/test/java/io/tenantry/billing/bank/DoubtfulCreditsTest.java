package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.BankTransactions.Line;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.Outcome;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines with a warning are not credited together with others, and alone only by somebody who confirms that the warning was checked. */
class DoubtfulCreditsTest {
    private static final String HEAD = "Date;Amount;Payer;Payer IBAN;Text\n";

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;

    private record Payer(UUID wallet, UUID organization, String reference) {}

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("doubtful", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_doubtful.bank_import, t_doubtful.bank_profile cascade");
        billingFixture.clock.stopAt(Instant.parse("2026-11-10T12:00:00Z"));
    }

    private static Payer payer() {
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        return billingFixture.in(() -> billingFixture.sql.one(
                "select r.reference, r.organization_id from bank_reference r join wallet w on w.organization_id ="
                        + " r.organization_id where w.id = ?",
                row -> new Payer(wallet, row.uuid("organization_id"), row.text("reference")),
                wallet));
    }

    private static Outcome accept(Line line) {
        return billingFixture.in(() -> desk.lines.accept(line.id()));
    }

    private static Outcome assign(Line line, Payer payer, boolean isConfirmed) {
        return billingFixture.in(() -> desk.lines.assign(line.id(), payer.organization(), isConfirmed));
    }

    private static Line open() {
        return billingFixture.in(() -> desk.query.lines(State.OPEN, 10, 0)).stream()
                .filter(line -> line.amount().isPositive())
                .reduce((one, other) -> {
                    throw new IllegalStateException(one + " " + other);
                })
                .orElseThrow();
    }

    private static BigDecimal balance(Payer payer) {
        return billingFixture.balance(payer.wallet()).amount();
    }

    /** A line that is proposed by the digits of its reference, and waits for that reason only. */
    private static Line proposed(Payer payer) {
        desk.take(HEAD + "2026-11-09;10,00;Ann;DE1;" + payer.reference().substring(4) + "\n");
        return open();
    }

    @ParameterizedTest
    @EnumSource(
            value = MatchReason.class,
            names = {"SIMILAR", "RETURNED", "TOTALS", "CHANGED", "REVERSED", "MANUAL"})
    void eachWarningNeedsItsOwnConfirmation(MatchReason warning) {
        var payer = payer();
        var line = proposed(payer);
        Database.asOwner("update t_doubtful.bank_transaction set match_reason = '" + warning + "'");

        assertThat(open().warning()).contains(warning);
        assertThat(accept(line)).isEqualTo(Outcome.WARNING);
        assertThat(assign(line, payer, false)).isEqualTo(Outcome.WARNING);
        assertThat(balance(payer)).isZero();
        assertThat(open().state()).isEqualTo(State.OPEN);

        assertThat(assign(line, payer, true)).isEqualTo(Outcome.DONE);
        assertThat(balance(payer)).isEqualByComparingTo("10");
    }

    @Test
    void creditsImmediatelyWithoutWarnings() {
        var payer = payer();
        var line = proposed(payer);
        assertThat(line.warning()).isEmpty();
        assertThat(accept(line)).isEqualTo(Outcome.DONE);
        assertThat(balance(payer)).isEqualByComparingTo("10");
    }

    @Test
    void everyReasonIsCertainAWarningOrWithoutCustomer() {
        assertThat(EnumSet.allOf(MatchReason.class).stream().filter(CreditWarning::is))
                .containsExactlyInAnyOrder(
                        MatchReason.SIMILAR,
                        MatchReason.RETURNED,
                        MatchReason.TOTALS,
                        MatchReason.CHANGED,
                        MatchReason.REVERSED,
                        MatchReason.MANUAL);
    }

    @Test
    void warnsAboutAReturnThatArrivesLater() {
        var payer = payer();
        var line = proposed(payer);
        desk.take(HEAD + "2026-11-10;-10,00;Ann;DE1;Rückgabe\n");

        assertThat(open().why()).isEqualTo(MatchReason.DIGITS);
        assertThat(open().warning()).contains(MatchReason.RETURNED);
        assertThat(accept(line)).isEqualTo(Outcome.WARNING);
        assertThat(assign(line, payer, false)).isEqualTo(Outcome.WARNING);
        assertThat(balance(payer)).isZero();
    }

    @Test
    void keepsTheWarningOfALineSetAside() {
        var payer = payer();
        var line = proposed(payer);
        billingFixture.in(() -> desk.lines.setAside(line.id(), "twice"));
        billingFixture.in(() -> desk.lines.takeUp(line.id()));
        assertThat(accept(line)).isEqualTo(Outcome.WARNING);
        assertThat(balance(payer)).isZero();
    }
}
