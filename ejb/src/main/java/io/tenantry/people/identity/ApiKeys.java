package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys with which programs act for the person who created them: never with more than that person's permissions at the moment of the call, and
 * only within the key's scopes. A key is {@code tnk_<prefix>_<secret>}: the prefix finds it, the secret (256 random bits, stored as SHA-256)
 * proves it. It works only in the scope in which it was created, and a revoked key stops working everywhere at once.
 */
@Stateless
public class ApiKeys {
    private static final int PREFIX_LENGTH = 12;
    private static final int NAME_MAX = 80;

    /** The maximum number of active keys of a person. */
    public static final int LIVE_MAX = 100;

    private static final Pattern FORM = Pattern.compile("tnk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})");

    private static final String FIND = """
            select k.id, k.secret_hash, k.organization_id, k.scopes,
                   k.last_used_at is null or k.last_used_at < now() - interval '1 minute' as is_stale, ${standing}
              from api_key k
              join person p on p.id = k.person_id and p.state = 'ACTIVE'
              left join staff_member s on s.person_id = p.id
             where k.prefix = ?
               and k.revoked_at is null
               and (k.expires_at is null or k.expires_at > now())
            """.replace("${standing}", RoleAssignmentReader.COLUMNS);

    private static final String LIST = """
            select k.id, k.prefix, k.name, p.name as person_name, k.scopes, k.created_at, k.expires_at, k.last_used_at
              from api_key k
              join person p on p.id = k.person_id
             where k.revoked_at is null
               and k.organization_id is not distinct from cast(? as uuid)
             order by k.created_at desc, k.id
            """;

    /** Prevents the creator from being disabled until the key is stored: a concurrent disabling waits, and then finds the key. */
    private static final String LOCK_MAKER =
            "select id from person where id = ? and state = 'ACTIVE' for no key update";

    private static final String LOCK_KEY_IN_USE = """
            select expires_at
              from api_key
             where id = ?
               and revoked_at is null
               and (expires_at is null or expires_at > now())
               for share
            """;

    private static final String COUNT_LIVE = """
            select count(*)::int as live
              from api_key
             where person_id = ?
               and revoked_at is null
               and (expires_at is null or expires_at > now())
            """;

    private static final String REVOKE_MADE_WITH = """
            with recursive made (id) as (
                select k.id from api_key k where k.created_with = ?
                union
                select k.id from api_key k join made m on k.created_with = m.id)
            update api_key
               set revoked_at = now()
             where id in (select id from made)
               and revoked_at is null
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    InvitationWithdrawals invitationWithdrawals;

    /** A new key; the text is shown once and never again. */
    public record Created(UUID id, String text) {
        @Override
        public String toString() {
            return "Created[id=" + id + "]";
        }
    }

    /** A key as shown in a list. */
    public record ListedKey(
            UUID id,
            String prefix,
            String name,
            String personName,
            Set<String> scopes,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt) {}

    /** The person and limits of an authenticated key. */
    public record AuthenticatedKey(AuthenticatedPerson person, CurrentApiKey key) {}

    private record FoundKey(
            UUID id,
            boolean isProven,
            Optional<UUID> organizationId,
            Set<String> scopes,
            boolean isStale,
            Optional<AuthenticatedPerson> person) {}

    /**
     * Creates a key for the current person.
     *
     * @param organizationId the organization it is for; null for a key of staff or operators
     * @param scopes permissions it may use
     * @param expiresAt when it expires; null for never, or for the expiry of the key in use
     * @throws IllegalArgumentException if the name is empty or too long, or a scope is not a permission
     * @throws KeyRefusedException if the person has too many, or it would outlive the key in use
     */
    public Created create(String name, @Nullable UUID organizationId, Set<String> scopes, @Nullable Instant expiresAt) {
        var limit = lockMaker(organizationId);
        requireManaging(organizationId);
        var known = scopes(organizationId);
        if (!known.containsAll(scopes)) {
            throw new IllegalArgumentException("scopes must be of " + known + ", not " + scopes);
        }
        CurrentApiKey.current().filter(key -> !key.scopes().containsAll(scopes)).ifPresent(key -> {
            throw new AccessDeniedException("scopes of the key in use"); // A key creates no key with more permissions.
        });
        if (name.isBlank() || name.strip().length() > NAME_MAX || !InputText.isLine(name.strip())) {
            throw new IllegalArgumentException("a key's name has 1 to " + NAME_MAX + " characters");
        }
        refuseTooMany();
        var prefix = RandomTokens.prefix(PREFIX_LENGTH);
        var secret = RandomTokens.secret();
        var id = Ids.next(clock);
        sql.update(
                """
                insert into api_key (id, prefix, secret_hash, name, person_id, organization_id, scopes, created_with,
                                     created_at, expires_at)
                values (?, ?, ?, ?, ?, cast(? as uuid), ?, cast(? as uuid), now(), cast(? as timestamptz))
                """,
                id,
                prefix,
                RandomTokens.sha256(secret),
                name.strip(),
                Actors.require().personId(),
                organizationId,
                scopes.toArray(String[]::new),
                CurrentApiKey.current().map(CurrentApiKey::id).orElse(null),
                within(limit, expiresAt));
        audit.record("api_key.created", "api_key", id.toString(), Map.of("prefix", prefix, "name", name.strip()));
        return new Created(id, "tnk_" + prefix + "_" + secret);
    }

    /** Returns the keys of an organization, or with null those of staff or operators. */
    public List<ListedKey> of(@Nullable UUID organizationId) {
        requireManaging(organizationId);
        return sql.query(LIST, ApiKeys::listed, organizationId);
    }

    /** Returns the number of active keys of the current person, wherever they are for. */
    public int countMine() {
        SelfOnly.require("api keys");
        return sql.one(COUNT_LIVE, row -> row.whole("live"), Actors.require().personId());
    }

    /** A key created with another key does not outlive it. */
    private static @Nullable Instant within(Optional<Instant> limit, @Nullable Instant requested) {
        if (requested != null && limit.filter(requested::isAfter).isPresent()) {
            throw new KeyRefusedException(KeyRefusedException.Reason.OUTLIVES);
        }
        return requested == null ? limit.orElse(null) : requested;
    }

    private void refuseTooMany() {
        if (countMine() >= LIVE_MAX) {
            throw new KeyRefusedException(KeyRefusedException.Reason.TOO_MANY);
        }
    }

    /**
     * Revokes a key of the organization (or with null of staff or operators) immediately, and the keys that were created with it. Open
     * invitations made with them are withdrawn.
     */
    public void revoke(@Nullable UUID organizationId, UUID keyId) {
        requireManaging(organizationId);
        var maker = sql.first("""
                        update api_key
                           set revoked_at = now()
                         where id = ?
                           and revoked_at is null
                           and organization_id is not distinct from cast(? as uuid)
                        returning person_id
                        """, row -> row.uuid("person_id"), keyId, organizationId)
                .orElseThrow(() -> new NotFoundException("api key", keyId));
        int others = 0;
        // One of them may be creating another at this moment, which is visible once its own has been revoked.
        for (int more = revokeMadeWith(keyId); more > 0; more = revokeMadeWith(keyId)) {
            others += more;
        }
        invitationWithdrawals.ofRevokedKeys(maker);
        audit.record(
                "api_key.revoked",
                "api_key",
                keyId.toString(),
                others == 0 ? Map.of() : Map.of("made_with_it", others));
    }

    private int revokeMadeWith(UUID keyId) {
        return sql.update(REVOKE_MADE_WITH, keyId);
    }

    /** Authenticates a key; empty if it is not a key of this scope, or not valid now. */
    public Optional<AuthenticatedKey> authenticate(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var secret = parts.group(2);
        var found = sql.first(FIND, row -> found(row, secret), parts.group(1)).filter(FoundKey::isProven);
        found.filter(FoundKey::isStale)
                .ifPresent(key -> sql.update("update api_key set last_used_at = now() where id = ?", key.id()));
        return found.flatMap(key -> key.person()
                .map(person -> new AuthenticatedKey(
                        person, new CurrentApiKey(key.id(), key.organizationId().orElse(null), key.scopes()))));
    }

    /**
     * Locks the organization before the person before the key, in the same order as the code that ends access. Two keys of a person are created
     * one after the other.
     *
     * @return when the key in use expires, if there is one and it does
     */
    private Optional<Instant> lockMaker(@Nullable UUID organizationId) {
        SelfOnly.require("api keys");
        if (organizationId != null) {
            sql.first("select id from organization where id = ? for key share", row -> row.uuid("id"), organizationId);
        }
        if (sql.first(LOCK_MAKER, row -> row.uuid("id"), Actors.require().personId())
                .isEmpty()) {
            throw new AccessDeniedException("an active account");
        }
        return CurrentApiKey.current()
                .flatMap(key -> sql.first(LOCK_KEY_IN_USE, row -> row.maybeInstant("expires_at"), key.id())
                        .orElseThrow(() -> new AccessDeniedException("a key that works")));
    }

    private void requireManaging(@Nullable UUID organizationId) {
        SelfOnly.require("api keys");
        if (organizationId != null) {
            access.requireIn(organizationId, Permission.SETTINGS_MANAGE);
        } else if (Tenancy.scope().equals(Scope.PLATFORM)) {
            access.require(Permission.PLATFORM_OPERATORS_MANAGE);
        } else {
            access.require(Permission.STAFF_SETTINGS_MANAGE);
        }
    }

    /** Returns the scopes a key can have: for an organization, or with null for the reseller or the platform. */
    public List<String> scopes(@Nullable UUID organizationId) {
        if (organizationId != null) {
            return Permission.OF_ORGANIZATIONS;
        }
        return Tenancy.scope().equals(Scope.PLATFORM) ? Permission.OF_OPERATORS : Permission.OF_STAFF;
    }

    private static ListedKey listed(Row row) {
        return new ListedKey(
                row.uuid("id"),
                row.text("prefix"),
                row.text("name"),
                row.text("person_name"),
                Set.copyOf(row.texts("scopes")),
                row.instant("created_at"),
                row.maybeInstant("expires_at"),
                row.maybeInstant("last_used_at"));
    }

    private static FoundKey found(Row row, String secret) {
        return new FoundKey(
                row.uuid("id"),
                RandomTokens.matches(secret, row.bytes("secret_hash")),
                row.maybeUuid("organization_id"),
                Set.copyOf(row.texts("scopes")),
                row.flag("is_stale"),
                RoleAssignmentReader.of(row));
    }
}
