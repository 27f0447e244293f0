package io.tenantry.people.identity;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Counts invitations, each of which may be a letter in the brand's name: in the database, for all nodes together and by its time. The system is not
 * counted: a start or the demo makes many people at once.
 */
@Dependent
class Invitations {
    /** In an hour, for one organization. */
    static final int OF_ORGANIZATION_MAX = 20;

    /** In an hour, for a reseller with all its organizations. */
    static final int OF_RESELLER_MAX = 200;

    /** As with a key that the maker makes ({@link ApiKeys}): whoever puts the maker out or revokes the key waits, and then finds what was made. */
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

    /** How long until one of the last {@code ?} is an hour ago; no row if there are not as many. */
    private static final String WAIT = """
            select ceil(extract(epoch from created_at + interval '1 hour' - now()))::int as seconds
              from invitation
             where created_at > now() - interval '1 hour'
               and organization_id is not distinct from coalesce(cast(? as uuid), organization_id)
             order by created_at desc
            offset ?
             limit 1
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /**
     * Locks the person who acts, and the key in use, until the transaction ends: after an organization, before the person who is invited.
     *
     * @throws AccessDeniedException if either was stopped meanwhile
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
     * Counts one more. Locks whoever invites ({@link #lockMaker}).
     *
     * @param organizationId the organization whose team it is for; null for the staff, for operators and for a new customer
     * @throws TooManyLinksException if there were too many in the last hour
     */
    void count(@Nullable UUID organizationId) {
        if (Actors.require().isSystem()) {
            return;
        }
        lockMaker();
        if (organizationId != null) {
            refuse(TooManyLinksException.Limit.ORGANIZATION, organizationId, OF_ORGANIZATION_MAX);
        }
        refuse(TooManyLinksException.Limit.RESELLER, null, OF_RESELLER_MAX);
        sql.update("delete from invitation where created_at < now() - interval '1 day'");
        sql.update(
                "insert into invitation (id, organization_id, created_at) values (?, cast(? as uuid), now())",
                Ids.next(clock),
                organizationId);
    }

    private void refuse(TooManyLinksException.Limit limit, @Nullable UUID organizationId, int most) {
        sql.first(WAIT, row -> row.whole("seconds"), organizationId, most - 1).ifPresent(seconds -> {
            throw new TooManyLinksException(limit, Duration.ofSeconds(seconds));
        });
    }
}
