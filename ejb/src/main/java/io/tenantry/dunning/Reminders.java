package io.tenantry.dunning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.mail.DocumentLetters.Contact;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
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
 * Reminders of money that runs out, before there is a debt. As {@link DunningSteps}: each method is a transaction that writes nothing unless its
 * work item is still held, and locks the wallet before what is kept of it.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Reminders {
    private static final String WITHIN = """
            select w.id
              from wallet w
             where w.burn_per_hour > 0
               and w.id > ?
               and exists (select from dunning_runway y
                            where y.version = (select max(version) from dunning_ladder)
                              and w.balance < w.burn_per_hour * y.hours
                              and not exists (select from dunning_reminder r
                                               where r.wallet_id = w.id and r.hours = y.hours and r.over_at is null))
             order by w.id
             limit ?
            """;

    /** A wallet that is just above what it was reminded of, and below it again an hour later, is still the same wallet. */
    private static final String ABOVE = """
            update dunning_reminder r
               set over_at = greatest(?, r.told_at)
              from wallet w
             where w.id = r.wallet_id
               and r.over_at is null
               and w.balance > 0
               and w.balance * 10 >= w.burn_per_hour * r.hours * 11
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    @Inject
    Debts debts;

    @Inject
    Letterbox letterbox;

    @Inject
    AuditTrail audit;

    /**
     * Notes which wallets have enough for longer than they were reminded of, so that they can be reminded of it again.
     *
     * @return how many reminders are over
     */
    public int look(Work work) {
        items.hold(work);
        return sql.update(ABOVE, clock.instant());
    }

    /** Wallets whose money runs out within what the ladder reminds of and nobody has noted, among the next ones. */
    public DunningSteps.Page within(Work work, UUID after, int limit) {
        items.hold(work);
        var found = sql.query(WITHIN, row -> row.uuid("id"), after, limit);
        return new DunningSteps.Page(
                found, found.isEmpty() ? after : found.get(found.size() - 1), found.size() < limit);
    }

    /**
     * Reminds of a wallet's money that runs out, if that is still so. What was passed on the way to the tightest reminder is noted with it, so
     * that nobody is reminded of it on the way up.
     *
     * @return whether something was noted
     */
    public boolean remind(Work work, UUID walletId) {
        items.hold(work);
        sql.query("select id from wallet where id = ? for no key update", row -> row.uuid("id"), walletId);
        var debt = debts.of(walletId).orElseThrow();
        var inForce = debts.inForce();
        var passed = inForce.ladder().passed(debt);
        var reminder = inForce.ladder().reminder(debt);
        var readers = reminder.isPresent() ? letterbox.readers(debt.organizationId()) : List.<Contact>of();
        if (passed.isEmpty() || (reminder.isPresent() && readers.isEmpty())) {
            return false;
        }
        var now = clock.instant();
        for (var hours : passed) {
            var letters = reminder.filter(hours::equals)
                    .map(tightest -> remind(debt, readers, inForce.number(), tightest, now))
                    .orElse(List.of());
            sql.update(
                    """
                    insert into dunning_reminder (id, wallet_id, hours, version, told_at, currency, balance, burn_per_hour, letters)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    Ids.next(clock),
                    walletId,
                    hours,
                    inForce.number(),
                    now,
                    debt.balance().currency(),
                    debt.balance().amount(),
                    debt.burnPerHour().amount(),
                    letters.toArray(String[]::new));
        }
        return true;
    }

    /** Of the same nobody is written to twice a day. */
    private List<String> remind(Debt debt, List<Contact> readers, int ladder, int hours, Instant now) {
        var left = debt.runway().orElseThrow();
        var words = new Letterbox.Words(
                Act.RUNWAY.letter(),
                Act.RUNWAY.note(),
                debt.balance(),
                Optional.empty(),
                Schedule.lasting(Duration.ofHours(left)));
        var letters = letterbox.tell(
                debt,
                readers,
                words,
                String.join(
                        ":",
                        "runway",
                        debt.walletId().toString(),
                        Integer.toString(hours),
                        LocalDate.ofInstant(now, ZoneOffset.UTC).toString()));
        audit.record(
                "dunning.runway_reminded",
                "organization",
                debt.organizationId().toString(),
                Map.of("hours", hours, "left", left, "balance", debt.balance(), "ladder", ladder));
        return letters;
    }
}
