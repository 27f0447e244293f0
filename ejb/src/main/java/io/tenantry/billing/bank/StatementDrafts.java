package io.tenantry.billing.bank;

import io.tenantry.billing.bank.ImportPlan.PlanRow;
import io.tenantry.billing.bank.StatementImports.State;
import io.tenantry.billing.bank.UploadReader.ReaderContext;
import io.tenantry.billing.bank.statement.ReadDefaults;
import io.tenantry.billing.bank.statement.StatementFormat;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Transactions of drafts of bank files: storing a file, reading it with other settings, discarding it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class StatementDrafts {
    /** Maximum number of files that wait to be posted. */
    static final int DRAFTS_MAX = 20;

    private static final int NAME_MAX = 120;
    private static final int DETAIL_MAX = 200;
    private static final Duration DRAFT_KEPT = Duration.ofDays(14);
    private static final Duration DISCARDED_KEPT = Duration.ofDays(90);

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    /**
     * The file of a draft and its settings for reading.
     *
     * @param version increases with each change of how it is read
     */
    record Draft(String fileName, StatementFormat format, int version, byte[] content, Map<String, String> settings) {}

    /** Returns the draft of the same file, if there is one. */
    public Optional<UUID> openDraft(String digest) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return sql.first(
                "select id from bank_import where digest = ? and state = 'DRAFT' order by imported_at limit 1",
                row -> row.uuid("id"),
                digest);
    }

    /** Returns the digests of those files that were posted before. */
    public Set<String> posted(Set<String> digests) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return Set.copyOf(sql.query(
                "select distinct digest from bank_import where digest = any (?) and state = 'POSTED'",
                row -> row.text("digest"),
                (Object) digests.toArray(String[]::new)));
    }

    private record Seller(String name, String iban, String country) {}

    /** Returns the context for reading files. */
    public ReaderContext context() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var seller = sql.first(
                "select name, iban, country from invoice_seller order by id desc limit 1",
                row -> new Seller(row.text("name"), row.text("iban"), row.text("country")));
        return new ReaderContext(
                new ReadDefaults(
                        seller.map(Seller::iban).filter(iban -> !iban.isEmpty()).orElse("-"),
                        tenants.current().currency(),
                        seller.map(Seller::country).orElse(""),
                        LocalDate.ofInstant(clock.instant(), tenants.current().zone()),
                        ownAccounts(),
                        seller.map(known -> Set.of(known.name())).orElse(Set.of())),
                ColumnNames.of(sql));
    }

    /** Returns the reseller's accounts in the settings, also former ones, and those of earlier statements; by steps over the index. */
    private Set<String> ownAccounts() {
        return Set.copyOf(sql.query("""
                with recursive known (account) as (
                    (select account from bank_transaction order by account limit 1)
                     union all
                    select (select l.account from bank_transaction l where l.account > k.account order by l.account limit 1)
                      from known k
                     where k.account is not null)
                select account from known where account is not null and account <> '-'
                 union
                select iban from invoice_seller where iban <> ''
                """, row -> row.text("account")));
    }

    /**
     * Stores a file as a draft with the result of reading it; the same file twice is one draft.
     *
     * @return empty if too many files wait to be posted
     */
    public Optional<UUID> keep(String digest, ImportReading reading, Optional<UUID> profileId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        new ImportLocks(sql).lockPosting();
        var known = openDraft(digest);
        if (known.isPresent()) {
            return known;
        }
        var waiting =
                sql.one("select count(*)::int as n from bank_import where state = 'DRAFT'", row -> row.whole("n"));
        if (waiting >= DRAFTS_MAX) {
            return Optional.empty();
        }
        var id = Ids.next(clock);
        var file = reading.file();
        sql.update(
                """
                insert into bank_import (id, file_name, format, lines, new_lines, imported_at, imported_by, state, digest, size_bytes, content)
                values (?, ?, ?, 0, 0, ?, ?, 'DRAFT', ?, ?, ?)
                """,
                id,
                FileText.line(file.name(), NAME_MAX),
                file.format(),
                clock.instant(),
                Actors.require().name(),
                digest,
                file.content().length,
                file.content());
        write(id, reading, profileId);
        audit.record(
                "bank.file_uploaded",
                "bank_import",
                id.toString(),
                Map.of("file", FileText.line(file.name(), NAME_MAX), "sha256", digest));
        return Optional.of(id);
    }

    /**
     * Returns the draft that is to be read with other settings; empty if it was posted or discarded.
     *
     * @throws NotFoundException if there is no such file
     */
    public Optional<Draft> draft(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var settings = settings(id);
        return sql.first(
                        "select * from bank_import where id = ?",
                        row -> row.maybeBytes("content")
                                .map(content -> new Draft(
                                        row.text("file_name"),
                                        StatementFormat.valueOf(row.text("format")),
                                        row.whole("version"),
                                        content,
                                        settings)),
                        id)
                .orElseThrow(() -> new NotFoundException("bank import", id));
    }

    private Map<String, String> settings(UUID id) {
        var settings = new TreeMap<String, String>();
        sql.query(
                        "select e.key, e.value from bank_import i cross join lateral jsonb_each_text(i.mapping) e"
                                + " where i.id = ?",
                        row -> Map.entry(row.text("key"), row.text("value")),
                        id)
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
        return settings;
    }

    /**
     * Replaces the content of a draft by the result of reading it with other settings.
     *
     * @param version the version of the draft that was shown
     * @return false if it was changed, posted or discarded in the meantime
     */
    public boolean reread(UUID id, int version, ImportReading reading, Optional<UUID> profileId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        if (!new ImportLocks(sql).lock(id).isDraft(version)) {
            return false;
        }
        var before = settings(id).getOrDefault(ProfileSettings.ACCEPTED_LINES, "");
        deleteRows(id);
        sql.update("update bank_import set version = version + 1 where id = ?", id);
        write(id, reading, profileId);
        var accepted = reading.settings().getOrDefault(ProfileSettings.ACCEPTED_LINES, "");
        if (!accepted.equals(before)) {
            audit.record(
                    "bank.lines_accepted", "bank_import", id.toString(), Map.of("before", before, "lines", accepted));
        }
        return true;
    }

    /**
     * Records that a draft cannot be read with the given settings; its known columns are kept.
     *
     * @return false if it was changed, posted or discarded in the meantime
     */
    public boolean refuse(UUID id, int version, Map<String, String> settings, StatementProblem problem) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        if (!new ImportLocks(sql).lock(id).isDraft(version)) {
            return false;
        }
        deleteRows(id);
        var stated = new TreeMap<>(settings);
        sql.update(
                """
                update bank_import
                   set version = version + 1, lines = 0, problem = ?, problem_line = ?, problem_detail = ?, profile_id = null,
                       mapping = jsonb_object(cast(? as text[]), cast(? as text[]))
                 where id = ?
                """,
                problem.reason(),
                problem.line(),
                FileText.line(problem.detail(), DETAIL_MAX),
                stated.keySet().toArray(String[]::new),
                stated.values().toArray(String[]::new),
                id);
        return true;
    }

    private void deleteRows(UUID id) {
        sql.update("delete from bank_row where import_id = ?", id);
        sql.update("delete from bank_import_total where import_id = ?", id);
        sql.update("delete from bank_import_figure where import_id = ?", id);
    }

    private void write(UUID id, ImportReading reading, Optional<UUID> profileId) {
        var rows = reading.statement().map(read -> FileRow.of(read.rows())).orElse(List.of());
        var understood = reading.understood();
        var problem = reading.problem();
        sql.update(
                """
                update bank_import
                   set lines = ?, fingerprint = ?, header = ?, samples = ?, problem = ?, problem_line = ?, problem_detail = ?, profile_id = ?,
                       layout = jsonb_object(cast(? as text[]), cast(? as text[])),
                       mapping = jsonb_object(cast(? as text[]), cast(? as text[]))
                 where id = ?
                """,
                rows.size(),
                reading.fingerprint(),
                reading.header().toArray(String[]::new),
                reading.samples().toArray(String[]::new),
                problem.map(StatementProblem::reason).orElse(null),
                problem.map(StatementProblem::line).orElse(null),
                problem.map(one -> FileText.line(one.detail(), DETAIL_MAX)).orElse(null),
                profileId.orElse(null),
                understood.keySet().toArray(String[]::new),
                understood.values().toArray(String[]::new),
                new TreeMap<>(reading.settings()).keySet().toArray(String[]::new),
                new TreeMap<>(reading.settings()).values().toArray(String[]::new),
                id);
        var plannedRow = new ImportPlan(sql)
                .of(
                        rows.stream()
                                .map(row -> new PlanRow(
                                        row.kind(), row.account(), row.key(), row.referenceKey(), row.payment(id)))
                                .toList(),
                        reading.statement()
                                .filter(read -> ImportFigures.isHeld(read, rows))
                                .isPresent());
        new DraftRows(sql).insert(id, rows, plannedRow, clock);
        reading.statement().ifPresent(read -> new ImportFigures(sql).insert(id, read));
    }

    /**
     * Discards a draft: nothing of it is posted, and the file is deleted.
     *
     * @return false if it was already posted or discarded
     * @throws NotFoundException if there is no such file
     */
    public boolean discard(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return discardDraft(id);
    }

    private boolean discardDraft(UUID id) {
        var importStatus = new ImportLocks(sql).lock(id);
        if (importStatus.state() != State.DRAFT) {
            return false;
        }
        deleteRows(id);
        sql.update("update bank_import set state = 'DISCARDED', content = null, samples = '{}' where id = ?", id);
        audit.record("bank.file_discarded", "bank_import", id.toString(), Map.of("file", importStatus.fileName()));
        return true;
    }

    /** Discards drafts that were not posted within two weeks, and deletes discarded ones after three months. Returns their number. */
    public int expire() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var old = sql.query(
                "select id from bank_import where state = 'DRAFT' and imported_at < ? order by id",
                row -> row.uuid("id"),
                clock.instant().minus(DRAFT_KEPT));
        old.forEach(this::discardDraft);
        return old.size()
                + sql.update(
                        "delete from bank_import where state = 'DISCARDED' and imported_at < ?",
                        clock.instant().minus(DISCARDED_KEPT));
    }
}
