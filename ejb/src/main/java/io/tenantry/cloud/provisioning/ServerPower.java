package io.tenantry.cloud.provisioning;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Starts, stops and restarts servers for users: a request is stored with its work item, and carried out by {@link PowerHandler}. A server has
 * at most one request.
 */
@Stateless
public class ServerPower {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    WorkItems items;

    /** The outcome of a request. */
    public sealed interface Outcome {
        /** The request is recorded and starts immediately. */
        record Wanted() implements Outcome {}

        /** An earlier request is not done yet. */
        record Busy(PendingPowerAction meanwhile) implements Outcome {}

        /** The provider is performing another operation on the server. */
        record Occupied(OperationInProgress meanwhile) implements Outcome {}

        /** The service has no server at a provider. */
        record NoServer() implements Outcome {}
    }

    /** Why one of several servers is left unchanged. */
    public enum Refusal {
        /** It is in that state already, or it is off and cannot be restarted. */
        NO_CHANGE,
        /** An earlier request is not done yet. */
        BUSY,
        /** There is no server at a provider. */
        NO_SERVER,
        /** The service is not active. */
        WRONG_STATE
    }

    /**
     * The result of a request for several servers.
     *
     * @param started number of servers whose request is recorded
     * @param refused numbers of servers left unchanged, by reason; only reasons that occurred
     */
    public record BulkResult(int started, Map<Refusal, Integer> refused) {
        public BulkResult {
            refused = Map.copyOf(refused);
        }
    }

    private record PowerStatus(
            UUID organizationId,
            Service.State state,
            boolean hasServer,
            boolean isOn,
            Optional<PendingPowerAction> wanted,
            Optional<OperationInProgress> changing) {}

    /**
     * Requests a power change.
     *
     * @throws InvalidStateException unless the service is active
     */
    public Outcome want(UUID serviceId, PendingPowerAction wanted) {
        var powerStatus = locked(serviceId);
        access.requireIn(powerStatus.organizationId(), Permission.VPS_MANAGE);
        if (powerStatus.state() != Service.State.ACTIVE) {
            throw new InvalidStateException(serviceId, powerStatus.state());
        }
        if (!powerStatus.hasServer()) {
            return new Outcome.NoServer();
        }
        if (powerStatus.wanted().isPresent()) {
            return new Outcome.Busy(powerStatus.wanted().get());
        }
        if (powerStatus.changing().isPresent()) {
            return new Outcome.Occupied(powerStatus.changing().get());
        }
        begin(serviceId, wanted);
        return new Outcome.Wanted();
    }

    /**
     * Requests the same power change of several servers, each checked separately: one that cannot be switched, or has the state already as far
     * as known, is left unchanged and counted, and does not affect the others.
     *
     * @throws NotFoundException if one of them is not visible to the caller; nothing is requested then
     */
    public BulkResult wantAll(Collection<UUID> serviceIds, PendingPowerAction wanted) {
        if (serviceIds.size() > Services.TOGETHER_MAX) {
            throw new IllegalArgumentException("more than " + Services.TOGETHER_MAX + " at once: " + serviceIds.size());
        }
        var started = 0;
        var refused = new EnumMap<Refusal, Integer>(Refusal.class);
        for (var one : allLocked(serviceIds).entrySet()) {
            var why = refusal(one.getValue(), wanted);
            if (why.isPresent()) {
                refused.merge(why.get(), 1, Integer::sum);
            } else {
                begin(one.getKey(), wanted);
                started++;
            }
        }
        return new BulkResult(started, refused);
    }

    /**
     * Locks all services in the order of their IDs before anything is written, so that no transaction that has written to the audit trail waits
     * for a service.
     */
    private Map<UUID, PowerStatus> allLocked(Collection<UUID> serviceIds) {
        var all = new TreeMap<UUID, PowerStatus>();
        for (var id : new TreeSet<>(serviceIds)) {
            all.put(id, locked(id));
        }
        all.values().stream()
                .map(PowerStatus::organizationId)
                .distinct()
                .forEach(organization -> access.requireIn(organization, Permission.VPS_MANAGE));
        return all;
    }

    private static Optional<Refusal> refusal(PowerStatus powerStatus, PendingPowerAction wanted) {
        if (powerStatus.state() != Service.State.ACTIVE) {
            return Optional.of(Refusal.WRONG_STATE);
        }
        if (!powerStatus.hasServer()) {
            return Optional.of(Refusal.NO_SERVER);
        }
        if (powerStatus.wanted().isPresent() || powerStatus.changing().isPresent()) {
            return Optional.of(Refusal.BUSY);
        }
        var isNeedless = wanted == PendingPowerAction.START ? powerStatus.isOn() : !powerStatus.isOn();
        return isNeedless ? Optional.of(Refusal.NO_CHANGE) : Optional.empty();
    }

    private void begin(UUID serviceId, PendingPowerAction wanted) {
        sql.update("update service set pending_power = ?, version = version + 1 where id = ?", wanted, serviceId);
        serviceLifecycle.recordEvent(
                serviceLifecycle.read(serviceId), "power_" + wanted.word(), "wanted", wanted.word());
        items.write(PowerHandler.KIND, Ids.next(clock).toString(), serviceId);
        audit.record("service.power_requested", "service", serviceId.toString(), Map.of("wanted", wanted.word()));
    }

    private PowerStatus locked(UUID serviceId) {
        return sql.first(
                        """
                        select organization_id, state, account is not null as has_server, power = 'ON' as is_on, pending_power,
                               pending_operation
                          from service
                         where id = ?
                           for no key update
                        """,
                        row -> new PowerStatus(
                                row.uuid("organization_id"),
                                Service.State.valueOf(row.text("state")),
                                row.flag("has_server"),
                                row.flag("is_on"),
                                row.maybeText("pending_power").map(PendingPowerAction::valueOf),
                                row.maybeText("pending_operation").map(OperationInProgress::valueOf)),
                        serviceId)
                .orElseThrow(() -> new NotFoundException("service", serviceId));
    }
}
