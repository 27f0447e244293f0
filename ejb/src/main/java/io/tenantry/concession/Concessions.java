package io.tenantry.concession;

import io.tenantry.audit.AuditTrail;
import io.tenantry.concession.Concession.Decision;
import io.tenantry.concession.Concession.Kind;
import io.tenantry.concession.Concession.State;
import io.tenantry.exchange.ExchangeRates;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.notice.Note;
import io.tenantry.notice.Notices;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Wallets;
import io.tenantry.wallet.Wallets.Counterpart;
import io.tenantry.wallet.Wallets.Movement;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money is put into a wallet by hand, or a debt written off. What is above the reseller's limit, together with all that was given up for the
 * customer in a day, waits until somebody else has approved it. Everything is decided under the wallet's lock.
 */
@Stateless
public class Concessions {
    /** No more is given up at once. */
    static final BigDecimal AMOUNT_MAX = new BigDecimal(1_000_000);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration OPEN = Duration.ofDays(14);
    private static final int REASON_MAX = 200;
    private static final int SHOWN_MAX = 200;

    private static final String SELECT = """
            select c.id, c.wallet_id, w.organization_id, o.name as organization, c.kind, c.counterpart, c.ground, c.currency, c.amount,
                   c.reason, c.asked_at, c.asked_by, c.asked_by_name, c.expires_at,
                   d.outcome, d.decided_at, d.decided_by_name, d.remark, d.entry_id::text as entry_id
              from concession c
              join wallet w on w.id = c.wallet_id
              left join organization o on o.id = w.organization_id
              left join concession_decision d on d.concession_id = c.id
            """;

    /** What was given up for a wallet's customer since a time, in the wallet's currency. */
    private static final String GIVEN_UP = """
            select coalesce(sum(c.amount), 0) as amount
              from concession c
              join concession_decision d on d.concession_id = c.id and d.outcome = 'DONE' and d.decided_at > ?
             where c.wallet_id = ?
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
    ExchangeRates rates;

    /** For the container. */
    public Concessions() {}

    /** For use outside a container. */
    Concessions(Sql sql, Clock clock, Access access, AuditTrail audit, Wallets wallets) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.wallets = wallets;
        this.rates = new ExchangeRates(sql);
    }

    /**
     * What somebody wants to give up.
     *
     * @param id chosen by who asks: asked for again, it is the same and the money moves once
     * @param reason shown to staff and customer
     */
    public record Wish(UUID id, UUID walletId, Kind kind, Ground ground, BigDecimal amount, String reason) {
        private String account() {
            return kind == Kind.WRITE_OFF ? kind.name() : ground.counterpart().name();
        }
    }

    /** How it ended. */
    public sealed interface Outcome {
        /** The money has moved. */
        record Done() implements Outcome {}

        /** Somebody else has to approve it. */
        record Waiting() implements Outcome {}

        /** It is refused, or taken back. */
        record Closed() implements Outcome {}

        /** It was decided on before, or has expired. */
        record Over(State state) implements Outcome {}

        /** There is no reason, or it is too long, or the word for it is for something else. */
        record Reason() implements Outcome {}

        /** It is no amount above zero. */
        record Amount() implements Outcome {}

        /** The customer owes less. */
        record OwesLess(Money debt) implements Outcome {}

        /** Nobody decides on what they asked for, and nobody takes back what others asked for. */
        record NotForYou() implements Outcome {}
    }

    /**
     * Asks for something: it is done at once, or waits for somebody else.
     *
     * @throws NotVisible if there is no such wallet
     */
    public Outcome ask(Wish wish) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        var reason = wish.reason().strip();
        if (!isWords(reason) || !wish.ground().isFor(wish.kind())) {
            return new Outcome.Reason();
        }
        if (wish.amount().signum() <= 0 || ConcessionLimits.isUnfit(wish.amount())) {
            return new Outcome.Amount();
        }
        var wallet = wallets.find(wish.walletId()).orElseThrow(() -> new NotVisible("wallet", wish.walletId()));
        var debt = wallets.debt(wallet.id());
        var known = find(wish.id());
        if (known.isPresent()) {
            return again(known.get(), wish);
        }
        var amount = new Money(wish.amount(), debt.currency());
        if (wish.kind() == Kind.WRITE_OFF && amount.compareTo(debt) > 0) {
            return new Outcome.OwesLess(debt);
        }
        var isHeld = isAboveLimit(wallet.id(), amount);
        keep(wish, amount, reason, isHeld);
        if (isHeld) {
            Notices.tellStaff(
                    sql,
                    Permission.STAFF_CONCESSIONS_APPROVE,
                    note(Note.Kind.APPROVAL_WANTED, wish.id(), named(wallet.organizationId()), amount),
                    clock.instant());
            record("concession.asked", find(wish.id()).orElseThrow(), Map.of());
            return new Outcome.Waiting();
        }
        carryOut(find(wish.id()).orElseThrow(), Optional.empty());
        return new Outcome.Done();
    }

    /**
     * Approves what somebody else has asked for: it is done.
     *
     * @param remark may be empty
     * @throws NotVisible if there is none
     */
    public Outcome approve(UUID id, String remark) {
        access.require(Permission.STAFF_CONCESSIONS_APPROVE);
        return decide(id, remark, false, asked -> {
            var debt = wallets.debt(asked.walletId());
            if (asked.kind() == Kind.WRITE_OFF && asked.amount().compareTo(debt) > 0) {
                return new Outcome.OwesLess(debt);
            }
            carryOut(asked, kept(remark));
            tell(asked, Note.Kind.APPROVAL_GIVEN);
            return new Outcome.Done();
        });
    }

    /**
     * Refuses what somebody else has asked for.
     *
     * @param remark says why
     * @throws NotVisible if there is none
     */
    public Outcome refuse(UUID id, String remark) {
        access.require(Permission.STAFF_CONCESSIONS_APPROVE);
        if (kept(remark).isEmpty()) {
            return new Outcome.Reason();
        }
        return decide(id, remark, false, asked -> {
            close(asked, State.REFUSED, kept(remark), Optional.empty());
            record("concession.refused", asked, Map.of("remark", kept(remark).orElseThrow()));
            tell(asked, Note.Kind.APPROVAL_REFUSED);
            return new Outcome.Closed();
        });
    }

    /**
     * Takes back what one has asked for oneself.
     *
     * @throws NotVisible if there is none
     */
    public Outcome withdraw(UUID id) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        return decide(id, "", true, asked -> {
            close(asked, State.WITHDRAWN, Optional.empty(), Optional.empty());
            record("concession.withdrawn", asked, Map.of());
            return new Outcome.Closed();
        });
    }

    /** What waits for somebody, who waits for longest first. */
    public List<Concession> waiting() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return sql.query(
                SELECT + " where d.outcome is null and c.expires_at > ? order by c.asked_at, c.id limit ?",
                this::concession,
                clock.instant(),
                SHOWN_MAX);
    }

    /** What was given up or asked for lately and waits no more, the newest first. */
    public List<Concession> lately() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return sql.query(
                SELECT
                        + " where d.outcome is not null or c.expires_at <= ? order by c.asked_at desc, c.id desc limit ?",
                this::concession,
                clock.instant(),
                SHOWN_MAX);
    }

    /**
     * One of them.
     *
     * @throws NotVisible if there is none
     */
    public Concession one(UUID id) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return find(id).orElseThrow(() -> new NotVisible("concession", id));
    }

    private interface Deed {
        Outcome of(Concession asked);
    }

    private Outcome decide(UUID id, String remark, boolean isOwn, Deed deed) {
        var seen = find(id).orElseThrow(() -> new NotVisible("concession", id));
        if (remark.strip().length() > REASON_MAX) {
            return new Outcome.Reason();
        }
        var unused = wallets.debt(seen.walletId()); // Whoever decides at the same time waits here.
        var asked = find(id).orElseThrow();
        if (!asked.isWaiting()) {
            return new Outcome.Over(asked.state());
        }
        if (asked.isMine() != isOwn || Actors.require().personId() == null) {
            return new Outcome.NotForYou();
        }
        return deed.of(asked);
    }

    /** Somebody has sent a form twice: it is as it was. */
    private static Outcome again(Concession known, Wish wish) {
        if (!known.walletId().equals(wish.walletId())) {
            throw new NotVisible("concession", wish.id());
        }
        return switch (known.state()) {
            case DONE -> new Outcome.Done();
            case WAITING -> new Outcome.Waiting();
            case REFUSED, WITHDRAWN, EXPIRED -> new Outcome.Over(known.state());
        };
    }

    /** Whether it and all that was given up in the last day are more than nobody else has to look at. */
    private boolean isAboveLimit(UUID walletId, Money amount) {
        var limit = ConcessionLimits.inForce(sql);
        if (limit.isEmpty()) {
            return false;
        }
        var home = limit.get().currency();
        var before =
                sql.one(GIVEN_UP, row -> row.decimal("amount"), clock.instant().minus(DAY), walletId);
        var all = new Money(before.add(amount.amount()), amount.currency());
        if (home.equals(amount.currency())) {
            return all.compareTo(limit.get()) > 0;
        }
        // What nobody can compare is looked at.
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return rates.of(home, amount.currency(), today)
                .map(rate -> rate.exactly(all).compareTo(limit.get()) > 0)
                .orElse(true);
    }

    private void keep(Wish wish, Money amount, String reason, boolean isHeld) {
        var now = clock.instant();
        sql.update(
                """
                insert into concession (id, wallet_id, kind, counterpart, ground, currency, amount, reason, asked_at, asked_by,
                                        asked_by_name, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                wish.id(),
                wish.walletId(),
                wish.kind(),
                wish.account(),
                wish.ground(),
                amount.currency(),
                amount.amount(),
                reason,
                now,
                myself(),
                Actors.require().name(),
                isHeld ? now.plus(OPEN) : null);
    }

    private void carryOut(Concession asked, Optional<String> remark) {
        var key = "concession:" + asked.id();
        var entry = asked.kind() == Kind.WRITE_OFF
                ? wallets.writeOff(asked.walletId(), asked.amount(), asked.reason(), key)
                : wallets.credit(new Movement(
                        asked.walletId(),
                        asked.amount(),
                        Counterpart.valueOf(asked.counterpart()),
                        asked.reason(),
                        key));
        close(asked, State.DONE, remark, Optional.of(entry.orElseThrow()));
        record(
                asked.kind() == Kind.WRITE_OFF ? "wallet.written_off" : "wallet.credited",
                asked,
                Map.of("entry", entry.orElseThrow()));
    }

    private void close(Concession asked, State state, Optional<String> remark, Optional<Long> entry) {
        sql.update(
                """
                insert into concession_decision (concession_id, outcome, decided_at, decided_by, decided_by_name, remark, entry_id)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                asked.id(),
                state,
                clock.instant(),
                myself(),
                Actors.require().name(),
                remark.orElse(null),
                entry.orElse(null));
    }

    /** Who asked is told what became of it. */
    private void tell(Concession asked, Note.Kind kind) {
        asked.askedBy()
                .ifPresent(person -> Notices.tellPerson(
                        sql, person, note(kind, asked.id(), asked.organization(), asked.amount()), clock.instant()));
    }

    private static Note note(Note.Kind kind, UUID id, String organization, Money amount) {
        var figure = amount.amount().stripTrailingZeros().toPlainString() + " " + amount.currency();
        return new Note(kind, organization, figure, "approval?id=" + id, kind + ":" + id);
    }

    private void record(String action, Concession asked, Map<String, Object> more) {
        var facts = new HashMap<String, Object>(more);
        facts.put("amount", asked.amount());
        facts.put("reason", asked.reason());
        facts.put("ground", asked.ground());
        facts.put("concession", asked.id());
        audit.record(action, "wallet", asked.walletId().toString(), facts);
    }

    private String named(UUID organizationId) {
        return sql.first("select name from organization where id = ?", row -> row.text("name"), organizationId)
                .orElse("");
    }

    private Optional<Concession> find(UUID id) {
        return sql.first(SELECT + " where c.id = ?", this::concession, id);
    }

    private static boolean isWords(String text) {
        return !text.isEmpty() && text.length() <= REASON_MAX;
    }

    private static Optional<String> kept(String remark) {
        return Optional.of(remark.strip()).filter(text -> !text.isEmpty());
    }

    private static @Nullable UUID myself() {
        return Actors.current().map(Actor::personId).orElse(null);
    }

    private Concession concession(Row row) {
        var outcome = row.maybeText("outcome");
        var expires = row.maybeInstant("expires_at");
        var askedBy = row.maybeUuid("asked_by");
        return new Concession(
                row.uuid("id"),
                row.uuid("wallet_id"),
                row.uuid("organization_id"),
                row.maybeText("organization").orElse(""),
                Kind.valueOf(row.text("kind")),
                row.text("counterpart"),
                Ground.valueOf(row.text("ground")),
                new Money(row.decimal("amount"), Currency.getInstance(row.text("currency"))),
                row.text("reason"),
                row.instant("asked_at"),
                askedBy,
                row.text("asked_by_name"),
                expires,
                outcome.map(State::valueOf).orElseGet(() -> waiting(expires, clock.instant())),
                outcome.map(any -> new Decision(
                        row.instant("decided_at"),
                        row.text("decided_by_name"),
                        row.maybeText("remark"),
                        row.maybeText("entry_id").map(Long::valueOf))),
                askedBy.isPresent() && askedBy.get().equals(myself()));
    }

    private static State waiting(Optional<Instant> expires, Instant now) {
        return expires.filter(now::isBefore).isPresent() ? State.WAITING : State.EXPIRED;
    }
}
