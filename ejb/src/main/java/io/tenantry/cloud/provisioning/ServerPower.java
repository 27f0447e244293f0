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
 * Starts, stops and restarts servers for people: what is wanted is written down with its work item, and done by {@link PowerHandler}. One
 * thing at a time is wanted of a server.
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

    /** How it ended. */
    public sealed interface Outcome {
        /** It is written down and begins at once. */
        record Wanted() implements Outcome {}

        /** Something is wanted of it already that is not done yet. */
        record Busy(PendingPowerAction meanwhile) implements Outcome {}

        /** Its vendor is at something else with it. */
        record Occupied(OperationInProgress meanwhile) implements Outcome {}

        /** There is no server at any vendor, only a service in our books. */
        record NoServer() implements Outcome {}
    }

    /** Why a server among several is left as it is. */
    public enum Refusal {
        /** It is so already; or it is off, and cannot be restarted. */
        NEEDLESS,
        /** Something else is wanted of it already. */
        BUSY,
        /** There is no server at any vendor. */
        NO_SERVER,
        /** The service is not active. */
        WRONG_STATE
    }

    /**
     * What became of several.
     *
     * @param begun of how many it is written down
     * @param refused how many are left as they are, and why; no reason that nothing was left for
     */
    public record BulkResult(int begun, Map<Refusal, Integer> refused) {
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
     * Asks for it.
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
     * Asks for the same of several, each judged by itself: what cannot be switched, or is so as far as we know, is left as it is and
     * counted, and keeps nobody else from it.
     *
     * @throws NotFoundException if one of them is not to be known to the one who acts; then nothing was asked for
     */
    public BulkResult wantAll(Collection<UUID> serviceIds, PendingPowerAction wanted) {
        if (serviceIds.size() > Services.TOGETHER_MAX) {
            throw new IllegalArgumentException("more than " + Services.TOGETHER_MAX + " at once: " + serviceIds.size());
        }
        var begun = 0;
        var refused = new EnumMap<Refusal, Integer>(Refusal.class);
        for (var one : allLocked(serviceIds).entrySet()) {
            var why = refusal(one.getValue(), wanted);
            if (why.isPresent()) {
                refused.merge(why.get(), 1, Integer::sum);
            } else {
                begin(one.getKey(), wanted);
                begun++;
            }
        }
        return new BulkResult(begun, refused);
    }

    /** All are locked, in their order, before anything is written: whoever writes to the audit trail waits for no service any more. */
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
        return isNeedless ? Optional.of(Refusal.NEEDLESS) : Optional.empty();
    }

    private void begin(UUID serviceId, PendingPowerAction wanted) {
        sql.update("update service set pending_power = ?, version = version + 1 where id = ?", wanted, serviceId);
        serviceLifecycle.tell(serviceLifecycle.read(serviceId), "power_" + wanted.word(), "wanted", wanted.word());
        items.write(PowerHandler.KIND, Ids.next(clock).toString(), serviceId);
        audit.record("service.power", "service", serviceId.toString(), Map.of("wanted", wanted.word()));
    }

    private PowerStatus locked(UUID serviceId) {
        return sql.first(
                        """
                        select organization_id, state, account is not null as has_server, power = 'ON' as is_on, pending_power,
                               changing
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
                                row.maybeText("changing").map(OperationInProgress::valueOf)),
                        serviceId)
                .orElseThrow(() -> new NotFoundException("service", serviceId));
    }
}
