package io.tenantry.web.security;

import io.tenantry.people.identity.Sessions;
import io.tenantry.web.http.HttpSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpSession;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The HTTP sessions of signed-in people on this node. Each holds opened pages for two hours, so one person could exhaust the memory by signing
 * in repeatedly. Beyond the limit, the session that started first ends as if its person had signed out there.
 */
@ApplicationScoped
public class SignedInSessions {
    /** The limit per person: a few devices, and programs that sign in each time. */
    static final int MAX = 20;

    /** Another session must not be invalidated within a request: the container would remove the cookie from the wrong browser. */
    private static final int AT_ONCE_SECONDS = 1;

    private final Map<String, UUID> people = new HashMap<>();
    private final Map<UUID, Map<String, HttpSession>> sessions = new HashMap<>();

    @Inject
    Sessions database;

    @Inject
    SessionCache cache;

    /** Registers a session of the current person, and ends the oldest beyond the limit. */
    void add(UUID personId, HttpSession session) {
        kept(personId, session).ifPresent(this::end);
    }

    /** Registers a session; returns the oldest of its person if they have too many. */
    synchronized Optional<HttpSession> kept(UUID personId, HttpSession session) {
        people.put(session.getId(), personId);
        var own = sessions.computeIfAbsent(personId, first -> new LinkedHashMap<>());
        own.put(session.getId(), session);
        if (own.size() <= MAX) {
            return Optional.empty();
        }
        var oldest = own.entrySet().iterator().next();
        forget(oldest.getKey());
        return Optional.of(oldest.getValue());
    }

    /** Removes a session that has ended, or that has another id now. */
    synchronized void forget(String id) {
        var personId = people.remove(id);
        if (personId == null) {
            return;
        }
        var own = sessions.get(personId);
        if (own == null) {
            return;
        }
        own.remove(id);
        if (own.isEmpty()) {
            sessions.remove(personId);
        }
    }

    synchronized int size() {
        return people.size();
    }

    private void end(HttpSession surplus) {
        var reference = HttpSessions.kept(surplus, SessionReference.ATTRIBUTE, SessionReference.class);
        try {
            surplus.setMaxInactiveInterval(AT_ONCE_SECONDS);
        } catch (IllegalStateException over) {
            return; // Another request has just ended it.
        }
        reference.map(SessionReference::sessionId).ifPresent(database::end);
        cache.forget();
    }
}
