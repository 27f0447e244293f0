package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.Customer;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.UploadReader.Upload;
import io.tenantry.billing.bank.statement.StatementFile;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.billing.bank.statement.StatementReader;
import io.tenantry.billing.bank.statement.UnreadableStatement;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Imports bank statement files: a file is stored as a draft, previewed, and posted after a person has confirmed exactly that preview. Files are
 * read outside of transactions; each step that writes is one of {@link StatementImportTransactions}; credits follow the posting one by one,
 * each in a separate transaction, so that no wallet is locked for long.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StatementImports {
    /** Maximum size of an uploaded file in bytes. */
    public static final int BYTES_MAX = 4_000_000;

    private static final Logger LOG = System.getLogger(StatementImports.class.getName());
    private static final int CREDITS_MAX = 50_000;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    StatementImportTransactions transactions;

    @Inject
    BankTransactions lines;

    /** Outcome of an upload. */
    public sealed interface UploadOutcome {
        /**
         * Drafts were stored, one for each statement in the file.
         *
         * @param known the number of statements of an archive that were posted before, and are skipped
         * @param left the number of statements that were not stored, because too many files wait
         */
        record Saved(List<UUID> imports, int known, int left) implements UploadOutcome {
            /** Whether the file contained exactly one statement, and it is a draft. */
            public boolean isOne() {
                return imports.size() == 1 && known == 0 && left == 0;
            }
        }

        /** Nothing was stored. */
        record Unreadable(StatementProblem problem) implements UploadOutcome {}

        /** The maximum number of files is already waiting. */
        record TooManyDrafts(int most) implements UploadOutcome {}
    }

    /** Outcome of posting. */
    public sealed interface PostOutcome {
        /** It is posted, by this call or an earlier one. */
        record Posted(UUID importId) implements PostOutcome {}

        /** It differs from what was shown: it was read with other settings or discarded concurrently. */
        record Changed() implements PostOutcome {}

        /** No row of it could be read. */
        record Nothing() implements PostOutcome {}

        /** The file's own figures differ, and this has not been confirmed as acceptable. */
        record NotAcknowledged() implements PostOutcome {}
    }

    /** State of a file. */
    public enum State {
        DRAFT,
        POSTED,
        DISCARDED
    }

    /**
     * A bank file.
     *
     * @param version increases with each change of how it is read
     * @param header names of the columns of a table; {@code samples} are values in them
     * @param understood how a table was interpreted, by the names of {@link ProfileSettings}
     * @param settings the settings entered by a person or taken from a saved profile
     * @param profile name of the saved profile that was used for reading
     * @param problem why no row could be read
     * @param earlier the earlier posting of the same file
     */
    public record ImportDetails(
            UUID id,
            State state,
            String fileName,
            String format,
            int version,
            int rows,
            String fingerprint,
            List<String> header,
            List<String> samples,
            Map<String, String> understood,
            Map<String, String> settings,
            Optional<String> profile,
            Optional<StatementProblem> problem,
            Instant uploadedAt,
            String uploadedBy,
            Optional<Instant> postedAt,
            Optional<String> postedBy,
            Optional<Earlier> earlier) {}

    /** A posting of the same file. */
    public record Earlier(UUID importId, Instant at, String by) {}

    /** A draft in a list. */
    public record DraftSummary(
            UUID id, String fileName, String format, int rows, Instant uploadedAt, String uploadedBy) {}

    /**
     * A row of a file and its plan. Unknown text is empty.
     *
     * @param reason why it is skipped or needs review, by {@code StatementRow}'s names
     * @param customer the actual or possible owner of the money
     * @param lineId the line it became
     * @param isCredited whether that line is credited to a wallet
     */
    public record ImportRow(
            UUID id,
            int lineNumber,
            RowPlan plan,
            String reason,
            String detail,
            String raw,
            Optional<LocalDate> bookedOn,
            Optional<Money> amount,
            String payer,
            String iban,
            String words,
            Optional<MatchReason> why,
            Optional<Customer> customer,
            Optional<UUID> counterId,
            Optional<UUID> lineId,
            boolean isCredited) {}

    /** Totals of the rows with one plan, in a currency; both amounts are positive. */
    public record PlanTotal(RowPlan plan, Currency currency, int count, BigDecimal incoming, BigDecimal outgoing) {}

    /** Totals of all transactions of a file in a currency; outgoing is positive. */
    public record CurrencySum(
            Currency currency, int incomingCount, BigDecimal incoming, int outgoingCount, BigDecimal outgoing) {}

    /** A figure stated by a file beside the one computed from its transactions; the latter is absent if there is nothing to compare. */
    public record StatedFigure(
            String figure, String account, Currency currency, BigDecimal reported, Optional<BigDecimal> computed) {
        /** Whether the stated figure differs from that of the transactions. */
        public boolean isDifferent() {
            return computed.filter(known -> known.compareTo(reported) != 0).isPresent();
        }
    }

    /**
     * Stores the statements in an uploaded file as drafts; nothing is posted. Statements of an archive that were posted before are skipped, so
     * that an archive with more statements than may wait is imported by uploading it repeatedly.
     */
    public UploadOutcome upload(String fileName, byte[] content) {
        var reader = new UploadReader(transactions.context(), transactions.profiles());
        if (content.length > BYTES_MAX) {
            return unreadable(StatementProblem.Reason.TOO_LARGE);
        }
        try {
            var files = StatementReader.open(name(fileName), content);
            var posted = files.size() == 1
                    ? Set.<String>of()
                    : transactions.posted(
                            files.stream().map(UploadReader::digest).collect(Collectors.toSet()));
            var uploads = new ArrayList<Upload>();
            for (var file : files) {
                if (!posted.contains(UploadReader.digest(file))) {
                    uploads.add(reader.read(file));
                }
            }
            return keep(uploads, files.size() - uploads.size());
        } catch (UnreadableStatement unreadable) {
            return new UploadOutcome.Unreadable(unreadable.problem());
        }
    }

    private UploadOutcome keep(List<Upload> uploads, int known) {
        var kept = new ArrayList<UUID>();
        for (var upload : uploads) {
            transactions
                    .keep(upload.digest(), upload.reading(), upload.profileId())
                    .ifPresent(kept::add);
        }
        return kept.isEmpty() && !uploads.isEmpty()
                ? new UploadOutcome.TooManyDrafts(StatementImportTransactions.DRAFTS_MAX)
                : new UploadOutcome.Saved(List.copyOf(kept), known, uploads.size() - kept.size());
    }

    private static UploadOutcome unreadable(StatementProblem.Reason reason) {
        return new UploadOutcome.Unreadable(new StatementProblem(reason, 0, ""));
    }

    private static String name(String fileName) {
        var name = FileText.line(fileName.replaceAll(".*[/\\\\]", ""), 120);
        return name.isEmpty() ? "-" : name;
    }

    /**
     * Reads a draft with other settings; nothing is posted.
     *
     * @param version the version of the draft that was shown
     * @param settings by the names of {@link ProfileSettings}
     * @return false if it was changed, posted or discarded in the meantime
     * @throws NotFoundException if there is no such file
     */
    public boolean reread(UUID id, int version, Map<String, String> settings) {
        var context = transactions.context();
        var draft = transactions.draft(id);
        if (draft.isEmpty() || draft.get().version() != version) {
            return false;
        }
        var known = ProfileSettings.known(settings);
        var file = new StatementFile(
                draft.get().fileName(), draft.get().format(), draft.get().content());
        try {
            return transactions.reread(id, version, UploadReader.read(file, known, context), Optional.empty());
        } catch (UnreadableStatement unreadable) {
            return transactions.refuse(id, version, known, unreadable.problem());
        }
    }

    /**
     * Posts a draft as it was shown, and makes the credits that were shown. Idempotent: repeated and concurrent calls get the same result, and
     * everything happens once.
     *
     * @param version the version of the draft that was shown
     * @param isAcknowledged whether the person has confirmed that differing figures are acceptable
     * @throws NotFoundException if there is no such file
     */
    public PostOutcome post(UUID id, int version, boolean isAcknowledged) {
        var outcome = transactions.post(id, version, isAcknowledged);
        if (outcome instanceof PostOutcome.Posted) {
            creditPending();
        }
        return outcome;
    }

    /**
     * Makes the outstanding credits of posted files, which were just posted or whose crediting was interrupted by a crash. A failed credit does
     * not stop the others. Returns the number of credits.
     */
    public int creditPending() {
        var credited = 0;
        for (var certainMatch : lines.certain(CREDITS_MAX)) {
            try {
                if (lines.bookCertain(certainMatch.lineId(), certainMatch.organizationId())
                        == BankTransactions.Outcome.DONE) {
                    credited++;
                }
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "bank line not credited id=" + certainMatch.lineId(), failure);
            }
        }
        if (credited > 0) {
            lines.rematch();
        }
        return credited;
    }

    /**
     * Discards a draft: nothing of it is posted.
     *
     * @return false if it was already posted or discarded
     * @throws NotFoundException if there is no such file
     */
    public boolean discard(UUID id) {
        return transactions.discard(id);
    }

    /** Returns the files that wait to be posted, latest first. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<DraftSummary> drafts() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                "select * from bank_import where state = 'DRAFT' order by imported_at desc, id desc",
                row -> new DraftSummary(
                        row.uuid("id"),
                        row.text("file_name"),
                        row.text("format"),
                        row.whole("lines"),
                        row.instant("imported_at"),
                        row.text("imported_by")));
    }

    /**
     * Returns a file.
     *
     * @throws NotFoundException if there is none
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public ImportDetails one(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        var settings = new EnumMap<SettingsColumn, Map<String, String>>(SettingsColumn.class);
        sql.query("""
                        select 'LAYOUT' as part, e.key, e.value from bank_import i cross join lateral jsonb_each_text(i.layout) e where i.id = ?
                        union all
                        select 'MAPPING', e.key, e.value from bank_import i cross join lateral jsonb_each_text(i.mapping) e where i.id = ?
                        """, row -> List.of(row.text("part"), row.text("key"), row.text("value")), id, id)
                .forEach(one -> settings.computeIfAbsent(SettingsColumn.valueOf(one.get(0)), part -> new TreeMap<>())
                        .put(one.get(1), one.get(2)));
        return sql.first("""
                        select i.*, p.name as profile, b.id as earlier_id, b.posted_at as earlier_at, b.posted_by as earlier_by
                          from bank_import i
                          left join bank_profile p on p.id = i.profile_id
                          left join lateral (select * from bank_import e
                                              where e.digest = i.digest and e.state = 'POSTED' and e.id <> i.id
                                              order by e.posted_at desc limit 1) b on true
                         where i.id = ?
                        """, row -> details(row, settings), id)
                .orElseThrow(() -> new NotFoundException("bank import", id));
    }

    private enum SettingsColumn {
        LAYOUT,
        MAPPING
    }

    private static ImportDetails details(Row row, Map<SettingsColumn, Map<String, String>> settings) {
        return new ImportDetails(
                row.uuid("id"),
                State.valueOf(row.text("state")),
                row.text("file_name"),
                row.text("format"),
                row.whole("version"),
                row.whole("lines"),
                row.text("fingerprint"),
                row.texts("header"),
                row.texts("samples"),
                settings.getOrDefault(SettingsColumn.LAYOUT, Map.of()),
                settings.getOrDefault(SettingsColumn.MAPPING, Map.of()),
                row.maybeText("profile"),
                row.maybeText("problem")
                        .map(reason -> new StatementProblem(
                                StatementProblem.Reason.valueOf(reason),
                                row.whole("problem_line"),
                                row.text("problem_detail"))),
                row.instant("imported_at"),
                row.text("imported_by"),
                row.maybeInstant("posted_at"),
                row.maybeText("posted_by"),
                row.maybeUuid("earlier_id")
                        .map(earlier -> new Earlier(earlier, row.instant("earlier_at"), row.text("earlier_by"))));
    }

    /** Returns a page of a file's rows in their order, optionally only those with a given plan. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<ImportRow> rows(UUID importId, Optional<RowPlan> plan, int limit, int after) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query("""
                select r.*, coalesce(l.organization_id, r.organization_id) as customer_id, o.name as customer_name,
                       l.state is not distinct from 'BOOKED' as credited
                  from bank_row r
                  left join bank_transaction l on l.id = r.line_id
                  left join organization o on o.id = coalesce(l.organization_id, r.organization_id)
                 where r.import_id = ? and (cast(? as text) is null or r.plan = ?)
                 order by r.position
                 limit ? offset ?
                """, StatementImports::row, importId, plan.orElse(null), plan.orElse(null), limit, after);
    }

    private static ImportRow row(Row row) {
        var currency = row.maybeText("currency").map(Currency::getInstance);
        return new ImportRow(
                row.uuid("id"),
                row.whole("line_number"),
                RowPlan.valueOf(row.text("plan")),
                row.text("reason"),
                row.text("detail"),
                row.text("raw"),
                row.maybeDate("booked_on"),
                row.maybeDecimal("amount").flatMap(amount -> currency.map(known -> new Money(amount, known))),
                row.text("payer"),
                row.text("iban"),
                row.text("words"),
                row.maybeText("why").map(MatchReason::valueOf),
                row.maybeUuid("customer_id")
                        .map(id ->
                                new Customer(id, row.maybeText("customer_name").orElse(""))),
                row.maybeUuid("counter_id"),
                row.maybeUuid("line_id"),
                row.flag("credited"));
    }

    /** Returns totals by plan and currency; rows without a known currency are listed under the ISO 4217 code for no currency. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<PlanTotal> planTotals(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                """
                select plan, coalesce(currency, 'XXX') as currency, count(*)::int as n, coalesce(sum(amount) filter (where amount > 0), 0) as incoming,
                       coalesce(-sum(amount) filter (where amount < 0), 0) as outgoing
                  from bank_row
                 where import_id = ?
                 group by 1, 2
                 order by array_position(array['CREDIT', 'ASSIGN', 'OUTGOING', 'REVIEW', 'KNOWN', 'SKIPPED'], plan), 2
                """,
                row -> new PlanTotal(
                        RowPlan.valueOf(row.text("plan")),
                        Currency.getInstance(row.text("currency")),
                        row.whole("n"),
                        row.decimal("incoming"),
                        row.decimal("outgoing")),
                importId);
    }

    /** Returns totals of a file's transactions, for each currency. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<CurrencySum> sums(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                "select * from bank_import_total where import_id = ? order by currency",
                row -> new CurrencySum(
                        Currency.getInstance(row.text("currency")),
                        row.whole("incoming_count"),
                        row.decimal("incoming"),
                        row.whole("outgoing_count"),
                        row.decimal("outgoing")),
                importId);
    }

    /** Returns the figures that a file states about itself. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public List<StatedFigure> figures(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                "select * from bank_import_figure where import_id = ? order by position",
                row -> new StatedFigure(
                        row.text("figure"),
                        row.text("account"),
                        Currency.getInstance(row.text("currency")),
                        row.decimal("reported"),
                        row.maybeDecimal("computed")),
                importId);
    }

    /** Whether automatic credits of a file are prevented, because its figures differ and no row under review explains the difference. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public boolean isHeld(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return new ImportFigures(sql).isHeld(importId);
    }

    /** Returns the number of payments of a file that were credited automatically. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public int credited(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.one(
                "select count(*)::int as n from bank_transaction where import_id = ? and state = 'BOOKED' and why = 'REFERENCE'",
                row -> row.whole("n"),
                importId);
    }
}
