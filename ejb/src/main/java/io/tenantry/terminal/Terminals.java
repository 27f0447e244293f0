package io.tenantry.terminal;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provisioning.Whereabouts.Whereabout;
import io.tenantry.recording.Cast;
import io.tenantry.recording.Recordings;
import io.tenantry.secret.VaultLocked;
import io.tenantry.servicekey.ServiceKeys;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.terminal.Consoles.Seat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * Opens consoles: from a ticket to a shell that runs. Waits for vendor and server, so it is never called within a transaction nor by a thread
 * that others wait for.
 */
@ApplicationScoped
public class Terminals {
    private static final System.Logger LOG = System.getLogger(Terminals.class.getName());
    private static final String SERVICE = "service";

    @Inject
    Tickets tickets;

    @Inject
    Entries entries;

    @Inject
    HostKeys hostKeys;

    @Inject
    ServiceKeys keys;

    @Inject
    Reach reach;

    @Inject
    SshClients clients;

    @Inject
    Consoles consoles;

    @Inject
    Screens screens;

    @Inject
    Farewells farewells;

    @Inject
    Recordings recordings;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    /**
     * Who asks, with what.
     *
     * @param sessionId the session in which the socket was opened
     */
    public record Asked(String ticket, UUID sessionId, Size size) {
        @Override
        public String toString() {
            return "Asked[" + sessionId + "]";
        }
    }

    /**
     * Who does what is waited for when a console is over.
     *
     * @param writing writes to the database
     * @param asking asks vendors, which may take long
     */
    public record Crew(Executor writing, Executor asking) {}

    /** Opens one for the one who acts. */
    public Opening open(Asked asked, Window window, Crew crew) {
        var ticket = tickets.use(asked.ticket(), asked.sessionId());
        if (ticket.isEmpty()) {
            return new Opening.NoTicket();
        }
        var serviceId = ticket.get().serviceId();
        return switch (ticket.get().kind()) {
            case SHELL -> shell(serviceId, asked, window, crew.writing());
            case SCREEN -> screens.open(serviceId, asked.sessionId(), window, crew);
        };
    }

    private Opening shell(UUID serviceId, Asked asked, Window window, Executor later) {
        Optional<Whereabout> service;
        Optional<KeyPair> key;
        try {
            service = entries.enter(serviceId);
            key = keys.pair(serviceId);
        } catch (NotVisible | AccessDenied denied) {
            return new Opening.NotAllowed();
        } catch (VaultLocked locked) {
            LOG.log(System.Logger.Level.WARNING, "the key of service={0} is shut: {1}", serviceId, locked.getMessage());
            return new Opening.NoServer();
        }
        if (service.isEmpty() || key.isEmpty()) {
            return new Opening.NoServer();
        }
        if (service.get().isBeginningAnew()) {
            return new Opening.Unreachable(); // Nobody is to be warned of the key that it shows until that is noted.
        }
        var size = asked.size();
        var cast = recordings.isOn()
                ? Optional.of(new Cast(size.columns(), size.rows(), clock.instant(), System::nanoTime))
                : Optional.<Cast>empty();
        var page = cast.<Window>map(one -> new Recorder(window, one)).orElse(window);
        var console = new Console(page, System::nanoTime);
        var seat =
                new Seat(Tenancy.scope(), Actors.require(), asked.sessionId(), serviceId, Ticket.Kind.SHELL, console);
        if (!consoles.take(seat)) {
            return new Opening.TooMany();
        }
        cast.ifPresent(one -> page.recorded());
        Opening opening = new Opening.Unreachable();
        try {
            opening = connect(seat, service.get(), key.get(), size, whenOver(seat, cast, later));
            return opening;
        } finally {
            if (!(opening instanceof Opening.Open)) {
                consoles.leave(seat);
            }
        }
    }

    private Opening connect(Seat seat, Whereabout service, KeyPair key, Size size, Runnable whenOver) {
        Destination to;
        try {
            to = reach.shell(service, service.server().orElseThrow());
        } catch (ProviderFailure failure) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "no way to service={0}: {1} {2}",
                    seat.serviceId(),
                    failure.reason(),
                    failure.getMessage());
            return new Opening.Unreachable();
        }
        var known = hostKeys.of(seat.serviceId()).map(HostKeys.Pinned::fingerprint);
        var check = new HostKeyCheck(known.or(to::hostKey));
        try {
            return logIn(seat, to, key, check, size, whenOver);
        } catch (IOException failure) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "no console of service={0}: {1}",
                    seat.serviceId(),
                    String.valueOf(failure.getMessage()));
            return check.isAnother() ? refuse(seat.serviceId(), known, check) : because(failure, check);
        }
    }

    private static Opening because(IOException failure, HostKeyCheck check) {
        if (failure instanceof NothingInCommon) {
            return new Opening.Outdated();
        }
        return check.shown().isEmpty() ? new Opening.Unreachable() : new Opening.Refused();
    }

    private Opening logIn(Seat seat, Destination to, KeyPair key, HostKeyCheck check, Size size, Runnable whenOver)
            throws IOException {
        var session = clients.login(to, key, check);
        try {
            var shown = check.shown().orElseThrow();
            if (!hostKeys.pin(seat.serviceId(), shown).equals(shown)) {
                hostKeys.offered(seat.serviceId(), shown);
                session.close(true);
                return new Opening.OtherKey();
            }
            var line = SshLine.open(session, size, seat.console());
            audit.record("console.opened", SERVICE, seat.serviceId().toString(), Map.of("kind", "ssh"));
            seat.console().begin(line, whenOver);
            return new Opening.Open(seat.console());
        } catch (IOException | RuntimeException failure) {
            session.close(true);
            throw failure;
        }
    }

    private Runnable whenOver(Seat seat, Optional<Cast> cast, Executor later) {
        var farewell = farewells.of(seat, later);
        return () -> {
            farewell.run();
            cast.ifPresent(one -> later.execute(() -> keep(seat, one)));
        };
    }

    private void keep(Seat seat, Cast cast) {
        try (var acting = Actors.enter(seat.person());
                var entered = Tenancy.enter(seat.scope())) {
            recordings.keep(seat.serviceId(), cast.end());
        } catch (RuntimeException lost) {
            LOG.log(System.Logger.Level.ERROR, "a recording of service=" + seat.serviceId() + " is lost", lost);
        }
    }

    /** What the vendor says is no more than a first guess: it becomes what the server is known by, so that there is something to accept. */
    private Opening refuse(UUID serviceId, Optional<String> known, HostKeyCheck check) {
        var shown = check.shown().orElseThrow();
        if (known.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "service={0} shows another key than its vendor says", serviceId);
            var unused = hostKeys.pin(serviceId, check.known().orElseThrow());
        }
        hostKeys.offered(serviceId, shown);
        return new Opening.OtherKey();
    }
}
