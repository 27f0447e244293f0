package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provisioning.ServiceCorrections;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory;
import io.tenantry.cloud.reconciliation.discrepancy.RepairAction;
import io.tenantry.cloud.reconciliation.discrepancy.ResolutionOutcome;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.Reason;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The actions of staff on discrepancies. Each locks the discrepancy, and the service where it is changed, and does nothing if they have changed
 * since they were found.
 */
@Stateless
public class DiscrepancyActions {
    private static final String HELD = """
            select f.kind, f.provider_ref, f.service_id, f.expected, f.seen, ${course}
              from server_discrepancy f
             where f.id = ?
               for update
            """.replace("${course}", DiscrepancyHistory.COLUMNS);

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    DiscrepancyEffects discrepancyEffects;

    @Inject
    OutageCredits outageCredits;

    /** For the container. */
    public DiscrepancyActions() {}

    /** For use outside a container. */
    DiscrepancyActions(
            Sql sql,
            Access access,
            AuditTrail audit,
            DiscrepancyEffects discrepancyEffects,
            OutageCredits outageCredits) {
        this.sql = sql;
        this.access = access;
        this.audit = audit;
        this.discrepancyEffects = discrepancyEffects;
        this.outageCredits = outageCredits;
    }

    private record LockedDiscrepancy(
            UUID id,
            DiscrepancyType kind,
            String upstreamId,
            Optional<UUID> serviceId,
            String expected,
            String seen,
            DiscrepancyHistory history) {
        boolean is(DiscrepancyType wanted) {
            return history.isToDecide() && kind == wanted;
        }
    }

    /** Dismisses a discrepancy: it is no longer counted, and neither corrected nor refunded as long as it lasts. */
    public ResolutionOutcome dismiss(UUID id, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = Reason.kept(reason, "a finding is dismissed for a reason");
        var lockedDiscrepancy = held(id);
        if (!lockedDiscrepancy.kind().isFault() || !lockedDiscrepancy.history().isToLeave()) {
            return ResolutionOutcome.TOO_LATE;
        }
        Discrepancies.DOCKET.dismiss(sql, id, why);
        return done("discrepancy.dismissed", lockedDiscrepancy, Map.of("reason", why));
    }

    /** Reopens a dismissed discrepancy; the server of a service that is over is deleted then. */
    public ResolutionOutcome takeUp(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedDiscrepancy = held(id);
        if (lockedDiscrepancy.history().state() != DiscrepancyHistory.State.DISMISSED) {
            return ResolutionOutcome.TOO_LATE;
        }
        Discrepancies.DOCKET.takeUp(sql, id);
        if (lockedDiscrepancy.kind() == DiscrepancyType.ORPHANED) {
            discrepancyEffects.order(id, RepairAction.DELETE);
        }
        return done("discrepancy.reopened", lockedDiscrepancy, Map.of());
    }

    /** Permanently deletes a surplus server at its provider. */
    public ResolutionOutcome delete(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedDiscrepancy = held(id);
        if (!lockedDiscrepancy.history().isToDecide()
                || !lockedDiscrepancy.kind().isTooMany()) {
            return ResolutionOutcome.TOO_LATE;
        }
        discrepancyEffects.order(id, RepairAction.DELETE);
        return done("discrepancy.deletion_ordered", lockedDiscrepancy, Map.of());
    }

    /** Switches the server to the state of its service. */
    public ResolutionOutcome switchBack(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedDiscrepancy = held(id);
        if (!lockedDiscrepancy.is(DiscrepancyType.DRIFT_POWER)) {
            return ResolutionOutcome.TOO_LATE;
        }
        discrepancyEffects.order(id, RepairAction.SWITCH);
        return done("discrepancy.switch_ordered", lockedDiscrepancy, Map.of());
    }

    /** Adopts the only server that has the service's resource tag as its server from now on. */
    public ResolutionOutcome adopt(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedDiscrepancy = held(id);
        if (!lockedDiscrepancy.is(DiscrepancyType.ID_CHANGED)) {
            return ResolutionOutcome.TOO_LATE;
        }
        return correct(
                "discrepancy.adopted",
                "ADOPTED",
                lockedDiscrepancy,
                ServiceCorrections.adopt(
                        sql, lockedDiscrepancy.serviceId(), lockedDiscrepancy.expected(), lockedDiscrepancy.seen()));
    }

    /** Corrects the address of the service to the one at which its server was observed. */
    public ResolutionOutcome correctAddress(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedDiscrepancy = held(id);
        if (!lockedDiscrepancy.is(DiscrepancyType.DRIFT_ADDRESS)) {
            return ResolutionOutcome.TOO_LATE;
        }
        var resolutionOutcome = correct(
                "discrepancy.address_corrected",
                "CORRECTED",
                lockedDiscrepancy,
                ServiceCorrections.correctAddress(
                        sql, lockedDiscrepancy.serviceId(), lockedDiscrepancy.expected(), lockedDiscrepancy.seen()));
        if (resolutionOutcome == ResolutionOutcome.DONE) {
            lockedDiscrepancy.serviceId().ifPresent(service -> discrepancyEffects.event(service, "readdressed"));
        }
        return resolutionOutcome;
    }

    /** Stores the observed size as the expected one. The customer's price stays the same. */
    public ResolutionOutcome acceptSize(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var lockedDiscrepancy = held(id);
        if (!lockedDiscrepancy.is(DiscrepancyType.DRIFT_PLAN)) {
            return ResolutionOutcome.TOO_LATE;
        }
        return correct(
                "discrepancy.size_accepted",
                "ACCEPTED",
                lockedDiscrepancy,
                ServiceCorrections.acceptSize(
                        sql, lockedDiscrepancy.serviceId(), lockedDiscrepancy.expected(), lockedDiscrepancy.seen()));
    }

    /** Immediately refunds what was charged for a missing server, also if so many are missing that nothing is refunded automatically. */
    public Optional<Money> giveBack(UUID id) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        access.require(Permission.STAFF_BILLING_MANAGE);
        var given = outageCredits.settle(id);
        given.ifPresent(amount -> done("discrepancy.credited", held(id), Map.of("amount", amount.toString())));
        return given;
    }

    private ResolutionOutcome correct(
            String action, String resolution, LockedDiscrepancy lockedDiscrepancy, boolean isCorrected) {
        if (!isCorrected) {
            return ResolutionOutcome.TOO_LATE;
        }
        Discrepancies.DOCKET.resolve(sql, lockedDiscrepancy.id(), resolution);
        return done(
                action,
                lockedDiscrepancy,
                Map.of("from", lockedDiscrepancy.expected(), "to", lockedDiscrepancy.seen()));
    }

    private ResolutionOutcome done(String action, LockedDiscrepancy lockedDiscrepancy, Map<String, String> more) {
        var facts = new HashMap<String, String>(more);
        facts.put("kind", lockedDiscrepancy.kind().name());
        facts.put("server", lockedDiscrepancy.upstreamId());
        lockedDiscrepancy.serviceId().ifPresent(service -> facts.put("service", service.toString()));
        return Discrepancies.DOCKET.done(sql, audit, action, lockedDiscrepancy.id(), facts);
    }

    private LockedDiscrepancy held(UUID id) {
        return sql.first(HELD, row -> held(id, row), id).orElseThrow(() -> new NotFoundException("discrepancy", id));
    }

    private static LockedDiscrepancy held(UUID id, Row row) {
        return new LockedDiscrepancy(
                id,
                DiscrepancyType.valueOf(row.text("kind")),
                row.text("provider_ref"),
                row.maybeUuid("service_id"),
                row.text("expected"),
                row.text("seen"),
                DiscrepancyHistory.of(row));
    }
}
