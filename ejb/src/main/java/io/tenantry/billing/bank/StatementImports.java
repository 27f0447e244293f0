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
 * Imports files of bank statements: a file is kept as a draft, shown as what it becomes, and posted when a person has confirmed exactly that.
 * Files are read outside of transactions; each step that writes is one of {@link StatementImportTransactions}; credits follow the posting one by
 * one, each in a transaction of its own, so that no wallet is locked for long.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StatementImports {
    /** An uploaded file has at most so many bytes. */
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

    /** How an upload ended. */
    public sealed interface UploadOutcome {
        /**
         * Drafts were kept, one for each statement in the file.
         *
         * @param known so many statements of an archive were posted before, and are skipped
         * @param left so many found no room, because too many files wait
         */
        record Saved(List<UUID> imports, int known, int left) implements UploadOutcome {
            /** Whether there was one statement in the file, and it is a draft. */
            public boolean isOne() {
                return imports.size() == 1 && known == 0 && left == 0;
            }
        }

        /** Nothing was kept. */
        record Unreadable(StatementProblem problem) implements UploadOutcome {}

        /** As many files as allowed are already waiting. */
        record TooManyDrafts(int most) implements UploadOutcome {}
    }

    /** How posting ended. */
    public sealed interface PostOutcome {
        /** It is posted, by this call or one before. */
        record Posted(UUID importId) implements PostOutcome {}

        /** It is not what was shown: somebody else read it with other settings or discarded it. */
        record Changed() implements PostOutcome {}

        /** No row of it could be read. */
        record Nothing() implements PostOutcome {}

        /** The file's own figures differ, and nobody has confirmed that this is all right. */
        record NotAcknowledged() implements PostOutcome {}
    }

    /** How a file stands. */
    public enum State {
        DRAFT,
        POSTED,
        DISCARDED
    }

    /**
     * A bank file.
     *
     * @param version grows with each change of how it is read
     * @param header names of the columns of a table; {@code samples} are values in them
     * @param understood how a table was read, by the names of {@link ProfileSettings}
     * @param settings what somebody or a saved profile said about that
     * @param profile name of the saved profile by which it was read
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
     * A row of a file and what it becomes. Text that is not known is empty.
     *
     * @param reason why it is skipped or needs review, by {@code StatementRow}'s names
     * @param customer whose the money is, or may be
     * @param lineId the line it became
     * @param isCredited whether that line is in a wallet
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

    /** Sums of what becomes of rows, in a currency: both are above zero. */
    public record PlanTotal(RowPlan plan, Currency currency, int count, BigDecimal incoming, BigDecimal outgoing) {}

    /** Sums of all transactions of a file in a currency; outgoing is above zero. */
    public record CurrencySum(
            Currency currency, int incomingCount, BigDecimal incoming, int outgoingCount, BigDecimal outgoing) {}

    /** A figure that a file states, beside the same computed from its transactions; absent: nothing is compared with it. */
    public record StatedFigure(
            String figure, String account, Currency currency, BigDecimal reported, Optional<BigDecimal> computed) {
        /** Whether the file states another figure than that of its transactions. */
        public boolean isDifferent() {
            return computed.filter(known -> known.compareTo(reported) != 0).isPresent();
        }
    }

    /**
     * Keeps the statements in an uploaded file as drafts; nothing of them is posted. Of an archive those are left out that were posted before, so
     * that one of more statements than may wait is imported by uploading it again.
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
     * @param version of the draft that was looked at
     * @param settings by the names of {@link ProfileSettings}
     * @return false if it was changed, posted or discarded meanwhile
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
     * Posts a draft as it was shown, and credits what was shown to be credited. Whoever calls it twice, or at the same time, is answered the same,
     * and everything happens once.
     *
     * @param version of the draft that was shown
     * @param isAcknowledged whether the person has confirmed that figures which differ are all right
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
     * Credits lines of posted files that are to be credited and are not yet, because they were posted just now or whoever was to credit them died;
     * how many. One that fails stops no other.
     */
    public int creditPending() {
        var credited = 0;
        for (var certain : lines.certain(CREDITS_MAX)) {
            try {
                if (lines.bookCertain(certain.lineId(), certain.organizationId()) == BankTransactions.Outcome.DONE) {
                    credited++;
                }
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "bank line not credited id=" + certain.lineId(), failure);
            }
        }
        if (credited > 0) {
            lines.lookAgain();
        }
        return credited;
    }

    /**
     * Discards a draft: nothing of it is posted.
     *
     * @return false if it was posted or discarded before
     * @throws NotFoundException if there is no such file
     */
    public boolean discard(UUID id) {
        return transactions.discard(id);
    }

    /** Files that wait to be posted, the latest first. */
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
     * One file.
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

    /** Rows of a file, perhaps of those that become one thing alone, in the file's order; so many after so many others. */
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

    /** Totals by plan and currency; rows without a known currency come under the ISO 4217 code for no currency. */
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

    /** Sums of the transactions of a file, for each currency. */
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

    /** Figures that a file states about itself. */
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

    /** Whether nothing of a file is credited without a person, because its figures differ and no row to review explains it. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public boolean isHeld(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return new ImportFigures(sql).isHeld(importId);
    }

    /** How many payments of a file were credited without a person. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public int credited(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.one(
                "select count(*)::int as n from bank_transaction where import_id = ? and state = 'BOOKED' and why = 'REFERENCE'",
                row -> row.whole("n"),
                importId);
    }
}
