package io.tenantry.cloud.console;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.SshEndpointLookup;
import io.tenantry.cloud.provider.VncConsole;
import io.tenantry.cloud.provisioning.ProvisioningTarget.TargetAccount;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.provisioning.ServerEndpoints.ServerAt;
import io.tenantry.cloud.provisioning.ServerEndpoints.Whereabout;
import io.tenantry.config.Settings;
import io.tenantry.kernel.http.AddressPolicy;
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
public class ConsoleEndpoints {
    private static final int SSH = 22;

    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    Settings settings;

    /** For the container. */
    public ConsoleEndpoints() {}

    /** For use outside a container. */
    public ConsoleEndpoints(ProvisioningTargets provisioningTargets, Settings settings) {
        this.provisioningTargets = provisioningTargets;
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
    SshEndpoint shell(Whereabout service, ServerAt server) {
        if (home(server).provider() instanceof SshEndpointLookup sshEndpointLookup) {
            var where = sshEndpointLookup.shell(server.id());
            var key = Optional.of(where.hostKeyFingerprintOrEmpty()).filter(text -> !text.isEmpty());
            return new SshEndpoint(address(where.host(), where.port(), server.isHere()), key);
        }
        return new SshEndpoint(address(service.address(), SSH, server.isHere()), Optional.empty());
    }

    /**
     * Has the vendor show the screen of a service's server, so never within a transaction.
     *
     * @throws ProviderFailure if it shows none, or where we may not connect to, or if what has the server's number by now is another's
     */
    ScreenAt screen(UUID serviceId, ServerAt server) {
        var providerClient = home(server).provider();
        if (!(providerClient instanceof VncConsole vncConsole)) {
            throw new ProviderFailure(Reason.INVALID, "the vendor shows no screens");
        }
        var resourceTag = new ResourceTag(serviceId);
        if (providerClient
                .server(server.id())
                .filter(one -> one.mayBe(resourceTag))
                .isEmpty()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no server " + server.id());
        }
        var shown = vncConsole.open(server.id());
        try {
            return new ScreenAt(address(shown.host(), shown.port(), server.isHere()), shown.password());
        } catch (ProviderFailure notThere) {
            vncConsole.close(server.id());
            throw notThere;
        }
    }

    /** Has the vendor show it no more. */
    void hide(ServerAt server) {
        if (home(server).provider() instanceof VncConsole vncConsole) {
            vncConsole.close(server.id());
        }
    }

    /** Whether a server's vendor shows screens; nothing is sent. */
    boolean hasScreen(ServerAt server) {
        return provisioningTargets
                .open(server.account())
                .filter(targetAccount -> targetAccount.provider() instanceof VncConsole)
                .isPresent();
    }

    private TargetAccount home(ServerAt server) {
        return provisioningTargets
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
