package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.billing.bank.statement.Direction;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of posted bank files that could not be read with certainty. A person either completes a row, which then waits to be assigned to a
 * customer like any other line, or discards it; both require a reason. No such row is ever credited automatically.
 */
@Stateless
public class StatementReviews {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** State of a row. */
    public enum ReviewState {
        OPEN,
        COMPLETED,
        DISCARDED
    }

    /** Outcome of a decision. */
    public sealed interface Outcome {
        /** The row became a line. */
        record Completed(UUID lineId) implements Outcome {}

        /** The row does not become a line, and is not presented for review again. */
        record Discarded() implements Outcome {}

        /** The row was already decided on. */
        record Decided() implements Outcome {}

        /** An entered value is invalid. */
        record Invalid(Field field) implements Outcome {}
    }

    /** Fields to enter. */
    public enum Field {
        DATE,
        AMOUNT,
        CURRENCY,
        REASON
    }

    /**
     * A row that needs review. Unknown text is empty.
     *
     * @param reason why, by the names of {@code StatementRow.ReviewReason}
     * @param amount positive for incoming money
     */
    public record ReviewRow(
            UUID id,
            UUID importId,
            String fileName,
            int lineNumber,
            String reason,
            String detail,
            String raw,
            String account,
            Optional<LocalDate> bookedOn,
            Optional<BigDecimal> amount,
            Optional<Currency> currency,
            String payer,
            String iban,
            String words,
            ReviewState state,
            Optional<UUID> counterId,
            Optional<UUID> lineId,
            Optional<Instant> decidedAt,
            Optional<String> decidedBy,
            String note) {}

    /**
     * Values that a person read in a row.
     *
     * @param amount above zero
     * @param reason how the person determined the values
     */
    public record Entry(
            LocalDate bookedOn,
            BigDecimal amount,
            String currency,
            Direction direction,
            String payer,
            String words,
            String reason) {}

    private static final String ROWS = """
            select r.*, i.file_name
              from bank_row r
              join bank_import i on i.id = r.import_id
            """;

    private static final int YEARS_MAX = 2;
    private static final int PAYER_MAX = 200;
    private static final int WORDS_MAX = 1_000;

    /** Returns a page of the rows under review, those of the latest files first. */
    public List<ReviewRow> open(int limit, int after) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                ROWS + " where r.review = 'OPEN' order by i.posted_at desc, i.id, r.position limit ? offset ?",
                StatementReviews::row,
                limit,
                after);
    }

    /** Returns the number of rows under review. */
    public int count() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.one("select count(*)::int as n from bank_row where review = 'OPEN'", row -> row.whole("n"));
    }

    /**
     * Returns a row.
     *
     * @throws NotFoundException if no posted file has such a row
     */
    public ReviewRow one(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.first(ROWS + " where r.id = ? and r.review is not null", StatementReviews::row, id)
                .orElseThrow(() -> new NotFoundException("bank row", id));
    }

    /**
     * Turns a row into a line with the values that a person read in it. Incoming money waits to be assigned to a customer.
     *
     * @throws NotFoundException if there is none
     */
    public Outcome complete(UUID id, Entry entry) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var row = locked(id);
        if (row.state() != ReviewState.OPEN) {
            return new Outcome.Decided();
        }
        var currency = ProfileSettings.currency(entry.currency());
        var invalid = invalid(entry, currency);
        if (invalid.isPresent()) {
            return new Outcome.Invalid(invalid.get());
        }
        var amount = new Money(
                entry.direction() == Direction.IN
                        ? entry.amount()
                        : entry.amount().negate(),
                currency.orElseThrow());
        insertLine(row, entry, amount);
        decide(id, ReviewState.COMPLETED, id, entry.reason());
        var facts = new TreeMap<String, Object>();
        facts.put("amount", amount);
        facts.put("booked_on", entry.bookedOn());
        facts.put("file", row.fileName());
        facts.put("row", row.lineNumber());
        facts.put("reason", entry.reason().strip());
        audit.record("bank.row_completed", "bank_transaction", id.toString(), facts);
        return new Outcome.Completed(id);
    }

    private Optional<Field> invalid(Entry entry, Optional<Currency> currency) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (entry.bookedOn().isAfter(today.plusDays(1)) || entry.bookedOn().isBefore(today.minusYears(YEARS_MAX))) {
            return Optional.of(Field.DATE);
        }
        if (currency.isEmpty()) {
            return Optional.of(Field.CURRENCY);
        }
        if (entry.amount().signum() <= 0
                || !FileRow.isKeepable(entry.amount())
                || !CurrencyUnits.isPayable(entry.amount(), currency.get())) {
            return Optional.of(Field.AMOUNT);
        }
        return isNoReason(entry.reason()) ? Optional.of(Field.REASON) : Optional.empty();
    }

    /** The line has the id of its row. */
    private void insertLine(ReviewRow row, Entry entry, Money amount) {
        var payer = FileText.line(entry.payer(), PAYER_MAX);
        var words = FileText.line(entry.words(), WORDS_MAX);
        var match = new PaymentMatcher(sql)
                .match(List.of(
                        new PaymentMatcher.Payment(row.importId(), entry.bookedOn(), amount, payer, row.iban(), words)))
                .get(0);
        var matchReason = match.why() == MatchReason.REFERENCE || match.why() == MatchReason.UNKNOWN
                ? MatchReason.ENTERED
                : match.why();
        var actor = Actors.require();
        sql.update(
                """
                insert into bank_transaction (id, import_id, position, account, key, reference_key, booked_on, amount, currency, payer, iban, purpose,
                                       state, match_reason, proposed_id, counter_id, entered_by_id, entered_by, note)
                select r.id, r.import_id, r.position, coalesce(nullif(r.account, ''), '-'), r.key, r.reference_key, ?, ?, ?, ?, r.iban, ?, ?, ?, ?, ?, ?, ?, ?
                  from bank_row r
                 where r.id = ?
                """,
                entry.bookedOn(),
                amount.amount(),
                amount.currency(),
                payer,
                words,
                matchReason == MatchReason.OUTGOING ? State.IGNORED : State.OPEN,
                matchReason,
                match.organizationId().orElse(null),
                match.counterId().orElse(null),
                actor.personId(),
                actor.name(),
                entry.reason().strip(),
                row.id());
        sql.update(
                "insert into bank_transaction_event (line_id, action, note, at, actor) values (?, 'ENTERED', ?, ?, ?)",
                row.id(),
                entry.reason().strip(),
                clock.instant(),
                actor.name());
    }

    /**
     * Marks a row as not being a movement of money, or as handled elsewhere.
     *
     * @throws NotFoundException if there is none
     */
    public Outcome discard(UUID id, String reason) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var row = locked(id);
        if (row.state() != ReviewState.OPEN) {
            return new Outcome.Decided();
        }
        if (isNoReason(reason)) {
            return new Outcome.Invalid(Field.REASON);
        }
        decide(id, ReviewState.DISCARDED, null, reason);
        audit.record(
                "bank.row_discarded",
                "bank_row",
                id.toString(),
                Map.of("file", row.fileName(), "row", row.lineNumber(), "reason", reason.strip()));
        return new Outcome.Discarded();
    }

    private void decide(UUID id, ReviewState state, @Nullable UUID lineId, String reason) {
        sql.update(
                "update bank_row set review = ?, line_id = ?, decided_at = ?, decided_by = ?, note = ? where id = ?",
                state,
                lineId,
                clock.instant(),
                Actors.require().name(),
                reason.strip(),
                id);
    }

    private static boolean isNoReason(String reason) {
        return reason.isBlank() || reason.strip().length() > BankTransactions.REASON_MAX || reason.indexOf(0) >= 0;
    }

    private ReviewRow locked(UUID id) {
        sql.query("select id from bank_row where id = ? for update", row -> row.uuid("id"), id);
        return one(id);
    }

    private static ReviewRow row(Row row) {
        return new ReviewRow(
                row.uuid("id"),
                row.uuid("import_id"),
                row.text("file_name"),
                row.whole("line_number"),
                row.text("reason"),
                row.text("detail"),
                row.text("raw"),
                row.text("account"),
                row.maybeDate("booked_on"),
                row.maybeDecimal("amount"),
                row.maybeText("currency").map(Currency::getInstance),
                row.text("payer"),
                row.text("iban"),
                row.text("purpose"),
                ReviewState.valueOf(row.text("review")),
                row.maybeUuid("counter_id"),
                row.maybeUuid("line_id"),
                row.maybeInstant("decided_at"),
                row.maybeText("decided_by"),
                row.text("note"));
    }
}
