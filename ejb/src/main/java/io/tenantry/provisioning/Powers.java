package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.work.WorkItems;
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
 * Starts, stops and restarts servers for people: what is wanted is written down with its work item, and done by {@link SwitchPower}. One
 * thing at a time is wanted of a server.
 */
@Stateless
public class Powers {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Lives lives;

    @Inject
    WorkItems items;

    /** How it ended. */
    public sealed interface Outcome {
        /** It is written down and begins at once. */
        record Wanted() implements Outcome {}

        /** Something is wanted of it already that is not done yet. */
        record Busy(Switching meanwhile) implements Outcome {}

        /** Its vendor is at something else with it. */
        record Occupied(Changing meanwhile) implements Outcome {}

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
    public record Together(int begun, Map<Refusal, Integer> refused) {
        public Together {
            refused = Map.copyOf(refused);
        }
    }

    private record Standing(
            UUID organizationId,
            Service.State state,
            boolean hasServer,
            boolean isOn,
            Optional<Switching> wanted,
            Optional<Changing> changing) {}

    /**
     * Asks for it.
     *
     * @throws WrongState unless the service is active
     */
    public Outcome want(UUID serviceId, Switching wanted) {
        var standing = locked(serviceId);
        access.requireIn(standing.organizationId(), Permission.VPS_MANAGE);
        if (standing.state() != Service.State.ACTIVE) {
            throw new WrongState(serviceId, standing.state());
        }
        if (!standing.hasServer()) {
            return new Outcome.NoServer();
        }
        if (standing.wanted().isPresent()) {
            return new Outcome.Busy(standing.wanted().get());
        }
        if (standing.changing().isPresent()) {
            return new Outcome.Occupied(standing.changing().get());
        }
        begin(serviceId, wanted);
        return new Outcome.Wanted();
    }

    /**
     * Asks for the same of several, each judged by itself: what cannot be switched, or is so as far as we know, is left as it is and
     * counted, and keeps nobody else from it.
     *
     * @throws NotVisible if one of them is not to be known to the one who acts; then nothing was asked for
     */
    public Together wantAll(Collection<UUID> serviceIds, Switching wanted) {
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
        return new Together(begun, refused);
    }

    /** All are locked, in their order, before anything is written: whoever writes to the audit trail waits for no service any more. */
    private Map<UUID, Standing> allLocked(Collection<UUID> serviceIds) {
        var all = new TreeMap<UUID, Standing>();
        for (var id : new TreeSet<>(serviceIds)) {
            all.put(id, locked(id));
        }
        all.values().stream()
                .map(Standing::organizationId)
                .distinct()
                .forEach(organization -> access.requireIn(organization, Permission.VPS_MANAGE));
        return all;
    }

    private static Optional<Refusal> refusal(Standing standing, Switching wanted) {
        if (standing.state() != Service.State.ACTIVE) {
            return Optional.of(Refusal.WRONG_STATE);
        }
        if (!standing.hasServer()) {
            return Optional.of(Refusal.NO_SERVER);
        }
        if (standing.wanted().isPresent() || standing.changing().isPresent()) {
            return Optional.of(Refusal.BUSY);
        }
        var isNeedless = wanted == Switching.START ? standing.isOn() : !standing.isOn();
        return isNeedless ? Optional.of(Refusal.NEEDLESS) : Optional.empty();
    }

    private void begin(UUID serviceId, Switching wanted) {
        sql.update("update service set power_wanted = ?, version = version + 1 where id = ?", wanted, serviceId);
        lives.tell(lives.read(serviceId), "power_" + wanted.word(), "wanted", wanted.word());
        items.write(SwitchPower.KIND, Ids.next(clock).toString(), serviceId);
        audit.record("service.power", "service", serviceId.toString(), Map.of("wanted", wanted.word()));
    }

    private Standing locked(UUID serviceId) {
        return sql.first(
                        """
                        select organization_id, state, account is not null as has_server, power = 'ON' as is_on, power_wanted,
                               changing
                          from service
                         where id = ?
                           for no key update
                        """,
                        row -> new Standing(
                                row.uuid("organization_id"),
                                Service.State.valueOf(row.text("state")),
                                row.flag("has_server"),
                                row.flag("is_on"),
                                row.maybeText("power_wanted").map(Switching::valueOf),
                                row.maybeText("changing").map(Changing::valueOf)),
                        serviceId)
                .orElseThrow(() -> new NotVisible("service", serviceId));
    }
}
