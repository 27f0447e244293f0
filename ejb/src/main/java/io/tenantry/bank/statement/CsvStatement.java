package io.tenantry.bank.statement;

import io.tenantry.bank.statement.StatementProblem.Reason;

final class CsvStatement {
    private CsvStatement() {}

    static CsvStatement open(byte[] file, CsvProfile profile, ReadDefaults defaults) throws UnreadableStatement {
        throw new UnreadableStatement(Reason.NO_COLUMN, file.length + " " + profile + defaults);
    }

    CsvLayout layout() {
        throw new UnsupportedOperationException();
    }

    BankStatement read() throws UnreadableStatement {
        throw new UnsupportedOperationException();
    }
}
