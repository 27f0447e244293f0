package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.billing.charging.BillingFixture;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Amounts in bank files, single and summed, that exceed what a ledger can hold. */
class ImportAmountsTest {
    private static ImportFixture desk;

    @BeforeAll
    static void prepare() {
        var billingFixture = new BillingFixture("bounded", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(Instant.parse("2026-11-10T12:00:00Z"));
        desk = new ImportFixture(billingFixture);
    }

    @Test
    void keepsAmountsAboveTheLedgerMaximumForReview() {
        var rows = new StringBuilder("Date;Amount;Text\n");
        var entries = new StringBuilder();
        for (var row = 0; row < 30; row++) {
            rows.append("2026-11-09;999999999999999,00;x").append(row).append('\n');
            entries.append(
                            "<Ntry><Amt Ccy=\"EUR\">999999999999999.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>")
                    .append("2026-11-09</Dt></BookgDt><AcctSvcrRef>")
                    .append(row)
                    .append("</AcctSvcrRef></Ntry>");
        }
        for (var file : new String[] {
            rows.toString(),
            "<Document><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>"
                    + entries + "</Stmt></BkToCstmrStmt></Document>"
        }) {
            var id = desk.draft(file);
            assertThat(desk.one(id).problem()).isEmpty();
            assertThat(desk.rows(id))
                    .hasSize(30)
                    .allSatisfy(row -> assertThat(row.plan()).isEqualTo(RowPlan.REVIEW));
        }
    }

    @Test
    void refusesATotalAboveTheLedgerMaximum() {
        var rows = new StringBuilder("Date;Amount;Text\n");
        for (var row = 0; row < 1_001; row++) {
            rows.append("2026-11-09;999999999999,00;x").append(row).append('\n');
        }
        assertThat(desk.one(desk.draft(rows.toString())).problem())
                .contains(new StatementProblem(Reason.TOTALS, 0, "1000999999998999.00"));
    }
}
