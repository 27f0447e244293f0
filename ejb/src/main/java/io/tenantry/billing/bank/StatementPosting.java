package io.tenantry.billing.bank;

import io.tenantry.billing.bank.DraftRows.DraftRow;
import io.tenantry.billing.bank.ImportLocks.ImportStatus;
import io.tenantry.billing.bank.StatementImports.PostOutcome;
import io.tenantry.billing.bank.StatementImports.State;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The transaction in which the draft of a bank file is posted as it was shown. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class StatementPosting {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /**
     * Posts a draft: its transactions become lines, rows that need review wait for a person. Nothing is credited yet; the lines to credit are
     * found by {@link BankTransactions#certain}, even if this process crashes.
     *
     * @param version the version of the draft that was shown
     * @param isAcknowledged whether the person has confirmed that differing sums are acceptable
     * @throws NotFoundException if there is no such file
     */
    public PostOutcome post(UUID id, int version, boolean isAcknowledged) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var locks = new ImportLocks(sql);
        locks.lockPosting();
        var importStatus = locks.lock(id);
        if (importStatus.state() == State.POSTED) {
            return new PostOutcome.Posted(id);
        }
        if (!importStatus.isDraft(version)) {
            return new PostOutcome.Changed();
        }
        if (importStatus.isRefused() || importStatus.rows() == 0) {
            return new PostOutcome.Nothing();
        }
        if (importStatus.differs() && !isAcknowledged) {
            return new PostOutcome.NotAcknowledged();
        }
        var rows = new DraftRows(sql);
        var shown = rows.of(id);
        var now = new ImportPlan(sql).of(shown.stream().map(DraftRow::row).toList(), new ImportFigures(sql).isHeld(id));
        rows.replan(shown, now);
        var fresh = insertLines(id);
        sql.update("""
            update bank_import
               set state = 'POSTED', new_lines = ?, posted_at = ?, posted_by = ?, acknowledged = ?, content = null, samples = '{}'
             where id = ?
            """, fresh, clock.instant(), Actors.require().name(), importStatus.differs() && isAcknowledged, id);
        audit.record("bank.imported", "bank_import", id.toString(), facts(id, importStatus, fresh));
        return new PostOutcome.Posted(id);
    }

    /** Turns a file's transactions into lines with the ids of their rows, and lets rows that need review wait. Returns the number of lines. */
    private int insertLines(UUID importId) {
        var fresh = sql.update("""
            insert into bank_transaction (id, import_id, position, account, key, reference_key, booked_on, amount, currency, payer, iban, purpose,
                                   state, match_reason, proposed_id, counter_id)
            select r.id, r.import_id, r.position, r.account, r.key, r.reference_key, r.booked_on, r.amount, r.currency, r.payer, r.iban, r.purpose,
                   case r.plan when 'OUTGOING' then 'IGNORED' else 'OPEN' end, r.match_reason, r.organization_id, r.counter_id
              from bank_row r
             where r.import_id = ? and r.plan in ('CREDIT', 'ASSIGN', 'OUTGOING')
             order by r.account, r.key
                on conflict on constraint bank_transaction_once_uq do nothing
            """, importId);
        sql.update("""
            update bank_row r set line_id = l.id from bank_transaction l where r.import_id = ? and l.import_id = r.import_id and l.id = r.id
            """, importId);
        sql.update("""
            update bank_row set plan = 'KNOWN', match_reason = null, organization_id = null, counter_id = null
             where import_id = ? and plan in ('CREDIT', 'ASSIGN', 'OUTGOING') and line_id is null
            """, importId);
        sql.update("update bank_row set review = 'OPEN' where import_id = ? and plan = 'REVIEW'", importId);
        return fresh;
    }

    private Map<String, Object> facts(UUID id, ImportStatus importStatus, int fresh) {
        var facts = new TreeMap<String, Object>();
        facts.put("file", importStatus.fileName());
        facts.put("lines", importStatus.rows());
        facts.put("new_lines", fresh);
        if (importStatus.differs()) {
            facts.put("totals", "differ");
        }
        sql.query(
                        "select plan, count(*)::int as n from bank_row where import_id = ? group by plan",
                        row -> Map.entry(row.text("plan"), row.whole("n")),
                        id)
                .forEach(entry -> facts.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
        return facts;
    }
}
