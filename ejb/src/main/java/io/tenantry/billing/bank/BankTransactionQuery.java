package io.tenantry.billing.bank;

import io.tenantry.billing.bank.BankTransactions.BankTransactionEvent;
import io.tenantry.billing.bank.BankTransactions.Customer;
import io.tenantry.billing.bank.BankTransactions.Line;
import io.tenantry.billing.bank.BankTransactions.MatchReason;
import io.tenantry.billing.bank.BankTransactions.State;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Bank lines, their history, and the customers that they may belong to, as staff see them. */
@Stateless
public class BankTransactionQuery {
    private static final int FOUND_MAX = 10;

    /** An imported file. */
    public record Imported(
            UUID id, String fileName, String format, int lines, int fresh, Instant importedAt, String importedBy) {}

    /** Number of lines in each state. */
    public record StateCounts(int open, int booked, int setAside) {}

    /** A line that can be booked without a person. */
    record CertainMatch(UUID lineId, UUID organizationId) {}

    /** Lines with the names of their customers. */
    static final String LINES = """
            select l.*, o.name as organization_name, p.name as proposed_name,
                   l.counter_id is not null or exists (select from bank_transaction c where c.counter_id = l.id)
                       or exists (select from bank_row r where r.counter_id = l.id and r.review = 'OPEN') as countered
              from bank_transaction l
              left join organization o on o.id = l.organization_id
              left join organization p on p.id = l.proposed_id
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    /** Returns a page of the lines in a state, latest first. */
    public List<Line> lines(State state, int limit, int after) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                LINES + " where l.state = ? order by l.booked_on desc, l.id limit ? offset ?",
                BankTransactionQuery::line,
                state,
                limit,
                after);
    }

    /** Returns the number of lines in each state. */
    public StateCounts counts() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.one("""
                select count(*) filter (where state = 'OPEN')::int as open, count(*) filter (where state = 'BOOKED')::int as booked,
                       count(*) filter (where state = 'IGNORED')::int as set_aside
                  from bank_transaction
                """, row -> new StateCounts(row.whole("open"), row.whole("booked"), row.whole("set_aside")));
    }

    /** Returns the latest imported files. */
    public List<Imported> imports(int limit) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                """
                select i.*, coalesce(i.posted_at, i.imported_at) as taken_at, coalesce(i.posted_by, i.imported_by) as taken_by
                  from bank_import i
                 where i.state = 'POSTED'
                 order by taken_at desc, i.id desc
                 limit ?
                """,
                row -> new Imported(
                        row.uuid("id"),
                        row.text("file_name"),
                        row.text("format"),
                        row.whole("lines"),
                        row.whole("new_lines"),
                        row.instant("taken_at"),
                        row.text("taken_by")),
                limit);
    }

    /**
     * Returns a line.
     *
     * @throws NotFoundException if there is none
     */
    public Line one(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.first(LINES + " where l.id = ?", BankTransactionQuery::line, id)
                .orElseThrow(() -> new NotFoundException("bank line", id));
    }

    /** Returns movements in the opposite direction that a line may return, or that may have returned it. */
    public List<Line> counterparts(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                LINES
                        + " where l.id = (select c.counter_id from bank_transaction c where c.id = ?) or l.counter_id = ? order by l.booked_on, l.id",
                BankTransactionQuery::line,
                id,
                id);
    }

    /** Returns the history of a line, latest event first. */
    public List<BankTransactionEvent> acts(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                """
                select a.action, a.organization_id, o.name, a.note, a.at, a.actor
                  from bank_transaction_event a
                  left join organization o on o.id = a.organization_id
                 where a.line_id = ?
                 order by a.id desc
                """,
                row -> new BankTransactionEvent(
                        row.text("action"),
                        customer(row, "organization_id", "name"),
                        row.text("note"),
                        row.instant("at"),
                        row.text("actor")),
                id);
    }

    /** Returns customers whose name or reference contains the words, for assigning a line. */
    public List<Customer> customers(String words) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var text = InputText.searchTerm(words);
        if (text.isEmpty()) {
            return List.of();
        }
        return sql.query(
                """
                select o.id, o.name
                  from organization o
                  left join bank_reference r on r.organization_id = o.id
                 where strpos(lower(o.name), lower(?)) > 0 or r.reference = ?
                 order by lower(o.name), o.id
                 limit ?
                """,
                row -> new Customer(row.uuid("id"), row.text("name")),
                text,
                text.toUpperCase(Locale.ROOT).replace(" ", ""),
                FOUND_MAX);
    }

    static Line line(Row row) {
        BigDecimal amount = row.decimal("amount");
        return new Line(
                row.uuid("id"),
                row.text("account"),
                row.date("booked_on"),
                new Money(amount, Currency.getInstance(row.text("currency"))),
                row.text("payer"),
                row.text("iban"),
                row.text("purpose"),
                State.valueOf(row.text("state")),
                MatchReason.valueOf(row.text("match_reason")),
                customer(row, "proposed_id", "proposed_name"),
                customer(row, "organization_id", "organization_name"),
                isBooked(row) ? Optional.of(row.big("entry_id")) : Optional.empty(),
                row.maybeInstant("decided_at"),
                row.maybeText("decided_by"),
                row.text("note"),
                CreditWarning.of(row));
    }

    private static boolean isBooked(Row row) {
        return row.text("state").equals(State.BOOKED.name());
    }

    private static Optional<Customer> customer(Row row, String id, String name) {
        return row.maybeUuid(id)
                .map(known -> new Customer(known, row.maybeText(name).orElse("")));
    }
}
