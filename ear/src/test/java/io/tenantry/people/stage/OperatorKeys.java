package io.tenantry.people.stage;

import io.tenantry.people.identity.ApiKeys;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Set;

/** API keys of operators. */
@ApplicationScoped
public class OperatorKeys {
    @Inject
    ApiKeys keys;

    @Inject
    Sql sql;

    /** Creates an operator's API key with permission to manage resellers and runs, or only to view them. */
    @Transactional
    public Map<String, String> key(String email, boolean isManaging) {
        return Tenancy.in(Scope.PLATFORM, () -> {
            var person = sql.one("select id from person where email = ?", row -> row.uuid("id"), email);
            var views = Set.of(Permission.PLATFORM_TENANTS_VIEW, Permission.PLATFORM_CHARGING_VIEW);
            var all = Set.of(
                    Permission.PLATFORM_TENANTS_VIEW,
                    Permission.PLATFORM_TENANTS_MANAGE,
                    Permission.PLATFORM_CHARGING_VIEW,
                    Permission.PLATFORM_CHARGING_MANAGE);
            try (var actorScope = Actors.enter(new Actor(Actor.Kind.OPERATOR, person, "Otto Operator"))) {
                return Map.of(
                        "key",
                        keys.create("program", null, isManaging ? all : views, null)
                                .text());
            }
        });
    }
}
