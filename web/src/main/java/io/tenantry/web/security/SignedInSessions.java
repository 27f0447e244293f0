package io.tenantry.web.security;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.limits.Customers;
import io.tenantry.people.identity.AuthenticatedPerson;
import io.tenantry.people.identity.Sessions;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.web.http.HttpSessions;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP sessions of signed-in people on this node. Each holds opened pages for two hours, so people could exhaust the memory by signing in
 * repeatedly, with one account or with many. Beyond the limits of {@link SessionPlaces}, a session ends as if its person had signed out there.
 */
@ApplicationScoped
public class SignedInSessions {
    private static final System.Logger LOG = System.getLogger(SignedInSessions.class.getName());

    /** Another session must not be invalidated within a request: the container would remove the cookie from the wrong browser. */
    private static final int AT_ONCE_SECONDS = 1;

    /** The subject of the warning in the node's readiness. */
    private static final String WARNING = "sessions";

    @Inject
    Sessions database;

    @Inject
    SessionCache cache;

    @Inject
    Settings settings;

    @Inject
    Customers customers;

    @Inject
    Readiness readiness;

    private @Nullable SessionPlaces places;

    @PostConstruct
    void open() {
        places = new SessionPlaces(settings.sessions());
    }

    private SessionPlaces places() {
        return Objects.requireNonNull(places);
    }

    /** Registers a session of the current person, and ends another one beyond the limits. */
    void add(AuthenticatedPerson person, HttpSession session) {
        add(SessionHolder.of(Tenancy.scope().label(), person, customers.organization()), session);
    }

    private void add(SessionHolder holder, HttpSession session) {
        places().keep(holder, session).ifPresent(surplus -> {
            LOG.log(Level.INFO, "too many sessions: one ends for another of {0}", holder.party());
            end(surplus);
        });
        warn();
    }

    /** Gives the browser another session with this reference only, which counts for the same holder. */
    void rotate(HttpServletRequest request, SessionReference token) {
        var before = request.getSession(false);
        var holder = before == null ? null : places().holder(before.getId()).orElse(null);
        SessionRotation.with(request, token);
        if (holder != null) {
            add(holder, request.getSession());
        }
    }

    /** Removes a session that has ended, or that has another id now. */
    void forget(String id) {
        if (places().forget(id).isPresent()) {
            warn();
        }
    }

    /** Whether the session of that id ended because there were too many. */
    boolean isSurplus(@Nullable String id) {
        return id != null && places().isSurplus(id);
    }

    /** Whether so many sessions are in use that each keeps few pages. */
    boolean isCrowded() {
        return places().isCrowded();
    }

    private void warn() {
        var full = new TreeSet<>(places().full());
        if (places().isCrowded()) {
            full.add("more than half of the node's are in use (TENANTRY_SESSIONS_MOST)");
        }
        if (full.isEmpty()) {
            readiness.noWarning(WARNING);
        } else {
            readiness.warning(WARNING, "as many as allowed: " + String.join(", ", full));
        }
    }

    private void end(HttpSession surplus) {
        var reference = HttpSessions.kept(surplus, SessionReference.ATTRIBUTE, SessionReference.class);
        try {
            surplus.setMaxInactiveInterval(AT_ONCE_SECONDS);
        } catch (IllegalStateException over) {
            return; // Another request has just ended it.
        }
        // In the database only a person's own session can be ended. Of others the browser has lost its session, and the
        // row ends by its time.
        reference.map(SessionReference::sessionId).ifPresent(database::end);
        cache.forget();
    }
}
