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
 * How many sessions of people who have not signed in are kept. Each page with a form begins one of some kilobytes, so strangers could fill the
 * memory by looking. Beyond the most, the oldest ends: of an address that has its share, that address's; else of the address that has most. Who comes
 * back to such a page loses nothing: the pages for strangers build their form again.
 */
@WebListener
public class AnonymousSessions implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
    /** In all. Each may hold fifteen pages of some kilobytes (web.xml): at worst some 170 MB. */
    static final int MAX = 2_000;

    /** Of one network address: behind it may be an office, or a proxy that is missing in {@code TENANTRY_PROXIES}. */
    static final int OF_ADDRESS_MAX = 250;

    static final Duration IDLE_MAX = Duration.ofMinutes(10);

    /** A request that begins another session must not end this one: the container would take the cookie back from the wrong browser. */
    private static final int AT_ONCE_SECONDS = 1;

    private final int max;
    private final int ofAddressMax;
    private final Map<String, String> networks = new HashMap<>();
    private final Map<String, Map<String, HttpSession>> sessions = new HashMap<>();

    /** As the container makes it. */
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

    /** Keeps one more; which other is one too many, if any is. */
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
            // It ended by itself.
        }
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        forget(event.getSession().getId());
    }

    /** Whoever signs in is no stranger. */
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
