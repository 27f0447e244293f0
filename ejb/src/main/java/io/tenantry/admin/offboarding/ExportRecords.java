package io.tenantry.admin.offboarding;

import io.tenantry.config.Settings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The records of exports, each step a separate transaction. For {@link TenantExports}, which checks permissions, and {@link ExportWork}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ExportRecords {
    private static final int ATTEMPTS_MAX = 3;
    private static final int SHOWN = 10;

    private static final String COLUMNS = """
            id, tenant, state, requested_at, requested_by, started_at, ended_at, tables, tables_done, rows_read, node, file, bytes, sha256, error
            """;

    private static final String CLAIM = """
            update tenant_export e
               set state = 'RUNNING', node = ?, fence = e.fence + 1, attempts = e.attempts + 1,
                   lease_until = clock_timestamp() + interval '2 minutes',
                   started_at = clock_timestamp(), tables_done = 0, rows_read = 0
              from (select id
                      from tenant_export
                     where state = 'WAITING' and due_at <= clock_timestamp()
                        or state = 'RUNNING' and lease_until < clock_timestamp()
                     order by requested_at, id
                     limit 1
                       for update skip locked) next
             where e.id = next.id
            returning e.id, e.tenant, e.fence, e.attempts, e.requested_at
            """;

    private static final String PROGRESS = """
            update tenant_export
               set lease_until = clock_timestamp() + interval '2 minutes', tables_done = ?, tables = ?, rows_read = ?
             where id = ? and fence = ? and state = 'RUNNING'
            """;

    private static final String DONE = """
            update tenant_export
               set state = 'DONE', lease_until = null, ended_at = clock_timestamp(), error = null,
                   tables = ?, tables_done = ?, rows_read = ?, seen = ?, file = ?, bytes = ?, sha256 = ?
             where id = ? and fence = ? and state = 'RUNNING'
            """;

    private static final String FAILED = """
            update tenant_export
               set state = case when ? then 'WAITING' else 'FAILED' end, lease_until = null, error = ?,
                   due_at = clock_timestamp() + interval '1 minute' * attempts,
                   ended_at = case when ? then null::timestamptz else clock_timestamp() end
             where id = ? and fence = ? and state = 'RUNNING'
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    @Inject
    Settings settings;

    /** For the container. */
    public ExportRecords() {}

    /** For use outside a container. */
    ExportRecords(Sql sql, Clock clock, AuditTrail audit, Settings settings) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
        this.settings = settings;
    }

    /**
     * An export claimed by this node.
     *
     * @param fence the fencing number, which makes a late holder harmless: it rises with every claim
     * @param attempt the number of the attempt
     */
    public record Claim(UUID id, TenantId tenant, long fence, int attempt, Instant requestedAt) {
        boolean isLast() {
            return attempt >= ATTEMPTS_MAX;
        }

        boolean isTooMany() {
            return attempt > ATTEMPTS_MAX;
        }
    }

    /** Requests an export, unless one of that reseller is pending already; returns that one. */
    public Export request(TenantId tenant) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            var id = Ids.next(clock);
            var written = sql.update(
                    "insert into tenant_export (id, tenant, requested_by) values (?, ?, ?)"
                            + " on conflict (tenant) where state in ('WAITING', 'RUNNING') do nothing",
                    id,
                    tenant.value(),
                    Actors.require().name());
            if (written > 0) {
                audit.record("tenant.export_requested", "tenant", tenant.value(), Map.of("export", id));
            }
            return sql.one(
                    "select " + COLUMNS
                            + " from tenant_export where tenant = ? order by state in ('WAITING', 'RUNNING') desc, requested_at desc limit 1",
                    ExportRecords::export,
                    tenant.value());
        });
    }

    /** Returns the exports of a reseller, the latest first. */
    public List<Export> list(TenantId tenant) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.query(
                        "select " + COLUMNS
                                + " from tenant_export where tenant = ? order by requested_at desc, id desc limit ?",
                        ExportRecords::export,
                        tenant.value(),
                        SHOWN));
    }

    /** Returns one export of a reseller. */
    public Optional<Export> one(TenantId tenant, UUID id) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.first(
                        "select " + COLUMNS + " from tenant_export where tenant = ? and id = ?",
                        ExportRecords::export,
                        tenant.value(),
                        id));
    }

    /** Claims the next pending export that no live node is writing. */
    public Optional<Claim> claim() {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.first(
                        CLAIM,
                        row -> new Claim(
                                row.uuid("id"),
                                new TenantId(row.text("tenant")),
                                row.big("fence"),
                                row.whole("attempts"),
                                row.instant("requested_at")),
                        settings.node()));
    }

    /** Records the progress; returns false if another node has taken over. */
    public boolean progress(Claim claim, int done, int tables, long rows) {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> reported(claim, sql.update(PROGRESS, done, tables, rows, claim.id(), claim.fence()) == 1));
    }

    /** Records that the file is complete, and marks those of earlier exports for deletion; returns false if another node has taken over. */
    public boolean done(Claim claim, String file, ExportWriter.WrittenExport writtenExport) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            if (sql.update(
                            DONE,
                            writtenExport.tables(),
                            writtenExport.tables(),
                            writtenExport.rows(),
                            writtenExport.seen(),
                            file,
                            writtenExport.bytes(),
                            writtenExport.sha256(),
                            claim.id(),
                            claim.fence())
                    != 1) {
                return false;
            }
            sql.update(
                    "update tenant_export set state = 'REMOVED' where tenant = ? and state = 'DONE' and id <> ?",
                    claim.tenant().value(),
                    claim.id());
            var unused = reported(claim, true);
            audit.record(
                    "tenant.exported",
                    "tenant",
                    claim.tenant().value(),
                    Map.of("export", claim.id(), "rows", writtenExport.rows(), "sha256", writtenExport.sha256()));
            return true;
        });
    }

    /** Records a failed attempt, to be retried or not. */
    public void failed(Claim claim, String error, boolean again) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> reported(claim, sql.update(FAILED, again, error, again, claim.id(), claim.fence()) == 1));
    }

    /** Records a download. */
    public void downloaded(Export export) {
        Tenancy.in(Scope.PLATFORM, () -> {
            audit.record("tenant.export_downloaded", "tenant", export.tenant().value(), Map.of("export", export.id()));
            return true;
        });
    }

    /** Marks its file for deletion by the node that has it; returns false if there is none. */
    public boolean remove(Export export) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            if (sql.update("update tenant_export set state = 'REMOVED' where id = ? and state = 'DONE'", export.id())
                    != 1) {
                return false;
            }
            audit.record("tenant.export_deleted", "tenant", export.tenant().value(), Map.of("export", export.id()));
            return true;
        });
    }

    /** Marks expired files for deletion. */
    public int expire() {
        return Tenancy.in(Scope.PLATFORM, () -> {
            var expired = sql.query(
                    "update tenant_export set state = 'REMOVED' where state = 'DONE' and ended_at < clock_timestamp() - ?::interval returning "
                            + COLUMNS,
                    ExportRecords::export,
                    Export.KEPT.toString());
            expired.forEach(export -> audit.record(
                    "tenant.export_expired", "tenant", export.tenant().value(), Map.of("export", export.id())));
            return expired.size();
        });
    }

    /** Returns the exports whose file is to be deleted, by whichever node has it. */
    public List<Export> left() {
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.query(
                        "select " + COLUMNS + " from tenant_export where state = 'REMOVED' and file is not null",
                        ExportRecords::export));
    }

    /** Deletes error messages of a deleted reseller's exports, as they may quote its data. */
    public void forget(TenantId tenant) {
        Tenancy.in(
                Scope.PLATFORM,
                () -> sql.update(
                        "update tenant_export set error = null where tenant = ? and error is not null",
                        tenant.value()));
    }

    /** Whether this node wrote it. */
    public boolean isOfThisNode(Export export) {
        return export.node().filter(settings.node()::equals).isPresent();
    }

    /** Records that its file was deleted. */
    public void gone(Export export) {
        Tenancy.in(Scope.PLATFORM, () -> sql.update("update tenant_export set file = null where id = ?", export.id()));
    }

    /** Signals the change to operators' open pages. */
    private boolean reported(Claim claim, boolean isChanged) {
        if (isChanged) {
            Signals.publish(sql, Signal.Kind.WORK, claim.id());
        }
        return isChanged;
    }

    private static Export export(Row row) {
        return new Export(
                row.uuid("id"),
                new TenantId(row.text("tenant")),
                Export.State.valueOf(row.text("state")),
                row.instant("requested_at"),
                row.text("requested_by"),
                row.maybeInstant("started_at"),
                row.maybeInstant("ended_at"),
                row.whole("tables"),
                row.whole("tables_done"),
                row.big("rows_read"),
                row.maybeText("node"),
                row.maybeText("file"),
                row.maybeBig("bytes").orElse(0L),
                row.maybeText("sha256"),
                row.maybeText("error"));
    }
}
