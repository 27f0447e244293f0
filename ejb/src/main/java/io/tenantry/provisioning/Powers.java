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
import java.util.Map;
import java.util.Optional;
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

    private record Standing(
            UUID organizationId,
            Service.State state,
            boolean hasServer,
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
        sql.update("update service set power_wanted = ?, version = version + 1 where id = ?", wanted, serviceId);
        lives.tell(lives.read(serviceId), "power_" + wanted.word(), "wanted", wanted.word());
        items.write(SwitchPower.KIND, Ids.next(clock).toString(), serviceId);
        audit.record("service.power", "service", serviceId.toString(), Map.of("wanted", wanted.word()));
        return new Outcome.Wanted();
    }

    private Standing locked(UUID serviceId) {
        return sql.first(
                        """
                        select organization_id, state, account is not null as has_server, power_wanted, changing
                          from service
                         where id = ?
                           for no key update
                        """,
                        row -> new Standing(
                                row.uuid("organization_id"),
                                Service.State.valueOf(row.text("state")),
                                row.flag("has_server"),
                                row.maybeText("power_wanted").map(Switching::valueOf),
                                row.maybeText("changing").map(Changing::valueOf)),
                        serviceId)
                .orElseThrow(() -> new NotVisible("service", serviceId));
    }
}
