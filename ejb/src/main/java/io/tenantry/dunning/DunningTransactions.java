package io.tenantry.dunning;

import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.OneTimeCharge;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.cloud.provisioning.SuspensionMethod;
import io.tenantry.cloud.provisioning.Suspensions;
import io.tenantry.documents.mail.InvoiceMails.Contact;
import io.tenantry.documents.mail.MailTemplate;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Database steps of dunning. Each method is a transaction of the tenant, and writes nothing unless its work item is still claimed. Locks are
 * taken in the common order: services, then the wallet, then its debt, then the audit trail.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DunningTransactions {
    private static final String IN_DEBT = """
            select w.id,
                   (select max(v.at)
                      from wallet_event v
                     where v.wallet_id = w.id
                       and v.kind = 'OVER_LIMIT'
                       and v.at > coalesce((select max(p.ended_at) from dunning_case p where p.wallet_id = w.id), '-infinity')
                   ) as at
              from wallet w
             where w.balance < -w.credit_limit
               and not exists (select from dunning_case e where e.wallet_id = w.id and e.ended_at is null)
             order by w.id
             limit ?
               for no key update of w skip locked
            """;

    /** Prefix of the source of a late fee's entry, before the step's identifier. */
    private static final String FEE = "late-fee:";

    private static final String FEE_REASON = "late fee";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    @Inject
    DunningCases dunningCases;

    @Inject
    DunningMailer dunningMailer;

    @Inject
    Suspensions suspensions;

    @Inject
    ItemCharges itemCharges;

    @Inject
    AuditTrail audit;

    /**
     * Records which emails have been sent, and which wallets are in debt since then.
     *
     * @return the number of wallets newly found in debt
     */
    public int inspect(ClaimedWorkItem claimedWorkItem, int limit) {
        items.hold(claimedWorkItem);
        dunningMailer.reached();
        var now = clock.instant();
        var found = sql.query(
                IN_DEBT, row -> Map.entry(row.uuid("id"), row.maybeInstant("at").filter(now::isAfter)), limit);
        found.forEach(wallet -> sql.update(
                """
                insert into dunning_case (id, wallet_id, started_at)
                values (?, ?, ?)
                on conflict (wallet_id) where ended_at is null do nothing
                """, Ids.next(clock), wallet.getKey(), wallet.getValue().orElse(now)));
        return found.size();
    }

    /** Returns the wallets with an open debt and a due step, among the next page of wallets. */
    public Page due(ClaimedWorkItem claimedWorkItem, UUID after, int limit) {
        items.hold(claimedWorkItem);
        var dunningPolicy = dunningCases.inForce().policy();
        var now = clock.instant();
        var open = dunningCases.open(after, limit);
        var due = open.stream()
                .filter(dunningCase -> !dunningCase.isOpen()
                        || dunningCase
                                .timeline(now)
                                .flatMap(dunningTimeline -> dunningPolicy.next(dunningTimeline, now))
                                .filter(next -> next.isDue(now))
                                .isPresent())
                .map(DunningCase::walletId)
                .toList();
        return new Page(due, open.isEmpty() ? after : open.get(open.size() - 1).walletId(), open.size() < limit);
    }

    /**
     * A page of wallets.
     *
     * @param due those with a due step
     * @param last the last wallet of the page
     * @param isLast whether there are no more
     */
    public record Page(List<UUID> due, UUID last, boolean isLast) {
        public Page {
            due = List.copyOf(due);
        }
    }

    /**
     * Takes the due step of a wallet, if one is still due: another worker may have been faster, or money has arrived.
     *
     * @return whether a step was taken
     */
    public boolean take(ClaimedWorkItem claimedWorkItem, UUID walletId) {
        items.hold(claimedWorkItem);
        var running = sql.query(
                "select id from service where wallet_id = ? and state = 'ACTIVE' order by id for no key update",
                row -> row.uuid("id"),
                walletId);
        sql.query("select id from wallet where id = ? for no key update", row -> row.uuid("id"), walletId);
        var found = dunningCases
                .of(walletId)
                .filter(dunningCase -> dunningCase.episodeId().isPresent());
        if (found.isEmpty()) {
            return false;
        }
        var dunningCase = found.get();
        if (!dunningCase.isOpen()) {
            DebtClearance.end(sql, items, walletId, clock.instant());
            return false;
        }
        var now = clock.instant();
        var inForce = dunningCases.inForce();
        var dunningTimeline = dunningCase.timeline(now).orElseThrow();
        var next = inForce.policy().next(dunningTimeline, now).filter(one -> one.isDue(now));
        var readers = dunningMailer.readers(dunningCase.organizationId());
        if (next.isEmpty() || readers.isEmpty() || !isHeld(next.get(), running)) {
            return false;
        }
        take(dunningCase, new Step(inForce, dunningTimeline, next.get(), now), readers);
        return true;
    }

    /** Whether everything to be suspended is locked: a service that was activated a moment ago waits for the next pass. */
    private static boolean isHeld(DunningPolicy.Next next, List<UUID> running) {
        return next.step().act() != DunningAction.SUSPEND
                || next.services().stream().map(DunningStatus::serviceId).allMatch(running::contains);
    }

    private record Step(
            DunningPolicies.Version version, DunningTimeline timeline, DunningPolicy.Next next, Instant at) {
        DunningPolicy policy() {
            return version.policy();
        }

        DunningAction act() {
            return next.step().act();
        }

        MailTemplate template(SuspensionSchedule suspensionSchedule) {
            if (act() != DunningAction.SUSPEND || suspensionSchedule.free().isEmpty()) {
                return act().template();
            }
            return suspensionSchedule.free().size()
                            == suspensionSchedule.names().size()
                    ? MailTemplate.DEBT_SUSPENDED_UNCHARGED
                    : MailTemplate.DEBT_SUSPENDED_PARTLY_CHARGED;
        }
    }

    private void take(DunningCase dunningCase, Step step, List<Contact> readers) {
        var id = Ids.next(clock);
        var next = step.next();
        var episode = dunningCase.episodeId().orElseThrow();
        if (!DunningPolicy.isAllowed(step.act(), step.timeline())) {
            throw new IllegalStateException(
                    "wallet " + dunningCase.walletId() + " was not warned before " + step.act());
        }
        var ways = new ArrayList<SuspensionMethod>();
        switch (step.act()) {
            case RUNWAY, REMIND, FINAL_NOTICE -> {
                // These actions only send an email.
            }
            case SUSPEND -> next.services().forEach(service -> ways.add(suspend(episode, id, service, step)));
            case TERMINATE -> next.services().forEach(service -> end(episode, id, service));
        }
        var fee = next.step().fee().flatMap(known -> take(known, dunningCase, episode, id));
        // The fee increases the amount to pay.
        var owed = fee.flatMap(taken -> dunningCases.of(dunningCase.walletId())).orElse(dunningCase);
        var suspensionSchedule = SuspensionSchedule.of(step.policy(), step.timeline(), next, step.at());
        var mailTexts = new DunningMailer.MailTexts(
                step.template(suspensionSchedule),
                step.act().note(),
                owed.toPay(),
                fee.map(ChargedLateFee::amount),
                suspensionSchedule);
        var templates = dunningMailer.send(dunningCase, readers, mailTexts, "dunning:" + id);
        sql.update(
                """
                insert into dunning_step (id, case_id, action, nth, turn, version, taken_at, currency, shortfall, mail_keys, fee,
                                          fee_entry_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                episode,
                step.act(),
                next.step().nth(),
                next.turn(),
                step.version().number(),
                step.at(),
                dunningCase.missing().currency(),
                dunningCase.missing().amount(),
                templates.toArray(String[]::new),
                fee.map(taken -> taken.amount().amount()).orElse(BigDecimal.ZERO),
                fee.map(ChargedLateFee::entry).orElse(null));
        record(dunningCase, step, Collections.frequency(ways, SuspensionMethod.NETWORK), fee);
    }

    private void record(DunningCase dunningCase, Step step, int cutOff, Optional<ChargedLateFee> fee) {
        var next = step.next();
        audit.record(
                "dunning.step_taken",
                "organization",
                dunningCase.organizationId().toString(),
                Map.of(
                        "step", step.act(),
                        "nth", next.step().nth(),
                        "turn", next.turn(),
                        "services", next.services().size(),
                        "cut_off", cutOff,
                        "ladder", step.version().number(),
                        "shortfall", dunningCase.missing(),
                        "fee",
                                fee.map(ChargedLateFee::amount)
                                        .orElseGet(() ->
                                                Money.zero(dunningCase.missing().currency()))));
    }

    private record ChargedLateFee(Money amount, long entry) {}

    /** Charges the fee of a step to the wallet, which is locked; no fee is calculated on fees. */
    private Optional<ChargedLateFee> take(LateFee fee, DunningCase dunningCase, UUID episode, UUID step) {
        var before = sql.one(
                "select coalesce(sum(fee), 0) as taken from dunning_step where case_id = ?",
                row -> new Money(row.decimal("taken"), dunningCase.missing().currency()),
                episode);
        return in(fee, dunningCase.missing().currency())
                .map(known -> known.of(dunningCase.missing().minus(before)))
                .filter(Money::isPositive)
                .flatMap(amount -> itemCharges
                        .takeCompensation(
                                new OneTimeCharge(dunningCase.walletId(), amount, FEE + step, FEE_REASON, FEE + step))
                        .map(entry -> new ChargedLateFee(amount, entry)));
    }

    /** Returns the fee in another currency: an amount in the accounting currency is converted at the day's rate. Empty without a rate. */
    private Optional<LateFee> in(LateFee fee, Currency currency) {
        if (fee.most().currency().equals(currency)) {
            return Optional.of(fee);
        }
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return new ExchangeRates(sql)
                .of(fee.most().currency(), currency, today)
                .map(rate -> new LateFee(fee.percent(), rate.abroad(fee.most())));
    }

    /**
     * Suspends a service.
     *
     * @return how: as the policy sets, or in the other way if the provider does not support it
     */
    private SuspensionMethod suspend(UUID episode, UUID id, DunningStatus service, Step step) {
        var way = suspensions
                .suspendForDebt(
                        service.serviceId(),
                        step.policy().isCharging(service.planId()),
                        step.policy().by())
                .orElseThrow(() ->
                        new IllegalStateException("service " + service.serviceId() + " runs and cannot be suspended"));
        sql.update("""
                insert into dunning_suspension (case_id, service_id, suspended_at, step_id, suspended_by) values (?, ?, ?, ?, ?)
                """, episode, service.serviceId(), step.at(), id, way);
        return way;
    }

    private void end(UUID episode, UUID id, DunningStatus service) {
        sql.update(
                "update dunning_suspension set end_step_id = ? where case_id = ? and service_id = ?",
                id,
                episode,
                service.serviceId());
        items.write(TerminateForNonPaymentHandler.KIND, episode + ":" + service.serviceId(), service.serviceId());
    }
}
