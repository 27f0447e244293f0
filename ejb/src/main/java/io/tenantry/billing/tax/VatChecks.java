package io.tenantry.billing.tax;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Validity of customers' VAT numbers according to VIES: checked if the reseller collects tax, when a number is entered, when staff request it,
 * and again each month. Without VIES nothing is checked, and staff set the status of customers.
 */
@Stateless
public class VatChecks {
    /** Age after which an answer is checked again, because a number may be withdrawn. */
    static final Duration AGAIN_AFTER = Duration.ofDays(30);

    private static final int SHOWN = 20;
    private static final int TOGETHER = 1_000;

    private static final String LATEST = """
            select b.vat_number,
                   exists (select from tax_registration) as collects,
                   (select c.verdict
                      from vat_check c
                     where c.organization_id = b.organization_id
                       and c.number = b.vat_number
                       and c.verdict <> 'UNAVAILABLE'
                       and c.buyer_id > coalesce((select max(o.id) from invoice_buyer_v o
                                                   where o.organization_id = c.organization_id and o.vat_number <> c.number), 0)
                     order by c.id desc
                     limit 1) as verdict
              from invoice_buyer_v b
             where b.organization_id = ?
             order by b.id desc
             limit 1
            """;

    private static final String DUE = """
            select b.organization_id, b.vat_number
              from (select distinct on (organization_id) organization_id, vat_number
                      from invoice_buyer_v
                     order by organization_id, id desc) b
             where b.vat_number <> ''
               and left(b.vat_number, 2) = any (?)
               and exists (select from tax_registration)
               and not exists (select from vat_check c
                                where c.organization_id = b.organization_id and c.number = b.vat_number
                                  and c.verdict <> 'UNAVAILABLE' and c.requested_at > ?)
               and not exists (select from work.work_item i
                                where i.kind = ? and i.subject = b.organization_id and i.state in ('OPEN', 'PARKED'))
             order by b.organization_id
             limit ?
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
    WorkItems items;

    @Inject
    Vies vies;

    /** What is known about an organization's number. */
    public enum Known {
        /** There is no number that VIES could know, or checks are disabled. */
        NONE,
        CHECKING,
        CONFIRMED,
        /** Its state does not know the number. */
        UNKNOWN
    }

    /** An answer from VIES; text that it did not state is empty. */
    public record Evidence(
            String number, String verdict, String consultation, String name, String address, String reason, Instant at)
            implements Serializable {}

    /** Outcome of requesting a check. */
    public enum CheckTrigger {
        REQUESTED,
        /** A check is already in progress. */
        IN_PROGRESS,
        /** There is no number to check, or VIES is not available. */
        NONE
    }

    /** Returns what is known about an organization's number. */
    public Known known(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return latest(organizationId);
    }

    /** Returns the answers from VIES about an organization's numbers, latest first. */
    public List<Evidence> evidence(UUID organizationId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return sql.query("""
                select number, verdict, consultation, name, address, reason, requested_at
                  from vat_check
                 where organization_id = ?
                 order by id desc
                 limit ?
                """, VatChecks::evidence, organizationId, SHOWN);
    }

    /**
     * Requests another check by VIES.
     *
     * @throws NotFoundException if there is no such organization
     */
    public CheckTrigger again(UUID organizationId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        if (latest(organizationId) == Known.NONE) {
            return CheckTrigger.NONE;
        }
        var isUnderWay = sql.one("""
                select exists (select from work.work_item
                                where kind = ? and subject = ? and state = 'OPEN') as under_way
                """, row -> row.flag("under_way"), VatCheckHandler.KIND, organizationId);
        if (isUnderWay) {
            return CheckTrigger.IN_PROGRESS;
        }
        items.write(VatCheckHandler.KIND, "again:" + UUID.randomUUID(), organizationId);
        audit.record("tax.number_check_requested", "organization", organizationId.toString(), Map.of());
        return CheckTrigger.REQUESTED;
    }

    /** Handles a changed country or number of an organization. */
    public void stated(@Observes TaxLocationChanged event) {
        if (latest(event.organizationId()) == Known.NONE) {
            return;
        }
        var buyer = sql.one(
                "select max(id) as id from invoice_buyer_v where organization_id = ?",
                row -> row.big("id"),
                event.organizationId());
        items.write(VatCheckHandler.KIND, "buyer:" + buyer, event.organizationId());
    }

    /**
     * Schedules checks of numbers without an answer for a month, including those entered before checks were enabled. Checks no permission:
     * called by a timer.
     *
     * @return their number
     */
    public int begin() {
        if (!vies.isOn()) {
            return 0;
        }
        var now = clock.instant();
        var due = sql.query(
                DUE,
                row -> row.uuid("organization_id"),
                EuropeanUnion.prefixes().toArray(String[]::new),
                now.minus(AGAIN_AFTER),
                VatCheckHandler.KIND,
                TOGETHER);
        var day = now.atZone(ZoneOffset.UTC).toLocalDate();
        due.forEach(organization -> items.write(VatCheckHandler.KIND, "due:" + organization + ":" + day, organization));
        return due.size();
    }

    private Known latest(UUID organizationId) {
        if (!vies.isOn()) {
            return Known.NONE;
        }
        return sql.first(LATEST, VatChecks::known, organizationId).orElse(Known.NONE);
    }

    private static Known known(Row row) {
        if (!row.flag("collects")
                || EuropeanUnion.ofNumber(row.text("vat_number")).isEmpty()) {
            return Known.NONE;
        }
        return row.maybeText("verdict")
                .map(verdict -> "VALID".equals(verdict) ? Known.CONFIRMED : Known.UNKNOWN)
                .orElse(Known.CHECKING);
    }

    private static Evidence evidence(Row row) {
        return new Evidence(
                row.text("number"),
                row.text("verdict"),
                row.text("consultation"),
                row.text("name"),
                row.text("address"),
                row.text("reason"),
                row.instant("requested_at"));
    }
}
