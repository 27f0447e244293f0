package io.tenantry.billing.bank;

import io.tenantry.billing.adjustment.ApprovalLimits;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the reseller's bank statements. Each is kept once; one that bears the reference of a customer is put into that customer's wallet by
 * itself, any other waits for a person, who says whose it is or sets it aside. Whatever is decided can be taken back, by an entry that
 * reverses the first, and stays written.
 */
@Stateless
public class BankTransactions {
    /** A reason is at most so long. */
    public static final int REASON_MAX = 200;

    private static final int FOUND_MAX = 10;
    private static final int AGAIN_MAX = 200;

    private static final String LINES = """
            select l.*, o.name as organization_name, p.name as proposed_name
              from bank_transaction l
              left join organization o on o.id = l.organization_id
              left join organization p on p.id = l.proposed_id
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Wallets wallets;

    @Inject
    ApprovalLimits limits;

    /** How a line stands. */
    public enum State {
        OPEN,
        BOOKED,
        IGNORED
    }

    /** How sure it is whose a line is, or why nobody knows. */
    public enum MatchReason {
        /** Its text bears one customer's reference: it is booked without a person. */
        REFERENCE,
        /** Its text has the digits of a reference, without what they are checked by. */
        DIGITS,
        /** The account has paid for this customer before. */
        PAYER,
        /** Its text names an open document. */
        DOCUMENT,
        /** Somebody of that name, or of several the one who has an open document of that amount. */
        NAME,
        /** It may be of several customers. */
        AMBIGUOUS,
        UNKNOWN,
        /** The customer has no wallet in that currency. */
        CURRENCY,
        /** Another file told of a line like it, which may be the same. */
        ALIKE,
        /** It was booked, and that was wrong. */
        TAKEN_BACK,
        /** Money that went out. */
        OUTGOING,
        /** Somebody set it aside or took it up again. */
        BY_HAND,
        /** It bears a reference, but the sums that its file states are not those of its lines. */
        TOTALS,
        /** It was to wait when its file was shown, and is known to be a customer's since. */
        CHANGED,
        /** A person typed it in, as its row could not be read. */
        ENTERED,
        /** Money that went out, and may take back a payment that came in: somebody decides what becomes of its credit. */
        RETURN,
        /** Money that came in, and that a movement of another file may have taken back. */
        RETURNED
    }

    /** How an act ended. */
    public enum Outcome {
        DONE,
        /** Somebody was faster: it is not as it was. */
        OTHERWISE,
        /** The customer has no wallet in that currency. */
        CURRENCY,
        /** It needs a reason. */
        REASON,
        /** It was typed in and is above the limit for credits by hand: somebody else who may approve those books it. */
        SECOND_PERSON
    }

    /** A customer. */
    public record Customer(UUID id, String name) {}

    /**
     * A line. Empty text: the bank does not say.
     *
     * @param proposed whose it probably is
     * @param customer whose it is, if it is booked
     */
    public record Line(
            UUID id,
            String account,
            LocalDate bookedOn,
            Money amount,
            String payer,
            String iban,
            String words,
            State state,
            MatchReason why,
            Optional<Customer> proposed,
            Optional<Customer> customer,
            Optional<Long> entry,
            Optional<Instant> decidedAt,
            Optional<String> decidedBy,
            String note) {}

    /** What was done about a line. */
    public record BankTransactionEvent(
            String act, Optional<Customer> customer, String note, Instant at, String actor) {}

    /** A file that was read. */
    public record Imported(
            UUID id, String fileName, String format, int lines, int fresh, Instant importedAt, String importedBy) {}

    /** How many lines stand how. */
    public record Counts(int open, int booked, int setAside) {}

    /** A line that can be booked without a person. */
    record Certain(UUID lineId, UUID organizationId) {}

    /** So many lines of a state, the latest first, after so many others. */
    public List<Line> lines(State state, int limit, int after) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                LINES + " where l.state = ? order by l.booked_on desc, l.id limit ? offset ?",
                BankTransactions::line,
                state,
                limit,
                after);
    }

    /** How many lines stand how. */
    public Counts counts() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.one("""
                select count(*) filter (where state = 'OPEN')::int as open, count(*) filter (where state = 'BOOKED')::int as booked,
                       count(*) filter (where state = 'IGNORED')::int as set_aside
                  from bank_transaction
                """, row -> new Counts(row.whole("open"), row.whole("booked"), row.whole("set_aside")));
    }

    /** The latest files. */
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
                        row.whole("fresh"),
                        row.instant("taken_at"),
                        row.text("taken_by")),
                limit);
    }

    /**
     * One line.
     *
     * @throws NotFoundException if there is none
     */
    public Line one(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.first(LINES + " where l.id = ?", BankTransactions::line, id)
                .orElseThrow(() -> new NotFoundException("bank line", id));
    }

    /** Movements the other way that a line may take back, or that may take it back. */
    public List<Line> counterparts(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                LINES
                        + " where l.id = (select c.counter_id from bank_transaction c where c.id = ?) or l.counter_id = ? order by l.booked_on, l.id",
                BankTransactions::line,
                id,
                id);
    }

    /** What was done about a line, the latest first. */
    public List<BankTransactionEvent> acts(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                """
                select a.act, a.organization_id, o.name, a.note, a.at, a.actor
                  from bank_transaction_event a
                  left join organization o on o.id = a.organization_id
                 where a.line_id = ?
                 order by a.id desc
                """,
                row -> new BankTransactionEvent(
                        row.text("act"),
                        customer(row, "organization_id", "name"),
                        row.text("note"),
                        row.instant("at"),
                        row.text("actor")),
                id);
    }

    /** Customers whose name or reference has that in it, for whoever says whose a line is. */
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

    /** Staff say whose a line is: it goes into that customer's wallet. */
    public Outcome assign(UUID id, UUID organizationId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return book(id, organizationId, MatchReason.BY_HAND);
    }

    /** Staff say that a line is of the customer who is proposed. */
    public Outcome accept(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return locked(id)
                .proposed()
                .map(customer -> book(id, customer.id(), MatchReason.BY_HAND))
                .orElse(Outcome.OTHERWISE);
    }

    /**
     * Books a line that bears a reference, in a transaction of its own. Nothing happens if somebody has decided about it since it was listed, or it
     * is another customer's by now.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Outcome bookCertain(UUID id, UUID organizationId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return book(id, organizationId, MatchReason.REFERENCE);
    }

    private Outcome book(UUID id, UUID organizationId, MatchReason matchReason) {
        var line = locked(id);
        var isStale = matchReason == MatchReason.REFERENCE
                && (line.why() != matchReason
                        || !line.proposed().map(Customer::id).equals(Optional.of(organizationId)));
        if (line.state() != State.OPEN || !line.amount().isPositive() || isStale) {
            return Outcome.OTHERWISE;
        }
        var wallet = wallet(organizationId, line.amount().currency());
        if (wallet.isEmpty()) {
            if (matchReason == MatchReason.REFERENCE) {
                sql.update("update bank_transaction set why = 'CURRENCY' where id = ?", id);
            }
            return Outcome.CURRENCY;
        }
        if (needsSecondPerson(id, wallet.get(), line.amount())) {
            return Outcome.SECOND_PERSON;
        }
        var turn = sql.one("select turn from bank_transaction where id = ?", row -> row.whole("turn"), id) + 1;
        var entry = wallets.credit(movement(wallet.get(), line, "bank-line:" + id + ":" + turn))
                .orElseThrow();
        sql.update(
                """
                update bank_transaction
                   set state = 'BOOKED', why = ?, organization_id = ?, entry_id = ?, turn = ?, decided_at = ?, decided_by = ?, note = ''
                 where id = ?
                """,
                matchReason,
                organizationId,
                entry,
                turn,
                clock.instant(),
                Actors.require().name(),
                id);
        note(id, "BOOKED", organizationId, entry, "");
        record("bank.line_booked", line, Map.of("organization", organizationId.toString(), "entry", entry));
        return Outcome.DONE;
    }

    /**
     * Whether an amount that somebody typed in is above the limit for credits by hand, and so is not booked by that person, nor by anybody who may
     * not approve such credits. What was credited by hand in the last day, typed in or not, counts too.
     */
    private boolean needsSecondPerson(UUID id, UUID walletId, Money amount) {
        var enteredBy = sql.first(
                "select entered_by_id from bank_transaction where id = ? and entered_by is not null",
                row -> row.maybeUuid("entered_by_id"),
                id);
        if (enteredBy.isEmpty()) {
            return false;
        }
        var unused = wallets.debt(walletId); // Whoever credits the wallet at the same time waits here.
        if (!limits.isAbove(walletId, amount)) {
            return false;
        }
        var person = Optional.ofNullable(Actors.require().personId());
        return person.isEmpty()
                || person.equals(enteredBy.get())
                || !access.allows(Permission.STAFF_ADJUSTMENTS_APPROVE);
    }

    private static Wallets.Movement movement(UUID wallet, Line line, String key) {
        var from = line.payer().isEmpty() ? line.iban() : line.payer();
        return new Wallets.Movement(
                wallet, line.amount(), Wallets.Counterpart.CASH, (line.bookedOn() + " " + from).strip(), key);
    }

    /** Takes a booking back: the money leaves that wallet by an entry that reverses the first, and the line waits again. */
    public Outcome takeBack(UUID id, String reason) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        if (isNoReason(reason)) {
            return Outcome.REASON;
        }
        var line = locked(id);
        if (line.state() != State.BOOKED) {
            return Outcome.OTHERWISE;
        }
        var organization = line.customer().orElseThrow().id();
        var entry = line.entry().orElseThrow();
        var wallet = wallet(organization, line.amount().currency()).orElseThrow();
        var movement = new Wallets.Movement(
                wallet, line.amount(), Wallets.Counterpart.CASH, reason.strip(), "bank-line-back:" + entry);
        var reversal = wallets.reverse(movement, entry).orElseThrow();
        sql.update("""
                update bank_transaction
                   set state = 'OPEN', why = 'TAKEN_BACK', proposed_id = null, organization_id = null, entry_id = null, decided_at = ?,
                       decided_by = ?, note = ?
                 where id = ?
                """, clock.instant(), Actors.require().name(), reason.strip(), id);
        note(id, "TAKEN_BACK", organization, reversal, reason.strip());
        record(
                "bank.line_taken_back",
                line,
                Map.of("organization", organization.toString(), "entry", reversal, "reason", reason.strip()));
        return Outcome.DONE;
    }

    /** A line is no customer's money, or is dealt with elsewhere. */
    public Outcome setAside(UUID id, String reason) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        if (isNoReason(reason)) {
            return Outcome.REASON;
        }
        return turn(id, State.OPEN, State.IGNORED, reason.strip());
    }

    /** A line that was set aside waits again. */
    public Outcome takeUp(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return turn(id, State.IGNORED, State.OPEN, "");
    }

    private Outcome turn(UUID id, State from, State to, String reason) {
        var line = locked(id);
        if (line.state() != from || !(line.amount().isPositive() || line.why() == MatchReason.RETURN)) {
            return Outcome.OTHERWISE;
        }
        sql.update("""
                update bank_transaction set state = ?, why = 'BY_HAND', decided_at = ?, decided_by = ?, note = ? where id = ?
                """, to, clock.instant(), Actors.require().name(), reason, id);
        note(id, to == State.OPEN ? "TAKEN_UP" : "IGNORED", null, null, reason);
        record(to == State.OPEN ? "bank.line_taken_up" : "bank.line_set_aside", line, Map.of("reason", reason));
        return Outcome.DONE;
    }

    private static boolean isNoReason(String reason) {
        return reason.isBlank() || reason.strip().length() > REASON_MAX;
    }

    private Line locked(UUID id) {
        if (sql.query("select id from bank_transaction where id = ? for update", row -> row.uuid("id"), id)
                .isEmpty()) {
            throw new NotFoundException("bank line", id);
        }
        return one(id);
    }

    private void note(UUID id, String act, @Nullable UUID organizationId, @Nullable Long entry, String words) {
        sql.update(
                "insert into bank_transaction_event (line_id, act, organization_id, entry_id, note, at, actor) values (?, ?, ?, ?, ?, ?, ?)",
                id,
                act,
                organizationId,
                entry,
                words,
                clock.instant(),
                Actors.require().name());
    }

    private void record(String action, Line line, Map<String, ?> facts) {
        var all = new TreeMap<String, Object>(facts);
        all.put("amount", line.amount());
        audit.record(action, "bank_transaction", line.id().toString(), all);
    }

    private Optional<UUID> wallet(UUID organizationId, Currency currency) {
        return sql.first(
                "select id from wallet where organization_id = ? and currency = ? and closed_at is null",
                row -> row.uuid("id"),
                organizationId,
                currency);
    }

    /** How columns of CSV files are called here, as they were named before mappings were saved for each bank; the names by what they are. */
    public Map<String, String> columns() {
        access.require(Permission.STAFF_BILLING_VIEW);
        var named = new TreeMap<String, String>();
        columnNames(sql).forEach((role, name) -> named.put(role.name(), name));
        return named;
    }

    /** Forgets how columns were called, so that they are detected by their usual names alone. */
    public void forgetColumns() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        sql.update("update bank_columns set names = '{}'");
        audit.record("bank.columns_forgotten", "tenant", "bank", Map.of());
    }

    /** Names of columns, for reading files. Asks for no right. */
    static Map<ColumnRole, String> columnNames(Sql sql) {
        var named = new EnumMap<ColumnRole, String>(ColumnRole.class);
        sql.query(
                        "select e.key, e.value from bank_columns c cross join lateral jsonb_each_text(c.names) e",
                        row -> Map.entry(role(row.text("key")), row.text("value")))
                .forEach(entry -> entry.getKey().ifPresent(role -> named.put(role, entry.getValue())));
        return named;
    }

    /** What was called WORDS and KEY once has other names now. */
    private static Optional<ColumnRole> role(String stored) {
        var name = stored.equals("WORDS") ? "PURPOSE" : stored.equals("KEY") ? "BANK_REFERENCE" : stored;
        return Stream.of(ColumnRole.values())
                .filter(role -> role.name().equals(name))
                .findFirst();
    }

    /** Looks again at waiting lines of which nobody knew whose they are: by what was booked since, the payer may be known. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void lookAgain() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var waiting = sql.query(LINES + """
                         where l.state = 'OPEN' and l.why = 'UNKNOWN'
                         order by l.booked_on desc, l.id
                         limit ?
                           for update of l skip locked
                        """, row -> Map.entry(row.uuid("import_id"), line(row)), AGAIN_MAX);
        var matches = new PaymentMatcher(sql)
                .match(waiting.stream()
                        .map(entry -> PaymentMatcher.Payment.of(entry.getKey(), entry.getValue()))
                        .toList());
        for (var at = 0; at < waiting.size(); at++) {
            var match = matches.get(at);
            // Only what was shown before posting is credited by itself.
            var matchReason = match.why() == MatchReason.REFERENCE ? MatchReason.CHANGED : match.why();
            if (matchReason != MatchReason.UNKNOWN) {
                sql.update(
                        "update bank_transaction set why = ?, proposed_id = ?, counter_id = ? where id = ?",
                        matchReason,
                        match.organizationId().orElse(null),
                        match.counterId().orElse(null),
                        waiting.get(at).getValue().id());
            }
        }
    }

    /** Lines that wait although they bear a reference: those of a file that was read just now, or whoever was to book them died. */
    public List<Certain> certain(int limit) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return sql.query("""
                select id, proposed_id from bank_transaction
                 where state = 'OPEN' and why = 'REFERENCE' and proposed_id is not null
                 order by booked_on, id
                 limit ?
                """, row -> new Certain(row.uuid("id"), row.uuid("proposed_id")), limit);
    }

    private static Line line(Row row) {
        BigDecimal amount = row.decimal("amount");
        return new Line(
                row.uuid("id"),
                row.text("account"),
                row.date("booked_on"),
                new Money(amount, Currency.getInstance(row.text("currency"))),
                row.text("payer"),
                row.text("iban"),
                row.text("words"),
                State.valueOf(row.text("state")),
                MatchReason.valueOf(row.text("why")),
                customer(row, "proposed_id", "proposed_name"),
                customer(row, "organization_id", "organization_name"),
                isBooked(row) ? Optional.of(row.big("entry_id")) : Optional.empty(),
                row.maybeInstant("decided_at"),
                row.maybeText("decided_by"),
                row.text("note"));
    }

    private static boolean isBooked(Row row) {
        return row.text("state").equals(State.BOOKED.name());
    }

    private static Optional<Customer> customer(Row row, String id, String name) {
        return row.maybeUuid(id)
                .map(known -> new Customer(known, row.maybeText(name).orElse("")));
    }
}
