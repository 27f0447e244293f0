package io.tenantry.people.identity;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Limits invitations, as each may cause an email in the brand's name: counted in the database, for all nodes together and by its time. The
 * system is not limited: startup and the demo create many people at once.
 */
@Dependent
class Invitations {
    /** Per hour, for one organization. */
    static final int OF_ORGANIZATION_MAX = 20;

    /** Per hour, for one member with all organizations: one person does not use up what all customers have. */
    static final int OF_MEMBER_MAX = 40;

    /** Per hour, for the staff of a reseller, and as many for all its members: no customer uses up what the staff have. */
    static final int OF_RESELLER_MAX = 200;

    /** As for keys ({@link ApiKeys}): ending the inviter's access or revoking the key waits for this, and then finds the invitation. */
    private static final String LOCK_MAKER =
            "select id from person where id = ? and state = 'ACTIVE' for no key update";

    private static final String LOCK_KEY_IN_USE = """
            select id
              from api_key
             where id = ?
               and revoked_at is null
               and (expires_at is null or expires_at > now())
               for share
            """;

    private static final String OF_ORGANIZATION = "organization_id = ?";
    private static final String OF_MEMBER = "member_id = ?";
    private static final String OF_MEMBERS = "member_id is not null";
    private static final String OF_STAFF = "member_id is null";

    /** The time until the last {@code ?} invitations of one kind no longer fall within one hour; no row if there are fewer. */
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /**
     * Locks the current person, and the key in use, until the transaction ends: after an organization, before the person who is invited.
     *
     * @throws AccessDeniedException if either was revoked meanwhile
     */
    void lockMaker() {
        if (Actors.require().isSystem()) {
            return;
        }
        if (sql.first(LOCK_MAKER, row -> row.uuid("id"), Actors.require().personId())
                .isEmpty()) {
            throw new AccessDeniedException("an active account");
        }
        var key = CurrentApiKey.idInUse();
        if (key != null
                && sql.first(LOCK_KEY_IN_USE, row -> row.uuid("id"), key).isEmpty()) {
            throw new AccessDeniedException("a key that works");
        }
    }

    /**
     * Counts one more invitation. Locks the inviter ({@link #lockMaker}).
     *
     * @param organizationId the organization whose team it is for; null for the staff, for operators and for a new customer
     * @throws TooManyLinksException if there were too many in the last hour
     */
    void count(@Nullable UUID organizationId) {
        if (Actors.require().isSystem()) {
            return;
        }
        lockMaker();
        var member = Actors.current()
                .filter(actor -> actor.kind() == Actor.Kind.MEMBER)
                .map(Actor::personId)
                .orElse(null);
        if (organizationId != null) {
            refuse(TooManyLinksException.Limit.ORGANIZATION, OF_ORGANIZATION, organizationId, OF_ORGANIZATION_MAX - 1);
        }
        if (member == null) {
            refuse(TooManyLinksException.Limit.RESELLER, OF_STAFF, OF_RESELLER_MAX - 1);
        } else {
            refuse(TooManyLinksException.Limit.RESELLER, OF_MEMBER, member, OF_MEMBER_MAX - 1);
            refuse(TooManyLinksException.Limit.RESELLER, OF_MEMBERS, OF_RESELLER_MAX - 1);
        }
        sql.update("delete from invitation where created_at < now() - interval '1 day'");
        sql.update(
                "insert into invitation (id, organization_id, member_id, created_at)"
                        + " values (?, cast(? as uuid), cast(? as uuid), now())",
                Ids.next(clock),
                organizationId,
                member);
    }

    private void refuse(TooManyLinksException.Limit limit, String counted, Object... parameters) {
        sql.first("""
                        select ceil(extract(epoch from created_at + interval '1 hour' - now()))::int as seconds
                          from invitation
                         where created_at > now() - interval '1 hour' and\s""" + counted + """
                         order by created_at desc
                        offset ?
                         limit 1
                        """, row -> row.whole("seconds"), parameters).ifPresent(seconds -> {
            throw new TooManyLinksException(limit, Duration.ofSeconds(seconds));
        });
    }
}
