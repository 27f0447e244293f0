package io.tenantry.billing.bank;

import io.tenantry.billing.bank.StatementImports.State;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Sql;
import java.util.UUID;

/** Locks for importing bank files, held until the transaction ends. */
final class ImportLocks {
    private final Sql sql;

    ImportLocks(Sql sql) {
        this.sql = sql;
    }

    /**
     * The state of a locked file.
     *
     * @param isRefused whether no row of it could be read
     * @param differs whether a figure that it states differs from its transactions
     */
    record ImportStatus(State state, int version, String fileName, boolean isRefused, int rows, boolean differs) {
        /** Whether it is still the draft that was shown. */
        boolean isDraft(int shownVersion) {
            return state == State.DRAFT && version == shownVersion;
        }
    }

    /** Serializes the posting of files. */
    void lockPosting() {
        sql.query(
                "select 1 as one from (select pg_advisory_xact_lock(?, hashtext(current_schema()))) l",
                row -> row.whole("one"),
                AdvisoryLock.BANK_POSTING.space());
    }

    /**
     * Locks a file and returns its state.
     *
     * @throws NotFoundException if there is no such file
     */
    ImportStatus lock(UUID id) {
        sql.query("select id from bank_import where id = ? for update", row -> row.uuid("id"), id);
        return sql.first(
                        """
                        select i.state, i.version, i.file_name, i.problem is not null as refused, i.lines,
                               exists (select from bank_import_figure t where t.import_id = i.id and t.reported <> t.computed) as differs
                          from bank_import i
                         where i.id = ?
                        """,
                        row -> new ImportStatus(
                                State.valueOf(row.text("state")),
                                row.whole("version"),
                                row.text("file_name"),
                                row.flag("refused"),
                                row.whole("lines"),
                                row.flag("differs")),
                        id)
                .orElseThrow(() -> new NotFoundException("bank import", id));
    }
}
