package io.tenantry.cloud.console;

import io.tenantry.cloud.console.ConsoleSlots.Seat;
import io.tenantry.cloud.consolekeys.ConsoleKeys;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provisioning.ServerEndpoints.Whereabout;
import io.tenantry.cloud.recording.Asciicast;
import io.tenantry.cloud.recording.Recordings;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.secret.VaultException;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
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
 * Opens consoles: from a token to a running shell. Blocks on provider and server, so it must not be called within a transaction or by a thread
 * that others wait for.
 *
 * <p>Has more than ten collaborators: it is the one place where the steps of opening and closing a console are put in order; each step is in
 * its own class.
 */
@ApplicationScoped
public class SshConsoles {
    private static final System.Logger LOG = System.getLogger(SshConsoles.class.getName());
    private static final String SERVICE = "service";

    @Inject
    ConsoleTokens consoleTokens;

    @Inject
    ConsoleAccess consoleAccess;

    @Inject
    HostKeys hostKeys;

    @Inject
    ConsoleKeys keys;

    @Inject
    ConsoleEndpoints consoleEndpoints;

    @Inject
    SshClients clients;

    @Inject
    ConsoleSlots consoleSlots;

    @Inject
    VncConsoles vncConsoles;

    @Inject
    ConsoleCleanup consoleCleanup;

    @Inject
    Recordings recordings;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    /**
     * The request for a console.
     *
     * @param sessionId the session in which the socket was opened
     */
    public record ConsoleRequest(String ticket, UUID sessionId, TerminalSize size) {
        @Override
        public String toString() {
            return "Asked[" + sessionId + "]";
        }
    }

    /**
     * The executors for work during and after a console.
     *
     * @param writing runs database writes
     * @param asking runs calls to providers, which may take long
     */
    public record ConsoleExecutor(Executor writing, Executor asking) {}

    /** Opens a console for the current user. */
    public OpenOutcome open(
            ConsoleRequest consoleRequest, ClientChannel clientChannel, ConsoleExecutor consoleExecutor) {
        var ticket = consoleTokens.use(consoleRequest.ticket(), consoleRequest.sessionId());
        if (ticket.isEmpty()) {
            return new OpenOutcome.NoTicket();
        }
        var serviceId = ticket.get().serviceId();
        return switch (ticket.get().kind()) {
            case SHELL -> shell(serviceId, consoleRequest, clientChannel, consoleExecutor.writing());
            case SCREEN -> vncConsoles.open(serviceId, consoleRequest.sessionId(), clientChannel, consoleExecutor);
        };
    }

    private OpenOutcome shell(
            UUID serviceId, ConsoleRequest consoleRequest, ClientChannel clientChannel, Executor later) {
        Optional<Whereabout> service;
        Optional<KeyPair> key;
        try {
            service = consoleAccess.enter(serviceId);
            key = keys.pair(serviceId);
        } catch (NotFoundException | AccessDeniedException denied) {
            return new OpenOutcome.NotAllowed();
        } catch (VaultException locked) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the key of service={0} cannot be decrypted: {1}",
                    serviceId,
                    locked.getMessage());
            return new OpenOutcome.NoServer();
        }
        if (service.isEmpty() || key.isEmpty()) {
            return new OpenOutcome.NoServer();
        }
        if (service.get().isBeginningAnew()) {
            return new OpenOutcome.Unreachable(); // No warning about the presented key until the reset is recorded.
        }
        var terminalSize = consoleRequest.size();
        var cast = recordings.isOn()
                ? Optional.of(
                        new Asciicast(terminalSize.columns(), terminalSize.rows(), clock.instant(), System::nanoTime))
                : Optional.<Asciicast>empty();
        var page = cast.<ClientChannel>map(one -> new RecordingChannel(clientChannel, one))
                .orElse(clientChannel);
        var console = new Console(page, System::nanoTime);
        var seat = new Seat(
                Tenancy.scope(),
                Actors.require(),
                consoleRequest.sessionId(),
                service.get().organizationId(),
                serviceId,
                ConsoleToken.Kind.SHELL,
                console);
        if (!consoleSlots.take(seat)) {
            return new OpenOutcome.TooMany();
        }
        cast.ifPresent(one -> page.recorded());
        OpenOutcome openOutcome = new OpenOutcome.Unreachable();
        try {
            openOutcome = connect(seat, service.get(), key.get(), terminalSize, whenOver(seat, cast, later));
            return openOutcome;
        } finally {
            if (!(openOutcome instanceof OpenOutcome.Open)) {
                consoleSlots.leave(seat);
            }
        }
    }

    private OpenOutcome connect(
            Seat seat, Whereabout service, KeyPair key, TerminalSize terminalSize, Runnable whenOver) {
        SshEndpoint to;
        try {
            to = consoleEndpoints.shell(service, service.server().orElseThrow());
        } catch (ProviderFailure failure) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "cannot reach service={0}: {1} {2}",
                    seat.serviceId(),
                    failure.reason(),
                    failure.getMessage());
            return new OpenOutcome.Unreachable();
        }
        var known = hostKeys.of(seat.serviceId()).map(HostKeys.Pinned::fingerprint);
        var check = new HostKeyCheck(known.or(to::hostKey));
        try {
            return logIn(seat, to, key, check, terminalSize, whenOver);
        } catch (IOException failure) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "no console of service={0}: {1}",
                    seat.serviceId(),
                    String.valueOf(failure.getMessage()));
            return check.isAnother() ? refuse(seat.serviceId(), known, check) : because(failure, check);
        }
    }

    private static OpenOutcome because(IOException failure, HostKeyCheck check) {
        if (failure instanceof NoCommonCipherException) {
            return new OpenOutcome.Outdated();
        }
        return check.shown().isEmpty() ? new OpenOutcome.Unreachable() : new OpenOutcome.Refused();
    }

    private OpenOutcome logIn(
            Seat seat, SshEndpoint to, KeyPair key, HostKeyCheck check, TerminalSize terminalSize, Runnable whenOver)
            throws IOException {
        var session = clients.login(to, key, check);
        try {
            var shown = check.shown().orElseThrow();
            if (!hostKeys.pin(seat.serviceId(), shown).equals(shown)) {
                hostKeys.offered(seat.serviceId(), shown);
                session.close(true);
                return new OpenOutcome.OtherKey();
            }
            var line = SshChannel.open(session, terminalSize, seat.console());
            audit.record("console.opened", SERVICE, seat.serviceId().toString(), Map.of("kind", "ssh"));
            seat.console().begin(line, whenOver);
            return new OpenOutcome.Open(seat.console());
        } catch (IOException | RuntimeException failure) {
            session.close(true);
            throw failure;
        }
    }

    private Runnable whenOver(Seat seat, Optional<Asciicast> cast, Executor later) {
        var farewell = consoleCleanup.of(seat, later);
        return () -> {
            farewell.run();
            cast.ifPresent(one -> later.execute(() -> keep(seat, one)));
        };
    }

    private void keep(Seat seat, Asciicast asciicast) {
        try (var acting = Actors.enter(seat.person());
                var entered = Tenancy.enter(seat.scope())) {
            recordings.keep(seat.serviceId(), asciicast.end());
        } catch (RuntimeException lost) {
            LOG.log(System.Logger.Level.ERROR, "a recording of service=" + seat.serviceId() + " is lost", lost);
        }
    }

    /** The provider's report is only an initial value: it is stored as the known key, so that there is something to accept. */
    private OpenOutcome refuse(UUID serviceId, Optional<String> known, HostKeyCheck check) {
        var shown = check.shown().orElseThrow();
        if (known.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "service={0} presents another host key than its provider states",
                    serviceId);
            var unused = hostKeys.pin(serviceId, check.known().orElseThrow());
        }
        hostKeys.offered(serviceId, shown);
        return new OpenOutcome.OtherKey();
    }
}
