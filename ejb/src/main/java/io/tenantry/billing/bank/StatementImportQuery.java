package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.Customer;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.StatementImports.State;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Bank files as staff see them: drafts and posted files, their rows, and the totals of these. */
@Stateless
public class StatementImportQuery {
    @Inject
    Sql sql;

    @Inject
    Access access;

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
            boolean isCredited) {
        /** Whether it waits as money that went out and may return a payment. */
        public boolean isReturn() {
            return plan == RowPlan.ASSIGN
                    && amount.filter(money -> !money.isPositive()).isPresent();
        }
    }

    /** Totals of the rows with one plan, in a currency; both amounts are positive. */
    public record PlanTotal(RowPlan plan, Currency currency, int count, BigDecimal incoming, BigDecimal outgoing) {
        /** Whether some of the rows wait as money that went out and may return payments. */
        public boolean hasReturns() {
            return plan == RowPlan.ASSIGN && outgoing.signum() > 0;
        }

        /** Whether all of the rows do. */
        public boolean isReturns() {
            return hasReturns() && incoming.signum() == 0;
        }
    }

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

    /** The column of a file from which a setting is. */
    enum SettingsColumn {
        LAYOUT,
        MAPPING
    }

    /** Returns the files that wait to be posted, latest first. */
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
            """, row -> StatementImportRows.details(row, settings), id)
                .orElseThrow(() -> new NotFoundException("bank import", id));
    }

    /** Returns a page of a file's rows in their order, optionally only those with a given plan. */
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
            """, StatementImportRows::row, importId, plan.orElse(null), plan.orElse(null), limit, after);
    }

    /** Returns totals by plan and currency; rows without a known currency are listed under the ISO 4217 code for no currency. */
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
    public boolean isHeld(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return new ImportFigures(sql).isHeld(importId);
    }

    /** Returns the number of payments of a file that were credited automatically. */
    public int credited(UUID importId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.one(
                "select count(*)::int as n from bank_transaction where import_id = ? and state = 'BOOKED' and match_reason ="
                        + " 'REFERENCE'",
                row -> row.whole("n"),
                importId);
    }
}
