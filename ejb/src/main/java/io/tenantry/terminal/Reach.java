package io.tenantry.terminal;

import io.tenantry.config.Settings;
import io.tenantry.outbound.AddressPolicy;
import io.tenantry.provider.Mark;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Screen;
import io.tenantry.provider.Shell;
import io.tenantry.provisioning.Upstream.Home;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.provisioning.Whereabouts.ServerAt;
import io.tenantry.provisioning.Whereabouts.Whereabout;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a server's shell is: as its vendor says, if the vendor says such things, else at port 22 of the address that our books have. And where
 * its screen is shown, which the vendor alone knows. A vendor's panel may be anybody's and may say anything, so the address that is
 * connected to is judged like those of all calls that leave here; the sandbox is no vendor but this process.
 */
@ApplicationScoped
public class Reach {
    private static final int SSH = 22;

    @Inject
    Upstreams upstreams;

    @Inject
    Settings settings;

    /** For the container. */
    public Reach() {}

    /** For use outside a container. */
    public Reach(Upstreams upstreams, Settings settings) {
        this.upstreams = upstreams;
        this.settings = settings;
    }

    /** Where a screen is shown, and by which password. */
    record ScreenAt(InetSocketAddress address, String password) {
        @Override
        public String toString() {
            return "ScreenAt[" + address + "]";
        }
    }

    /**
     * Asks the vendor, so never within a transaction.
     *
     * @throws ProviderFailure if there is no way, or none that we may go
     */
    Destination shell(Whereabout service, ServerAt server) {
        if (home(server).provider() instanceof Shell shell) {
            var where = shell.shell(server.id());
            var key = Optional.of(where.hostKeyFingerprintOrEmpty()).filter(text -> !text.isEmpty());
            return new Destination(address(where.host(), where.port(), server.isHere()), key);
        }
        return new Destination(address(service.address(), SSH, server.isHere()), Optional.empty());
    }

    /**
     * Has the vendor show the screen of a service's server, so never within a transaction.
     *
     * @throws ProviderFailure if it shows none, or where we may not connect to, or if what has the server's number by now is another's
     */
    ScreenAt screen(UUID serviceId, ServerAt server) {
        var provider = home(server).provider();
        if (!(provider instanceof Screen screen)) {
            throw new ProviderFailure(Reason.INVALID, "the vendor shows no screens");
        }
        var mark = new Mark(serviceId);
        if (provider.server(server.id()).filter(one -> one.mayBe(mark)).isEmpty()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no server " + server.id());
        }
        var shown = screen.open(server.id());
        try {
            return new ScreenAt(address(shown.host(), shown.port(), server.isHere()), shown.password());
        } catch (ProviderFailure notThere) {
            screen.close(server.id());
            throw notThere;
        }
    }

    /** Has the vendor show it no more. */
    void hide(ServerAt server) {
        if (home(server).provider() instanceof Screen screen) {
            screen.close(server.id());
        }
    }

    /** Whether a server's vendor shows screens; nothing is sent. */
    boolean hasScreen(ServerAt server) {
        return upstreams
                .open(server.account())
                .filter(home -> home.provider() instanceof Screen)
                .isPresent();
    }

    private Home home(ServerAt server) {
        return upstreams
                .open(server.account())
                .orElseThrow(() -> new ProviderFailure(Reason.CREDENTIALS, "nobody knows the account"));
    }

    private InetSocketAddress address(String host, int port, boolean isHere) {
        var policy = isHere
                ? AddressPolicy.ANY
                : AddressPolicy.valueOf(settings.outboundAddresses().toUpperCase(Locale.ROOT));
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .filter(policy::allows)
                    .findFirst()
                    .map(address -> new InetSocketAddress(address, port))
                    .orElseThrow(
                            () -> new ProviderFailure(Reason.UNREACHABLE, "an address that we may not connect to"));
        } catch (UnknownHostException unknown) {
            throw new ProviderFailure(Reason.UNREACHABLE, "no such host", Optional.empty(), unknown);
        } catch (IllegalArgumentException noPort) {
            throw new ProviderFailure(Reason.NOT_UNDERSTOOD, "no such port", Optional.empty(), noPort);
        }
    }
}
