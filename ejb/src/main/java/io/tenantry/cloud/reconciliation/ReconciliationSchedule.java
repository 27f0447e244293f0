package io.tenantry.cloud.reconciliation;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The schedule of account scans, with the time and the result of the last one. */
@Stateless
public class ReconciliationSchedule {
    private static final String NEW = """
            select a.account
              from (${accounts}) a
             where not exists (select
                                 from work.work_item i
                                where i.kind = ? and i.key = ? || a.account and i.state in ('OPEN', 'PARKED'))
            """.replace("${accounts}", Inventories.ACCOUNTS);

    private static final String STANDINGS = """
            select k.account, coalesce(a.name, k.account) as name, a.id, r.started_at, r.completed_at,
                   coalesce(r.servers, 0) as servers, coalesce(r.ours, 0) as ours, coalesce(r.doubtful, false) as doubtful,
                   r.failure,
                   coalesce(r.message, '') as message,
                   (select count(*)::int
                      from server_discrepancy f
                     where f.account = k.account
                       and f.state = 'OPEN'
                       and f.confirmed_at is not null
                       and f.kind <> 'UNMANAGED') as findings
              from (${accounts}) k
              left join provider_account a on a.id::text = k.account
              left join provider_scan r on r.account = k.account
             order by lower(coalesce(a.name, k.account)), k.account
             limit 100
            """.replace("${accounts}", Inventories.ACCOUNTS);

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    WorkItems items;

    /** For the container. */
    public ReconciliationSchedule() {}

    /** For use outside a container. */
    ReconciliationSchedule(Sql sql, Access access, WorkItems items) {
        this.sql = sql;
        this.access = access;
        this.items = items;
    }

    /**
     * The scans of an account. Times are real time, also in a demo whose clock was moved.
     *
     * @param accountId the ID of a connected account
     * @param startedAt start of the last scan
     * @param completedAt time of the last complete scan, to which {@code servers} and {@code ours} refer
     * @param isDoubtful whether more than half of the expected servers were missing at once
     * @param failure why the last scan was not completed
     * @param discrepancies number of open, confirmed discrepancies
     */
    public record AccountDue(
            String account,
            String name,
            Optional<UUID> accountId,
            Optional<Instant> startedAt,
            Optional<Instant> completedAt,
            int servers,
            int ours,
            boolean isDoubtful,
            Optional<String> failure,
            String words,
            int discrepancies) {}

    /**
     * Schedules accounts that are not scanned yet; from then on, the scan repeats automatically. Requires no permission: called by a timer.
     */
    public int begin() {
        var fresh = sql.query(NEW, row -> row.text("account"), ReconciliationHandler.KIND, WorkItems.ROUND);
        fresh.forEach(account -> items.write(ReconciliationHandler.KIND, keyOf(account), subjectOf(account)));
        return fresh.size();
    }

    /** Returns all accounts that are scanned. */
    public List<AccountDue> all() {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.query(STANDINGS, ReconciliationSchedule::status);
    }

    /** Schedules a scan of all accounts as soon as possible. */
    public int scanNow() {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var accounts = sql.query(Inventories.ACCOUNTS, row -> row.text("account"));
        accounts.forEach(account -> items.soon(ReconciliationHandler.KIND, keyOf(account), subjectOf(account)));
        return accounts.size();
    }

    static String keyOf(String account) {
        return WorkItems.ROUND + account;
    }

    static String accountOf(String key) {
        return key.substring(WorkItems.ROUND.length());
    }

    /** Returns the account's ID, if it has one. */
    private static UUID subjectOf(String account) {
        try {
            return UUID.fromString(account);
        } catch (IllegalArgumentException another) {
            return UUID.nameUUIDFromBytes(account.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static AccountDue status(Row row) {
        return new AccountDue(
                row.text("account"),
                row.text("name"),
                row.maybeUuid("id"),
                row.maybeInstant("started_at"),
                row.maybeInstant("completed_at"),
                row.whole("servers"),
                row.whole("ours"),
                row.flag("doubtful"),
                row.maybeText("failure"),
                row.text("message"),
                row.whole("findings"));
    }
}
