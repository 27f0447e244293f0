package io.tenantry.people.identity;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that a team keeps an owner who can sign in: an organization one with the role {@code owner}, the reseller and the platform one who
 * manages their team. Rows read here are locked until the transaction ends, so that two concurrent changes cannot each rely on the other's
 * owner. An owner who has not chosen a password counts only if the one who would leave has none either.
 */
@Dependent
class Owners {
    private static final String OWNER = "owner";

    private static final String LOCK_OF_PERSON = """
            select o.id
              from organization o
             where o.state <> 'CLOSED'
               and exists (select from membership m
                            where m.organization_id = o.id and m.person_id = ? and m.role = 'owner')
             order by o.id
               for update
            """;

    /** Of a person's organizations, or of one of them, those that would be left without an owner. */
    private static final String LEFT_WITHOUT = """
            select o.id
              from membership m
              join organization o on o.id = m.organization_id and o.state <> 'CLOSED'
             where m.person_id = ?
               and m.role = 'owner'
               and m.organization_id = coalesce(cast(? as uuid), m.organization_id)
               and not exists (select from membership other
                                 join person p on p.id = other.person_id and p.state = 'ACTIVE'
                                where other.organization_id = m.organization_id
                                  and other.person_id <> m.person_id
                                  and other.role = 'owner'
                                  and (exists (select from credential c where c.person_id = p.id)
                                       or not exists (select from credential c where c.person_id = m.person_id)))
            """;

    private static final String LOCK_MANAGERS = """
            select s.person_id
              from staff_member s
              join role r on r.code = s.role and ? = any (r.permissions)
             order by s.person_id
               for update of s
            """;

    private static final String LAST_MANAGER = """
            select s.person_id
              from staff_member s
              join role r on r.code = s.role and ? = any (r.permissions)
             where s.person_id = ?
               and not exists (select from staff_member other
                                 join role k on k.code = other.role and ? = any (k.permissions)
                                 join person p on p.id = other.person_id and p.state = 'ACTIVE'
                                where other.person_id <> s.person_id
                                  and (exists (select from credential c where c.person_id = p.id)
                                       or not exists (select from credential c where c.person_id = s.person_id)))
            """;

    /** A locked owner counts: otherwise an actor with the right to lock could then appoint another. */
    private static final String LOOKED_AFTER = """
            select exists (select from membership m
                             join person p on p.id = m.person_id and p.state in ('ACTIVE', 'LOCKED')
                            where m.organization_id = ?
                              and m.role = 'owner'
                              and (p.state = 'LOCKED'
                                   or exists (select from credential c where c.person_id = p.id)
                                   or exists (select from one_time_link l
                                               where l.person_id = p.id
                                                 and l.used_at is null
                                                 and l.expires_at > now())))
                   or exists (select from membership_invitation i
                               where i.organization_id = ?
                                 and i.role = 'owner'
                                 and i.id is distinct from cast(? as uuid)
                                 and ${holds}) as is_so
            """.replace("${holds}", PendingMembers.HOLDS);

    private static final String STAFF_LOOKED_AFTER = """
            select exists (select from staff_member s
                             join person p on p.id = s.person_id and p.state in ('ACTIVE', 'LOCKED')
                            where s.role = 'staff_owner'
                              and (p.state = 'LOCKED'
                                   or exists (select from credential c where c.person_id = p.id)
                                   or ? and exists (select from one_time_link l
                                                     where l.person_id = p.id
                                                       and l.used_at is null
                                                       and l.expires_at > now()))) as is_so
            """;

    @Inject
    Sql sql;

    /** Locks the organization's team until the transaction ends. */
    void lock(UUID organizationId) {
        sql.one("select id from organization where id = ? for update", row -> row.uuid("id"), organizationId);
    }

    /** Whether the organization, which is locked, would be left without an owner without this member. */
    boolean isLast(UUID organizationId, UUID personId) {
        return sql.first(LEFT_WITHOUT, row -> row.uuid("id"), personId, organizationId)
                .isPresent();
    }

    /** Whether any team would be left without an owner if this person could not sign in. */
    boolean isLastAnywhere(UUID personId) {
        sql.query(LOCK_OF_PERSON, row -> row.uuid("id"), personId);
        return sql.first(LEFT_WITHOUT, row -> row.uuid("id"), personId, null).isPresent() || isLastOfStaff(personId);
    }

    /** Whether the reseller, or in the platform's scope the platform, would be left without a manager of its team. */
    boolean isLastOfStaff(UUID personId) {
        var managing = managingStaff();
        sql.query(LOCK_MANAGERS, row -> row.uuid("person_id"), managing);
        return sql.first(LAST_MANAGER, row -> row.uuid("person_id"), managing, personId, managing)
                .isPresent();
    }

    /** Whether the organization, which is locked, has an owner who can sign in, is locked, or whose link or invitation still works. */
    boolean hasOwner(UUID organizationId) {
        return hasOwnerWithout(organizationId, null);
    }

    /** The same, without an invitation that is about to be accepted. */
    boolean hasOwnerWithout(UUID organizationId, @Nullable UUID invitationId) {
        return sql.one(LOOKED_AFTER, row -> row.flag("is_so"), organizationId, organizationId, invitationId);
    }

    /**
     * Whether the reseller, whose team is locked from here on, has an owner who can sign in or whose account is locked for security.
     *
     * @param orInvited whether an owner with an open invitation counts too
     */
    boolean hasStaffOwner(boolean orInvited) {
        sql.query(LOCK_MANAGERS, row -> row.uuid("person_id"), Permission.STAFF_MEMBERS_MANAGE);
        return sql.one(STAFF_LOOKED_AFTER, row -> row.flag("is_so"), orInvited);
    }

    static boolean isOwner(String role) {
        return role.equals(OWNER);
    }

    /** Returns the permission to manage the team of the current scope. */
    static String managingStaff() {
        return Tenancy.scope().equals(Scope.PLATFORM)
                ? Permission.PLATFORM_OPERATORS_MANAGE
                : Permission.STAFF_MEMBERS_MANAGE;
    }
}
