package io.tenantry.web.security;

import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.people.identity.Sessions;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The persons of sessions, cached for two seconds: a page makes a dozen requests at once, and a session that ended on another node must end
 * here within five.
 */
@ApplicationScoped
public class SessionCache {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);
    /** Room for as many people as are active within the cache duration on one node, with a margin. */
    private static final int SESSIONS_MAX = 20_000;

    private final Map<SessionReference, Seen> seen = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    @Inject
    Sessions sessions;

    private record Seen(Optional<AuthenticatedPerson> person, long atNanos) {
        boolean isFresh() {
            return System.nanoTime() - atNanos < REMEMBERED.toNanos();
        }
    }

    /** Returns the person of a session of the current scope; empty if the session has ended. */
    public Optional<AuthenticatedPerson> find(UUID sessionId) {
        var token = new SessionReference(Tenancy.scope().label(), sessionId);
        return find(token, () -> sessions.find(sessionId));
    }

    /** Returns the person of a session during impersonation; empty if the impersonation has ended as well. */
    public Optional<AuthenticatedPerson> findActing(UUID sessionId, UUID organizationId, UUID impersonationId) {
        var token = new SessionReference(Tenancy.scope().label(), sessionId).actingFor(organizationId, impersonationId);
        return find(token, () -> sessions.find(sessionId, impersonationId));
    }

    private Optional<AuthenticatedPerson> find(SessionReference token, Supplier<Optional<AuthenticatedPerson>> ask) {
        var known = seen.get(token);
        if (known != null && known.isFresh()) {
            return known.person();
        }
        var before = changes.get();
        var person = ask.get();
        if (seen.size() >= SESSIONS_MAX) {
            seen.values().removeIf(entry -> !entry.isFresh());
        }
        if (seen.size() < SESSIONS_MAX) {
            seen.put(token, new Seen(person, System.nanoTime()));
        }
        // A request at the same time as the change may have read the person before it.
        if (changes.get() != before) {
            seen.remove(token);
        }
        return person;
    }

    /** Clears the cache of this node: after sign-out and other changes of people here. */
    public void forget() {
        changes.incrementAndGet();
        seen.clear();
    }
}
