package io.tenantry.cloud.provisioning;

import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What happened to a service, line by line, for customer and staff. Joins the caller's transaction; asks for no right: part of use cases that did. */
public final class ServiceTimeline {
    private ServiceTimeline() {}

    /** Adds an event and notifies open pages. The event names the person who caused it, if there is one. */
    public static void record(
            Sql sql, UUID serviceId, UUID organizationId, Instant at, String what, Map<String, String> facts) {
        write(sql, serviceId, at, what, facts);
        Signals.publish(sql, Signal.Kind.SERVICE, organizationId);
    }

    /** The same without facts, of a service whose organization the caller does not know. */
    public static void record(Sql sql, UUID serviceId, Instant at, String what) {
        write(sql, serviceId, at, what, Map.of());
        sql.query("select organization_id from service where id = ?", row -> row.uuid("organization_id"), serviceId)
                .forEach(organization -> Signals.publish(sql, Signal.Kind.SERVICE, organization));
    }

    private static void write(Sql sql, UUID serviceId, Instant at, String what, Map<String, String> facts) {
        var actor = Actors.require();
        var names = facts.keySet().toArray(String[]::new);
        var values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = facts.get(names[i]);
        }
        sql.update("""
                insert into service_event (service_id, at, event, actor, facts)
                values (?, ?, ?, ?, jsonb_object(?::text[], ?::text[]))
                """, serviceId, at, what, actor.isSystem() ? "" : actor.name(), names, values);
    }
}
