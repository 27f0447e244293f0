package io.tenantry.dunning;

import io.tenantry.cloud.provisioning.Suspensions;
import io.tenantry.cloud.provisioning.Terminations;
import io.tenantry.documents.mail.MailTemplate;
import io.tenantry.people.notification.Notification;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Database steps that end suspensions for debt: services are resumed when the debt is paid, or terminated. Transactions and locks are those of
 * {@link DunningTransactions}.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DunningSuspensionTransactions {
    private static final String SUSPENDED = """
            select service_id
              from dunning_suspension
             where case_id = ?
               and resumed_at is null
               and ended_at is null
             order by service_id
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
    Suspensions suspensions;

    @Inject
    Terminations terminations;

    /**
     * Resumes the services that were suspended for a debt that is over, and nothing else.
     *
     * @return the number of services resumed
     */
    public int resume(ClaimedWorkItem claimedWorkItem, UUID episode) {
        items.hold(claimedWorkItem);
        var now = clock.instant();
        var back = 0;
        sql.query("""
                select s.id from service s join dunning_suspension d on d.service_id = s.id
                 where d.case_id = ? order by s.id for no key update of s
                """, row -> row.uuid("id"), episode);
        for (var service : sql.query(SUSPENDED, row -> row.uuid("service_id"), episode)) {
            if (suspensions.resumeFromDebt(service)) {
                back += sql.update(
                        "update dunning_suspension set resumed_at = ? where case_id = ? and service_id = ?",
                        now,
                        episode,
                        service);
            }
        }
        if (back > 0) {
            var dunningCase = dunningCases
                    .of(sql.one(
                            "select wallet_id from dunning_case where id = ?", row -> row.uuid("wallet_id"), episode))
                    .orElseThrow();
            var mailTexts = new DunningMailer.MailTexts(
                    MailTemplate.DEBT_PAID,
                    Notification.Kind.DEBT_PAID,
                    dunningCase.balance(),
                    Optional.empty(),
                    SuspensionSchedule.NONE);
            dunningMailer.send(
                    dunningCase,
                    dunningMailer.readers(dunningCase.organizationId()),
                    mailTexts,
                    "dunning-paid:" + episode);
        }
        return back;
    }

    /**
     * Terminates a service that was suspended for a debt that is still open. Locks are those of {@link Terminations#end}; only then is it certain
     * that no money arrived.
     *
     * @return false if money arrived, or the service was terminated or resumed otherwise: then it stays as it is
     * @throws DebtClearedException if money arrived at this very moment
     */
    public boolean terminate(ClaimedWorkItem claimedWorkItem, UUID service) {
        items.hold(claimedWorkItem);
        var episode = UUID.fromString(
                claimedWorkItem.key().substring(0, claimedWorkItem.key().indexOf(':')));
        var isSuspended = sql.first("""
                select id from service where id = ? and state = 'SUSPENDED' and suspended_for_debt for no key update
                """, row -> row.uuid("id"), service).isPresent();
        if (!isSuspended || !isOpen(episode)) {
            return false;
        }
        terminations.end(service);
        if (!isOpen(episode)) {
            throw new DebtClearedException(service);
        }
        sql.update(
                "update dunning_suspension set ended_at = ? where case_id = ? and service_id = ?",
                clock.instant(),
                episode,
                service);
        return true;
    }

    private boolean isOpen(UUID episode) {
        return sql.one(
                "select ended_at is null as is_open from dunning_case where id = ?",
                row -> row.flag("is_open"),
                episode);
    }
}
