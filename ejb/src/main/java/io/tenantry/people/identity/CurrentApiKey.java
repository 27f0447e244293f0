package io.tenantry.people.identity;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the current request's API key: never more than its person's permissions, only its scopes, and, if it is an organization's, only
 * there. Bound to the thread like {@link io.tenantry.tenancy.Actors}.
 *
 * @param id the key
 * @param organizationId the only organization it is for; absent for a key of staff or operators
 * @param scopes permissions that it may use
 */
public record CurrentApiKey(UUID id, @Nullable UUID organizationId, Set<String> scopes) {
    private static final ThreadLocal<@Nullable CurrentApiKey> CURRENT = new ThreadLocal<>();

    /** Where the current key is kept. */
    private static final ThreadLocal<@Nullable Scope> SCOPE = new ThreadLocal<>();

    public CurrentApiKey {
        scopes = Set.copyOf(scopes);
    }

    /** Limits this thread to the key's permissions. */
    public static void enter(CurrentApiKey key) {
        CURRENT.set(key);
        SCOPE.set(Tenancy.current().orElse(null));
    }

    /** Returns the key of this thread's request. */
    public static Optional<CurrentApiKey> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** The id of that key if it is one of the current scope; an operator's key is unknown in a reseller's schema. */
    static @Nullable UUID idInUse() {
        var key = CURRENT.get();
        return key != null && Tenancy.current().equals(Optional.ofNullable(SCOPE.get())) ? key.id() : null;
    }

    /** Removes the limits at the end of a request. */
    public static void clear() {
        CURRENT.remove();
        SCOPE.remove();
    }
}
