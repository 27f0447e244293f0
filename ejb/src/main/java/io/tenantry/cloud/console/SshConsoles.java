package io.tenantry.cloud.console;

import io.tenantry.cloud.console.ConsoleSlots.ConsoleSlot;
import io.tenantry.cloud.consolekeys.ConsoleKeys;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provisioning.ServerEndpoints.ServerLocation;
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
    public record ConsoleRequest(String token, UUID sessionId, TerminalSize size) {
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
        var token = consoleTokens.use(consoleRequest.token(), consoleRequest.sessionId());
        if (token.isEmpty()) {
            return new OpenOutcome.InvalidToken();
        }
        var serviceId = token.get().serviceId();
        return switch (token.get().kind()) {
            case SHELL -> shell(serviceId, consoleRequest, clientChannel, consoleExecutor.writing());
            case SCREEN -> vncConsoles.open(serviceId, consoleRequest.sessionId(), clientChannel, consoleExecutor);
        };
    }

    private OpenOutcome shell(
            UUID serviceId, ConsoleRequest consoleRequest, ClientChannel clientChannel, Executor later) {
        Optional<ServerLocation> service;
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
        if (service.get().isRebuilding()) {
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
        var consoleSlot = new ConsoleSlot(
                Tenancy.scope(),
                Actors.require(),
                consoleRequest.sessionId(),
                service.get().organizationId(),
                serviceId,
                ConsoleToken.Kind.SHELL,
                console);
        if (!consoleSlots.take(consoleSlot)) {
            return new OpenOutcome.TooMany();
        }
        // What ended the session or the permission before the slot was taken did not end this console.
        if (consoleAccess.leave(serviceId, consoleRequest.sessionId()).isPresent()) {
            consoleSlots.leave(consoleSlot);
            return new OpenOutcome.NotAllowed();
        }
        cast.ifPresent(one -> page.recorded());
        OpenOutcome openOutcome = new OpenOutcome.Unreachable();
        try {
            openOutcome =
                    connect(consoleSlot, service.get(), key.get(), terminalSize, whenOver(consoleSlot, cast, later));
            return openOutcome;
        } finally {
            if (!(openOutcome instanceof OpenOutcome.Open)) {
                consoleSlots.leave(consoleSlot);
            }
        }
    }

    private OpenOutcome connect(
            ConsoleSlot consoleSlot,
            ServerLocation service,
            KeyPair key,
            TerminalSize terminalSize,
            Runnable whenOver) {
        SshEndpoint to;
        try {
            to = consoleEndpoints.shell(service, service.server().orElseThrow());
        } catch (ProviderFailure failure) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "cannot reach service={0}: {1} {2}",
                    consoleSlot.serviceId(),
                    failure.reason(),
                    failure.getMessage());
            return new OpenOutcome.Unreachable();
        }
        var known = hostKeys.of(consoleSlot.serviceId()).map(HostKeys.Pinned::fingerprint);
        var check = new HostKeyCheck(known.or(to::hostKey));
        try {
            return logIn(consoleSlot, to, key, check, terminalSize, whenOver);
        } catch (IOException failure) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "no console of service={0}: {1}",
                    consoleSlot.serviceId(),
                    String.valueOf(failure.getMessage()));
            return check.isAnother() ? refuse(consoleSlot.serviceId(), known, check) : because(failure, check);
        }
    }

    private static OpenOutcome because(IOException failure, HostKeyCheck check) {
        if (failure instanceof NoCommonCipherException) {
            return new OpenOutcome.Outdated();
        }
        return check.shown().isEmpty() ? new OpenOutcome.Unreachable() : new OpenOutcome.Refused();
    }

    private OpenOutcome logIn(
            ConsoleSlot consoleSlot,
            SshEndpoint to,
            KeyPair key,
            HostKeyCheck check,
            TerminalSize terminalSize,
            Runnable whenOver)
            throws IOException {
        var session = clients.login(to, key, check);
        try {
            var shown = check.shown().orElseThrow();
            if (!hostKeys.pin(consoleSlot.serviceId(), shown).equals(shown)) {
                hostKeys.offered(consoleSlot.serviceId(), shown);
                session.close(true);
                return new OpenOutcome.HostKeyChanged();
            }
            var line = SshChannel.open(session, terminalSize, consoleSlot.console());
            audit.record("console.opened", SERVICE, consoleSlot.serviceId().toString(), Map.of("kind", "ssh"));
            consoleSlot.console().begin(line, whenOver);
            return new OpenOutcome.Open(consoleSlot.console());
        } catch (IOException | RuntimeException failure) {
            session.close(true);
            throw failure;
        }
    }

    private Runnable whenOver(ConsoleSlot consoleSlot, Optional<Asciicast> cast, Executor later) {
        var farewell = consoleCleanup.of(consoleSlot, later);
        return () -> {
            farewell.run();
            cast.ifPresent(one -> later.execute(() -> keep(consoleSlot, one)));
        };
    }

    private void keep(ConsoleSlot consoleSlot, Asciicast asciicast) {
        try (var actorScope = Actors.enter(consoleSlot.person());
                var enteredScope = Tenancy.enter(consoleSlot.scope())) {
            recordings.keep(consoleSlot.serviceId(), asciicast.end());
        } catch (RuntimeException lost) {
            LOG.log(System.Logger.Level.ERROR, "a recording of service=" + consoleSlot.serviceId() + " is lost", lost);
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
        return new OpenOutcome.HostKeyChanged();
    }
}
