package io.tenantry.dunning;

import io.tenantry.documents.mail.InvoiceMails.Contact;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends reminders of a low balance, before there is a debt. As in {@link DunningTransactions}, each method is a transaction that writes nothing
 * unless its work item is still claimed, and locks the wallet before its records.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LowBalanceReminders {
    private static final String WITHIN = """
            select w.id
              from wallet w
             where w.hourly_cost > 0
               and w.id > ?
               and exists (select from dunning_reminder_rule y
                            where y.version = (select max(version) from dunning_policy)
                              and w.balance < w.hourly_cost * y.hours
                              and not exists (select from dunning_reminder r
                                               where r.wallet_id = w.id and r.hours = y.hours and r.over_at is null))
             order by w.id
             limit ?
            """;

    /** Requires a margin of ten percent, so that a wallet that fluctuates around a reminder's threshold is not reminded repeatedly. */
    private static final String ABOVE = """
            update dunning_reminder r
               set over_at = greatest(?, r.notified_at)
              from wallet w
             where w.id = r.wallet_id
               and r.over_at is null
               and w.balance > 0
               and w.balance * 10 >= w.hourly_cost * r.hours * 11
            """;

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
    AuditTrail audit;

    /**
     * Records which wallets have exceeded the runway of their reminders, so that they can be reminded again.
     *
     * @return the number of reminders that ended
     */
    public int inspect(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return sql.update(ABOVE, clock.instant());
    }

    /** Returns wallets whose runway is below an unrecorded reminder of the policy, among the next page of wallets. */
    public DunningTransactions.Page within(ClaimedWorkItem claimedWorkItem, UUID after, int limit) {
        items.hold(claimedWorkItem);
        var found = sql.query(WITHIN, row -> row.uuid("id"), after, limit);
        return new DunningTransactions.Page(
                found, found.isEmpty() ? after : found.get(found.size() - 1), found.size() < limit);
    }

    /**
     * Sends a reminder of a wallet's low balance, if that still applies. Reminders skipped on the way to the most urgent one are recorded with
     * it, so that they are not sent while the balance recovers.
     *
     * @return whether anything was recorded
     */
    public boolean remind(ClaimedWorkItem claimedWorkItem, UUID walletId) {
        items.hold(claimedWorkItem);
        sql.query("select id from wallet where id = ? for no key update", row -> row.uuid("id"), walletId);
        var dunningCase = dunningCases.of(walletId).orElseThrow();
        var inForce = dunningCases.inForce();
        var passed = inForce.policy().passed(dunningCase);
        var reminder = inForce.policy().reminder(dunningCase);
        var readers = reminder.isPresent() ? dunningMailer.readers(dunningCase.organizationId()) : List.<Contact>of();
        if (passed.isEmpty() || (reminder.isPresent() && readers.isEmpty())) {
            return false;
        }
        var now = clock.instant();
        for (var hours : passed) {
            var templates = reminder.filter(hours::equals)
                    .map(tightest -> remind(dunningCase, readers, inForce.number(), tightest, now))
                    .orElse(List.of());
            sql.update(
                    """
                    insert into dunning_reminder (id, wallet_id, hours, version, notified_at, currency, balance, hourly_cost, mail_keys)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    Ids.next(clock),
                    walletId,
                    hours,
                    inForce.number(),
                    now,
                    dunningCase.balance().currency(),
                    dunningCase.balance().amount(),
                    dunningCase.burnPerHour().amount(),
                    templates.toArray(String[]::new));
        }
        return true;
    }

    /** The same reminder is sent at most once a day. */
    private List<String> remind(DunningCase dunningCase, List<Contact> readers, int policy, int hours, Instant now) {
        var left = dunningCase.runway().orElseThrow();
        var mailTexts = new DunningMailer.MailTexts(
                DunningAction.RUNWAY.template(),
                DunningAction.RUNWAY.note(),
                dunningCase.balance(),
                Optional.empty(),
                SuspensionSchedule.lasting(Duration.ofHours(left)));
        var templates = dunningMailer.send(
                dunningCase,
                readers,
                mailTexts,
                String.join(
                        ":",
                        "runway",
                        dunningCase.walletId().toString(),
                        Integer.toString(hours),
                        LocalDate.ofInstant(now, ZoneOffset.UTC).toString()));
        audit.record(
                "dunning.runway_reminded",
                "organization",
                dunningCase.organizationId().toString(),
                Map.of("hours", hours, "left", left, "balance", dunningCase.balance(), "ladder", policy));
        return templates;
    }
}
