package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.nio.charset.StandardCharsets;

/** camt.053 files for tests. */
final class CamtFiles {
    static final String CREDIT = "<CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-04-17</Dt></BookgDt>";
    static final String REF = "RF138641464252";

    private CamtFiles() {}

    static void refuses(Reason reason, String detail, String file) {
        assertThatThrownBy(() -> read(file)).isInstanceOfSatisfying(UnreadableStatement.class, refused -> {
            assertThat(refused.problem().reason()).isEqualTo(reason);
            assertThat(refused.problem().detail()).isEqualTo(detail);
        });
    }

    /** A booked credit in euros. */
    static String entry(String amount, String rest) {
        return "<Ntry><Amt Ccy=\"EUR\">" + amount + "</Amt>" + CREDIT + rest + "</Ntry>";
    }

    /** A file of one statement with these entries. */
    static BankStatement entries(String entries) throws UnreadableStatement {
        return read("<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>" + entries
                + "</Stmt></BkToCstmrStmt></Document>");
    }

    static BankStatement read(String file) throws UnreadableStatement {
        return Reading.read(file.getBytes(StandardCharsets.UTF_8), CsvProfile.DETECT, Reading.GERMAN);
    }
}
