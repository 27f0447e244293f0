package io.tenantry.bank.statement;

import io.tenantry.bank.statement.StatementProblem.Reason;
import java.util.List;

final class StatementFiles {
    private StatementFiles() {}

    static List<StatementFile> open(String name, byte[] content) throws UnreadableStatement {
        if (content.length == 0) {
            throw new UnreadableStatement(Reason.EMPTY, name);
        }
        return List.of(new StatementFile(name, StatementFormat.CSV, content));
    }
}
