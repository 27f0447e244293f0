package io.tenantry.terminal;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.Vendor;
import io.tenantry.provider.account.Vendors;
import io.tenantry.provisioning.Whereabouts.ServerAt;
import io.tenantry.provisioning.Whereabouts.Whereabout;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.terminal.Consoles.Seat;
import io.tenantry.terminal.Reach.ScreenAt;
import io.tenantry.terminal.Terminals.Crew;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens screens: the vendor is asked to show it, and we enter there with the vendor's password, which no page ever has. Waits for vendor and
 * server, so it is never called within a transaction nor by a thread that others wait for.
 */
@ApplicationScoped
public class Screens {
    private static final System.Logger LOG = System.getLogger(Screens.class.getName());

    /** For connecting and greeting. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @Inject
    Entries entries;

    @Inject
    Reach reach;

    @Inject
    TcpLines lines;

    @Inject
    Vendors vendors;

    @Inject
    Consoles consoles;

    @Inject
    Farewells farewells;

    @Inject
    AuditTrail audit;

    /**
     * Whether a service has a screen that the one who acts may see, for what a page offers; no vendor is asked.
     *
     * @throws NotVisible if they are not to know the service
     * @throws AccessDenied if they may not open consoles
     */
    public boolean offers(UUID serviceId) {
        return entries.enter(serviceId)
                .flatMap(Whereabout::server)
                .filter(reach::hasScreen)
                .isPresent();
    }

    /** Whether the vendor of that code shows screens. */
    public boolean areShownBy(String vendor) {
        return vendors.of(vendor).filter(Vendor::showsScreens).isPresent();
    }

    /** Opens one for the one who acts, who has shown a ticket. */
    Opening open(UUID serviceId, UUID sessionId, Window window, Crew crew) {
        Optional<ServerAt> server;
        try {
            server = entries.enter(serviceId).flatMap(Whereabout::server).filter(reach::hasScreen);
        } catch (NotVisible | AccessDenied denied) {
            return new Opening.NotAllowed();
        }
        if (server.isEmpty()) {
            return new Opening.NoServer();
        }
        var console = new Console(window, System::nanoTime, false);
        var seat = new Seat(Tenancy.scope(), Actors.require(), sessionId, serviceId, Ticket.Kind.SCREEN, console);
        if (!consoles.take(seat)) {
            return new Opening.TooMany();
        }
        Opening opening = new Opening.Unreachable();
        try {
            opening = enter(seat, server.get(), crew);
            return opening;
        } finally {
            if (!(opening instanceof Opening.Open)) {
                consoles.leave(seat);
            }
        }
    }

    private Opening enter(Seat seat, ServerAt server, Crew crew) {
        ScreenAt at;
        try {
            at = reach.screen(seat.serviceId(), server);
        } catch (ProviderFailure failure) {
            say(seat, failure.reason() + " " + failure.getMessage());
            return new Opening.Unreachable();
        }
        try {
            var line = lines.connect(at.address(), seat.console(), PATIENCE);
            return begin(seat, server, line, at.password(), crew);
        } catch (IOException failure) {
            say(seat, String.valueOf(failure.getMessage()));
            crew.asking().execute(() -> hide(seat, server));
            return failure instanceof ScreenRefused ? new Opening.Refused() : new Opening.Unreachable();
        }
    }

    private Opening begin(Seat seat, ServerAt server, TcpLine line, String password, Crew crew) throws IOException {
        try {
            ScreenEntrance.enter(line, password);
            audit.record("console.opened", "service", seat.serviceId().toString(), Map.of("kind", "vnc"));
            var screen = new ScreenLine(line, seat.console());
            seat.console().begin(screen, whenOver(seat, server, crew));
            screen.greet();
            return new Opening.Open(seat.console());
        } catch (IOException | RuntimeException failure) {
            line.close();
            throw failure;
        }
    }

    /** The vendor is told to show it no more once nobody here looks at it. */
    private Runnable whenOver(Seat seat, ServerAt server, Crew crew) {
        var farewell = farewells.of(seat, crew.writing());
        return () -> {
            farewell.run();
            crew.asking().execute(() -> hide(seat, server));
        };
    }

    private void hide(Seat seat, ServerAt server) {
        if (consoles.isAnother(seat)) {
            return;
        }
        try (var acting = Actors.enter(seat.person());
                var entered = Tenancy.enter(seat.scope())) {
            reach.hide(server);
        } catch (ProviderFailure failure) {
            say(seat, "is still shown: " + failure.reason() + " " + failure.getMessage());
        }
    }

    private static void say(Seat seat, String what) {
        LOG.log(System.Logger.Level.INFO, "screen of service={0}: {1}", seat.serviceId(), what);
    }
}
