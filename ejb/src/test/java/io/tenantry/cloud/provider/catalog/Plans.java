package io.tenantry.cloud.provider.catalog;

import io.tenantry.catalog.Plan;
import io.tenantry.tenancy.Sql;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Stores plans as Hibernate would, for tests outside a server: writes them when they are added, and their state when it changes. */
final class Plans {
    private final Sql sql;
    private final Map<UUID, Plan> managed = new HashMap<>();

    Plans(Sql sql) {
        this.sql = sql;
    }

    EntityManager entities() {
        return (EntityManager) Proxy.newProxyInstance(
                Plans.class.getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "persist" -> add((Plan) arguments[0]);
                        case "flush" -> flush();
                        case "find" -> {
                            return managed.get((UUID) arguments[1]);
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private void add(Plan plan) {
        var id = value(plan, "id", UUID.class);
        sql.update(
                """
                insert into plan (id, code, name, category, vcpus, memory_mib, disk_gib, transfer_gib, transfer_unlimited, state,
                                  created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                value(plan, "code", String.class),
                value(plan, "name", String.class),
                value(plan, "category", String.class),
                value(plan, "vcpus", Integer.class),
                value(plan, "memoryMib", Integer.class),
                value(plan, "diskGib", Integer.class),
                value(plan, "transferGib", Integer.class),
                value(plan, "transferUnlimited", Boolean.class),
                value(plan, "state", Plan.State.class),
                value(plan, "createdAt", Instant.class));
        for (var region : value(plan, "regions", Set.class)) {
            sql.update("insert into plan_region (plan_id, region) values (?, ?)", id, region);
        }
        managed.put(id, plan);
    }

    private void flush() {
        managed.forEach((id, plan) ->
                sql.update("update plan set state = ? where id = ?", value(plan, "state", Plan.State.class), id));
    }

    private static <T> T value(Plan plan, String name, Class<T> type) {
        try {
            var field = Plan.class.getDeclaredField(name);
            field.setAccessible(true);
            return type.cast(field.get(plan));
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(name, impossible);
        }
    }
}
