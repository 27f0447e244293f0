package io.tenantry.people.identity;

import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/** The roles that can be assigned here. */
@Dependent
class Roles {
    @Inject
    Sql sql;

    /** Returns the roles of one kind, the strongest first. */
    List<Role> of(Role.Kind kind) {
        return sql.query(
                "select code, name, permissions from role where kind = ? order by cardinality(permissions) desc, code",
                row -> new Role(row.text("code"), row.text("name"), Set.copyOf(row.texts("permissions"))),
                kind);
    }

    /** Whether the role exists and has no permission that its assigner lacks. */
    boolean isWithin(Role.Kind kind, String code, Set<String> held) {
        return of(kind).stream().anyMatch(role -> role.code().equals(code) && held.containsAll(role.permissions()));
    }

    /** Whether the role exists and includes the permission. */
    boolean allows(Role.Kind kind, String code, String permission) {
        return of(kind).stream()
                .anyMatch(role -> role.code().equals(code) && role.permissions().contains(permission));
    }
}
