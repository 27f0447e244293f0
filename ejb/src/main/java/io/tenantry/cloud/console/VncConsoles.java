package io.tenantry.cloud.console;

import io.tenantry.cloud.console.ConsoleEndpoints.VncEndpoint;
import io.tenantry.cloud.console.ConsoleSlots.ConsoleSlot;
import io.tenantry.cloud.console.SshConsoles.ConsoleExecutor;
import io.tenantry.cloud.provider.Provider;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.account.ProviderChoices;
import io.tenantry.cloud.provisioning.ServerEndpoints.ProviderServerRef;
import io.tenantry.cloud.provisioning.ServerEndpoints.ServerLocation;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens screens: asks the provider to show one, and authenticates with the provider's password, which never reaches a page. Blocks on provider
 * and server, so it must not be called within a transaction or by a thread that others wait for.
 */
@ApplicationScoped
public class VncConsoles {
    private static final System.Logger LOG = System.getLogger(VncConsoles.class.getName());

    /** Timeout for connecting and handshake. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @Inject
    ConsoleAccess consoleAccess;

    @Inject
    ConsoleEndpoints consoleEndpoints;

    @Inject
    TcpChannels lines;

    @Inject
    ProviderChoices providerChoices;

    @Inject
    ConsoleSlots consoleSlots;

    @Inject
    ConsoleCleanup consoleCleanup;

    @Inject
    AuditTrail audit;

    /**
     * Whether a service has a screen that the current user may see, for the links of a page. Does not call the provider.
     *
     * @throws NotFoundException if the service is not visible to the user
     * @throws AccessDeniedException if the user may not open consoles
     */
    public boolean offers(UUID serviceId) {
        return consoleAccess
                .enter(serviceId)
                .flatMap(ServerLocation::server)
                .filter(consoleEndpoints::hasScreen)
                .isPresent();
    }

    /** Whether the provider with that code shows screens. */
    public boolean areShownBy(String provider) {
        return providerChoices.of(provider).filter(Provider::showsScreens).isPresent();
    }

    /** Opens a screen for the current user, who has presented a token. */
    OpenOutcome open(UUID serviceId, UUID sessionId, ClientChannel clientChannel, ConsoleExecutor consoleExecutor) {
        Optional<ServerLocation> service;
        try {
            service = consoleAccess.enter(serviceId);
        } catch (NotFoundException | AccessDeniedException denied) {
            return new OpenOutcome.NotAllowed();
        }
        var server = service.flatMap(ServerLocation::server).filter(consoleEndpoints::hasScreen);
        if (server.isEmpty()) {
            return new OpenOutcome.NoServer();
        }
        var console = new Console(clientChannel, System::nanoTime, false);
        var consoleSlot = new ConsoleSlot(
                Tenancy.scope(),
                Actors.require(),
                sessionId,
                service.get().organizationId(),
                serviceId,
                ConsoleToken.Kind.SCREEN,
                console);
        if (!consoleSlots.take(consoleSlot)) {
            return new OpenOutcome.TooMany();
        }
        if (consoleAccess.leave(serviceId, sessionId).isPresent()) {
            consoleSlots.leave(consoleSlot);
            return new OpenOutcome.NotAllowed();
        }
        OpenOutcome openOutcome = new OpenOutcome.Unreachable();
        try {
            openOutcome = enter(consoleSlot, server.get(), consoleExecutor);
            return openOutcome;
        } finally {
            if (!(openOutcome instanceof OpenOutcome.Open)) {
                consoleSlots.leave(consoleSlot);
            }
        }
    }

    private OpenOutcome enter(ConsoleSlot consoleSlot, ProviderServerRef server, ConsoleExecutor consoleExecutor) {
        VncEndpoint at;
        try {
            at = consoleEndpoints.screen(consoleSlot.serviceId(), server);
        } catch (ProviderFailure failure) {
            audit(consoleSlot, failure.reason() + " " + failure.getMessage());
            return new OpenOutcome.Unreachable();
        }
        try {
            var line = lines.connect(at.address(), consoleSlot.console(), PATIENCE);
            return begin(consoleSlot, server, line, at.password(), consoleExecutor);
        } catch (IOException failure) {
            audit(consoleSlot, String.valueOf(failure.getMessage()));
            consoleExecutor.asking().execute(() -> hide(consoleSlot, server));
            return failure instanceof VncAccessRefusedException
                    ? new OpenOutcome.Refused()
                    : new OpenOutcome.Unreachable();
        }
    }

    private OpenOutcome begin(
            ConsoleSlot consoleSlot,
            ProviderServerRef server,
            TcpChannel line,
            String password,
            ConsoleExecutor consoleExecutor)
            throws IOException {
        try {
            RfbClientHandshake.enter(line, password);
            audit.record("console.opened", "service", consoleSlot.serviceId().toString(), Map.of("kind", "vnc"));
            var screen = new VncChannel(line, consoleSlot.console());
            consoleSlot.console().begin(screen, whenOver(consoleSlot, server, consoleExecutor));
            screen.greet();
            return new OpenOutcome.Open(consoleSlot.console());
        } catch (IOException | RuntimeException failure) {
            line.close();
            throw failure;
        }
    }

    /** Asks the provider to stop showing the screen once no console on this node shows it. */
    private Runnable whenOver(ConsoleSlot consoleSlot, ProviderServerRef server, ConsoleExecutor consoleExecutor) {
        var farewell = consoleCleanup.of(consoleSlot, consoleExecutor.writing());
        return () -> {
            farewell.run();
            consoleExecutor.asking().execute(() -> hide(consoleSlot, server));
        };
    }

    private void hide(ConsoleSlot consoleSlot, ProviderServerRef server) {
        if (consoleSlots.isAnother(consoleSlot)) {
            return;
        }
        try (var actorScope = Actors.enter(consoleSlot.person());
                var enteredScope = Tenancy.enter(consoleSlot.scope())) {
            consoleEndpoints.hide(server);
        } catch (ProviderFailure failure) {
            audit(consoleSlot, "is still shown: " + failure.reason() + " " + failure.getMessage());
        }
    }

    private static void audit(ConsoleSlot consoleSlot, String what) {
        LOG.log(System.Logger.Level.INFO, "screen of service={0}: {1}", consoleSlot.serviceId(), what);
    }
}
