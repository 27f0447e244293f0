package io.tenantry.billing.bank;

import io.tenantry.billing.adjustment.ApprovalLimits;
import io.tenantry.billing.bank.BankTransactionQuery.CertainMatch;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lines of the reseller's bank statements. Each line is stored once. A line that bears a customer's reference is credited to that customer's
 * wallet automatically; any other line waits for a person, who assigns it to a customer or sets it aside. Every decision can be reversed by an
 * entry that reverses the first, and both stay on record.
 */
@Stateless
public class BankTransactions {
    /** Maximum length of a reason. */
    public static final int REASON_MAX = 200;

    private static final int AGAIN_MAX = 200;

    @Inject
    Sql sql;

    @Inject
    BankTransactionQuery query;

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

    /** State of a line. */
    public enum State {
        OPEN,
        BOOKED,
        IGNORED
    }

    /** How certain the owner of a line is, or why the owner is unknown. */
    public enum MatchReason {
        /** The text bears one customer's reference: the line is booked automatically. */
        REFERENCE,
        /** The text has the digits of a reference, without the check digits. */
        DIGITS,
        /** The account has paid for this customer before. */
        PAYER,
        /** The text names an open document. */
        DOCUMENT,
        /** One customer has that name, or exactly one of several with that name has an open document of that amount. */
        NAME,
        /** Several customers are possible. */
        AMBIGUOUS,
        UNKNOWN,
        /** The customer has no wallet in that currency. */
        CURRENCY,
        /** Another file has a similar line, which may be the same payment. */
        SIMILAR,
        /** It was booked by mistake, and the booking was reversed. */
        REVERSED,
        /** Money that went out. */
        OUTGOING,
        /** Set aside or reopened manually. */
        MANUAL,
        /** It bears a reference, but the totals stated by its file do not match its lines. */
        TOTALS,
        /** The preview of its file showed it as unassigned, and its customer was identified later. */
        CHANGED,
        /** Typed in by a person, because its row could not be read. */
        ENTERED,
        /** Money that went out and may return an incoming payment: a person decides about the credit. */
        RETURN,
        /** Money that came in and may have been returned by a movement of another file. */
        RETURNED
    }

    /** Outcome of an action. */
    public enum Outcome {
        DONE,
        /** The line was changed concurrently. */
        CONFLICT,
        /** The customer has no wallet in that currency. */
        CURRENCY,
        /** It needs a reason. */
        REASON,
        /** It has a warning: it is credited only individually, after a person has confirmed that the warning was checked. */
        WARNING,
        /** It was typed in and exceeds the limit for manual credits: a second person with the permission to approve them has to book it. */
        SECOND_PERSON
    }

    /** A customer. */
    public record Customer(UUID id, String name) {}

    /**
     * A bank line. Text that the bank does not state is empty.
     *
     * @param proposed the probable customer
     * @param customer the customer, if the line is booked
     * @param warning of a wrong credit, if the line waits
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
            String note,
            Optional<MatchReason> warning) {}

    /** An event in the history of a line. */
    public record BankTransactionEvent(
            String act, Optional<Customer> customer, String note, Instant at, String actor) {}

    /**
     * Assigns a line to a customer and credits it to that customer's wallet.
     *
     * @param isChecked whether the person confirms that the line's warning, if it has one, was checked
     */
    public Outcome assign(UUID id, UUID organizationId, boolean isChecked) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return !isChecked && locked(id).warning().isPresent()
                ? Outcome.WARNING
                : book(id, organizationId, MatchReason.MANUAL);
    }

    /** Assigns a line to the proposed customer, as one of several that a person selected; a line with a warning is left out. */
    public Outcome accept(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return locked(id)
                .proposed()
                .map(customer -> assign(id, customer.id(), false))
                .orElse(Outcome.CONFLICT);
    }

    /**
     * Books a line that bears a reference, in a separate transaction. Does nothing if the line was decided on since it was listed, or now
     * belongs to another customer.
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
            return Outcome.CONFLICT;
        }
        var wallet = wallet(organizationId, line.amount().currency());
        if (wallet.isEmpty()) {
            if (matchReason == MatchReason.REFERENCE) {
                sql.update("update bank_transaction set match_reason = 'CURRENCY' where id = ?", id);
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
                   set state = 'BOOKED', match_reason = ?, organization_id = ?, entry_id = ?, turn = ?, decided_at = ?, decided_by = ?, note = ''
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
     * Whether a typed-in amount exceeds the limit for manual credits, so that it can be booked neither by the person who entered it nor by
     * anyone without the permission to approve such credits. All manual credits of the last day count, typed in or not.
     */
    private boolean needsSecondPerson(UUID id, UUID walletId, Money amount) {
        var enteredBy = sql.first(
                "select entered_by_id from bank_transaction where id = ? and entered_by is not null",
                row -> row.maybeUuid("entered_by_id"),
                id);
        if (enteredBy.isEmpty()) {
            return false;
        }
        var unused = wallets.debt(walletId); // Concurrent credits to the wallet wait here.
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
                wallet,
                line.amount(),
                Wallets.Counterpart.CASH,
                (line.bookedOn() + " " + from).strip(),
                key,
                Wallets.Movement.Origin.BANK);
    }

    /** Reverses a booking: the money leaves the wallet by an entry that reverses the first, and the line waits again. */
    public Outcome takeBack(UUID id, String reason) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        if (isNoReason(reason)) {
            return Outcome.REASON;
        }
        var line = locked(id);
        if (line.state() != State.BOOKED) {
            return Outcome.CONFLICT;
        }
        var organization = line.customer().orElseThrow().id();
        var entry = line.entry().orElseThrow();
        var wallet = wallet(organization, line.amount().currency()).orElseThrow();
        var movement = new Wallets.Movement(
                wallet,
                line.amount(),
                Wallets.Counterpart.CASH,
                reason.strip(),
                "bank-line-back:" + entry,
                Wallets.Movement.Origin.BANK);
        var reversal = wallets.reverse(movement, entry).orElseThrow();
        sql.update("""
                update bank_transaction
                   set state = 'OPEN', match_reason = 'REVERSED', proposed_id = null, organization_id = null, entry_id = null, decided_at = ?,
                       decided_by = ?, note = ?
                 where id = ?
                """, clock.instant(), Actors.require().name(), reason.strip(), id);
        note(id, "REVERSED", organization, reversal, reason.strip());
        record(
                "bank.line_reversed",
                line,
                Map.of("organization", organization.toString(), "entry", reversal, "reason", reason.strip()));
        return Outcome.DONE;
    }

    /** Sets a line aside that is not a customer's money, or is handled elsewhere. */
    public Outcome setAside(UUID id, String reason) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        if (isNoReason(reason)) {
            return Outcome.REASON;
        }
        return turn(id, State.OPEN, State.IGNORED, reason.strip());
    }

    /** Reopens a line that was set aside. */
    public Outcome takeUp(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return turn(id, State.IGNORED, State.OPEN, "");
    }

    private Outcome turn(UUID id, State from, State to, String reason) {
        var line = locked(id);
        if (line.state() != from || !(line.amount().isPositive() || line.why() == MatchReason.RETURN)) {
            return Outcome.CONFLICT;
        }
        sql.update("""
                update bank_transaction set state = ?, match_reason = 'MANUAL', decided_at = ?, decided_by = ?, note = ? where id = ?
                """, to, clock.instant(), Actors.require().name(), reason, id);
        note(id, to == State.OPEN ? "REOPENED" : "IGNORED", null, null, reason);
        record(to == State.OPEN ? "bank.line_reopened" : "bank.line_ignored", line, Map.of("reason", reason));
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
        return query.one(id);
    }

    private void note(UUID id, String act, @Nullable UUID organizationId, @Nullable Long entry, String words) {
        sql.update(
                "insert into bank_transaction_event (line_id, action, organization_id, entry_id, note, at, actor) values (?, ?, ?, ?, ?, ?, ?)",
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

    /** Returns the organization's open wallet in a currency. Locks it, so that no concurrent change of the currency closes it. */
    private Optional<UUID> wallet(UUID organizationId, Currency currency) {
        return sql.first(
                "select id from wallet where organization_id = ? and currency = ? and closed_at is null for no key update",
                row -> row.uuid("id"),
                organizationId,
                currency);
    }

    /** Matches waiting lines without a known customer again: bookings since then may have made the payer known. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void rematch() {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var waiting = sql.query(
                BankTransactionQuery.LINES + """
                         where l.state = 'OPEN' and l.match_reason = 'UNKNOWN'
                         order by l.booked_on desc, l.id
                         limit ?
                           for update of l skip locked
                        """,
                row -> Map.entry(row.uuid("import_id"), BankTransactionQuery.line(row)),
                AGAIN_MAX);
        var matches = new PaymentMatcher(sql)
                .match(waiting.stream()
                        .map(entry -> PaymentMatcher.Payment.of(entry.getKey(), entry.getValue()))
                        .toList());
        for (var at = 0; at < waiting.size(); at++) {
            var match = matches.get(at);
            // Only credits shown before posting are made automatically.
            var matchReason = match.why() == MatchReason.REFERENCE ? MatchReason.CHANGED : match.why();
            if (matchReason != MatchReason.UNKNOWN) {
                sql.update(
                        "update bank_transaction set match_reason = ?, proposed_id = ?, counter_id = ? where id = ?",
                        matchReason,
                        match.organizationId().orElse(null),
                        match.counterId().orElse(null),
                        waiting.get(at).getValue().id());
            }
        }
    }

    /** Returns lines that bear a reference but are not booked yet: of a file just posted, or after a crash. */
    public List<CertainMatch> certain(int limit) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return sql.query("""
                select id, proposed_id from bank_transaction
                 where state = 'OPEN' and match_reason = 'REFERENCE' and proposed_id is not null
                 order by booked_on, id
                 limit ?
                """, row -> new CertainMatch(row.uuid("id"), row.uuid("proposed_id")), limit);
    }
}
