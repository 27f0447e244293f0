package io.tenantry.web.security;

import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.people.identity.NetworkAddress;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session listener that limits the number of sessions before sign-in. Each page with a form creates one of some kilobytes, so anonymous
 * visitors could exhaust the memory. Beyond the limit, the oldest session ends: of an address that has reached its share, one of that address;
 * otherwise one of the address that has most. A visitor who returns to such a page loses nothing: the public pages rebuild their form.
 */
@WebListener
public class AnonymousSessions implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
    /**
     * The total limit. Each session may hold three pages ({@link OpenedPages}) in two steps (web.xml), each of some 18 kB: at worst some
     * 220 MB, and 27 MB of one address.
     */
    static final int MAX = 2_000;

    /** The limit per network address, which may be that of an office, or of a proxy that is missing in {@code TENANTRY_PROXIES}. */
    static final int OF_ADDRESS_MAX = 250;

    static final Duration IDLE_MAX = Duration.ofMinutes(10);

    /**
     * The timeout that ends a session. A request that creates another session must not invalidate this one: the container would remove the
     * cookie from the wrong browser.
     */
    private static final int AT_ONCE_SECONDS = 1;

    private final int max;
    private final int ofAddressMax;
    private final Map<String, String> networks = new HashMap<>();
    private final Map<String, Map<String, HttpSession>> sessions = new HashMap<>();

    /** Creates the listener, as the container requires it. */
    public AnonymousSessions() {
        this(MAX, OF_ADDRESS_MAX);
    }

    AnonymousSessions(int max, int ofAddressMax) {
        this.max = max;
        this.ofAddressMax = ofAddressMax;
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        var session = event.getSession();
        session.setMaxInactiveInterval((int) IDLE_MAX.toSeconds());
        var network = RequestOrigin.current()
                .map(origin -> NetworkAddress.network(origin.address()))
                .orElse("");
        var surplus = kept(session, network);
        if (surplus != null) {
            end(surplus);
        }
    }

    /** Registers a session; returns another one that exceeds the limit, if any. */
    private synchronized @Nullable HttpSession kept(HttpSession session, String network) {
        networks.put(session.getId(), network);
        var own = sessions.computeIfAbsent(network, first -> new LinkedHashMap<>());
        own.put(session.getId(), session);
        if (own.size() > ofAddressMax) {
            return oldest(own);
        }
        return networks.size() > max
                ? sessions.values().stream()
                        .max(Comparator.comparingInt(Map::size))
                        .map(this::oldest)
                        .orElse(null)
                : null;
    }

    private HttpSession oldest(Map<String, HttpSession> own) {
        var first = own.entrySet().iterator().next();
        forget(first.getKey());
        return first.getValue();
    }

    private synchronized @Nullable HttpSession forget(String id) {
        var network = networks.remove(id);
        if (network == null) {
            return null;
        }
        var own = sessions.get(network);
        if (own == null) {
            return null;
        }
        var session = own.remove(id);
        if (own.isEmpty()) {
            sessions.remove(network);
        }
        return session;
    }

    private static void end(HttpSession session) {
        try {
            if (session.getAttribute(SessionReference.ATTRIBUTE) == null) {
                session.setMaxInactiveInterval(AT_ONCE_SECONDS);
            }
        } catch (IllegalStateException over) {
            // The session has ended already.
        }
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        forget(event.getSession().getId());
    }

    /** Stops counting a session when its person signs in. */
    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        if (event.getName().equals(SessionReference.ATTRIBUTE)) {
            forget(event.getSession().getId());
        }
    }

    @Override
    public synchronized void sessionIdChanged(HttpSessionEvent event, String before) {
        var network = networks.get(before);
        var session = forget(before);
        if (network != null && session != null) {
            var id = event.getSession().getId();
            networks.put(id, network);
            sessions.computeIfAbsent(network, first -> new LinkedHashMap<>()).put(id, session);
        }
    }

    synchronized int size() {
        return networks.size();
    }
}
