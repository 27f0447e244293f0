package io.tenantry.people.identity;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Permission checks for the current actor, decided against the database at every call, or once within a read-only request
 * ({@link RequestPermissionCache}), so that a changed role takes effect at once on every node. The system may do everything. Operators are
 * recognized only in the platform's scope, staff and members only in a tenant's: an id from elsewhere finds no role here. Staff who impersonate
 * a customer ({@link Impersonations}) have only a member's rights there, and only while the database confirms it.
 */
@Stateless
public class Access {
    private static final Logger LOG = System.getLogger(Access.class.getName());

    private static final String STAFF_ROLE = """
            select r.permissions
              from staff_member s
              join person p on p.id = s.person_id and p.state = 'ACTIVE'
              join role r on r.code = s.role
             where s.person_id = ?
               and s.role_kind = ?
            """;

    /** The same, and whether the organization exists: one query instead of two. */
    private static final String STAFF_ROLE_AND_ORGANIZATION = STAFF_ROLE.replace(
            "select r.permissions",
            "select r.permissions, exists (select from organization o where o.id = ?) as is_there");

    private static final String MEMBER_ROLE = """
            select r.permissions
              from membership m
              join person p on p.id = m.person_id and p.state = 'ACTIVE'
              join organization o on o.id = m.organization_id and o.state <> 'CLOSED'
              join role r on r.code = m.role
             where m.person_id = ?
               and m.organization_id = ?
            """;

    private static final String PLACES = """
            select o.id, o.name, o.state, m.role, r.permissions
              from membership m
              join person p on p.id = m.person_id and p.state = 'ACTIVE'
              join organization o on o.id = m.organization_id and o.state <> 'CLOSED'
              join role r on r.code = m.role
             where m.person_id = ?
             order by lower(o.name), o.id
            """;

    /** The only membership of a member of staff who impersonates a customer, if that is not over: with rights of its owner. */
    private static final String PLACE_OF_IMPERSONATION = """
            select o.id, o.name, o.state, r.code as role, r.permissions
              from impersonation i
              join web_session w on w.id = i.session_id and w.ended_at is null
              join person p on p.id = i.person_id and p.state = 'ACTIVE' and w.created_at >= p.sessions_valid_from
              join staff_member s on s.person_id = p.id
              join role sr on sr.code = s.role and sr.kind = 'STAFF' and ? = any (sr.permissions)
              join organization o on o.id = i.organization_id and o.state <> 'CLOSED'
              join role r on r.code = 'owner' and r.kind = 'ORGANIZATION'
             where i.id = ?
               and i.person_id = ?
               and i.organization_id = ?
               and i.ended_at is null
               and i.ends_at > now()
            """;

    /** The cache key of an actor's own permissions within a read-only request. */
    private static final String OWN = "own";

    private static final String PLACES_OF = "places";

    @Inject
    Sql sql;

    /** For the container. */
    public Access() {}

    /** For use outside a container. */
    public Access(Sql sql) {
        this.sql = sql;
    }

    /** An organization for which the current person acts, with the person's permissions there. */
    public record Membership(UUID organizationId, String name, String state, String role, Set<String> permissions) {
        /** Whether the person has this permission there. */
        public boolean allows(String permission) {
            return permissions.contains(permission);
        }
    }

    /** The permissions of staff, and whether the organization in question exists. */
    private record StaffPermissions(Set<String> own, boolean isThere) {}

    /**
     * Requires the current member of staff or operator to have the permission. Refusals are logged; the actor is in the log context.
     *
     * @throws AccessDeniedException if not
     */
    public void require(String permission) {
        if (!allows(permission)) {
            LOG.log(Level.INFO, "refused: permission={0}", permission);
            throw new AccessDeniedException(permission);
        }
    }

    /** Whether {@link #require} would pass: for what a page offers. The use case checks again. */
    public boolean allows(String permission) {
        var actor = Actors.current();
        return actor.filter(Actor::isSystem).isPresent()
                || actor.map(this::ownPermissions).orElse(Set.of()).contains(permission);
    }

    /**
     * Requires the current actor to have the permission in the organization: a member by role, or staff who have the corresponding permission.
     *
     * @throws AccessDeniedException if the actor knows the organization but lacks the permission
     * @throws NotFoundException if the actor may not know the organization, or it does not exist
     */
    public void requireIn(UUID organizationId, String permission) {
        var known = permissionsIn(organizationId);
        if (known.isPresent() && known.get().contains(permission)) {
            return;
        }
        LOG.log(Level.INFO, "refused: permission={0} organization={1}", permission, organizationId);
        if (known.isEmpty()) {
            throw new NotFoundException("organization", organizationId);
        }
        throw new AccessDeniedException(permission);
    }

    /** Whether {@link #requireIn} would pass: for what a page offers. The use case checks again. */
    public boolean allowsIn(UUID organizationId, String permission) {
        return permissionsIn(organizationId).orElse(Set.of()).contains(permission);
    }

    /**
     * Returns all permissions of the current actor in the organization, for use cases that show each actor what they may see.
     *
     * @throws NotFoundException if the actor may not know the organization, or it does not exist
     */
    public Set<String> allowedIn(UUID organizationId) {
        return permissionsIn(organizationId).orElseThrow(() -> new NotFoundException("organization", organizationId));
    }

    /** Returns the permissions of the current member of staff or operator; empty for all others. */
    public Set<String> permissions() {
        return Actors.current().map(this::ownPermissions).orElse(Set.of());
    }

    /** Returns the organizations for which the current member acts, by name. */
    public List<Membership> places() {
        var member = Actors.current().filter(actor -> actor.kind() == Actor.Kind.MEMBER);
        if (member.isEmpty()) {
            return List.of();
        }
        var limit = CurrentApiKey.current().map(CurrentApiKey::organizationId);
        return placesOf(member.get()).stream()
                .filter(membership -> limit.isEmpty() || limit.get().equals(membership.organizationId()))
                .toList();
    }

    private List<Membership> placesOf(Actor member) {
        return RequestPermissionCache.once(member, PLACES_OF, () -> askedPlacesOf(member));
    }

    private List<Membership> askedPlacesOf(Actor member) {
        var impersonation = member.impersonation();
        return impersonation == null
                ? sql.query(PLACES, row -> place(row, Set.of()), member.personId())
                : sql.query(
                        PLACE_OF_IMPERSONATION,
                        row -> place(row, Permission.OF_OWNERS_ALONE),
                        Permission.STAFF_CUSTOMERS_IMPERSONATE,
                        impersonation.id(),
                        member.personId(),
                        impersonation.organizationId());
    }

    private static Membership place(Row row, Set<String> without) {
        var allowed = new HashSet<>(withinKey(row.texts("permissions")));
        allowed.removeAll(without);
        return new Membership(
                row.uuid("id"), row.text("name"), row.text("state"), row.text("role"), Set.copyOf(allowed));
    }

    /** Returns the actor's permissions there; empty if the actor may not know the organization. */
    private Optional<Set<String>> permissionsIn(UUID organizationId) {
        var actor = Actors.current();
        if (actor.isEmpty() || isElsewhere(organizationId)) {
            return Optional.empty();
        }
        return switch (actor.get().kind()) {
            case SYSTEM -> existing(organizationId).map(id -> Set.copyOf(Permission.OF_ORGANIZATIONS));
            case STAFF -> staffPermissionsIn(organizationId, actor.get());
            case MEMBER -> memberPermissionsIn(organizationId, actor.get());
            case OPERATOR -> Optional.empty();
        };
    }

    /** For a page, all memberships are read, which its frame shows anyway; an impersonating actor has only one. */
    private Optional<Set<String>> memberPermissionsIn(UUID organizationId, Actor member) {
        return RequestPermissionCache.isOn() || member.isImpersonating()
                ? placesOf(member).stream()
                        .filter(membership -> membership.organizationId().equals(organizationId))
                        .map(Membership::permissions)
                        .findFirst()
                : sql.first(MEMBER_ROLE, row -> withinKey(row.texts("permissions")), member.personId(), organizationId);
    }

    private Optional<Set<String>> staffPermissionsIn(UUID organizationId, Actor staff) {
        if (!isInPlace(staff)) {
            return Optional.empty();
        }
        var reach = RequestPermissionCache.once(
                staff,
                organizationId.toString(),
                () -> sql.first(
                        STAFF_ROLE_AND_ORGANIZATION,
                        row -> new StaffPermissions(withinKey(row.texts("permissions")), row.flag("is_there")),
                        organizationId,
                        staff.personId(),
                        staff.kind()));
        reach.ifPresent(known -> RequestPermissionCache.keep(staff, OWN, known.own()));
        return reach.filter(known -> known.isThere() && !known.own().isEmpty())
                .map(known -> Permission.OF_ORGANIZATIONS.stream()
                        .filter(permission -> known.own().contains(Permission.staffNeed(permission)))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private Optional<UUID> existing(UUID organizationId) {
        return sql.first("select id from organization where id = ?", row -> row.uuid("id"), organizationId);
    }

    private Set<String> ownPermissions(Actor actor) {
        if (!isInPlace(actor)) {
            return Set.of();
        }
        return RequestPermissionCache.once(
                actor,
                OWN,
                () -> sql.first(STAFF_ROLE, row -> withinKey(row.texts("permissions")), actor.personId(), actor.kind())
                        .orElse(Set.of()));
    }

    private static boolean isInPlace(Actor actor) {
        boolean platform = Tenancy.scope().equals(Scope.PLATFORM);
        return switch (actor.kind()) {
            case OPERATOR -> platform;
            case STAFF -> !platform;
            case MEMBER, SYSTEM -> false;
        };
    }

    private static boolean isElsewhere(UUID organizationId) {
        return CurrentApiKey.current()
                .map(CurrentApiKey::organizationId)
                .filter(only -> !only.equals(organizationId))
                .isPresent();
    }

    private static Set<String> withinKey(List<String> permissions) {
        var allowed = new HashSet<>(permissions);
        CurrentApiKey.current().ifPresent(key -> allowed.retainAll(key.scopes()));
        return Set.copyOf(allowed);
    }
}
