package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.AdjustedDocument;
import io.tenantry.billing.adjustment.Adjustment.Decision;
import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.ApprovalLimits.Subject;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores requests and decisions, notifies approvers and writes audit records. Checks no permission. */
final class AdjustmentRepository {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration OPEN = Duration.ofDays(14);
    private static final int SHOWN_MAX = 200;

    private static final String SELECT = """
            select c.id, c.wallet_id, w.organization_id, o.name as organization, c.kind, c.counterpart, c.reason_code, c.currency, c.amount,
                   c.reason, c.requested_at, c.requested_by, c.requested_by_name, c.expires_at, v.id as invoice_id, v.number_text as invoice_number,
                   d.outcome, d.decided_at, d.decided_by_name, d.remark, d.entry_id::text as entry_id, d.document_id,
                   n.number_text as document_number
              from adjustment c
              join wallet w on w.id = c.wallet_id
              left join organization o on o.id = w.organization_id
              left join adjustment_invoice k on k.adjustment_id = c.id
              left join invoice_label_v v on v.id = k.invoice_id
              left join adjustment_decision d on d.adjustment_id = c.id
              left join invoice_label_v n on n.id = d.document_id
            """;

    /**
     * Total of adjustments for a wallet's customer since a given time, in the wallet's currency. Includes credits of bank file rows whose
     * amounts were typed in, because those are manual credits as well.
     */
    private static final String GIVEN_UP = """
            select (select coalesce(sum(c.amount), 0)
                      from adjustment c
                      join adjustment_decision d on d.adjustment_id = c.id and d.outcome = 'DONE' and d.decided_at > t.since
                     where c.wallet_id = w.id
                       and c.kind <> 'CREDIT_LIMIT')
                   + (select coalesce(sum(l.amount), 0)
                        from booked_transaction_v l
                       where l.organization_id = w.organization_id and l.currency = w.currency
                         and l.entered_by is not null and l.decided_at > t.since) as amount
              from wallet w
             cross join (select cast(? as timestamptz) as since) t
             where w.id = ?
            """;

    private final Sql sql;
    private final Clock clock;
    private final AuditTrail audit;

    AdjustmentRepository(Sql sql, Clock clock, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
    }

    /** A request for approval. */
    record ApprovalRequest(
            UUID id,
            UUID walletId,
            Kind kind,
            String counterpart,
            AdjustmentReason ground,
            Money amount,
            String reason) {}

    /** How the money moved: by an entry or by a document. */
    record AdjustmentEffect(
            @Nullable Long entry,
            @Nullable UUID document,
            @Nullable BigDecimal creditLimit) {
        static final AdjustmentEffect NOTHING = new AdjustmentEffect(null, null, null);
    }

    Optional<Adjustment> find(UUID id) {
        return sql.first(SELECT + " where c.id = ?", this::adjustment, id);
    }

    /** Returns the pending requests, oldest first. */
    List<Adjustment> waiting() {
        return sql.query(
                SELECT + " where d.outcome is null and c.expires_at > ? order by c.requested_at, c.id limit ?",
                this::adjustment,
                clock.instant(),
                SHOWN_MAX);
    }

    /** Returns the pending requests for an invoice. */
    List<Adjustment> waitingOf(UUID invoiceId) {
        return sql.query(
                SELECT
                        + " where k.invoice_id = ? and d.outcome is null and c.expires_at > ? order by c.requested_at, c.id limit ?",
                this::adjustment,
                invoiceId,
                clock.instant(),
                SHOWN_MAX);
    }

    /** Returns the requests that are no longer pending, newest first. */
    List<Adjustment> recent() {
        return sql.query(
                SELECT
                        + " where d.outcome is not null or c.expires_at <= ? order by c.requested_at desc, c.id desc limit ?",
                this::adjustment,
                clock.instant(),
                SHOWN_MAX);
    }

    /** Returns the amount to credit for each line of a document, by the line's position. */
    SortedMap<Integer, BigDecimal> lines(UUID id) {
        var lines = new TreeMap<Integer, BigDecimal>();
        sql.query(
                        "select position, amount from adjustment_line where adjustment_id = ?",
                        row -> Map.entry(row.whole("position"), row.decimal("amount")),
                        id)
                .forEach(line -> lines.put(line.getKey(), line.getValue()));
        return lines;
    }

    /** Returns the total of the last day for a wallet's customer, including credits of typed-in amounts. */
    Money before(UUID walletId, Currency currency) {
        return new Money(
                sql.one(GIVEN_UP, row -> row.decimal("amount"), clock.instant().minus(DAY), walletId), currency);
    }

    /** Whether the amount plus the total of the last day exceeds the limit above which approval is required. */
    boolean isAboveLimit(UUID walletId, Money amount) {
        return isAbove(Subject.ADJUSTMENT, before(walletId, amount.currency()).plus(amount));
    }

    /** Whether a credit limit exceeds the threshold above which approval is required. */
    boolean isCreditAboveLimit(Money creditLimit) {
        return isAbove(Subject.CREDIT_LIMIT, creditLimit);
    }

    private boolean isAbove(Subject subject, Money amount) {
        var limit = ApprovalLimits.inForce(sql, subject);
        if (limit.isEmpty()) {
            return false;
        }
        var home = limit.get().currency();
        if (home.equals(amount.currency())) {
            return amount.compareTo(limit.get()) > 0;
        }
        // Amounts that cannot be compared require approval.
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new ExchangeRates(sql)
                .of(home, amount.currency(), today)
                .map(rate -> rate.exactly(amount).compareTo(limit.get()) > 0)
                .orElse(true);
    }

    /** Stores a request. */
    void keep(ApprovalRequest approvalRequest, boolean isHeld) {
        var now = clock.instant();
        sql.update(
                """
                insert into adjustment (id, wallet_id, kind, counterpart, reason_code, currency, amount, reason, requested_at, requested_by,
                                        requested_by_name, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                approvalRequest.id(),
                approvalRequest.walletId(),
                approvalRequest.kind(),
                approvalRequest.counterpart(),
                approvalRequest.ground(),
                approvalRequest.amount().currency(),
                approvalRequest.amount().amount(),
                approvalRequest.reason(),
                now,
                myself(),
                Actors.require().name(),
                isHeld ? now.plus(OPEN) : null);
    }

    /** Stores the lines of the invoice that a request is about. */
    void keep(UUID id, UUID invoiceId, SortedMap<Integer, BigDecimal> lines) {
        sql.update("insert into adjustment_invoice (adjustment_id, invoice_id) values (?, ?)", id, invoiceId);
        lines.forEach((position, amount) -> sql.update(
                "insert into adjustment_line (adjustment_id, position, amount) values (?, ?, ?)",
                id,
                position,
                amount));
    }

    /** Notifies possible approvers that a request is pending. */
    void notifyApprovers(UUID id) {
        var asked = find(id).orElseThrow();
        Notifications.notifyStaff(
                sql,
                Permission.STAFF_ADJUSTMENTS_APPROVE,
                note(Notification.Kind.APPROVAL_REQUESTED, asked),
                clock.instant());
        record("adjustment.requested", asked, Map.of());
    }

    /** Notifies the requester of the outcome. */
    void notifyRequester(Adjustment asked, Notification.Kind kind) {
        asked.askedBy()
                .ifPresent(person -> Notifications.notifyPerson(sql, person, note(kind, asked), clock.instant()));
    }

    /** Stores the outcome. */
    void close(Adjustment asked, State state, Optional<String> remark, AdjustmentEffect adjustmentEffect) {
        sql.update(
                """
                insert into adjustment_decision (adjustment_id, outcome, decided_at, decided_by, decided_by_name, remark, entry_id,
                                                 document_id, credit_limit)
                values (?, ?, ?, ?, ?, ?, ?, ?, cast(? as numeric))
                """,
                asked.id(),
                state,
                clock.instant(),
                myself(),
                Actors.require().name(),
                remark.orElse(null),
                adjustmentEffect.entry(),
                adjustmentEffect.document(),
                adjustmentEffect.creditLimit());
    }

    /** Writes an audit record. */
    void record(String action, Adjustment asked, Map<String, Object> more) {
        var facts = new HashMap<String, Object>(more);
        facts.put("amount", asked.amount());
        facts.put("reason", asked.reason());
        facts.put("reason_code", asked.ground());
        facts.put("adjustment", asked.id());
        asked.invoice().ifPresent(invoice -> facts.put("invoice", invoice.number()));
        audit.record(action, "wallet", asked.walletId().toString(), facts);
    }

    private static Notification note(Notification.Kind kind, Adjustment asked) {
        var figure = asked.amount().amount().stripTrailingZeros().toPlainString() + " "
                + asked.amount().currency();
        return new Notification(
                kind, asked.organization(), figure, "approval?id=" + asked.id(), kind + ":" + asked.id());
    }

    private static @Nullable UUID myself() {
        return Actors.current().map(Actor::personId).orElse(null);
    }

    private Adjustment adjustment(Row row) {
        var outcome = row.maybeText("outcome");
        var expires = row.maybeInstant("expires_at");
        var askedBy = row.maybeUuid("requested_by");
        return new Adjustment(
                row.uuid("id"),
                row.uuid("wallet_id"),
                row.uuid("organization_id"),
                row.maybeText("organization").orElse(""),
                Kind.valueOf(row.text("kind")),
                row.text("counterpart"),
                AdjustmentReason.valueOf(row.text("reason_code")),
                new Money(row.decimal("amount"), Currency.getInstance(row.text("currency"))),
                adjustedDocument(row, "invoice"),
                row.text("reason"),
                row.instant("requested_at"),
                askedBy,
                row.text("requested_by_name"),
                expires,
                outcome.map(State::valueOf).orElseGet(() -> waiting(expires, clock.instant())),
                outcome.map(any -> new Decision(
                        row.instant("decided_at"),
                        row.text("decided_by_name"),
                        row.maybeText("remark"),
                        row.maybeText("entry_id").map(Long::valueOf),
                        adjustedDocument(row, "document"))),
                askedBy.isPresent() && askedBy.get().equals(myself()));
    }

    private static Optional<AdjustedDocument> adjustedDocument(Row row, String which) {
        return row.maybeUuid(which + "_id").map(id -> new AdjustedDocument(id, row.text(which + "_number")));
    }

    private static State waiting(Optional<Instant> expires, Instant now) {
        return expires.filter(now::isBefore).isPresent() ? State.WAITING : State.EXPIRED;
    }
}
