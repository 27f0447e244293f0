package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.ImportPlan.PlanRow;
import io.tenantry.billing.bank.ImportPlan.PlannedRow;
import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.billing.bank.StatementImports.PostOutcome;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.billing.bank.statement.ReadDefaults;
import io.tenantry.billing.bank.statement.StatementFormat;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Transactions of a bank file import: storing it as a draft, reading it with other settings, posting it, discarding it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class StatementImportTransactions {
    /** Maximum number of files that wait to be posted. */
    static final int DRAFTS_MAX = 20;

    private static final int CHUNK = 1_000;
    private static final int NAME_MAX = 120;
    private static final int DETAIL_MAX = 200;
    private static final int PROFILES_MAX = 100;
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

    /**
     * The reseller's context for reading a file.
     *
     * @param names the configured names of columns
     */
    record ReaderContext(ReadDefaults defaults, Map<ColumnRole, String> names) {}

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

    /** Returns the context for reading files. */
    public ReaderContext context() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var seller = sql.first(
                "select iban, country from invoice_seller order by id desc limit 1",
                row -> Map.entry(row.text("iban"), row.text("country")));
        return new ReaderContext(
                new ReadDefaults(
                        seller.map(Map.Entry::getKey)
                                .filter(iban -> !iban.isEmpty())
                                .orElse("-"),
                        tenants.current().currency(),
                        seller.map(Map.Entry::getValue).orElse(""),
                        LocalDate.ofInstant(clock.instant(), tenants.current().zone())),
                ColumnNames.of(sql));
    }

    /** A saved mapping. */
    record SavedProfile(UUID id, String fingerprint, Map<String, String> settings) {}

    /** Returns the saved mappings, most recently changed first. */
    public List<SavedProfile> profiles() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return sql
                .query(
                        "select id, fingerprint from bank_profile order by changed_at desc limit ?",
                        row -> Map.entry(row.uuid("id"), row.text("fingerprint")),
                        PROFILES_MAX)
                .stream()
                .map(one -> new SavedProfile(
                        one.getKey(), one.getValue(), settings("bank_profile", "mapping", one.getKey())))
                .toList();
    }

    /**
     * Stores a file as a draft with the result of reading it; the same file twice is one draft.
     *
     * @return empty if too many files wait to be posted
     */
    public Optional<UUID> keep(String digest, ImportReading reading, Optional<UUID> profileId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        lock();
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
                insert into bank_import (id, file_name, format, lines, fresh, imported_at, imported_by, state, digest, size_bytes, content)
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
        var settings = settings("bank_import", "mapping", id);
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

    /** Returns the texts by name in a column of a row. */
    private Map<String, String> settings(String table, String column, UUID id) {
        var settings = new TreeMap<String, String>();
        sql.query(
                        "select e.key, e.value from " + table + " i cross join lateral jsonb_each_text(i." + column
                                + ") e where i.id = ?",
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
        var importStatus = locked(id);
        if (!importStatus.state().equals("DRAFT") || importStatus.version() != version) {
            return false;
        }
        deleteRows(id);
        sql.update("update bank_import set version = version + 1 where id = ?", id);
        write(id, reading, profileId);
        return true;
    }

    /**
     * Records that a draft cannot be read with the given settings; its known columns are kept.
     *
     * @return false if it was changed, posted or discarded in the meantime
     */
    public boolean refuse(UUID id, int version, Map<String, String> settings, StatementProblem problem) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var importStatus = locked(id);
        if (!importStatus.state().equals("DRAFT") || importStatus.version() != version) {
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
        var planned = new ImportPlan(sql)
                .of(
                        rows.stream()
                                .map(row -> new PlanRow(
                                        row.kind(), row.account(), row.key(), row.referenceKey(), row.payment(id)))
                                .toList(),
                        reading.statement()
                                .filter(read -> ImportFigures.isHeld(read, rows))
                                .isPresent());
        insert(id, rows, planned);
        reading.statement().ifPresent(read -> new ImportFigures(sql).insert(id, read));
    }

    private void insert(UUID importId, List<FileRow> rows, List<PlannedRow> planned) {
        var batch = new ArrayList<@Nullable Object[]>();
        for (var at = 0; at < rows.size(); at++) {
            var row = rows.get(at);
            var plan = planned.get(at);
            batch.add(new @Nullable Object[] {
                Ids.next(clock),
                importId,
                at + 1,
                row.lineNumber(),
                row.kind(),
                row.reason(),
                row.detail(),
                row.raw(),
                row.account(),
                row.key(),
                row.referenceKey(),
                row.bookedOn().orElse(null),
                row.amount().orElse(null),
                row.currency().orElse(null),
                row.payer(),
                row.iban(),
                row.words(),
                plan.plan(),
                plan.why().orElse(null),
                plan.organizationId().orElse(null),
                plan.counterId().orElse(null)
            });
            if (batch.size() == CHUNK) {
                insert(batch);
            }
        }
        insert(batch);
    }

    private void insert(List<@Nullable Object[]> batch) {
        if (!batch.isEmpty()) {
            sql.batch("""
                    insert into bank_row (id, import_id, position, line_number, kind, reason, detail, raw, account, key, reference_key, booked_on, amount,
                                          currency, payer, iban, words, plan, why, organization_id, counter_id)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, List.copyOf(batch));
            batch.clear();
        }
    }

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
        lock();
        var importStatus = locked(id);
        switch (importStatus.state()) {
            case "POSTED" -> {
                return new PostOutcome.Posted(id);
            }
            case "DISCARDED" -> {
                return new PostOutcome.Changed();
            }
            default -> {
                if (importStatus.version() != version) {
                    return new PostOutcome.Changed();
                }
            }
        }
        if (importStatus.isRefused() || importStatus.rows() == 0) {
            return new PostOutcome.Nothing();
        }
        if (importStatus.differs() && !isAcknowledged) {
            return new PostOutcome.NotAcknowledged();
        }
        var shown = rows(id);
        var now = new ImportPlan(sql).of(shown.stream().map(DraftRow::row).toList(), new ImportFigures(sql).isHeld(id));
        var changed = new ArrayList<@Nullable Object[]>();
        for (var at = 0; at < shown.size(); at++) {
            var plannedRow = shown.get(at).plannedRow().atMostShown(now.get(at));
            if (!plannedRow.equals(shown.get(at).plannedRow())) {
                changed.add(new @Nullable Object[] {
                    plannedRow.plan(),
                    plannedRow.why().orElse(null),
                    plannedRow.organizationId().orElse(null),
                    plannedRow.counterId().orElse(null),
                    shown.get(at).id()
                });
            }
        }
        sql.batch("update bank_row set plan = ?, why = ?, organization_id = ?, counter_id = ? where id = ?", changed);
        var fresh = insertLines(id);
        sql.update("""
                update bank_import
                   set state = 'POSTED', fresh = ?, posted_at = ?, posted_by = ?, acknowledged = ?, content = null, samples = '{}'
                 where id = ?
                """, fresh, clock.instant(), Actors.require().name(), importStatus.differs() && isAcknowledged, id);
        audit.record("bank.imported", "bank_import", id.toString(), facts(id, importStatus, fresh));
        return new PostOutcome.Posted(id);
    }

    /** Turns a file's transactions into lines with the ids of their rows, and lets rows that need review wait. Returns the number of lines. */
    private int insertLines(UUID importId) {
        var fresh = sql.update("""
                insert into bank_transaction (id, import_id, position, account, key, reference_key, booked_on, amount, currency, payer, iban, words,
                                       state, why, proposed_id, counter_id)
                select r.id, r.import_id, r.position, r.account, r.key, r.reference_key, r.booked_on, r.amount, r.currency, r.payer, r.iban, r.words,
                       case r.plan when 'OUTGOING' then 'IGNORED' else 'OPEN' end, r.why, r.organization_id, r.counter_id
                  from bank_row r
                 where r.import_id = ? and r.plan in ('CREDIT', 'ASSIGN', 'OUTGOING')
                 order by r.account, r.key
                    on conflict on constraint bank_transaction_once_uq do nothing
                """, importId);
        sql.update("""
                update bank_row r set line_id = l.id from bank_transaction l where r.import_id = ? and l.import_id = r.import_id and l.id = r.id
                """, importId);
        sql.update("""
                update bank_row set plan = 'KNOWN', why = null, organization_id = null, counter_id = null
                 where import_id = ? and plan in ('CREDIT', 'ASSIGN', 'OUTGOING') and line_id is null
                """, importId);
        sql.update("update bank_row set review = 'OPEN' where import_id = ? and plan = 'REVIEW'", importId);
        return fresh;
    }

    private Map<String, Object> facts(UUID id, ImportStatus importStatus, int fresh) {
        var facts = new TreeMap<String, Object>();
        facts.put("file", importStatus.fileName());
        facts.put("lines", importStatus.rows());
        facts.put("fresh", fresh);
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
        var importStatus = locked(id);
        if (!importStatus.state().equals("DRAFT")) {
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

    /** Serializes the posting of files. */
    private void lock() {
        sql.query(
                "select 1 as one from (select pg_advisory_xact_lock(?, hashtext(current_schema()))) l",
                row -> row.whole("one"),
                AdvisoryLock.BANK_POSTING.space());
    }

    private record ImportStatus(
            String state, int version, String fileName, boolean isRefused, int rows, boolean differs) {}

    private ImportStatus locked(UUID id) {
        sql.query("select id from bank_import where id = ? for update", row -> row.uuid("id"), id);
        return sql.first(
                        """
                        select i.state, i.version, i.file_name, i.problem is not null as refused, i.lines,
                               exists (select from bank_import_figure t where t.import_id = i.id and t.reported <> t.computed) as differs
                          from bank_import i
                         where i.id = ?
                        """,
                        row -> new ImportStatus(
                                row.text("state"),
                                row.whole("version"),
                                row.text("file_name"),
                                row.flag("refused"),
                                row.whole("lines"),
                                row.flag("differs")),
                        id)
                .orElseThrow(() -> new NotFoundException("bank import", id));
    }

    private record DraftRow(UUID id, PlanRow row, PlannedRow plannedRow) {}

    private List<DraftRow> rows(UUID importId) {
        return sql.query(
                "select * from bank_row where import_id = ? order by position",
                row -> new DraftRow(
                        row.uuid("id"),
                        new PlanRow(
                                RowKind.valueOf(row.text("kind")),
                                row.text("account"),
                                row.text("key"),
                                row.text("reference_key"),
                                row.maybeDate("booked_on").isPresent()
                                                && row.maybeDecimal("amount").isPresent()
                                                && row.maybeText("currency").isPresent()
                                        ? Optional.of(payment(importId, row))
                                        : Optional.empty()),
                        new PlannedRow(
                                RowPlan.valueOf(row.text("plan")),
                                row.maybeText("why").map(MatchReason::valueOf),
                                row.maybeUuid("organization_id"),
                                row.maybeUuid("counter_id"))),
                importId);
    }

    private static Payment payment(UUID importId, Row row) {
        return new Payment(
                importId,
                row.date("booked_on"),
                new Money(row.decimal("amount"), Currency.getInstance(row.text("currency"))),
                row.text("payer"),
                row.text("iban"),
                row.text("words"));
    }
}
