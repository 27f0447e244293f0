package io.tenantry.bank.statement;

import io.tenantry.bank.statement.StatementProblem.Reason;
import java.time.LocalDate;

final class Camt053 {
    private Camt053() {}

    static BankStatement read(byte[] file, LocalDate today) throws UnreadableStatement {
        throw new UnreadableStatement(Reason.NO_CAMT, today + " " + file.length);
    }
}
