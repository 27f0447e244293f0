package io.tenantry.people.identity;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Impersonation;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a person's kind and role. Queries that use it name the tables {@code p} (person) and {@code s} (staff_member, outer joined) and select
 * {@link #COLUMNS}.
 */
final class RoleAssignmentReader {
    static final String COLUMNS = """
            p.id as person_id, p.email, p.name, p.locale, p.zone, s.role_kind,
            exists (select from membership m
                      join organization o on o.id = m.organization_id and o.state <> 'CLOSED'
                     where m.person_id = p.id)
                or exists (select from membership_invitation i
                            where i.person_id = p.id and i.state = 'OPEN' and i.expires_at > now()) as is_member
            """;

    private RoleAssignmentReader() {}

    /** Returns the person of the row; empty if it has no role here and so may not sign in. */
    static Optional<AuthenticatedPerson> of(Row row) {
        return kind(row.maybeText("role_kind"), row.flag("is_member"))
                .map(kind -> new AuthenticatedPerson(
                        row.uuid("person_id"),
                        row.text("email"),
                        row.text("name"),
                        kind,
                        row.maybeText("locale").map(Locale::forLanguageTag).orElse(null),
                        row.maybeText("zone").map(ZoneId::of).orElse(null)));
    }

    /** Returns the person of the row, impersonating the customer of the row. */
    static Optional<AuthenticatedPerson> ofImpersonating(Row row) {
        return of(row).map(person -> person.impersonating(new Impersonation(
                row.uuid("impersonation_id"),
                row.uuid("organization_id"),
                row.text("organization_name"),
                person.name(),
                row.text("staff_role"),
                row.instant("ends_at"))));
    }

    private static Optional<Actor.Kind> kind(Optional<String> roleKind, boolean isMember) {
        if (Tenancy.scope().equals(Scope.PLATFORM)) {
            return roleKind.filter("OPERATOR"::equals).map(kind -> Actor.Kind.OPERATOR);
        }
        if (roleKind.filter("STAFF"::equals).isPresent()) {
            return Optional.of(Actor.Kind.STAFF);
        }
        return isMember ? Optional.of(Actor.Kind.MEMBER) : Optional.empty();
    }
}
