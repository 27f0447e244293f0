package io.tenantry.cloud.addon;

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

/** Schedules the reconciliation of all accounts that ever had add-ons, and lists the discrepancies for staff. */
@Stateless
public class AddonReconciliationSchedule {
    private static final int SHOWN_MAX = 200;

    private static final String NEW = """
            select a.account
              from (select distinct o.account from addon o) a
             where not exists (select
                                 from work.work_item i
                                where i.kind = ? and i.key = ? || a.account and i.state in ('OPEN', 'PARKED'))
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    WorkItems items;

    /** For the container. */
    public AddonReconciliationSchedule() {}

    /** For use outside a container. */
    AddonReconciliationSchedule(Sql sql, Access access, WorkItems items) {
        this.sql = sql;
        this.access = access;
        this.items = items;
    }

    /** Kinds of discrepancies. */
    public enum Kind {
        /** A resource with our resource tag, or an address or backups of one of our servers, that is not billed to a customer. */
        UNKNOWN_ADDON,
        /** A billed resource that does not exist at the provider. */
        MISSING,
        /** A resource whose size differs from the one charged. */
        SIZE
    }

    /**
     * A discrepancy that was confirmed by at least two scans.
     *
     * @param accountName the name of the account for staff
     * @param of a volume, a snapshot, an address, or the backups of a server
     * @param isLeft whether staff have dismissed it
     * @param optionId the add-on that it belongs to, if any
     * @param expectedGib the size charged; zero for an orphaned resource
     * @param seenGib the size observed; zero for a missing resource
     */
    public record Difference(
            UUID id,
            String account,
            String accountName,
            AddonType of,
            Kind kind,
            String upstreamId,
            Optional<UUID> optionId,
            String name,
            int expectedGib,
            int seenGib,
            Instant since,
            boolean isLeft) {}

    /**
     * Schedules accounts that are not reconciled yet; from then on the reconciliation repeats automatically. Requires no permission: called by
     * a timer.
     */
    public int begin() {
        var fresh = sql.query(NEW, row -> row.text("account"), AddonReconciliationHandler.KIND, WorkItems.ROUND);
        fresh.forEach(
                account -> items.write(AddonReconciliationHandler.KIND, WorkItems.ROUND + account, subjectOf(account)));
        return fresh.size();
    }

    /** Returns the discrepancies: undecided ones first, then the latest first. */
    public List<Difference> differences() {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return sql.query("""
                select f.id, f.account, coalesce(a.name, f.account) as account_name, f.addon_kind, f.kind, f.provider_ref, f.addon_id, f.name,
                       f.expected_gib, f.seen_gib, f.first_seen_at, f.state = 'DISMISSED' as is_left
                  from addon_discrepancy f
                  left join provider_account a on a.id::text = f.account
                 where f.confirmed_at is not null and f.state <> 'RESOLVED'
                 order by f.state = 'DISMISSED', f.first_seen_at desc, f.provider_ref
                 limit ?
                """, AddonReconciliationSchedule::difference, SHOWN_MAX);
    }

    private static Difference difference(Row row) {
        return new Difference(
                row.uuid("id"),
                row.text("account"),
                row.text("account_name"),
                AddonType.valueOf(row.text("addon_kind")),
                Kind.valueOf(row.text("kind")),
                row.text("provider_ref"),
                row.maybeUuid("addon_id"),
                row.text("name"),
                row.whole("expected_gib"),
                row.whole("seen_gib"),
                row.instant("first_seen_at"),
                row.flag("is_left"));
    }

    /** Returns the account's ID, if it has one. */
    private static UUID subjectOf(String account) {
        try {
            return UUID.fromString(account);
        } catch (IllegalArgumentException another) {
            return UUID.nameUUIDFromBytes(account.getBytes(StandardCharsets.UTF_8));
        }
    }
}
