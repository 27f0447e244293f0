package io.tenantry.concession;

import io.tenantry.audit.AuditTrail;
import io.tenantry.concession.Concession.Kind;
import io.tenantry.concession.Concession.State;
import io.tenantry.concession.ConcessionRows.Asked;
import io.tenantry.concession.ConcessionRows.Moved;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.notice.Note;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Wallets;
import io.tenantry.wallet.Wallets.Counterpart;
import io.tenantry.wallet.Wallets.Movement;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Money is put into a wallet by hand, or a debt written off. What is above the reseller's limit, together with all that was given up for the
 * customer in a day, waits until somebody else has approved it; so does what credit notes give up, which is asked for where they are issued.
 * Everything is decided under the wallet's lock.
 */
@Stateless
public class Concessions {
    /** No more is given up at once. */
    static final BigDecimal AMOUNT_MAX = new BigDecimal(1_000_000);

    private static final int REASON_MAX = 200;

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
    ApprovedCredits credits;

    /** For the container. */
    public Concessions() {}

    /** For use outside a container. */
    Concessions(Sql sql, Clock clock, Access access, AuditTrail audit, Wallets wallets, ApprovedCredits credits) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.wallets = wallets;
        this.credits = credits;
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

        /** The invoice was made void meanwhile. */
        record Voided() implements Outcome {}

        /** Of these lines something else is left than is to be credited. */
        record LinesChanged(Set<Integer> positions) implements Outcome {}

        /** Its lines are taxed otherwise by now, so that the customer would get another amount. */
        record TaxChanged(Money now) implements Outcome {}

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
        if (!isWords(reason)
                || wish.kind().isDocument()
                || wish.kind() == Kind.CREDIT_LIMIT
                || !wish.ground().isFor(wish.kind())) {
            return new Outcome.Reason();
        }
        var wallet = wallets.find(wish.walletId()).orElseThrow(() -> new NotVisible("wallet", wish.walletId()));
        var debt = wallets.debt(wallet.id());
        if (wish.amount().signum() <= 0 || ConcessionLimits.isUnfit(wish.amount(), debt.currency())) {
            return new Outcome.Amount();
        }
        var known = rows().find(wish.id());
        if (known.isPresent()) {
            return again(known.get(), wish);
        }
        var amount = new Money(wish.amount(), debt.currency());
        if (wish.kind() == Kind.WRITE_OFF && amount.compareTo(debt) > 0) {
            return new Outcome.OwesLess(debt);
        }
        var isHeld = rows().isAboveLimit(wallet.id(), amount);
        rows().keep(
                        new Asked(
                                wish.id(), wish.walletId(), wish.kind(), wish.account(), wish.ground(), amount, reason),
                        isHeld);
        if (isHeld) {
            rows().tellApprovers(wish.id());
            return new Outcome.Waiting();
        }
        carryOut(rows().find(wish.id()).orElseThrow(), Optional.empty());
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
            if (asked.kind() == Kind.CREDIT_LIMIT) {
                setLimit(asked, remark);
                return new Outcome.Done();
            }
            var refusal = asked.kind().isDocument() ? credits.issue(asked, rows().lines(asked.id())) : owesLess(asked);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (asked.kind().isDocument()) {
                rows().close(asked, State.DONE, kept(remark), new Moved(null, asked.id(), null));
                rows().record("concession.approved", asked, Map.of());
            } else {
                carryOut(asked, kept(remark));
            }
            rows().tellWhoAsked(asked, Note.Kind.APPROVAL_GIVEN);
            return new Outcome.Done();
        });
    }

    private void setLimit(Concession asked, String remark) {
        wallets.limit(asked.walletId(), asked.amount());
        rows().close(
                        asked,
                        State.DONE,
                        kept(remark),
                        new Moved(null, null, asked.amount().amount()));
        rows().record("wallet.limited", asked, Map.of("credit_limit", asked.amount()));
        rows().tellWhoAsked(asked, Note.Kind.APPROVAL_GIVEN);
    }

    private Optional<Outcome> owesLess(Concession asked) {
        var debt = wallets.debt(asked.walletId());
        return asked.kind() == Kind.WRITE_OFF && asked.amount().compareTo(debt) > 0
                ? Optional.of(new Outcome.OwesLess(debt))
                : Optional.empty();
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
            rows().close(asked, State.REFUSED, kept(remark), Moved.NOTHING);
            rows().record(
                            "concession.refused",
                            asked,
                            Map.of("remark", kept(remark).orElseThrow()));
            rows().tellWhoAsked(asked, Note.Kind.APPROVAL_REFUSED);
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
            rows().close(asked, State.WITHDRAWN, Optional.empty(), Moved.NOTHING);
            rows().record("concession.withdrawn", asked, Map.of());
            return new Outcome.Closed();
        });
    }

    /** What waits for somebody, who waits for longest first. */
    public List<Concession> waiting() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return rows().waiting();
    }

    /** What of an invoice waits for somebody, who waits for longest first. */
    public List<Concession> waitingOf(UUID invoiceId) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return rows().waitingOf(invoiceId);
    }

    /** What was given up or asked for lately and waits no more, the newest first. */
    public List<Concession> lately() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return rows().lately();
    }

    /**
     * One of them.
     *
     * @throws NotVisible if there is none
     */
    public Concession one(UUID id) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return rows().find(id).orElseThrow(() -> new NotVisible("concession", id));
    }

    /**
     * How much of which line of its invoice one is to credit, by the line's position; nothing if it is no document.
     *
     * @throws NotVisible if there is none
     */
    public SortedMap<Integer, BigDecimal> lines(UUID id) {
        return rows().lines(one(id).id());
    }

    private interface Deed {
        Outcome of(Concession asked);
    }

    private Outcome decide(UUID id, String remark, boolean isOwn, Deed deed) {
        var seen = rows().find(id).orElseThrow(() -> new NotVisible("concession", id));
        if (remark.strip().length() > REASON_MAX) {
            return new Outcome.Reason();
        }
        var unused = wallets.debt(seen.walletId()); // Whoever decides at the same time waits here.
        var asked = rows().find(id).orElseThrow();
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
        rows().close(asked, State.DONE, remark, new Moved(entry.orElseThrow(), null, null));
        rows().record(
                        asked.kind() == Kind.WRITE_OFF ? "wallet.written_off" : "wallet.credited",
                        asked,
                        Map.of("entry", entry.orElseThrow()));
    }

    private static boolean isWords(String text) {
        return !text.isEmpty() && text.length() <= REASON_MAX;
    }

    private static Optional<String> kept(String remark) {
        return Optional.of(remark.strip()).filter(text -> !text.isEmpty());
    }

    private ConcessionRows rows() {
        return new ConcessionRows(sql, clock, audit);
    }
}
