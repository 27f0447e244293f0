package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.BankTransactions.Customer;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The return of a credited payment waits for a person also if it is in a later file, with a fee, in part, or together with others. */
@Tag("full")
class LaterReturnsTest {
    private static final String HEAD = "Buchungstag;Name;IBAN Gegenkonto;Verwendungszweck;Betrag\n";
    private static final String IBAN = "DE02120300000000202051";
    private static final String PARTY = "Hafenkontor Digital GmbH;" + IBAN;

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("laterreturn", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_laterreturn.bank_import, t_laterreturn.bank_profile cascade");
        billingFixture.clock.stopAt(Instant.parse("2027-01-28T12:00:00Z"));
    }

    private record Payer(UUID organization, String reference) {}

    private static Payer payer() {
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        return billingFixture.in(() -> billingFixture.sql.one(
                "select r.reference, r.organization_id from bank_reference r join wallet w on w.organization_id ="
                        + " r.organization_id where w.id = ?",
                row -> new Payer(row.uuid("organization_id"), row.text("reference")),
                wallet));
    }

    private static ImportRow credited(String row) {
        var rows = desk.rows(desk.take(HEAD + row + "\n"));
        assertThat(rows).extracting(ImportRow::isCredited).containsExactly(true);
        return rows.get(0);
    }

    /** Imports an outgoing movement between others that are certainly no returns. */
    private static ImportRow outgoing(String row) {
        var rows = desk.rows(desk.draft(HEAD
                + "26.01.2027;Stadtwerke;DE75512108001245126199;Abschlag Strom;-80,00\n"
                + row + "\n"
                + "27.01.2027;Erika Muster;DE27100777770209299700;Gehalt Januar;-2500,00\n"));
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).plan()).isEqualTo(RowPlan.OUTGOING);
        assertThat(rows.get(2).plan()).isEqualTo(RowPlan.OUTGOING);
        return rows.get(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "27.01.2027;" + PARTY + ";SEPA RETURN AM04 inkl. 5,00 Gebühr;-505,00",
                "27.01.2027;" + PARTY + ";SEPA RETURN AM04;-500,00",
                "27.01.2027;" + PARTY + ";Sammler 4711;-505,00",
                "27.01.2027;" + PARTY + ";;-503,50",
                "27.01.2027;Hafenkontor Digital GmbH;;Belastung;-507,50",
                "27.01.2027;HAFENKONTOR DIGITAL GMBH;DE75512108001245126199;Belastung;-507,50",
                "27.01.2027;;" + IBAN + ";Belastung;-507,50",
                "27.01.2027;;;Belastung %s;-507,50",
                "27.01.2027;" + PARTY + ";SEPA Rücküberweisung abzgl. Entgelt;-495,00",
                "27.01.2027;" + PARTY + ";Überweisung Teilrückerstattung, Rückerstattung;-120,00",
                "27.01.2027;" + PARTY + ";Refund of credit;-20,00",
                "27.01.2027;" + PARTY + ";Rückzahlung Guthaben;-42,00",
                "27.01.2027;" + PARTY + ";Card chargeback incl. costs;-590,00",
                "27.01.2027;" + PARTY + ";Vorgang Storno;-499,99",
                "27.01.2027;Hafenkontor Digital GmbH;;zurück an Absender;-499,00",
                "27.01.2027;Hausbank AG;DE75512108001245126199;Rücklastschrift;-500,00",
                "27.01.2027;;;Virement rejeté;-503,00"
            })
    void linksTheReturnToTheCreditedPayment(String row) {
        var payer = payer();
        var payment = credited("12.01.2027;" + PARTY + ";Zahlung " + payer.reference() + ";500,00");
        var returned = outgoing(row.formatted(payer.reference()));
        assertThat(returned.plan()).isEqualTo(RowPlan.ASSIGN);
        assertThat(returned.why()).contains(MatchReason.RETURN);
        assertThat(returned.counterId()).isEqualTo(payment.lineId());
        assertThat(returned.customer().map(Customer::id)).contains(payer.organization());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "27.01.2027;" + PARTY + ";Belastung;-1000,00",
                "27.01.2027;" + PARTY + ";Belastung;-700,00",
                "27.01.2027;" + PARTY + ";Belastung;-1007,00",
                "27.01.2027;" + PARTY + ";Rücklastschriften;-1031,00",
                "27.01.2027;Hafenkontor Digital GmbH;;Belastung;-800,00"
            })
    void linksOneReturnOfSeveralPayments(String row) {
        var payer = payer();
        for (var amount : new String[] {"500,00", "300,00", "200,00"}) {
            credited("12.01.2027;" + PARTY + ";Zahlung " + payer.reference() + ";" + amount);
        }
        var returned = outgoing(row);
        assertThat(returned.why()).contains(MatchReason.RETURN);
        assertThat(returned.counterId()).isPresent();
        assertThat(returned.customer().map(Customer::id)).contains(payer.organization());
    }

    /** Words of a return are never only recorded, even if they fit no payment. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "27.01.2027;;;SEPA Rücklastschriften, 3 Posten;-1234,56",
                "27.01.2027;Hausbank AG;DE75512108001245126199;SEPA RETURN AC04;-77,00"
            })
    void reviewsAReturnOfAnUnknownPayment(String row) {
        var payer = payer();
        credited("12.01.2027;" + PARTY + ";Zahlung " + payer.reference() + ";500,00");
        var returned = outgoing(row);
        assertThat(returned.plan()).isEqualTo(RowPlan.ASSIGN);
        assertThat(returned.why()).contains(MatchReason.RETURN);
        assertThat(returned.counterId()).isEmpty();
    }

    /** Rows that start with a reversal wait as rows for review, and not as lines. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Rücküberweisung abzgl. Entgelt;-495,00", "Lastschrift Rückgabe;-505,00", "Chargeback;-590,00"})
    void linksARowForReviewToTheCreditedPayment(String textAndAmount) {
        var payer = payer();
        var payment = credited("12.01.2027;" + PARTY + ";Zahlung " + payer.reference() + ";500,00");
        var returned = outgoing("27.01.2027;" + PARTY + ";" + textAndAmount);
        assertThat(returned.plan()).isIn(RowPlan.REVIEW, RowPlan.ASSIGN);
        assertThat(returned.counterId()).isEqualTo(payment.lineId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Rücküberweisung", "SEPA Return", "Retoure AC04"})
    void readsAKindOfTransactionToo(String kind) {
        var payer = payer();
        var payment = credited("12.01.2027;" + PARTY + ";Zahlung " + payer.reference() + ";500,00");
        var rows = desk.rows(desk.draft("Buchungstag;Buchungstext;Name;IBAN Gegenkonto;Verwendungszweck;Betrag\n"
                + "27.01.2027;" + kind + ";" + PARTY + ";Vorgang;-480,00\n"
                + "27.01.2027;Überweisung;Stadtwerke;DE75512108001245126199;Strom;-80,00\n"));
        assertThat(rows.get(0).plan()).isIn(RowPlan.ASSIGN, RowPlan.REVIEW);
        assertThat(rows.get(0).counterId()).isEqualTo(payment.lineId());
        assertThat(rows.get(1).plan()).isEqualTo(RowPlan.OUTGOING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "27.01.2027;" + PARTY + ";Rechnung 815 Werbung;-1200,00",
                "27.01.2027;" + PARTY + ";Provision Januar;-120,00",
                "27.01.2027;Ostwerk Druck AG;DE27100777770209299700;Rechnung 12;-500,00",
                "27.01.2027;Ostwerk Druck AG;DE27100777770209299700;Rechnung 12;-505,00",
                "27.01.2027;Bank;;Kontoführung;-5,00"
            })
    void recordsOrdinaryOutgoingPayments(String row) {
        var payer = payer();
        credited("12.01.2027;" + PARTY + ";Zahlung " + payer.reference() + ";500,00");
        assertThat(outgoing(row).plan()).isEqualTo(RowPlan.OUTGOING);
    }

    @Test
    void recordsReturnsWhereNothingWasCredited() {
        assertThat(outgoing("27.01.2027;" + PARTY + ";SEPA RETURN AM04;-505,00").plan())
                .isEqualTo(RowPlan.OUTGOING);
    }

    @Test
    void doesNotLinkAPaymentOfMoreThan13MonthsAgo() {
        var payer = payer();
        credited("02.11.2025;" + PARTY + ";Zahlung " + payer.reference() + ";500,00");
        assertThat(outgoing("27.01.2027;" + PARTY + ";Belastung;-505,00").plan())
                .isEqualTo(RowPlan.OUTGOING);
    }

    /** Files are not always imported in the order of their days. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "27.01.2027;" + PARTY + ";SEPA RETURN AM04 inkl. 5,00 Gebühr;-505,00",
                "27.01.2027;" + PARTY + ";Belastung;-505,00",
                "27.01.2027;" + PARTY + ";Rücküberweisung abzgl. Entgelt;-480,00",
                "27.01.2027;;;Rücklastschrift %s;-530,00",
                "27.01.2027;;;Retoure %s;-530,00",
                "27.01.2027;;;SEPA Rücklastschrift;-500,00",
                "27.01.2027;;;Rückgabe;-503,00"
            })
    void doesNotCreditAPaymentWhoseReturnWasImportedBefore(String row) {
        var payer = payer();
        desk.take(HEAD + row.formatted(payer.reference()) + "\n");
        var late = desk.rows(desk.draft(HEAD + "12.01.2027;" + PARTY + ";Zahlung " + payer.reference() + ";500,00\n"));
        assertThat(late).extracting(ImportRow::plan).containsExactly(RowPlan.ASSIGN);
        assertThat(late).extracting(ImportRow::why).containsExactly(Optional.of(MatchReason.RETURNED));
    }

    @Test
    void creditsPaymentsDespiteOrdinaryPaymentsToThePayer() {
        var payer = payer();
        desk.take(HEAD + "20.01.2027;" + PARTY + ";Rechnung 815 Werbung;-1200,00\n" + "27.01.2027;" + PARTY
                + ";Provision Januar;-120,00\n");
        credited("22.01.2027;" + PARTY + ";Zahlung " + payer.reference() + ";500,00");
    }
}
