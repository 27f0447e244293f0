package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.billing.bank.BankTransactions.Customer;
import io.tenantry.billing.bank.BankTransactions.Line;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account suggests a customer only if it is certainly a payer's, and the same payer's. */
class ImportPayersTest {
    private static final String HEAD = "Account Number,Date,Description,Payer,Amount\n";
    private static final String PAYER_HEAD = "Payer account,Date,Description,Payer,Amount\n";

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static ImportFixture desk;

    private record Payer(UUID organization, String reference) {}

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("payers", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        desk = new ImportFixture(billingFixture);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("truncate t_payers.bank_import, t_payers.bank_profile cascade");
        billingFixture.clock.stopAt(Instant.parse("2026-11-25T12:00:00Z"));
    }

    private static Payer payer() {
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        return billingFixture.in(() -> billingFixture.sql.one(
                "select r.reference, r.organization_id from bank_reference r join wallet w on w.organization_id ="
                        + " r.organization_id where w.id = ?",
                row -> new Payer(row.uuid("organization_id"), row.text("reference")),
                wallet));
    }

    private static List<Line> open() {
        return billingFixture.in(() -> desk.query.lines(State.OPEN, 100, 0));
    }

    @Test
    void resellersOwnAccountProposesNoCustomer() {
        desk.take(HEAD + "12345678,20/11/2026," + payer().reference() + ",Joe,10.00\n");
        var id = desk.take(HEAD + "12345678,24/11/2026,invoice payment,Peter Unrelated,70.00\n"
                + "12345678,24/11/2026,invoice payment,Mary Miller,80.00\n");

        assertThat(desk.rows(id)).extracting(ImportRow::why).containsOnly(Optional.of(MatchReason.UNKNOWN));
        assertThat(open())
                .hasSize(2)
                .extracting(Line::account, Line::iban, Line::proposed)
                .containsOnly(tuple("12345678", "", Optional.empty()));
    }

    @Test
    void resellersAccountOfAnEarlierStatementIsKnownInAnyFile() {
        desk.take("Account,Date,Description,Payer,Amount\n12345678,19/11/2026,first,Ann,1.00\n");
        desk.take(HEAD + "12345678,20/11/2026," + payer().reference() + ",Joe,10.00\n");
        assertThat(billingFixture.in(() -> desk.query.lines(State.BOOKED, 100, 0)))
                .extracting(Line::account, Line::iban)
                .containsExactly(tuple("12345678", ""));
    }

    @Test
    void recognizesARowWithOrWithoutItsAccountOwner() {
        var row = "12345678,20/11/2026,x,Joe,10.00\n";
        desk.take(HEAD + row);
        var both = desk.take(HEAD + row + "12345678,21/11/2026,y,Ann,11.00\n");
        assertThat(desk.rows(both)).extracting(ImportRow::plan).containsExactly(RowPlan.KNOWN, RowPlan.ASSIGN);
        var last = desk.take(HEAD + "12345678,21/11/2026,y,Ann,11.00\n");
        assertThat(desk.rows(last)).extracting(ImportRow::plan).containsExactly(RowPlan.KNOWN);
        assertThat(open()).hasSize(2);
    }

    @Test
    void payersAccountProposesItsCustomer() {
        var payer = payer();
        desk.take(PAYER_HEAD + "DE02120300000000202051,20/11/2026," + payer.reference() + ",Ann Adams,10.00\n");
        desk.take(PAYER_HEAD + "DE02120300000000202051,24/11/2026,invoice,\"Adams, Ann\",70.00\n");
        assertThat(open()).singleElement().satisfies(line -> {
            assertThat(line.why()).isEqualTo(MatchReason.PAYER);
            assertThat(line.proposed()).map(Customer::id).contains(payer.organization());
        });
    }

    @Test
    void accountOfSeveralPayersProposesNoCustomer() {
        desk.take(PAYER_HEAD + "DE02120300000000202051,20/11/2026," + payer().reference() + ",Joe,10.00\n");
        desk.take(PAYER_HEAD + "DE02120300000000202051,24/11/2026,invoice,Peter Unrelated,70.00\n");
        desk.take(PAYER_HEAD + "DE02120300000000202051,23/11/2026,a,,71.00\n"
                + "DE02120300000000202051,23/11/2026,b,Mary Miller,72.00\n");
        assertThat(open()).hasSize(3).extracting(Line::why).containsOnly(MatchReason.UNKNOWN);
    }

    @Test
    void resellersAccountInAnotherFileProposesNoCustomer() {
        desk.take(PAYER_HEAD + "DE02120300000000202051,20/11/2026," + payer().reference() + ",Joe,10.00\n");
        desk.take("Account,Date,Description,Payer,Amount\nDE02120300000000202051,21/11/2026,first,Ann,1.00\n");
        var line = open().get(0);
        assertThat(line.account()).isEqualTo("DE02120300000000202051");
        var match = billingFixture.in(() -> new PaymentMatcher(billingFixture.sql)
                .match(List.of(new PaymentMatcher.Payment(
                        UUID.randomUUID(), line.bookedOn(), line.amount(), "Joe", "DE02120300000000202051", "z"))));
        assertThat(match.get(0).why()).isEqualTo(MatchReason.UNKNOWN);
    }
}
