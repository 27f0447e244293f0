package io.tenantry.bank;

import io.tenantry.audit.AuditTrail;
import io.tenantry.bank.BankLines.Why;
import io.tenantry.bank.ImportPlan.PlanRow;
import io.tenantry.bank.ImportPlan.Planned;
import io.tenantry.bank.PaymentMatcher.Payment;
import io.tenantry.bank.StatementContent.ContentRow;
import io.tenantry.bank.StatementContent.ContentTotal;
import io.tenantry.bank.StatementContent.Kind;
import io.tenantry.bank.StatementImports.Outcome;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The transactions of importing a bank file: keeping it as a draft, reading it otherwise, posting it, discarding it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class StatementImportTransactions {
    /** So many files may wait to be posted. */
    static final int DRAFTS_MAX = 20;

    private static final int CHUNK = 1_000;
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

    /** The file of a draft and how it is read. */
    record Draft(UUID id, int version, byte[] content, String fileName, Map<String, String> mapping) {}

    /** A file that was uploaded: its name, SHA-256 in hexadecimal digits, and bytes. */
    record UploadedFile(String name, String digest, byte[] content) {}

    /** The draft of the very same file, if one waits. */
    public Optional<UUID> openDraft(String digest) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        return sql.first(
                "select id from bank_import where digest = ? and state = 'DRAFT' order by imported_at limit 1",
                row -> row.uuid("id"),
                digest);
    }

    /**
     * Keeps a file as a draft with what was read of it.
     *
     * @return empty if too many files wait to be posted
     */
    public Optional<UUID> keep(UploadedFile file, StatementContent content, Optional<UUID> profileId) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        lock();
        var known = openDraft(file.digest());
        if (known.isPresent()) {
            return known;
        }
        var waiting = sql.one(
                "select count(*)::int as n from bank_import where state = 'DRAFT'", row -> row.whole("n"));
        if (waiting >= DRAFTS_MAX) {
            return Optional.empty();
        }
        var id = Ids.next(clock);
        sql.update(
                """
                insert into bank_import (id, file_name, format, lines, fresh, imported_at, imported_by, state, digest, size_bytes, content)
                values (?, ?, ?, 0, 0, ?, ?, 'DRAFT', ?, ?, ?)
                """,
                id,
                file.name(),
                content.format(),
                clock.instant(),
                Actors.require().name(),
                file.digest(),
                file.content().length,
                file.content());
        write(id, content, profileId);
        audit.record(
                "bank.file_uploaded",
                "bank_import",
                id.toString(),
                Map.of("file", file.name(), "sha256", file.digest(), "rows", content.rows().size()));
        return Optional.of(id);
    }

    /**
     * The draft that is to be read otherwise.
     *
     * @throws NotVisible if there is no such file
     */
    public Optional<Draft> draft(UUID id) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        return sql.first(
                        "select * from bank_import where id = ?",
                        row -> row.maybeBytes("content")
                                .map(bytes -> new Draft(
                                        id, row.whole("version"), bytes, row.text("file_name"), mapping(id))),
                        id)
                .orElseThrow(() -> new NotVisible("bank import", id));
    }

    private Map<String, String> mapping(UUID id) {
        var mapping = new TreeMap<String, String>();
        sql.query(
                        "select e.key, e.value from bank_import i cross join lateral jsonb_each_text(i.mapping) e where i.id = ?",
                        row -> Map.entry(row.text("key"), row.text("value")),
                        id)
                .forEach(entry -> mapping.put(entry.getKey(), entry.getValue()));
        return mapping;
    }

    /**
     * Replaces what was read of a draft by what was read with another mapping.
     *
     * @param version of the draft that was looked at
     * @return false if it was changed, posted or discarded meanwhile
     */
    public boolean reread(UUID id, int version, StatementContent content, Optional<UUID> profileId) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var standing = locked(id);
        if (!standing.state().equals("DRAFT") || standing.version() != version) {
            return false;
        }
        sql.update("delete from bank_row where import_id = ?", id);
        sql.update("delete from bank_import_total where import_id = ?", id);
        sql.update("update bank_import set version = version + 1 where id = ?", id);
        write(id, content, profileId);
        return true;
    }

    private void write(UUID id, StatementContent content, Optional<UUID> profileId) {
        sql.update(
                """
                update bank_import
                   set format = ?, bank = ?, encoding = ?, fingerprint = ?, lines = ?, refusal = ?, refusal_detail = ?, profile_id = ?,
                       mapping = jsonb_object(cast(? as text[]), cast(? as text[]))
                 where id = ?
                """,
                content.format(),
                content.bank(),
                content.encoding(),
                content.fingerprint(),
                content.rows().size(),
                content.refusal().map(StatementContent.Refusal::reason).orElse(null),
                content.refusal().map(StatementContent.Refusal::detail).orElse(""),
                profileId.orElse(null),
                content.mapping().keySet().toArray(String[]::new),
                content.mapping().values().toArray(String[]::new),
                id);
        var keys = LineKeys.ofRows(content.rows());
        var rows = new ArrayList<PlanRow>();
        for (var at = 0; at < content.rows().size(); at++) {
            var row = content.rows().get(at);
            rows.add(new PlanRow(
                    row.kind(),
                    row.line().map(Statement.Line::account).orElse(""),
                    keys.get(at),
                    row.line()
                            .filter(line -> row.kind() == Kind.TRANSACTION)
                            .map(line -> ImportPlan.payment(id, line))));
        }
        var planned = new ImportPlan(sql).of(rows, isHeld(content));
        insert(id, content.rows(), keys, planned);
        content.totals().forEach(total -> insert(id, total));
    }

    /**
     * Whether the file's own sums contradict what was read and no row that needs review explains it: then the file is not what it seems, and no
     * money of it moves without a person.
     */
    private static boolean isHeld(StatementContent content) {
        return content.totals().stream().anyMatch(ContentTotal::differs)
                && content.rows().stream().noneMatch(row -> row.kind() == Kind.REVIEW);
    }

    private void insert(UUID importId, List<ContentRow> rows, List<String> keys, List<Planned> planned) {
        var batch = new ArrayList<@Nullable Object[]>();
        for (var at = 0; at < rows.size(); at++) {
            var row = rows.get(at);
            var line = row.line();
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
                line.map(Statement.Line::account).orElse(""),
                keys.get(at),
                row.bookedOn().orElse(null),
                row.amount().orElse(null),
                row.currency().orElse(null),
                line.map(Statement.Line::payer).orElse(""),
                line.map(Statement.Line::iban).orElse(""),
                line.map(Statement.Line::words).orElse(""),
                plan.plan(),
                plan.why().orElse(null),
                plan.organizationId().orElse(null)
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
                    insert into bank_row (id, import_id, position, line_number, kind, reason, detail, raw, account, key, booked_on, amount,
                                          currency, payer, iban, words, plan, why, organization_id)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, List.copyOf(batch));
            batch.clear();
        }
    }

    private void insert(UUID importId, ContentTotal total) {
        sql.update(
                """
                insert into bank_import_total (import_id, account, currency, incoming_count, incoming, outgoing_count, outgoing,
                                               stated_incoming_count, stated_incoming, stated_outgoing_count, stated_outgoing, opening,
                                               closing, differs)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                importId,
                total.account(),
                total.currency(),
                total.incomingCount(),
                total.incoming(),
                total.outgoingCount(),
                total.outgoing(),
                total.statedIncomingCount().orElse(null),
                total.statedIncoming().orElse(null),
                total.statedOutgoingCount().orElse(null),
                total.statedOutgoing().orElse(null),
                total.opening().orElse(null),
                total.closing().orElse(null),
                total.differs());
    }

    /**
     * Posts a draft: its transactions become lines, rows that need review wait for a person. Nothing is credited yet; the lines that are to be
     * credited are found by {@link BankLines#certain}, whether this process lives or not.
     *
     * @param version of the draft that was shown
     * @param isAcknowledged whether the person has confirmed that sums which differ are all right
     * @throws NotVisible if there is no such file
     */
    public Outcome post(UUID id, int version, boolean isAcknowledged) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        lock();
        var standing = locked(id);
        switch (standing.state()) {
            case "POSTED" -> {
                return new Outcome.Posted(id);
            }
            case "DISCARDED" -> {
                return new Outcome.Changed();
            }
            default -> {
                if (standing.version() != version) {
                    return new Outcome.Changed();
                }
            }
        }
        if (standing.isRefused() || standing.rows() == 0) {
            return new Outcome.Nothing();
        }
        if (standing.differs() && !isAcknowledged) {
            return new Outcome.NotAcknowledged();
        }
        var shown = rows(id);
        var now = new ImportPlan(sql).of(shown.stream().map(DraftRow::row).toList(), standing.isHeld());
        var fresh = 0;
        var counts = new EnumMap<RowPlan, Integer>(RowPlan.class);
        for (var at = 0; at < shown.size(); at++) {
            var done = post(id, shown.get(at), shown.get(at).planned().atMostShown(now.get(at)));
            counts.merge(done, 1, Integer::sum);
            fresh += isFresh(done) ? 1 : 0;
        }
        sql.update(
                """
                update bank_import
                   set state = 'POSTED', fresh = ?, posted_at = ?, posted_by = ?, acknowledged = ?, content = null
                 where id = ?
                """,
                fresh,
                clock.instant(),
                Actors.require().name(),
                standing.differs() && isAcknowledged,
                id);
        var facts = new TreeMap<String, Object>();
        facts.put("file", standing.fileName());
        facts.put("lines", shown.size());
        facts.put("fresh", fresh);
        counts.forEach((plan, count) -> facts.put(plan.name().toLowerCase(java.util.Locale.ROOT), count));
        if (standing.differs()) {
            facts.put("totals", "differ");
        }
        audit.record("bank.imported", "bank_import", id.toString(), facts);
        return new Outcome.Posted(id);
    }

    private static boolean isFresh(RowPlan plan) {
        return plan == RowPlan.CREDIT || plan == RowPlan.ASSIGN || plan == RowPlan.OUTGOING;
    }

    /** Writes what a row becomes, in the order of the file; files are posted one at a time, so the same line of two files is met by the second. */
    private RowPlan post(UUID importId, DraftRow row, Planned planned) {
        if (!isFresh(planned.plan())) {
            sql.update(
                    "update bank_row set plan = ?, review = ? where id = ?",
                    planned.plan(),
                    planned.plan() == RowPlan.REVIEW ? "OPEN" : null,
                    row.id());
            return planned.plan();
        }
        var line = sql.first(
                """
                insert into bank_line (id, import_id, position, account, key, booked_on, amount, currency, payer, iban, words, state, why,
                                       proposed_id)
                select ?, r.import_id, r.position, r.account, r.key, r.booked_on, r.amount, r.currency, r.payer, r.iban, r.words, ?, ?, ?
                  from bank_row r
                 where r.id = ?
                    on conflict on constraint bank_line_once_uq do nothing
                returning id
                """,
                result -> result.uuid("id"),
                Ids.next(clock),
                planned.plan() == RowPlan.OUTGOING ? BankLines.State.SET_ASIDE : BankLines.State.OPEN,
                planned.why().orElseThrow(),
                planned.organizationId().orElse(null),
                row.id());
        var plan = line.isPresent() ? planned.plan() : RowPlan.KNOWN;
        sql.update(
                "update bank_row set plan = ?, why = ?, organization_id = ?, line_id = ? where id = ?",
                plan,
                line.isPresent() ? planned.why().orElseThrow() : null,
                line.isPresent() ? planned.organizationId().orElse(null) : null,
                line.orElse(null),
                row.id());
        return plan;
    }

    /**
     * Discards a draft: nothing of it is posted, and the file is deleted.
     *
     * @return false if it was posted or discarded before
     * @throws NotVisible if there is no such file
     */
    public boolean discard(UUID id) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var standing = locked(id);
        if (!standing.state().equals("DRAFT")) {
            return false;
        }
        sql.update("delete from bank_row where import_id = ?", id);
        sql.update("delete from bank_import_total where import_id = ?", id);
        sql.update("update bank_import set state = 'DISCARDED', content = null where id = ?", id);
        audit.record("bank.file_discarded", "bank_import", id.toString(), Map.of("file", standing.fileName()));
        return true;
    }

    /** Discards drafts that nobody posted for two weeks, and forgets discarded ones after three months; how many. */
    public int expire() {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var old = sql.query(
                "select id from bank_import where state = 'DRAFT' and imported_at < ? order by id",
                row -> row.uuid("id"),
                clock.instant().minus(DRAFT_KEPT));
        old.forEach(this::discard);
        return old.size()
                + sql.update(
                        "delete from bank_import where state = 'DISCARDED' and imported_at < ?",
                        clock.instant().minus(DISCARDED_KEPT));
    }

    /** Files are posted one after the other. */
    private void lock() {
        sql.query(
                "select 1 as one from (select pg_advisory_xact_lock(?, hashtext(current_schema()))) l",
                row -> row.whole("one"),
                AdvisoryLock.BANK_POSTING.space());
    }

    private record Standing(
            String state, int version, String fileName, boolean isRefused, int rows, boolean differs, boolean isHeld) {}

    private Standing locked(UUID id) {
        sql.query("select id from bank_import where id = ? for update", row -> row.uuid("id"), id);
        return sql.first(
                        """
                        select i.state, i.version, i.file_name, i.refusal is not null as refused, i.lines,
                               exists (select from bank_import_total t where t.import_id = i.id and t.differs) as differs,
                               exists (select from bank_row r where r.import_id = i.id and r.kind = 'REVIEW') as reviewed
                          from bank_import i
                         where i.id = ?
                        """,
                        row -> new Standing(
                                row.text("state"),
                                row.whole("version"),
                                row.text("file_name"),
                                row.flag("refused"),
                                row.whole("lines"),
                                row.flag("differs"),
                                row.flag("differs") && !row.flag("reviewed")),
                        id)
                .orElseThrow(() -> new NotVisible("bank import", id));
    }

    private record DraftRow(UUID id, PlanRow row, Planned planned) {}

    private List<DraftRow> rows(UUID importId) {
        return sql.query(
                "select * from bank_row where import_id = ? order by position",
                row -> new DraftRow(
                        row.uuid("id"),
                        new PlanRow(
                                Kind.valueOf(row.text("kind")),
                                row.text("account"),
                                row.text("key"),
                                row.text("kind").equals(Kind.TRANSACTION.name())
                                        ? Optional.of(payment(importId, row))
                                        : Optional.empty()),
                        new Planned(
                                RowPlan.valueOf(row.text("plan")),
                                row.maybeText("why").map(Why::valueOf),
                                row.maybeUuid("organization_id"))),
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
