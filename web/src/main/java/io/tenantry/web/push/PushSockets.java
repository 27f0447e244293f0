package io.tenantry.web.push;

import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.SignalChannel;
import io.tenantry.people.identity.Sessions;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The open pages of this node and their subscribers. A page is closed when the session ends in which it was opened. */
@ApplicationScoped
public class PushSockets implements SignalChannel.SignalListener {
    /** The maximum number of sockets per session; older windows poll instead, once a minute. */
    static final int OF_ONE_SESSION_MAX = 20;

    /** The close code for an ended session: the page redirects to the sign-in page. */
    private static final CloseReason.CloseCode ENDED = CloseReason.CloseCodes.getCloseCode(4001);

    /** The message that anything may have changed. */
    private static final String AGAIN = "again";

    private static final System.Logger LOG = System.getLogger(PushSockets.class.getName());

    /** The allowance for the time between stating a page's age and opening its socket. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(500);

    private final Map<Session, Open> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final RecentSignals recentSignals = new RecentSignals(System::nanoTime);

    @Inject
    Sessions sessions;

    /**
     * An open page.
     *
     * @param number the sequence number; higher for later pages
     */
    private record Open(Subscriber subscriber, Set<UUID> organizations, long number) {}

    /**
     * Registers a page, and sends the signals that it missed.
     *
     * @param age how long ago it requested its content; empty if it will refresh
     */
    void open(Session socket, Subscriber subscriber, Optional<Duration> age) {
        var alive = live(subscriber, Set.of(subscriber.sessionId()));
        if (!alive.containsKey(subscriber.sessionId())) {
            close(socket, ENDED);
        } else {
            var one = new Open(
                    subscriber, alive.getOrDefault(subscriber.sessionId(), Set.of()), numbers.incrementAndGet());
            open.put(socket, one);
            closeOldest(subscriber);
            age.ifPresent(time -> catchUp(socket, one, time.plus(ON_THE_WAY)));
        }
    }

    /**
     * Closes the oldest pages beyond the limit. Counted after the new one is registered, so that pages that open at the same time see each
     * other.
     */
    private void closeOldest(Subscriber subscriber) {
        open.entrySet().stream()
                .filter(entry -> entry.getValue().subscriber().sessionId().equals(subscriber.sessionId()))
                .sorted(Comparator.comparingLong((Map.Entry<Session, Open> entry) ->
                                entry.getValue().number())
                        .reversed())
                .skip(OF_ONE_SESSION_MAX)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(oldest -> {
                    closed(oldest);
                    close(oldest, CloseReason.CloseCodes.TRY_AGAIN_LATER);
                });
    }

    private void catchUp(Session socket, Open one, Duration age) {
        recentSignals
                .since(age)
                .map(missed -> missed.stream()
                        .flatMap(signal -> one.subscriber().word(signal, one.organizations()).stream())
                        .distinct()
                        .toList())
                .orElse(List.of(AGAIN))
                .forEach(word -> send(socket, word));
    }

    void closed(Session socket) {
        open.remove(socket);
    }

    /** Signals sent during the interruption are unknown: every page refreshes. */
    @Override
    public void opened() {
        recentSignals.deaf();
        open.keySet().forEach(socket -> send(socket, AGAIN));
    }

    @Override
    public void heard(Signal signal) {
        recentSignals.add(signal);
        var asked = new ArrayList<Map.Entry<Session, Open>>();
        for (var entry : open.entrySet()) {
            var one = entry.getValue();
            one.subscriber().word(signal, one.organizations()).ifPresent(word -> send(entry.getKey(), word));
            if (one.subscriber().isToBeAsked(signal)) {
                asked.add(entry);
            }
        }
        check(asked);
    }

    /** Checks in the database, once per tenant, which sessions are still valid; closes the pages of the others. */
    void check() {
        check(List.copyOf(open.entrySet()));
    }

    private void check(Collection<Map.Entry<Session, Open>> entries) {
        var byScope = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getValue().subscriber().scope()));
        byScope.values().forEach(ofScope -> {
            try {
                checkOneScope(ofScope);
            } catch (RuntimeException failure) {
                DatabaseUnavailable.report(LOG, "sessions of open pages could not be checked", failure);
            }
        });
    }

    private void checkOneScope(List<Map.Entry<Session, Open>> entries) {
        var ids = entries.stream()
                .map(entry -> entry.getValue().subscriber().sessionId())
                .collect(Collectors.toSet());
        var alive = live(entries.get(0).getValue().subscriber(), ids);
        for (var entry : entries) {
            var subscriber = entry.getValue().subscriber();
            var organizations = alive.get(subscriber.sessionId());
            if (organizations == null) {
                closed(entry.getKey());
                close(entry.getKey(), ENDED);
            } else {
                open.computeIfPresent(
                        entry.getKey(), (socket, before) -> new Open(subscriber, organizations, before.number()));
            }
        }
    }

    private Map<UUID, Set<UUID>> live(Subscriber subscriber, Set<UUID> ids) {
        return Tenancy.in(subscriber.scope(), () -> sessions.live(ids));
    }

    private void send(Session socket, String word) {
        try {
            socket.getAsyncRemote().sendText(word, result -> {
                if (!result.isOK()) {
                    closed(socket);
                }
            });
        } catch (RuntimeException gone) {
            closed(socket);
        }
    }

    private static void close(Session socket, CloseReason.CloseCode code) {
        try {
            socket.close(new CloseReason(code, ""));
        } catch (IOException | RuntimeException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a socket was already closed", gone);
        }
    }
}
